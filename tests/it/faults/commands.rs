//! Every command that writes, at the point of an incident's life where it is used.

use super::desk::Desk;
use super::{each, rows};
use std::fs;

const APPROVE: [&str; 4] = ["approve", "{folder}", "--by", "A. Counsel, General Counsel"];

fn checked() -> Desk {
    let desk = Desk::clinic(rows());
    desk.does(&["run", "{folder}"]);
    desk.keep();
    desk
}

fn approved() -> Desk {
    let desk = checked();
    desk.does(&APPROVE);
    desk.keep();
    desk
}

#[test]
fn check_and_run_from_nothing() {
    let desk = Desk::clinic(rows());
    each(&desk, &["check", "{folder}"]);
    each(&desk, &["run", "{folder}"]);
}

#[test]
fn check_and_run_again_over_what_was_made() {
    let desk = checked();
    let more =
        "1009,elm-street,Ida,,Vance,,5 Elm Street,,Bloomington,IN,47,,,,1971-03-08,,,,,Name;DOB,\n";
    fs::write(desk.case.path("roster.csv"), desk.case.read("roster.csv") + more).unwrap();
    desk.keep();
    each(&desk, &["check", "{folder}"]);
    each(&desk, &["run", "{folder}"]);
}

#[test]
fn plan_filings_and_repairs() {
    let desk = checked();
    each(&desk, &["plan", "{folder}", "--ics", "{home}/plan.ics"]);
    each(&desk, &["filings", "{folder}"]);
    each(&desk, &["email", "{folder}"]);
    let by = ["--by", "P. Paralegal", "--why", "the client said so"];
    let add = ["repair", "add", "{folder}", "--record", "1001", "--column", "zip", "--to", "47403"];
    each(&desk, &[&add[..], &by].concat());
    each(&desk, &["repair", "{folder}", "--to-mend", "{home}/to-mend.xlsx"]);
}

#[test]
fn approve_and_claim() {
    let desk = checked();
    each(&desk, &APPROVE);
    let desk = approved();
    each(&desk, &["claim", "{folder}", "--by", "P. Officer"]);
}

#[test]
fn letters_confirm_and_export() {
    let desk = approved();
    each(&desk, &["letters", "{folder}"]);
    desk.begin_again();
    desk.does(&["letters", "{folder}"]);
    let receipt = desk.case.path("receipt.txt");
    fs::write(&receipt, "made up").unwrap();
    desk.keep();
    let posted = ["confirm", "letters", "{folder}", "--batch", "1-2", "--posted", "2026-09-11"];
    each(&desk, &[&posted[..], &["--evidence", receipt.to_str().unwrap()]].concat());
    let manifest = fs::read_to_string(desk.case.path("out/letters/manifest.csv")).unwrap();
    let pieces: Vec<&str> = manifest.lines().skip(1).take(5).map(|line| &line[..17]).collect();
    let list = desk.case.path("returned.csv");
    fs::write(&list, format!("reference,new address,new city,new state,new zip\n{},7 Found Street,Bloomington,IN,47401\n", pieces.join(",,,,\n"))).unwrap();
    desk.does(&[&posted[..], &["--evidence", receipt.to_str().unwrap()]].concat());
    desk.keep();
    each(&desk, &["returns", "import", "{folder}", list.to_str().unwrap(), "--on", "2026-09-30"]);
    for (whom, to) in [("client", "{home}/client"), ("counsel", "{home}/counsel")] {
        each(&desk, &["export", "{folder}", "--for", whom, "--to", to]);
    }
}

#[test]
fn a_filing_is_recorded() {
    let desk = approved();
    desk.does(&["filings", "{folder}"]);
    let receipt = desk.case.path("receipt.txt");
    fs::write(&receipt, "made up").unwrap();
    desk.keep();
    let id = if rows() < 500 { "hipaa-hhs-annual" } else { "hipaa-hhs-500" };
    let id = format!("{id}.elm-street");
    let record = ["filings", "record", "{folder}", &id, "--by", "P. Officer"];
    let how = ["--on", "2026-09-14", "--number", "H-7", "--evidence", receipt.to_str().unwrap()];
    each(&desk, &[&record[..], &how].concat());
}

#[test]
fn purge_seven_years_later() {
    let desk = Desk::of(crate::purge::old(), true);
    each(&desk, &["purge", "{folder}", "--yes", "--by", "B. Officer"]);
}
