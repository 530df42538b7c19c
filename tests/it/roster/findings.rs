//! `findings.csv` and `findings.xlsx`, which the client gets to repair the roster.

use super::support::{Case, HEADER, row};
use calamine::{Data, Reader, Xlsx, open_workbook};
use jiff::civil::date;
use noticeworks::finding::{Finding, Place, Severity};
use noticeworks::roster::FindingsFile;
use std::fs;
use std::path::Path;

/// The cells of a workbook's first sheet, as text.
fn sheet(path: &Path) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = open_workbook(path).unwrap();
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    let text = |cell: &Data| match cell {
        Data::Float(number) => format!("{number:.0}"),
        other => other.to_string(),
    };
    range.rows().map(|row| row.iter().map(text).collect()).collect()
}

fn table(path: &Path) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_path(path).unwrap();
    reader.records().map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn faulty(show_values: bool) -> (Case, std::path::PathBuf) {
    let mut case = Case::new();
    let path = case.folder.path().join("out/findings.csv");
    case.findings_csv = Some(path.clone());
    case.show_values = show_values;
    let first = row(&[("last_name", "=cmd()"), ("zip", "4101")]);
    let second = row(&[("record_id", "R2"), ("zip", "41"), ("state", "TX")]);
    case.write(format!("{HEADER}\n{first}\n{second}\n"));
    case.read();
    (case, path)
}

#[test]
fn the_workbook_has_the_rows_of_the_csv() {
    for show_values in [false, true] {
        let (_case, path) = faulty(show_values);
        let rows = table(&path);
        assert_eq!(rows.len(), 4);
        assert_eq!(rows[0].last().unwrap() == "value", show_values);
        assert_eq!(sheet(&path.with_extension("xlsx")), rows);
        let all = rows.concat().join("\n");
        assert_eq!(all.contains("cmd()"), show_values, "values only on request");
    }
}

#[test]
fn the_workbook_holds_text_that_no_spreadsheet_runs() {
    let (_case, path) = faulty(true);
    let mut book: Xlsx<_> = open_workbook(path.with_extension("xlsx")).unwrap();
    let formulas = book.worksheet_formula("Findings").unwrap();
    assert!(formulas.used_cells().next().is_none(), "no cell is a formula");
    assert!(sheet(&path.with_extension("xlsx")).concat().contains(&"'=cmd()".to_owned()));
}

#[test]
fn equal_findings_give_equal_workbooks_for_their_owner_only() {
    let (_one, a) = faulty(false);
    let (_two, b) = faulty(false);
    let (a, b) = (a.with_extension("xlsx"), b.with_extension("xlsx"));
    assert!(fs::read(&a).unwrap() == fs::read(&b).unwrap());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&a).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let names: Vec<_> = fs::read_dir(a.parent().unwrap())
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(names.len(), 2, "nothing half-written is left: {names:?}");
}

#[test]
fn what_is_found_later_joins_both_files() {
    for show_values in [false, true] {
        let (_case, path) = faulty(show_values);
        let mut finding =
            Finding::new(noticeworks::code!("letter.no_glyph"), Severity::Held, "no glyph, alas")
                .at(Place::row("roster.csv", 2))
                .remedy("write the name in Latin letters");
        finding.value = Some("+secret".to_owned());
        let mut file = FindingsFile::reopen(&path).unwrap();
        file.add(&finding).unwrap();
        file.finish(date(2026, 9, 18)).unwrap();
        let rows = table(&path);
        assert_eq!(rows.len(), 5);
        let expected =
            ["roster.csv", "2", "2", "", "", "letter.no_glyph", "held", "no glyph, alas"];
        assert_eq!(rows[4][..8], expected);
        assert_eq!(rows[4].last().unwrap() == "'+secret", show_values);
        assert_eq!(sheet(&path.with_extension("xlsx")), rows);
    }
}
