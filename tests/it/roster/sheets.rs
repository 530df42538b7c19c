//! Workbooks as spreadsheets really write them: several sheets, hidden rows, formulas, errors.

use super::support::{Case, standing};
use super::workbook::zip;
use jiff::civil::date;
use noticeworks::finding::{Finding, Severity};
use noticeworks::incident::{HiddenRows, RosterFiles};
use noticeworks::roster::{IntakeError, Recipient};
use std::fmt::Write as _;

/// One sheet: its name, its state, its rows as XML.
type Sheet<'a> = (&'a str, &'a str, String);

fn book(sheets: &[Sheet<'_>], about: &str) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let packages = "http://schemas.openxmlformats.org/package/2006/relationships";
    let (mut names, mut links, mut parts) = (String::new(), String::new(), Vec::new());
    for (n, (name, state, data)) in (1..).zip(sheets) {
        write!(names, "<sheet name=\"{name}\" sheetId=\"{n}\" state=\"{state}\" r:id=\"rId{n}\"/>")
            .unwrap();
        write!(
            links,
            "<Relationship Id=\"rId{n}\" Type=\"{rel}/worksheet\" Target=\"worksheets/s{n}.xml\"/>"
        )
        .unwrap();
        let xml = format!("<worksheet xmlns=\"{main}\"><sheetData>{data}</sheetData></worksheet>");
        parts.push((format!("xl/worksheets/s{n}.xml"), xml));
    }
    let package = format!(
        "<Relationships xmlns=\"{packages}\"><Relationship Id=\"rId1\" Type=\"{rel}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
    );
    let workbook = format!(
        "<workbook xmlns=\"{main}\" xmlns:r=\"{rel}\">{about}<sheets>{names}</sheets></workbook>"
    );
    let links = format!("<Relationships xmlns=\"{packages}\">{links}</Relationships>");
    let mut files = vec![
        ("_rels/.rels", package.as_str()),
        ("xl/workbook.xml", &workbook),
        ("xl/_rels/workbook.xml.rels", &links),
    ];
    files.extend(parts.iter().map(|(name, xml)| (name.as_str(), xml.as_str())));
    zip(&files, 0)
}

/// A row of cells: text, or XML that begins with `<`; `hidden` rows are filtered out.
fn row(number: usize, hidden: bool, cells: &[&str]) -> String {
    let hidden = if hidden { " hidden=\"1\"" } else { "" };
    let mut xml = format!("<row r=\"{number}\"{hidden}>");
    for (column, cell) in cells.iter().enumerate() {
        let at = format!("{}{number}", noticeworks::roster::letter(column));
        match cell.strip_prefix('<') {
            Some(_) => xml.push_str(&cell.replace("AT", &at)),
            None if cell.is_empty() => {}
            None => {
                write!(xml, "<c r=\"{at}\" t=\"inlineStr\"><is><t>{cell}</t></is></c>").unwrap()
            }
        }
    }
    xml + "</row>"
}

const HEADER: [&str; 8] =
    ["id", "first name", "last name", "address", "city", "state", "zip", "DOB"];

/// A sheet of people; what differs in a row's last cells is given.
fn people(rows: &[(bool, &str, &str)]) -> String {
    let mut xml = row(1, false, &HEADER);
    for (n, (hidden, street, born)) in (2..).zip(rows) {
        let id = format!("P{n}");
        xml += &row(n, *hidden, &[&id, "Ada", &id, street, "Portland", "ME", "04101", born]);
    }
    xml
}

fn case(roster: &str, sheets: &[Sheet<'_>], about: &str) -> Case {
    let mut case = Case::named(roster);
    case.incident.entities.truncate(1);
    case.incident.strands[0].elements = vec!["ssn".to_owned()];
    std::fs::write(case.folder.path().join("people.xlsx"), book(sheets, about)).unwrap();
    case
}

fn refused(case: &Case) -> Vec<Finding> {
    match case.intake() {
        Err(IntakeError::Refused(findings)) => {
            findings.iter().filter(|f| f.severity == Severity::Error).cloned().collect()
        }
        _ => panic!("not refused"),
    }
}

#[test]
fn people_on_several_sheets_are_asked_about_and_can_be_mailed_together() {
    let one = people(&[(false, "1 Elm St", "1980-03-25")]);
    let two = people(&[(false, "2 Elm St", "1980-03-25"), (false, "3 Elm St", "1980-03-25")]);
    let sheets = [("Clinic A", "visible", one), ("Clinic B", "hidden", two)];
    let mut case = case("people.xlsx", &sheets, "");
    let found = refused(&case);
    assert_eq!(found[0].code, "file.several_sheets");
    let message = "people stand on several sheets: `Clinic A` (1 row), `Clinic B` (2 rows, hidden)";
    assert_eq!(found[0].message, message);
    case.incident.waves[0].roster = "people.xlsx#Clinic A".into();
    let read = case.read();
    assert_eq!(read.rows, 1);
    let other = read.findings.iter().find(|f| f.code == "file.other_sheets").unwrap();
    assert!(other.message.contains("`Clinic B` (2 rows, hidden)"), "{}", other.message);
    let both = ["people.xlsx#Clinic A", "people.xlsx#Clinic B"].map(str::to_owned);
    case.incident.waves[0].roster = RosterFiles::Several(both.to_vec());
    let read = case.read();
    assert_eq!(read.rows, 3);
    assert!(!read.codes().contains(&"file.other_sheets"), "{:?}", read.codes());
    case.incident.waves[0].roster = "people.xlsx".into();
    case.incident.roster.sheet = Some("Clinic B".into());
    assert_eq!(case.read().rows, 2);
}

#[test]
fn people_of_a_hidden_sheet_alone_are_asked_about() {
    let sheets = [
        ("Cover", "visible", row(1, false, &["Made for the audit"])),
        ("Data", "veryHidden", people(&[(false, "1 Elm St", "")])),
    ];
    let mut case = case("people.xlsx", &sheets, "");
    assert_eq!(refused(&case)[0].code, "file.hidden_sheet");
    case.incident.roster.hidden_rows = Some(HiddenRows::Read);
    assert_eq!(case.read().rows, 1);
}

#[test]
fn hidden_rows_are_told_with_their_number() {
    let data = people(&[(false, "1 Elm St", ""), (true, "2 Elm St", ""), (true, "3 Elm St", "")]);
    let mut case = case("people.xlsx", &[("A &amp; B", "visible", data)], "");
    let found = refused(&case);
    assert_eq!(found[0].code, "file.hidden_rows");
    assert!(found[0].message.starts_with("2 rows are hidden"), "{}", found[0].message);
    case.incident.roster.hidden_rows = Some(HiddenRows::Read);
    let read = case.read();
    assert_eq!(read.rows, 3);
    assert!(read.codes().contains(&"file.hidden_rows"));
}

#[test]
fn a_formula_without_a_result_and_an_error_hold_their_rows() {
    let rows = [
        (false, "1 Elm St", "<c r=\"AT\"><f>DATE(2015,1,1)</f><v/></c>"),
        (false, "<c r=\"AT\"><f>\"9 Elm\"</f></c>", "1980-03-25"),
        (false, "<c r=\"AT\" t=\"e\"><v>#DIV/0!</v></c>", "1980-03-25"),
        (false, "4 Elm St", "<c r=\"AT\" t=\"e\"><v>#NUM!</v></c>"),
        (false, "5 Elm St", "<c r=\"AT\" t=\"str\"><f>IF(A1=1,\"\",\"\")</f><v></v></c>"),
        (false, "6 Elm St", "<c r=\"AT\" t=\"e\"><v>#N/A</v></c>"),
    ];
    let read = case("people.xlsx", &[("S", "visible", people(&rows))], "").read();
    let of = |id: &str| standing(read.record(id));
    assert_eq!(of("P2"), "held cell.no_result");
    assert_eq!(of("P3"), "held cell.no_result");
    assert_eq!((of("P4"), of("P5")), ("held cell.error".into(), "held cell.error".into()));
    assert_eq!(
        (of("P6"), of("P7")),
        ("ready".into(), "ready".into()),
        "these say that nothing is there"
    );
}

#[test]
fn days_of_a_workbook_of_1904_count_from_there() {
    let rows = [
        (false, "1 Elm St", "<c r=\"AT\"><v>27843</v></c>"),
        (false, "2 Elm St", "<c r=\"AT\"><v>39599</v></c>"),
    ];
    let sheets = [("S", "visible", people(&rows))];
    let read = case("people.xlsx", &sheets, "<workbookPr date1904=\"1\"/>").read();
    assert_eq!(read.record("P2").date_of_birth, Some(date(1980, 3, 25)));
    assert_eq!(read.record("P3").date_of_birth, Some(date(2012, 6, 1)));
    assert_eq!(read.record("P3").recipient, Recipient::ParentOrGuardian);
    let read = case("people.xlsx", &sheets, "").read();
    assert_eq!(read.record("P2").date_of_birth, Some(date(1976, 3, 24)));
}

#[test]
fn a_remark_beside_the_table_costs_nobody_a_letter() {
    let mut data = people(&[(false, "1 Elm St", "1980-03-25")]);
    data += &row(
        3,
        false,
        &["P3", "Ada", "P3", "2 Elm St", "Portland", "ME", "04101", "", "", "ask Jo"],
    );
    let read = case("people.xlsx", &[("S", "visible", data)], "").read();
    assert_eq!(standing(read.record("P3")), "ready");
    assert!(read.codes().contains(&"row.beside"), "{:?}", read.codes());
}
