//! A kill at any moment loses nothing that was confirmed, and the next run makes the same files.

use super::*;
use crate::case::{full, program};
use noticeworks::ledger::Ledger;
use std::process::Stdio;
use std::thread::sleep;
use std::time::Duration;

/// Runs a command and kills it after so many milliseconds; whether it was killed.
fn killed(case: &Case, arguments: &[&str], after: u64) -> bool {
    let folder = case.folder();
    let mut child = program()
        .args(arguments.iter().map(|a| a.replace("{folder}", folder.to_str().unwrap())))
        .env("NOTICEWORKS_STATE", case.path("../state"))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    sleep(Duration::from_millis(after));
    let _ = child.kill();
    !child.wait().unwrap().success()
}

/// Files of a folder with their digests; staged ones do not count.
fn files(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let ours = name == ".noticeworks";
        assert!(ours || !(name.ends_with(".part") || name.starts_with('.')), "{name} was left");
        if path.is_dir() {
            found.extend(files(&path).into_iter().map(|(f, d)| (format!("{name}/{f}"), d)));
        } else {
            found.push((name, sha256(&path)));
        }
    }
    found.sort();
    found
}

#[test]
fn a_kill_at_any_moment_is_made_good_by_the_next_run() {
    let rows = if full() { 20_000 } else { 150 };
    let kills = if full() { 200 } else { 9 };
    let case = Case::sample("small-clinic");
    let mut roster = case.read("roster.csv").lines().next().unwrap().to_owned();
    for n in 0..rows {
        roster.push_str(&format!(
            "\nK{n},elm-street,Ada,,Nowak,,{n} Quarry Road,,Bloomington,IN,47401,,,,1970-01-01,,,,,Name;Diagnosis,"
        ));
    }
    // One row that stays held, and one that is merged.
    roster
        .push_str("\nK-held,elm-street,Ada,,Nowak,,1 Slate Road,,Bloomington,IN,474,,,,,,,,,Name,");
    roster.push_str("\nK0,elm-street,Ada,,Nowak,,0 Quarry Road,,Bloomington,IN,47401,,,,1970-01-01,,,,,Name;DOB,\n");
    fs::write(case.path("roster.csv"), roster).unwrap();
    case.run(&["check", "{folder}"]);
    let refused = approve(&case, &[]);
    let held = refused
        .stderr
        .split("--accept-held ")
        .nth(1)
        .map_or(String::new(), |rest| rest.chars().take_while(char::is_ascii_digit).collect());
    let accept = ["approve", "{folder}", "--by", "A. Counsel", "--accept-held", &held];
    let accept: &[&str] = if held.is_empty() { &accept[..4] } else { &accept };
    let said = case.run(accept);
    assert_eq!(said.code, 0, "{}", said.stderr);
    assert!(finals(&case));
    let good = files(&case.path("out/letters"));
    let root = case.read("sealed/w1-1/root.txt");
    let outcomes = case.run(&["status", "{folder}", "--json"]).json()["outcomes"].clone();

    let commands: [&[&str]; 3] = [&["check", "{folder}"], accept, &["letters", "{folder}"]];
    let mut seed = 7u64;
    for n in 0..kills {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        // Half of them early, where files are written first.
        let span = if n % 2 == 0 { 120 } else { 1_500 };
        killed(&case, commands[n % 3], (seed >> 33) % span);
        // What is recorded adds up at once.
        let ledger = Ledger::open(&case.folder()).unwrap();
        assert_eq!(ledger.audit().unwrap().wrong, Vec::<String>::new(), "kill {n}");
        drop(ledger);
    }
    case.run(&["check", "{folder}"]);
    assert_eq!(case.run(accept).code, 0);
    assert!(finals(&case));
    assert_eq!(files(&case.path("out/letters")), good);
    assert_eq!(case.read("sealed/w1-1/root.txt"), root);
    assert_eq!(case.run(&["status", "{folder}", "--json"]).json()["outcomes"], outcomes);
}
