//! What was approved is what is printed, and the record proves it.

#![allow(clippy::unwrap_used)]

mod book;
mod drift;
mod fence;
mod kills;
mod ledger;
mod parts;
mod signed;
mod story;
mod trouble;

use crate::case::{Case, Said};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::fs;
use std::path::Path;
use std::process::Command;

/// The small clinic, checked.
pub fn checked() -> Case {
    let case = Case::sample("small-clinic");
    assert_eq!(case.run(&["check", "{folder}"]).code, 1);
    case
}

pub fn approve(case: &Case, more: &[&str]) -> Said {
    let mut arguments =
        vec!["approve", "{folder}", "--by", "A. Counsel, General Counsel", "--json"];
    arguments.extend(more);
    case.run(&arguments)
}

/// The small clinic, approved.
pub fn approved() -> Case {
    let case = checked();
    let said = approve(&case, &[]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    case
}

pub fn letters(case: &Case) -> (i32, Value) {
    let said = case.run(&["letters", "{folder}", "--json"]);
    let json = serde_json::from_str(&said.stdout).unwrap_or(Value::Null);
    (said.code, json)
}

/// Whether the letters are finals.
pub fn finals(case: &Case) -> bool {
    let (code, json) = letters(case);
    code == 0 && json["draft"] == false
}

pub fn sha256(path: &Path) -> String {
    Sha256::digest(fs::read(path).unwrap()).iter().map(|b| format!("{b:02x}")).collect()
}

#[test]
fn an_approval_seals_every_piece_and_the_letters_lose_their_mark() {
    let case = checked();
    let (code, drafts) = letters(&case);
    assert_eq!((code, &drafts["draft"]), (1, &Value::Bool(true)));
    let approval = approve(&case, &[]).json();
    assert_eq!((&approval["letters"], &approval["emails"]), (&7.into(), &2.into()));
    let versions = approval["versions"].as_object().unwrap();
    assert_eq!(versions.values().map(|n| n.as_u64().unwrap()).sum::<u64>(), 7);
    let root = case.path("sealed/w1-1/root.txt");
    assert_eq!(approval["root"], sha256(&root).as_str());
    // Anybody can check it without this program.
    let checked = Command::new("sha256sum")
        .args(["--strict", "-c", "root.txt"])
        .current_dir(case.path("sealed/w1-1"))
        .output()
        .unwrap();
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));

    let (code, printed) = letters(&case);
    assert_eq!(code, 0);
    assert_eq!((&printed["draft"], &printed["letters"]), (&Value::Bool(false), &7.into()));
    let list = [1, 2].map(|n| case.read(&format!("sealed/w1-1/batches/batch-000{n}.txt"))).concat();
    let sealed: Vec<&str> = list
        .lines()
        .map(|line| line.split_once("  ").unwrap().1.strip_suffix(".txt").unwrap())
        .collect();
    let manifest = case.read("out/letters/manifest.csv");
    let listed: Vec<&str> =
        manifest.lines().skip(1).map(|line| line.split_once(',').unwrap().0).collect();
    assert_eq!(sealed, listed);
    let first = fs::read(case.batch("out/letters", 1)).unwrap();
    assert!(finals(&case));
    assert!(first == fs::read(case.batch("out/letters", 1)).unwrap());
}

#[test]
fn a_second_approval_of_the_same_is_the_same_seal() {
    let case = approved();
    let root = case.read("sealed/w1-1/root.txt");
    assert_eq!(approve(&case, &[]).code, 0);
    assert_eq!(case.read("sealed/w1-1/root.txt"), root);
    assert!(!case.path("sealed/w1-2").exists());
}

#[test]
fn a_wave_that_changed_before_anything_went_out_is_sealed_anew() {
    let case = approved();
    case.edit("incident.toml", "stolen from a locked car", "taken from a locked car");
    assert!(!finals(&case));
    assert_eq!(approve(&case, &[]).json()["seal"], 2);
    assert!(finals(&case));
    let status = case.run(&["status", "{folder}", "--json"]).json();
    let seals = status["waves"][0]["seals"].as_array().unwrap();
    assert_eq!(seals.len(), 1);
    assert_eq!((&seals[0]["seal"], &seals[0]["state"]), (&2.into(), &"valid".into()));
}

