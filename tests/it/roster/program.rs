//! The roster's part of the program as a user runs it: status, repaired rosters, later waves.

use crate::case::Case;
use noticeworks::ledger::Ledger;
use serde_json::Value;
use std::fs;

/// The small clinic, one ZIP code broken.
fn one_held() -> Case {
    let case = Case::sample("small-clinic");
    case.edit("roster.csv", "IN,47401,,harriet", "IN,474,,harriet");
    case
}

fn status(case: &Case) -> Value {
    case.run(&["status", "--json", "{folder}"]).json()
}

#[test]
fn status_lists_waves_outcomes_and_held_rows() {
    let case = one_held();
    assert_eq!(case.run(&["check", "{folder}"]).code, 1);
    // No roster is needed, nor the incident.
    fs::remove_file(case.path("roster.csv")).unwrap();
    fs::remove_file(case.path("incident.toml")).unwrap();
    let said = case.run(&["status", "{folder}"]);
    assert_eq!(said.code, 1, "{}", said.stderr);
    let text: Vec<&str> = said.stdout.lines().collect();
    assert!(text[0].starts_with("Wave w1: 7 rows, last run "), "{}", said.stdout);
    assert!(said.stdout.contains("\n          1  held\n"), "{}", said.stdout);
    assert!(said.stdout.contains("zip.too_short: 1 row, for 0 days (since "), "{}", said.stdout);
    assert!(said.stdout.contains("\n    row 2\n    write the whole ZIP code\n"), "{}", said.stdout);
    let json = status(&case);
    let wave = &json["waves"][0];
    assert_eq!((&wave["wave"], &wave["rows"]), (&"w1".into(), &7.into()));
    let sum: u64 =
        wave["outcomes"].as_object().unwrap().values().map(|n| n.as_u64().unwrap()).sum();
    assert_eq!(sum, 7);
    assert_eq!(wave["outcomes"].as_object().unwrap().len(), 7);
    assert_eq!(wave["held"][0]["reason"], "zip.too_short");
    assert_eq!(wave["held"][0]["rows"][0]["row"], 2);
    assert_eq!(json["last_run"], wave["last_run"]);
}

#[test]
fn status_without_a_ledger_makes_none() {
    let case = Case::sample("small-clinic");
    let said = case.run(&["status", "{folder}"]);
    assert_eq!(said.code, 2);
    assert!(said.stderr.contains("ledger.missing"), "{}", said.stderr);
    assert!(!case.path("ledger.sqlite").exists());
}

#[test]
fn status_is_fine_when_nothing_is_held() {
    let case = Case::sample("small-clinic");
    case.run(&["check", "{folder}"]);
    assert_eq!(case.run(&["status", "{folder}"]).code, 0);
}

/// Key, outcome and since when, of every row.
fn recorded(case: &Case) -> Vec<(String, String, String)> {
    let database = rusqlite::Connection::open(case.path("ledger.sqlite")).unwrap();
    let id: i64 = database
        .query_row("SELECT id FROM generation WHERE state = 'current'", [], |r| r.get(0))
        .unwrap();
    let mut keys = database.prepare(&format!("SELECT key FROM outcome_{id} ORDER BY row")).unwrap();
    let keys: Vec<String> = keys.query_map([], |r| r.get(0)).unwrap().map(Result::unwrap).collect();
    let ledger = Ledger::look(&case.folder()).unwrap().unwrap();
    keys.iter()
        .map(|key| {
            let rows = ledger.recorded("w1", key).unwrap();
            (key.clone(), rows[0].outcome.clone(), rows[0].since.to_string())
        })
        .collect()
}

#[test]
fn a_repaired_roster_changes_the_repaired_rows_only() {
    let case = one_held();
    case.run(&["check", "{folder}"]);
    let before = recorded(&case);
    case.edit("roster.csv", "IN,474,,harriet", "IN,47401,,harriet");
    assert!(case.run(&["check", "{folder}"]).code <= 1);
    let after = recorded(&case);
    assert_eq!(after.len(), 7);
    let changed: Vec<usize> = (0..7).filter(|i| before[*i] != after[*i]).collect();
    assert_eq!(changed, [0], "{before:?} {after:?}");
    assert_eq!((before[0].1.as_str(), after[0].1.starts_with("to_mail")), ("held", true));
    assert!(after[0].2 > before[0].2);
}

