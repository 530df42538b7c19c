//! Tables that people open: one guard against formulas, and nobody goes round it.

use crate::case::Case;
use calamine::{Reader, Xlsx, open_workbook};
use std::fs;
use std::path::Path;

/// Whether a spreadsheet would run the cell; written anew here.
fn runs(cell: &str) -> bool {
    cell.trim_start_matches([' ', '\u{3000}'])
        .starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

#[test]
fn csv_files_and_workbooks_are_written_in_one_place() {
    let mut wrong = Vec::new();
    for file in crate::run::files(Path::new("src")) {
        if file.starts_with("src/tables") || file.extension().is_none_or(|e| e != "rs") {
            continue;
        }
        let text = fs::read_to_string(&file).unwrap();
        for writer in ["csv::Writer", "WriterBuilder", "rust_xlsxwriter", "safe_cell"] {
            if text.contains(writer) {
                wrong.push(format!("{} uses {writer}: use `tables`", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Every cell of a file's table; none for a file that is no table.
fn cells(file: &Path) -> Vec<String> {
    match file.extension().and_then(|e| e.to_str()) {
        Some("csv") => {
            let reader = csv::ReaderBuilder::new().has_headers(false).from_path(file);
            let records = reader.unwrap().into_records().map(Result::unwrap);
            records.flat_map(|r| r.iter().map(str::to_owned).collect::<Vec<_>>()).collect()
        }
        Some("xlsx") => {
            let mut book: Xlsx<_> = open_workbook(file).unwrap();
            let sheets = book.worksheets();
            sheets.iter().flat_map(|(_, s)| s.used_cells()).map(|c| c.2.to_string()).collect()
        }
        _ => Vec::new(),
    }
}

/// Lakeshore's first people, some with names, streets, e-mail addresses and record ids that a
/// spreadsheet would run.
fn hostile() -> Case {
    let case = Case::sample("lakeshore");
    let roster = case.read("roster.csv");
    let mut lines = roster.lines().map(str::to_owned);
    let header = lines.next().unwrap();
    let at = |name: &str| header.split(',').position(|h| h == name).unwrap();
    let (id, last, street) = (at("record_id"), at("last_name"), at("address_1"));
    let mut rows: Vec<Vec<String>> =
        lines.take(40).map(|l| l.split(',').map(str::to_owned).collect()).collect();
    rows.retain(|row| row.len() == header.split(',').count() && !row.concat().contains('"'));
    for (n, sign) in ["=", "+", "-", "@", "＝", "＋", "－", "＠"].into_iter().enumerate() {
        rows[n][last] = format!("{sign}Lee");
        rows[n + 8][street] = format!("{sign}7 Hill Road");
    }
    rows[16][id] = "=1+1001".into();
    rows[17][id] = "＝1002".into();
    rows[18][id] = "-1003".into();
    let rows: Vec<String> = rows.iter().map(|row| row.join(",")).collect();
    fs::write(case.path("roster.csv"), format!("{header}\n{}\n", rows.join("\n"))).unwrap();
    case
}

fn release(case: &Case, code: &str) {
    let decision = format!(
        "\n[[decision]]\nquestion = \"release.{code}\"\nchoice = \"as_is\"\nby = \"C\"\non = 2026-09-01\n"
    );
    let toml = case.read("incident.toml") + &decision;
    fs::write(case.path("incident.toml"), toml).unwrap();
}

#[test]
fn no_table_of_a_run_has_a_cell_that_a_spreadsheet_would_run() {
    let case = hostile();
    let said = case.run(&["check", "--json", "{folder}"]);
    let found = &said.json()["findings"];
    assert_eq!(found["record_id.formula"], 3, "{}", said.stderr);
    assert_eq!(found["text.formula"], 16, "{}", said.stderr);

    // Counsel lets the names and streets go on as they stand, not the record ids.
    release(&case, "text.formula");
    let said = case.run(&["run", "--show-values", "{folder}"]);
    assert_eq!(said.code, 1, "{}", said.stderr);
    let (mut tables, mut guarded) = (0, 0);
    for file in crate::run::files(&case.path("out")) {
        let cells = cells(&file);
        tables += usize::from(!cells.is_empty());
        guarded += cells.iter().filter(|cell| cell.starts_with("'")).count();
        let runs: Vec<_> = cells.iter().filter(|cell| runs(cell)).collect();
        assert!(runs.is_empty(), "{}: {runs:?}", file.display());
    }
    assert!(tables >= 5 && guarded >= 20, "{tables} tables, {guarded} guarded cells");
    // The proof reads the guarded lines of the manifest as they are printed.
    let said = case.run(&["verify", "--draft", "{folder}"]);
    assert_eq!(said.code, 0, "{}{}", said.stdout, said.stderr);
}

#[test]
fn a_released_record_id_stands_unaltered_where_machines_match_on_it() {
    let case = hostile();
    release(&case, "record_id.formula/-1003");
    case.run(&["run", "{folder}"]);
    let manifest = case.read("out/letters/manifest.csv");
    let ids: Vec<&str> = manifest.lines().filter_map(|l| l.split(',').nth(1)).collect();
    assert!(ids.contains(&"-1003"), "{ids:?}");
    assert_eq!(ids.iter().filter(|id| runs(id)).count(), 1, "the others are held");
}

#[test]
fn a_code_that_a_spreadsheet_would_run_is_given_to_nobody() {
    let case = Case::sample("small-clinic");
    let protection = "\n[[protection]]\nprovider = \"Sentinel Example ID\"\nrecipients = [\"adult\"]\nmonths = 12\nenroll_by = 2027-01-31\nphone = \"1-800-555-0177\"\ncode_file = \"codes.csv\"\n";
    let toml = case.read("incident.toml") + protection;
    fs::write(case.path("incident.toml"), toml).unwrap();
    fs::write(case.path("codes.csv"), "Code\n=1+1\nA-1\nA-2\nA-3\n@A-4\nA-5\n").unwrap();
    let said = case.run(&["run", "--json", "{folder}"]);
    let found = &said.json()["findings"];
    assert_eq!((&found["code.formula"], &found["letter.no_code"]), (&2.into(), &1.into()));
    let dealt = case.read("out/letters/codes.csv");
    let codes: Vec<&str> = dealt.lines().skip(1).filter_map(|l| l.split(',').nth(4)).collect();
    assert_eq!(codes, ["A-1", "A-2", "A-3", "A-5"]);
}