#[test]
fn held_rows_must_be_accepted_by_their_number() {
    let case = Case::sample("small-clinic");
    case.edit("roster.csv", ",Bloomington,IN,47401,", ",Bloomington,IN,474,");
    assert_eq!(case.run(&["check", "{folder}"]).code, 1);
    let refused = approve(&case, &[]);
    assert_eq!(refused.code, 5, "{}", refused.stderr);
    let held = refused.stderr.split("--accept-held ").nth(1).unwrap();
    let held: u64 =
        held.chars().take_while(char::is_ascii_digit).collect::<String>().parse().unwrap();
    assert!(held > 0);
    assert_eq!(approve(&case, &["--accept-held", &(held + 1).to_string()]).code, 5);
    let said = approve(&case, &["--accept-held", &held.to_string()]).json();
    assert_eq!(said["accepted_held"], held);
    assert_eq!(said["outcomes"]["held"], held);
    // The counts of the seal add up to the roster's rows.
    let sum: u64 =
        said["outcomes"].as_object().unwrap().values().map(|n| n.as_u64().unwrap()).sum();
    assert_eq!(sum, 7);

    // The row is released later: what was sealed stays sealed, and it comes under a seal of its own
    // once the first letters are out.
    assert!(finals(&case));
    fs::write(case.path("postage.txt"), "made up").unwrap();
    let posted = ["confirm", "letters", "{folder}", "--batch", "1-2", "--posted", "2026-09-11"];
    let evidence = case.path("postage.txt");
    let posted = [&posted[..], &["--evidence", evidence.to_str().unwrap()]].concat();
    assert_eq!(case.run(&posted).code, 0);
    case.edit("roster.csv", ",Bloomington,IN,474,", ",Bloomington,IN,47401,");
    case.run(&["check", "{folder}"]);
    // Finals still, with the warning that these were posted before.
    let again = |why: &str| {
        let (code, json) = letters(&case);
        assert_eq!((code, &json["draft"]), (1, &false.into()), "{why}");
    };
    again("a repaired row breaks no seal");
    let more = approve(&case, &[]).json();
    assert_eq!((&more["seal"], &more["letters"]), (&2.into(), &held.into()));
    again("the second seal's letters are finals too");
    assert!(case.batch("out/letters-2", 1).exists());
}

#[test]
fn what_must_be_settled_first_is_refused() {
    let case = Case::sample("small-clinic");
    let missing = approve(&case, &[]);
    assert_ne!(missing.code, 0);
    case.run(&["check", "{folder}"]);
    case.edit("roster.csv", "Harriet", "Henrietta");
    let stale = approve(&case, &[]);
    assert_eq!(stale.code, 4);
    assert!(stale.stderr.contains("the roster changed after it was checked"), "{}", stale.stderr);
    case.run(&["check", "{folder}"]);
    case.edit("incident.toml", "mail_on = 2026-09-11", "mail_on = 2026-09-14");
    let stale = approve(&case, &[]);
    assert!(stale.stderr.contains("mail date changed"), "{}", stale.stderr);
    case.run(&["check", "{folder}"]);
    assert_eq!(approve(&case, &[]).code, 0);
    assert_eq!(case.run(&["approve", "{folder}", "--by", " "]).code, 2);
}

#[test]
fn two_approvers_must_be_two_people() {
    let case = Case::sample("small-clinic");
    case.edit("incident.toml", "title = \"Stolen", "two_approvers = true\ntitle = \"Stolen");
    case.run(&["check", "{folder}"]);
    assert_eq!(approve(&case, &[]).json()["valid"], false);
    assert!(!finals(&case), "one approval is not enough");
    assert_eq!(approve(&case, &[]).code, 4);
    let second = case.run(&["approve", "{folder}", "--by", "P. Officer, Privacy", "--json"]);
    assert_eq!(second.json()["valid"], true);
    assert!(finals(&case));
    let status = case.run(&["status", "{folder}", "--json"]).json();
    let by = &status["waves"][0]["seals"][0]["approved_by"];
    assert_eq!(by, &serde_json::json!(["A. Counsel, General Counsel", "P. Officer, Privacy"]));
}

#[test]
fn two_approvers_must_approve_the_same() {
    let case = Case::sample("small-clinic");
    case.edit("incident.toml", "title = \"Stolen", "two_approvers = true\ntitle = \"Stolen");
    case.run(&["check", "{folder}"]);
    assert_eq!(approve(&case, &[]).code, 0);
    case.edit("incident.toml", "stolen from a locked car", "taken from a locked car");
    let second = case.run(&["approve", "{folder}", "--by", "P. Officer, Privacy", "--json"]).json();
    assert_eq!((&second["seal"], &second["valid"]), (&2.into(), &false.into()));
    assert!(!finals(&case));
}
