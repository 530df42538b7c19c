//! What `check` and `run` tell of a bad roster: forty lines, and figures that agree.

use crate::case::{Case, Said, program};
use noticeworks::cli::brief;
use noticeworks::finding::{Finding, Findings, Place, catalogue};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;

const COLUMNS: [&str; 20] = [
    "record_id",
    "entity",
    "first_name",
    "last_name",
    "address_1",
    "address_2",
    "city",
    "state",
    "zip",
    "country",
    "email",
    "email_consent",
    "date_of_birth",
    "guardian_name",
    "deceased",
    "representative_name",
    "language",
    "data_elements",
    "activation_code",
    "address_kind",
];

const SOUND: [(&str, &str); 9] = [
    ("entity", "elm-street"),
    ("first_name", "Ann"),
    ("address_1", "1 Elm Street"),
    ("city", "Bloomington"),
    ("state", "IN"),
    ("zip", "47401"),
    ("date_of_birth", "1980-01-02"),
    ("data_elements", "Name;Diagnosis"),
    ("last_name", "Sample"),
];

/// One cell spoiled; the first are the most frequent.
const FAULTS: [(&str, &str); 32] = [
    ("zip", "474"),
    ("zip", "4X"),
    ("state", "QQ"),
    ("date_of_birth", "soon"),
    ("country", "Narnia"),
    ("state", "TX"),
    ("date_of_birth", "2031-01-01"),
    ("data_elements", "Shoe size"),
    ("entity", "nobody"),
    ("date_of_birth", "1/2/33"),
    ("data_elements", ""),
    ("deceased", "perhaps"),
    ("address_1", ""),
    ("address_1", "BAD ADDRESS"),
    ("address_1", "Rue Ã©cole 4"),
    ("last_name", ""),
    ("last_name", "ZZTEST"),
    ("last_name", "Sample (DECEASED)"),
    ("last_name", "Samp1e"),
    ("language", "klingon"),
    ("email", "not a mail"),
    ("date_of_birth", "1900-01-01"),
    ("date_of_birth", "1905-01-01"),
    ("guardian_name", "Pat Guardian"),
    ("representative_name", "Rep Person"),
    ("last_name", "王"),
    ("address_1", "#REF!"),
    ("record_id", ""),
    ("first_name", "=cmd()"),
    ("address_kind", "secret"),
    ("address_1", "moved 2024"),
    ("email", "a@mail.example;b@mail.example"),
];

/// A roster of `rows` rows, each with one fault.
fn spoiled(rows: usize) -> String {
    let mut text = format!("{}\n", COLUMNS.join(","));
    for n in 0..rows {
        // Each fault at least once, then the first ones the more often.
        let share = n * 7919 % 1000;
        let fault = if n < FAULTS.len() { n } else { share * share * FAULTS.len() / 1_000_000 };
        let id = format!("R{n:04}");
        let street = format!("{} Elm Street", n + 1);
        let mut cells: BTreeMap<&str, &str> = SOUND.into_iter().collect();
        cells.insert("record_id", &id);
        cells.insert("address_1", &street);
        cells.insert(FAULTS[fault].0, FAULTS[fault].1);
        let row: Vec<String> = COLUMNS
            .iter()
            .map(|c| format!("\"{}\"", cells.get(c).copied().unwrap_or_default()))
            .collect();
        text.push_str(&format!("{}\n", row.join(",")));
    }
    text
}

/// A command as typed above the incident folder, so that paths are short; lateness is judged by the
/// mail date, whatever day it is.
fn told(case: &Case, arguments: &[&str]) -> Said {
    let mut command = program();
    command.current_dir(case.folder().parent().unwrap()).args(arguments);
    if ["check", "run"].contains(&arguments[0]) {
        command.args(["--as-of", "2026-09-11"]);
    }
    Said::from(command.output().unwrap())
}

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap()
}

fn sum(value: &Value) -> u64 {
    value.as_object().unwrap().values().map(number).sum()
}

/// Everybody reads English.
fn english(case: &Case) {
    case.edit("roster.csv", ",,,es,", ",,,,").edit("roster.csv", ",,,vi,", ",,,,");
}

