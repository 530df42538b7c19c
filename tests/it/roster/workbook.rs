//! XLSX rosters, made here part by part.

use super::support::{Case, standing};
use std::fmt::Write as _;

/// A ZIP archive of stored (not packed) files; `claim` overstates each file's unpacked size.
pub fn zip(files: &[(&str, &str)], claim: u32) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, text) in files {
        let offset = out.len() as u32;
        let mut head = Vec::new();
        for number in [20u16, 0, 0, 0, 0x21] {
            head.extend(number.to_le_bytes());
        }
        head.extend(crc32(text.as_bytes()).to_le_bytes());
        head.extend((text.len() as u32).to_le_bytes());
        let size = text.len() as u32 + claim;
        head.extend(size.to_le_bytes());
        head.extend((name.len() as u16).to_le_bytes());
        head.extend(0u16.to_le_bytes());
        out.extend(b"PK\x03\x04");
        out.extend(&head);
        out.extend(name.as_bytes());
        out.extend(text.as_bytes());
        directory.extend(b"PK\x01\x02\x14\0");
        directory.extend(&head);
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let (start, length, count) = (out.len() as u32, directory.len() as u32, files.len() as u16);
    out.extend(directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    for number in [count, count] {
        out.extend(number.to_le_bytes());
    }
    out.extend(length.to_le_bytes());
    out.extend(start.to_le_bytes());
    out.extend([0, 0]);
    out
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0u32, |mut crc, byte| {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 };
        }
        crc
    })
}

/// A workbook with a cover sheet and the sheet `People`; cells as XML: `t` text, `n` number, `d`
/// date serial, `f` formula with its value, empty left out.
fn workbook(rows: &[&[(&str, &str)]], claim: u32) -> Vec<u8> {
    let mut sheet = String::new();
    for (r, row) in rows.iter().enumerate() {
        write!(sheet, "<row r=\"{}\">", r + 1).unwrap();
        for (c, (kind, value)) in row.iter().enumerate() {
            let at = format!("{}{}", noticeworks::roster::letter(c), r + 1);
            match *kind {
                "t" => write!(sheet, "<c r=\"{at}\" t=\"inlineStr\"><is><t>{value}</t></is></c>"),
                "n" => write!(sheet, "<c r=\"{at}\"><v>{value}</v></c>"),
                "d" => write!(sheet, "<c r=\"{at}\" s=\"1\"><v>{value}</v></c>"),
                "f" => write!(sheet, "<c r=\"{at}\" t=\"str\"><f>A1</f><v>{value}</v></c>"),
                _ => Ok(()),
            }
            .unwrap();
        }
        sheet.push_str("</row>");
    }
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let packages = "http://schemas.openxmlformats.org/package/2006/relationships";
    let sheet_xml = |data: &str| {
        format!("<worksheet xmlns=\"{main}\"><sheetData>{data}</sheetData></worksheet>")
    };
    let book = format!(
        "<workbook xmlns=\"{main}\" xmlns:r=\"{rel}\"><sheets>\
         <sheet name=\"Cover\" sheetId=\"1\" r:id=\"rId1\"/>\
         <sheet name=\"People\" sheetId=\"2\" r:id=\"rId2\"/></sheets></workbook>"
    );
    let link = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"{rel}/{kind}\" Target=\"{target}\"/>")
    };
    let links = |list: &str| format!("<Relationships xmlns=\"{packages}\">{list}</Relationships>");
    let styles = format!(
        "<styleSheet xmlns=\"{main}\"><cellXfs count=\"2\"><xf numFmtId=\"0\"/>\
         <xf numFmtId=\"14\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>"
    );
    let cover = sheet_xml("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>");
    zip(
        &[
            ("_rels/.rels", &links(&link("rId1", "officeDocument", "xl/workbook.xml"))),
            ("xl/workbook.xml", &book),
            (
                "xl/_rels/workbook.xml.rels",
                &links(
                    &[
                        link("rId1", "worksheet", "worksheets/sheet1.xml"),
                        link("rId2", "worksheet", "worksheets/sheet2.xml"),
                        link("rId3", "styles", "styles.xml"),
                    ]
                    .concat(),
                ),
            ),
            ("xl/styles.xml", &styles),
            ("xl/worksheets/sheet1.xml", &cover),
            ("xl/worksheets/sheet2.xml", &sheet_xml(&sheet)),
        ],
        claim,
    )
}