#[test]
fn a_decision_releases_a_held_row_and_one_that_cannot_stops_the_command() {
    let case = one_held();
    let incident = case.read("incident.toml");
    let decide = |question: &str| {
        let decision = format!(
            "\n[[decision]]\nquestion = \"{question}\"\nchoice = \"as_is\"\nby = \"A. Counsel\"\non = 2026-09-01\n"
        );
        fs::write(case.path("incident.toml"), format!("{incident}{decision}")).unwrap();
        case.run(&["check", "--json", "{folder}"])
    };
    let said = decide("release.zip.too_short");
    assert_eq!(said.json()["outcomes"]["held"], 0, "{}", said.stderr);
    let said = decide("release.name.missing");
    assert_eq!(said.code, 2, "{}", said.stderr);
    assert!(said.stderr.contains("release.not_possible"), "{}", said.stderr);
}

/// A second wave of the small clinic: its roster again, one person with more data, one new.
fn second_wave(case: &Case) {
    let incident = case.read("incident.toml").replacen(
        "[[wave]]",
        "[[wave]]\nid = \"w2\"\nkind = \"supplemental\"\nroster = \"later.csv\"\nmail_on = 2026-10-12\n\n[[wave]]",
        1,
    );
    fs::write(case.path("incident.toml"), incident).unwrap();
    let roster =
        case.read("roster.csv").replace("Name;DOB;Diagnosis", "Name;DOB;Diagnosis;Visit date");
    let new = "2001,elm-street,Wren,,Newcomer,,5 Late Road,,Bloomington,IN,47404,,,,1970-01-01,,,,,Name;Diagnosis,\n";
    fs::write(case.path("later.csv"), format!("{roster}{new}")).unwrap();
}

#[test]
fn a_later_wave_writes_to_new_people_and_to_those_with_new_data_only() {
    let case = Case::sample("small-clinic");
    second_wave(&case);
    let said = case.run(&["run", "--wave", "w2", "--json", "{folder}"]);
    assert_eq!(said.json()["findings"]["wave.not_recorded"], 1, "{}", said.stderr);
    case.run(&["run", "--wave", "w1", "--json", "{folder}"]);
    let json = case.run(&["run", "--wave", "w2", "--json", "{folder}"]).json();
    assert_eq!(json["rows"], 8);
    let excluded = json["outcomes"]["excluded"].as_u64().unwrap();
    assert_eq!(json["findings"]["wave.already_told"], excluded);
    assert_eq!(json["letters"], 8 - excluded);
    let mut reader = csv::Reader::from_path(case.path("out/w2/letters/manifest.csv")).unwrap();
    let pieces: Vec<std::collections::BTreeMap<String, String>> =
        reader.deserialize().map(Result::unwrap).collect();
    for piece in pieces {
        let again = piece["record_id"] != "2001";
        assert_eq!(piece["version"].contains("supplemental"), again, "{}", piece["version"]);
    }
    let mut first = csv::Reader::from_path(case.path("out/letters/manifest.csv")).unwrap();
    assert_eq!(first.records().count(), 7, "the first wave's letters are still there");
    for file in ["letters/manifest.csv", "email", "filings", "review/index.html", "findings.csv"] {
        assert!(case.path("out").join(file).exists(), "{file} of the first wave");
        assert!(case.path("out/w2").join(file).exists(), "{file} of the second wave");
    }
    // The first wave is not changed by the second.
    let json = case.run(&["run", "--wave", "w1", "--json", "{folder}"]).json();
    assert_eq!(json["outcomes"]["excluded"], 0);
}

/// How many people the duty to tell HHS counts in a wave.
fn told_to_hhs(case: &Case, wave: &str) -> u64 {
    let said = case.run(&["plan", "--all", "--wave", wave, "--json", "{folder}"]);
    let plan = said.json();
    let duties = plan["duties"].as_array().unwrap();
    let hhs = duties.iter().find(|d| d["kind"] == "hhs").unwrap();
    hhs["count"].as_u64().unwrap()
}