#[test]
fn a_thousand_bad_rows_are_told_in_forty_lines() {
    let case = Case::sample("small-clinic");
    fs::write(case.path("roster.csv"), spoiled(1000)).unwrap();
    let said = told(&case, &["check", "incident"]);
    assert_eq!(said.code, 1);
    let lines: Vec<&str> = said.stderr.lines().collect();
    assert!(lines.len() <= 40, "{} lines", lines.len());
    assert!(lines.iter().all(|line| line.chars().count() <= 80), "{}", said.stderr);
    assert!(lines.last().unwrap().contains("noticeworks explain CODE"), "{}", said.stderr);
    insta::assert_snapshot!(said.stderr);

    let json = told(&case, &["check", "--json", "incident"]);
    assert!(json.stderr.lines().count() <= 40, "{}", json.stderr);
    let json = json.json();
    assert!(json["findings"].as_object().unwrap().len() >= 30, "{}", json["findings"]);
    let held = number(&json["outcomes"]["held"]);
    assert_eq!(sum(&json["held"]), held);
    assert!(lines[0].starts_with(&format!("{held} rows are held: ")), "{}", lines[0]);
    assert_eq!((number(&json["rows"]), sum(&json["outcomes"])), (1000, 1000));
    for (code, n) in json["held"].as_object().unwrap() {
        let as_told = [format!(" {n}  {code}"), format!(" {n} {code}")];
        assert!(as_told.iter().any(|text| said.stderr.contains(text)), "{code}: {}", said.stderr);
    }
    let status = told(&case, &["status", "--json", "incident"]).json();
    for reason in status["waves"][0]["held"].as_array().unwrap() {
        assert_eq!(json["held"][reason["reason"].as_str().unwrap()], reason["count"]);
    }

    let all = told(&case, &["check", "--details", "incident"]);
    assert!(all.stderr.lines().count() > 100 && all.stderr.contains("first 5 shown"));
    for code in json["findings"].as_object().unwrap().keys() {
        assert!(all.stderr.contains(code.as_str()), "{code}");
    }
}

#[test]
fn the_largest_code_that_holds_rows_comes_first_with_its_remedy() {
    let case = Case::sample("small-clinic");
    fs::write(case.path("roster.csv"), spoiled(200)).unwrap();
    let said = told(&case, &["check", "incident"]);
    let counts: Vec<u64> = said
        .stderr
        .lines()
        .skip(1)
        .map_while(|line| line.split("  ").find(|part| !part.is_empty())?.trim().parse().ok())
        .collect();
    assert!(counts.len() > 5 && counts.is_sorted_by(|a, b| a >= b), "{}", said.stderr);
    assert!(said.stderr.contains("zip.too_short (rows 2, "), "{}", said.stderr);
    assert!(said.stderr.contains("): write the whole ZIP code\n"), "{}", said.stderr);
}

#[test]
fn every_code_at_once_fits_into_the_lines_given() {
    let mut all = Findings::default();
    for (n, code) in catalogue::all().into_iter().enumerate() {
        for row in 0..=n as u64 % 7 {
            let place = Place::row("a roster with quite a long name.csv", row + 2);
            all.push(Finding::new(code, code.weights()[0], "so it is").at(place).remedy("mend it"));
        }
    }
    for (width, lines) in [(60, 26), (80, 34)] {
        let told = brief::findings(&all, &BTreeMap::new(), false, width, lines);
        assert!(brief::height(&told, width) <= lines, "{lines}, {width}: {told:#?}");
    }
}

#[test]
fn a_clean_roster_ends_with_zero() {
    let case = Case::sample("small-clinic");
    english(&case);
    for command in ["check", "run"] {
        let said = told(&case, &[command, "incident"]);
        assert_eq!(said.code, 0, "{command}: {}", said.stderr);
        assert!(said.stderr.lines().count() <= 40, "{}", said.stderr);
    }
}