const HEADER: &[(&str, &str)] = &[
    ("t", "record_id"),
    ("t", "entity"),
    ("t", "first_name"),
    ("t", "last_name"),
    ("t", "address_1"),
    ("t", "city"),
    ("t", "state"),
    ("t", "zip"),
    ("t", "date_of_birth"),
    ("t", "data_elements"),
    ("t", "address_2"),
];

const ROW: &[(&str, &str)] = &[
    ("n", "4711"),
    ("t", "harbor-health"),
    ("f", "Ada"),
    ("t", "Mu&#241;oz"),
    ("t", "12 Elm Street"),
    ("t", "Portland"),
    ("t", "ME"),
    ("n", "4101"),
    ("d", "29305"),
    ("t", "SSN;Diagnosis"),
];

#[test]
fn a_sheet_is_read_by_its_name() {
    let case = Case::named("people.xlsx#People");
    std::fs::write(case.folder.path().join("people.xlsx"), workbook(&[HEADER, ROW], 0)).unwrap();
    let read = case.read();
    let person = read.one();
    assert_eq!(person.record_id, "4711");
    assert_eq!(person.full_name(), "Ada Muñoz", "a formula counts by its value");
    assert_eq!(person.address.zip, "04101");
    assert_eq!(person.date_of_birth, Some(jiff::civil::date(1980, 3, 25)));
    assert_eq!(standing(person), "ready");
    assert_eq!(read.codes(), ["columns.untold", "zip.padded"]);
    let padded = read.findings.iter().find(|f| f.code == "zip.padded").unwrap();
    let place = padded.place.clone().unwrap();
    assert_eq!((place.line, place.cell.as_deref()), (Some(2), Some("H zip")));
}

#[test]
fn another_sheet_is_refused_with_the_names_there_are() {
    let case = Case::named("people.xlsx#Peopel");
    std::fs::write(case.folder.path().join("people.xlsx"), workbook(&[HEADER, ROW], 0)).unwrap();
    let Err(noticeworks::roster::IntakeError::Refused(findings)) = case.intake() else {
        panic!("not refused");
    };
    let finding = findings.iter().next().unwrap();
    assert_eq!(finding.code, "file.no_such_sheet");
    assert_eq!(finding.remedy, "write one of `Cover`, `People` after the `#`");
}

#[test]
fn without_a_name_the_sheet_that_holds_a_roster_counts() {
    let case = Case::named("people.xlsx");
    case.write(workbook(&[HEADER, ROW], 0));
    let read = case.read();
    assert_eq!(read.rows, 1);
    assert_eq!(read.codes(), ["columns.untold", "file.sheet_chosen", "zip.padded"]);
}

#[test]
fn a_workbook_that_would_fill_the_memory_is_refused_unopened() {
    let case = Case::named("people.xlsx");
    case.write(workbook(&[HEADER, ROW], 900 << 20));
    assert_eq!(case.refused(), ["file.swollen_workbook"]);
}

#[test]
fn a_damaged_workbook_is_refused() {
    let case = Case::named("people.xlsx");
    let whole = workbook(&[HEADER, ROW], 0);
    for cut in [30, whole.len() / 2, whole.len() - 30] {
        case.write(&whole[..cut]);
        assert_eq!(case.refused(), ["file.damaged_workbook"], "{cut}");
    }
    let mut scrambled = whole.clone();
    let at = whole.windows(9).rposition(|w| w == b"sheetData").unwrap();
    scrambled[at - 300..at].fill(b'<');
    case.write(scrambled);
    assert_eq!(case.refused(), ["file.damaged_workbook"]);
}