#[test]
fn a_later_wave_counts_everybody_affected_so_far_and_each_person_once() {
    let case = Case::sample("small-clinic");
    second_wave(&case);
    assert_eq!(told_to_hhs(&case, "w2"), 8, "what is not recorded cannot be counted");
    case.run(&["check", "--wave", "w1", "{folder}"]);
    assert_eq!(told_to_hhs(&case, "w1"), 7);
    assert_eq!(told_to_hhs(&case, "w2"), 8, "seven of the first wave again, and one new");
    // A roster of the new person alone, and one of somebody who was told under another id.
    let header = case.read("later.csv").lines().next().unwrap().to_owned();
    let later = case.read("later.csv");
    let last = |text: &str| text.lines().last().unwrap().to_owned();
    fs::write(case.path("later.csv"), format!("{header}\n{}\n", last(&later))).unwrap();
    assert_eq!(told_to_hhs(&case, "w2"), 8);
    let known = last(&case.read("roster.csv"));
    let (_, rest) = known.split_once(',').unwrap();
    let again = format!("{header}\n{}\n4711,{rest}\n", last(&later));
    fs::write(case.path("later.csv"), again).unwrap();
    assert_eq!(told_to_hhs(&case, "w2"), 8);
    // A letter sent anew is about the same people.
    case.edit("incident.toml", "kind = \"supplemental\"", "kind = \"remail\"");
    fs::write(case.path("later.csv"), case.read("roster.csv")).unwrap();
    assert_eq!(told_to_hhs(&case, "w2"), 7);
    let json = case.run(&["check", "--wave", "w2", "--json", "{folder}"]).json();
    assert_eq!(json["outcomes"]["excluded"], 0, "written to again on purpose");
}

#[test]
fn who_was_held_and_comes_repaired_in_a_later_wave_is_counted_once() {
    let case = one_held();
    second_wave(&case);
    case.run(&["check", "--wave", "w1", "{folder}"]);
    let repaired = case.read("later.csv").replace("IN,474,,harriet", "IN,47401,,harriet");
    fs::write(case.path("later.csv"), repaired).unwrap();
    let json = case.run(&["check", "--wave", "w2", "--json", "{folder}"]).json();
    assert_eq!(json["outcomes"]["held"], 0);
    assert_eq!(told_to_hhs(&case, "w2"), 8);
}

#[test]
fn status_says_what_to_do_about_rows_that_another_room_holds() {
    let case = Case::sample("small-clinic");
    let roster = case.read("roster.csv");
    fs::write(case.path("roster.csv"), roster.replacen("Harriet", "\u{1F600}", 1)).unwrap();
    let before = case.run(&["check", "--json", "{folder}"]).json();
    assert_eq!(before["outcomes"]["held"], 1, "no font has the character");
    let json = case.run(&["status", "--json", "{folder}"]).json();
    let held = &json["waves"][0]["held"][0];
    assert_eq!(held["reason"], "letter.no_glyph");
    let remedy = held["remedy"].as_str().unwrap();
    assert!(remedy.contains("`latin_name`") && remedy.contains("`[fonts] fallback`"), "{remedy}");
}

/// Waves of one day are one mailing in several lists: each counts the people of both, whichever
/// is looked at first, and nobody is written to twice.
#[test]
fn waves_of_the_same_day_count_together() {
    let case = Case::sample("small-clinic");
    let roster = case.read("roster.csv");
    let mut lines = roster.lines();
    let header = lines.next().unwrap();
    let first = lines.next().unwrap();
    let others: String = ["Ada", "Bea", "Cora", "Dora", "Elsa"]
        .map(|name| first.replacen("1001", name, 1).replace("Harriet", name) + "\n")
        .concat();
    fs::write(case.path("second.csv"), format!("{header}\n{first}\n{others}")).unwrap();
    let day = case.read("incident.toml");
    let day = day.lines().find(|l| l.starts_with("mail_on")).unwrap().to_owned();
    let second = format!("\n[[wave]]\nid = \"w2\"\nroster = \"second.csv\"\n{day}\n");
    let text = case.read("incident.toml") + &second;
    fs::write(case.path("incident.toml"), text).unwrap();
    let count = |wave: &str| {
        let said = case.run(&["plan", "--json", "--wave", wave, "{folder}"]);
        let json: Value = said.json();
        let duties = json["duties"].as_array().unwrap();
        let hhs = duties.iter().find(|d| d["rule"].as_str().unwrap().starts_with("hipaa-hhs"));
        hhs.unwrap()["count"].as_u64().unwrap()
    };
    let alone = count("w1");
    assert_eq!(count("w2"), alone);
    assert!(case.run(&["check", "--wave", "w1", "{folder}"]).code < 2);
    assert!(case.run(&["check", "--wave", "w2", "{folder}"]).code < 2);
    assert_eq!((count("w1"), count("w2")), (alone, alone), "recorded or not");
    case.edit("incident.toml", &second, "");
    assert!(count("w1") < alone, "the second list's people were counted");
}