/// Letters tell residents of every state whom to call; a number that is not sure is a finding of
/// those only who live there.
#[test]
fn a_contact_that_is_not_sure_concerns_residents_of_its_state() {
    let count = |state: &str, city: &str, zip: &str| {
        let case = Case::sample("small-clinic");
        english(&case);
        let text = case.read("roster.csv");
        let head = text.lines().next().unwrap();
        let row = format!(
            "1,elm-street,Ann,,Sample,,1 Elm Street,,{city},{state},{zip},,,,1980-01-02,,,,,Name,"
        );
        fs::write(case.path("roster.csv"), format!("{head}\n{row}\n")).unwrap();
        let json = told(&case, &["check", "--json", "incident"]).json();
        json["findings"]["letter.weak_contact"].as_u64().unwrap_or(0)
    };
    assert_eq!(count("IN", "Bloomington", "47401"), 0);
    assert_eq!(count("CA", "Sacramento", "95814"), 1);
}

#[test]
fn of_several_rosters_each_has_its_rows_and_findings_name_the_right_one() {
    let case = Case::sample("small-clinic");
    english(&case);
    case.edit("incident.toml", "\"roster.csv\"", "[\"roster.csv\", \"more.csv\"]");
    let text = case.read("roster.csv");
    let head = text.lines().next().unwrap();
    let row = |id: &str, last: &str, zip: &str| {
        format!(
            "{id},elm-street,Ann,,{last},,{id} Elm Street,,Bloomington,IN,{zip},,,,1980-01-02,,,,,Name,"
        )
    };
    let rows = [
        row("2001", "Sample", "47401"),
        row("2002", "王", "47401"),
        row("2003", "Samples", "474"),
        row("2001", "Sample", "47401"),
    ];
    fs::write(case.path("more.csv"), format!("{head}\n{}\n", rows.join("\n"))).unwrap();
    let said = told(&case, &["run", "--json", "incident"]);
    let json = said.json();
    let files = serde_json::json!([
        { "file": "roster.csv", "rows": 7 },
        { "file": "more.csv", "rows": 4 },
    ]);
    assert_eq!((&json["files"], number(&json["rows"])), (&files, 11));
    assert_eq!(json["held"], serde_json::json!({ "letter.no_glyph": 1, "zip.too_short": 1 }));
    assert_eq!(number(&json["outcomes"]["held"]), 2);
    assert!(said.stderr.contains("more.csv, row 3\n"), "{}", said.stderr);
    assert!(json["written"][0].as_str().unwrap().ends_with("review/index.html"), "{json}");
    // Nobody is read again, and the figures are the same.
    let filings = told(&case, &["filings", "--json", "incident"]).json();
    assert_eq!((&filings["held"], &filings["files"]), (&json["held"], &files));

    let trace = told(&case, &["trace", "incident", "2002", "--json"]).json();
    let wave = &trace["waves"][0];
    assert_eq!((&wave["roster"], &wave["row"]), (&"more.csv".into(), &3.into()), "{trace}");
    let text = told(&case, &["trace", "incident", "2002"]).stdout;
    assert!(text.contains("row 3 of more.csv\n"), "{text}");
    let merged = told(&case, &["trace", "incident", "2001", "--json"]).json();
    let first = &merged["waves"][0];
    assert_eq!((&first["row"], &first["merged_rows"]), (&2.into(), &serde_json::json!([5])));
    assert_eq!(first["merged_rosters"], serde_json::json!(["more.csv"]));
    assert_eq!(merged["waves"][1]["merged_into"], serde_json::json!([2, "2001"]));
}

#[test]
fn errors_that_stop_are_shown_in_full_and_the_first_of_each_kind() {
    let case = Case::sample("small-clinic");
    let keys: String = (0..12).map(|n| format!("colour_{n} = 1\n")).collect();
    case.edit("incident.toml", "title = ", &format!("{keys}title = "));
    let said = told(&case, &["check", "incident"]);
    assert_eq!(said.code, 2);
    assert!(said.stderr.contains("colour_0 = 1"), "{}", said.stderr);
    assert!(said.stderr.contains("and 7 more of `incident.unknown_key`"), "{}", said.stderr);
    assert!(!said.stderr.contains("colour_7 = 1"), "{}", said.stderr);
    assert!(said.stderr.ends_with("`--details` shows them all\n"), "{}", said.stderr);
    let all = told(&case, &["check", "--details", "incident"]);
    assert!(all.stderr.contains("colour_11 = 1"), "{}", all.stderr);
}
