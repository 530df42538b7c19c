//! The same people as a workbook of LibreOffice, a workbook of `rust_xlsxwriter`, and CSV.

use super::support::{Case, Read};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};

pub const PEOPLE: &str =
    "record_id,entity,first_name,last_name,address_1,city,state,zip,date_of_birth,data_elements
4711,harbor-health,Ada,Example,12 Elm Street,Portland,ME,4101,1980-03-25,SSN
4712,harbor-health,Zoë,Muñoz,\"9 Oak Street
Apt 4\",Boston,MA,02108-1234,1975-12-01,SSN
4713,harbor-health,José,Straße,PO Box 7,Houston,TX,77002,,Medical record number
";

/// The people of [`PEOPLE`] as `rust_xlsxwriter` writes them: numbers, dates, a formula.
fn written() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let date = Format::new().set_num_format("mm/dd/yyyy");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(PEOPLE.as_bytes());
    for (row, record) in (0..).zip(reader.records()) {
        for (column, cell) in (0..).zip(record.unwrap().iter()) {
            let day = ExcelDateTime::parse_from_str(cell).ok().filter(|_| column == 8);
            if let Ok(number) = cell.parse::<f64>() {
                sheet.write_number(row, column, number).unwrap();
            } else if let Some(day) = day {
                sheet.write_datetime_with_format(row, column, &day, &date).unwrap();
            } else if (row, column) == (2, 9) {
                let formula = Formula::new("=CONCATENATE(\"SS\",\"N\")").set_result("SSN");
                sheet.write_formula(row, column, formula).unwrap();
            } else if !cell.is_empty() {
                sheet.write_string(row, column, cell).unwrap();
            }
        }
    }
    book.save_to_buffer().unwrap()
}

fn read(name: &str, bytes: &[u8]) -> Read {
    let case = Case::named(name);
    case.write(bytes);
    case.read()
}

#[test]
fn workbooks_of_libreoffice_and_rust_xlsxwriter_read_like_the_csv() {
    let csv = read("people.csv", PEOPLE.as_bytes());
    assert_eq!(csv.standings(), "4711 ready\n4712 ready\n4713 ready");
    assert_eq!(csv.codes(), ["columns.untold", "zip.padded"]);
    let libre = read("libre.xlsx", include_bytes!("data/libreoffice.xlsx"));
    let written = read("written.xlsx", &written());
    for other in [&libre, &written] {
        assert_eq!(other.digest, csv.digest, "the same people, byte for byte");
        assert_eq!(other.codes(), csv.codes());
        assert!(other.people == csv.people);
    }
    assert_eq!(csv.record("4712").address.lines, ["9 Oak Street", "Apt 4"]);
}
