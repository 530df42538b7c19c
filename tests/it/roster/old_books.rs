//! Workbooks that are no XLSX: the same people as ODS and XLS of LibreOffice, and as XLSB.

use super::makers::PEOPLE;
use super::support::{Case, Read};
use std::io::{Cursor, Write};

fn read(name: &str, bytes: &[u8]) -> Read {
    let case = Case::named(name);
    case.write(bytes);
    case.read()
}

/// One record of [MS-XLSB]: type, length, body.
fn record(out: &mut Vec<u8>, kind: u16, body: &[u8]) {
    match kind {
        0..0x80 => out.push(kind as u8),
        _ => out.extend([kind as u8 | 0x80, (kind >> 7) as u8]),
    }
    let mut length = body.len();
    while length >= 0x80 {
        out.push(length as u8 | 0x80);
        length >>= 7;
    }
    out.push(length as u8);
    out.extend(body);
}

fn number(n: u32) -> [u8; 4] {
    n.to_le_bytes()
}

fn text(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut out = number(units.len() as u32).to_vec();
    out.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
    out
}

/// A sheet of text cells as Excel's binary workbook; `epoch` is 1 where its days count from 1904.
fn xlsb(rows: &[Vec<String>], epoch: u8) -> Vec<u8> {
    let mut book = Vec::new();
    record(&mut book, 0x0099, &[epoch, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    let sheet = [&number(0)[..], &number(1), &text("rId1"), &text("People")].concat();
    record(&mut book, 0x009c, &sheet);
    record(&mut book, 0x0090, &[]);
    record(&mut book, 0x0084, &[]);
    let mut data = Vec::new();
    record(&mut data, 0x0081, &[]);
    let (last, wide) = (rows.len() as u32 - 1, rows[0].len() as u32 - 1);
    let size = [0, last, 0, wide].map(number).concat();
    record(&mut data, 0x0094, &size);
    record(&mut data, 0x0091, &[]);
    for (row, cells) in (0..).zip(rows) {
        record(&mut data, 0, &[&number(row)[..], &[0; 21]].concat());
        for (column, cell) in (0..).zip(cells) {
            let at = [&number(column)[..], &number(0)].concat();
            match cell.parse::<f64>() {
                Ok(value) => record(&mut data, 5, &[&at[..], &value.to_le_bytes()].concat()),
                Err(_) => record(&mut data, 6, &[at, text(cell)].concat()),
            }
        }
    }
    record(&mut data, 0x0092, &[]);
    record(&mut data, 0x0082, &[]);
    let links = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"worksheet\" Target=\"worksheets/sheet1.bin\"/></Relationships>";
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in [
        ("xl/workbook.bin", &book[..]),
        ("xl/_rels/workbook.bin.rels", links.as_bytes()),
        ("xl/worksheets/sheet1.bin", &data),
    ] {
        out.start_file(name, stored).unwrap();
        out.write_all(bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}

fn cells(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[test]
fn workbooks_of_every_kind_read_like_the_csv() {
    let csv = read("people.csv", PEOPLE.as_bytes());
    let ods = read("people.ods", include_bytes!("data/libreoffice.ods"));
    let xls = read("people.xls", include_bytes!("data/libreoffice.xls"));
    let xlsb = read("people.xlsb", &xlsb(&cells(PEOPLE), 0));
    for (kind, other) in [("ods", &ods), ("xls", &xls), ("xlsb", &xlsb)] {
        assert_eq!(other.digest, csv.digest, "{kind}: the same people, byte for byte");
        assert!(other.people == csv.people, "{kind}");
        let mut codes = csv.codes();
        codes.insert(
            codes.partition_point(|code| *code < "file.hidden_unseen"),
            "file.hidden_unseen",
        );
        assert_eq!(other.codes(), codes, "{kind}");
    }
}

#[test]
fn days_of_a_binary_workbook_of_1904_count_from_there() {
    let born = "27843";
    let text = PEOPLE.replace("1980-03-25", born);
    for (epoch, day) in [(0, (1976, 3, 24)), (1, (1980, 3, 25))] {
        let read = read("people.xlsb", &xlsb(&cells(&text), epoch));
        let born = read.record("4711").date_of_birth.unwrap();
        assert_eq!((born.year(), born.month(), born.day()), day);
    }
}

#[test]
fn a_damaged_workbook_of_any_kind_is_refused() {
    let whole = [
        ("people.ods", include_bytes!("data/libreoffice.ods").to_vec()),
        ("people.xls", include_bytes!("data/libreoffice.xls").to_vec()),
        ("people.xlsb", xlsb(&cells(PEOPLE), 0)),
    ];
    for (name, bytes) in whole {
        let case = Case::named(name);
        case.write(&bytes[..bytes.len() / 2]);
        let codes = case.refused();
        let known = ["file.damaged_workbook", "file.old_or_locked_workbook"];
        assert!(codes.iter().all(|code| known.contains(code)), "{name}: {codes:?}");
    }
}
