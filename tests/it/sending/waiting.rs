//! What must wait: a law-enforcement hold and the mail date bind the sending, by the clock.

use super::server::Mailbox;
use crate::case::{Case, Said};
use noticeworks::ledger::{Event, Ledger};
use std::fs;
use std::process::Command;

/// Runs the program on a day.
fn on(case: &Case, day: &str, arguments: &[&str]) -> Said {
    let folder = case.folder();
    let folder = folder.to_str().unwrap();
    let output = Command::new("faketime")
        // Waiting counts by the machine's own clock.
        .args(["--exclude-monotonic", &format!("{day} 10:00:00")])
        .arg(env!("CARGO_BIN_EXE_noticeworks"))
        .args(arguments.iter().map(|a| a.replace("{folder}", folder)))
        .env("NOTICEWORKS_STATE", case.path("../state"))
        .env("NO_COLOR", "1")
        .env("COLUMNS", "160")
        .output()
        .unwrap();
    Said::from(output)
}

fn send(case: &Case, day: &str, mailbox: &Mailbox, more: &[&str]) -> Said {
    let url = mailbox.url();
    let mut arguments = vec!["email", "{folder}", "--send", "--json", "--smtp", url.as_str()];
    arguments.extend(more);
    on(case, day, &arguments)
}

/// The small clinic, to be mailed in January, with a hold (nothing: none).
fn clinic(hold: &str) -> Case {
    let case = Case::sample("small-clinic");
    case.edit("incident.toml", "mail_on = 2026-09-11", "mail_on = 2027-01-15");
    let mut text = case.read("incident.toml");
    if !hold.is_empty() {
        text.push_str("\n[[law_enforcement_hold]]\nagency = \"Police of Anytown\"\n");
        text.push_str("official = \"Det. R. Example\"\n");
        text.push_str(hold);
    }
    fs::write(case.path("incident.toml"), text).unwrap();
    case
}

const WRITTEN: &str = "kind = \"written\"\nstated_on = 2026-09-01\nuntil = 2027-01-10\n\
                       jurisdictions = [\"US-HIPAA\"]\n";

/// `check` and `approve`, on a day.
fn approved(case: &Case, day: &str) -> Said {
    let checked = on(case, day, &["check", "{folder}"]);
    assert!(checked.code < 2, "{}", checked.stderr);
    on(case, day, &["approve", "{folder}", "--by", "A. Counsel"])
}

/// Time passes without the machine running: somebody vouches for the clock.
fn moved_to(case: &Case, day: &str) {
    let claim = ["claim", "{folder}", "--clock", "--by", "P. Officer", "--reason", "time passed"];
    let said = on(case, day, &claim);
    assert_eq!(said.code, 0, "{}", said.stderr);
}

fn early(case: &Case) -> Vec<String> {
    let ledger = Ledger::look(&case.folder()).unwrap().unwrap();
    let events = ledger.events().unwrap().into_iter();
    let reasons = events.filter_map(|recorded| match recorded.event {
        Event::SendingEarly(early) => Some(early.reason),
        _ => None,
    });
    reasons.collect()
}

#[test]
fn a_hold_is_told_by_run_and_approve_and_stops_sending_until_it_has_ended() {
    let (case, mailbox) = (clinic(WRITTEN), Mailbox::sound());
    let day = "2026-11-30";
    // A day given for the plan is no day of the clock.
    let run = on(&case, day, &["run", "{folder}", "--as-of", "2027-02-01", "--json"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert_eq!(run.json()["findings"]["hold.standing"], 1);
    let told = run.stderr.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains("`US-HIPAA` stands until 2027-01-10"), "{told}");
    assert!(!case.read("out/findings.csv").contains("hold.standing"), "of the day, in no file");
    let approval = approved(&case, day);
    assert_eq!(approval.code, 1, "{}", approval.stderr);
    assert!(approval.stderr.contains("hold.standing"), "{}", approval.stderr);

    let letters = on(&case, day, &["letters", "{folder}"]);
    assert_eq!(letters.code, 0, "finals print under a hold: {}", letters.stderr);
    assert!(letters.stdout.contains("Do not post before January 15, 2027"), "{}", letters.stdout);
    // On the last day it still stands, whatever reason is given.
    for (day, more) in [(day, &[][..]), ("2027-01-10", &["--early", "the press has it"])] {
        let said = send(&case, day, &mailbox, more);
        assert_eq!(said.code, 4, "{}", said.stderr);
        assert!(said.stderr.contains("hold.standing"), "{}", said.stderr);
    }
    let said = send(&case, "2027-01-11", &mailbox, &[]);
    assert_eq!(said.code, 4, "{}", said.stderr);
    assert!(said.stderr.contains("email.before_mail_date"), "{}", said.stderr);
    assert_eq!(mailbox.sessions(), 0);
    moved_to(&case, "2027-01-15");
    let said = send(&case, "2027-01-15", &mailbox, &["--only", "1"]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    assert!(early(&case).is_empty());
}

#[test]
fn before_the_mail_date_only_a_reason_sends_and_it_is_recorded() {
    let (case, mailbox) = (clinic(""), Mailbox::sound());
    assert_eq!(approved(&case, "2026-11-30").code, 0);
    for more in [&[][..], &["--early", "  "]] {
        let said = send(&case, "2026-11-30", &mailbox, more);
        assert_eq!(said.code, 4, "{}", said.stderr);
        assert!(said.stderr.contains("mailed on 2027-01-15"), "{}", said.stderr);
    }
    assert_eq!(mailbox.sessions(), 0);
    let said = send(&case, "2026-11-30", &mailbox, &["--early", "the press has it"]);
    assert_eq!((said.code, &said.json()["sent"]["given"]), (0, &2.into()), "{}", said.stderr);
    assert_eq!(early(&case), ["the press has it"]);
}

#[test]
fn the_hold_of_a_state_stops_what_goes_to_its_people_and_no_other() {
    for (state, stops) in [("IN", true), ("TX", false)] {
        let hold = WRITTEN.replace("US-HIPAA", state);
        let (case, mailbox) = (clinic(&hold), Mailbox::sound());
        case.edit("incident.toml", "mail_on = 2027-01-15", "mail_on = 2026-11-29");
        let approval = approved(&case, "2026-11-30");
        assert_eq!(approval.stderr.contains("hold.standing"), stops, "{}", approval.stderr);
        let said = send(&case, "2026-11-30", &mailbox, &["--only", "1"]);
        assert_eq!(said.code, if stops { 4 } else { 0 }, "{state}: {}", said.stderr);
        assert_eq!(mailbox.sessions() > 0, !stops);
    }
}

#[test]
fn an_oral_hold_ends_after_thirty_days_and_any_on_the_day_it_was_ended() {
    let oral = WRITTEN.replace("written", "oral").replace("until = 2027-01-10\n", "");
    let ended = format!("{WRITTEN}ended_on = 2026-10-01\nended_by = \"Det. R. Example\"\n");
    for hold in [oral, ended] {
        let (case, mailbox) = (clinic(&hold), Mailbox::sound());
        case.edit("incident.toml", "mail_on = 2027-01-15", "mail_on = 2026-10-02");
        assert_eq!(approved(&case, "2026-10-02").code, 0);
        let said = send(&case, "2026-10-01", &mailbox, &["--early", "x"]);
        assert!(said.stderr.contains("hold.standing"), "the last day: {}", said.stderr);
        let said = send(&case, "2026-10-02", &mailbox, &[]);
        assert_eq!(said.code, 0, "{}", said.stderr);
    }
}

#[test]
fn what_happened_under_a_hold_is_recorded_and_told() {
    let case = clinic(WRITTEN);
    let day = "2026-11-30";
    assert_eq!(approved(&case, day).code, 1);
    assert_eq!(on(&case, day, &["letters", "{folder}"]).code, 0);
    assert!(on(&case, day, &["filings", "{folder}"]).code < 2);
    let receipt = case.path("receipt.txt");
    fs::write(&receipt, "made up").unwrap();
    let file = receipt.to_str().unwrap();
    let posted = ["confirm", "letters", "{folder}", "--batch", "1-2", "--posted", "2026-11-30"];
    let said = on(&case, day, &[&posted[..], &["--evidence", file]].concat());
    assert_eq!(said.code, 1, "{}", said.stderr);
    assert!(said.stderr.contains("hold.broken"), "{}", said.stderr);
    let status = on(&case, day, &["status", "{folder}", "--json"]).json();
    assert_eq!(status["waves"][0]["seals"][0]["posted_letters"], 7, "recorded");
    let filed = ["filings", "record", "{folder}", "hipaa-hhs-annual.elm-street"];
    let rest = ["--on", "2026-11-30", "--number", "26-0117", "--evidence", file];
    let said = on(&case, day, &[&filed[..], &rest].concat());
    assert_eq!(said.code, 1, "{}", said.stderr);
    assert!(said.stderr.contains("hold.broken"), "{}", said.stderr);
    assert!(said.stdout.contains("Recorded"), "{}", said.stdout);
}

#[test]
fn an_extension_stated_before_the_hold_ended_moves_the_date_again() {
    let case = clinic(WRITTEN);
    let due = |case: &Case| {
        let plan = case.run(&["plan", "{folder}", "--json"]).json();
        let duties = plan["duties"].as_array().unwrap().clone();
        let duty = duties.into_iter().find(|d| d["id"] == "hipaa-individual.elm-street");
        duty.unwrap()["due"].clone()
    };
    assert_eq!(due(&case), "2027-01-10");
    let mut text = case.read("incident.toml");
    text.push_str("\n[[law_enforcement_hold]]\nkind = \"written\"\nstated_on = 2027-01-05\n");
    text.push_str("until = 2027-03-01\njurisdictions = [\"US-HIPAA\"]\n");
    fs::write(case.path("incident.toml"), text).unwrap();
    assert_eq!(due(&case), "2027-03-01");
    // One that was stated after the last had ended postpones nothing.
    case.edit("incident.toml", "stated_on = 2027-01-05", "stated_on = 2027-01-12");
    assert_eq!(due(&case), "2027-01-10");
}

/// The clinic with an approval on a day.
fn clinic_approved(day: &str) -> Case {
    let case = clinic("");
    assert_eq!(approved(&case, day).code, 0);
    case
}

#[test]
fn a_clock_that_was_ahead_once_stops_nothing_once_somebody_vouches_for_it() {
    // The clock was ahead from the first command on: nothing could have shown it.
    let case = clinic_approved("2031-05-05");
    let letters = ["letters", "{folder}", "--json"];
    let said = on(&case, "2026-11-30", &letters);
    assert_eq!(said.code, 4, "{}", said.stderr);
    assert!(said.stderr.contains(" --clock"), "{}", said.stderr);
    for wrong in [&["--clock"][..], &["--clock", "--reason", " "], &["--reason", "battery"]] {
        let claim = [&["claim", "{folder}", "--by", "P. Officer"][..], wrong].concat();
        assert_eq!(on(&case, "2026-11-30", &claim).code, 2, "{wrong:?}");
    }
    let claim = ["claim", "{folder}", "--clock", "--by", "P. Officer", "--reason", "battery"];
    assert_eq!(on(&case, "2026-11-30", &claim).code, 0);
    let said = on(&case, "2026-11-30", &letters);
    assert_eq!(said.code, 0, "{}", said.stderr);
    let ledger = Ledger::look(&case.folder()).unwrap().unwrap();
    assert_eq!(ledger.audit().unwrap().wrong, Vec::<String>::new());
    let set = ledger.events().unwrap().into_iter().find_map(|recorded| match recorded.event {
        Event::ClockSet(set) => Some(set),
        _ => None,
    });
    let set = set.unwrap();
    assert_eq!((set.by.as_str(), set.reason.as_str()), ("P. Officer", "battery"));
    assert!(set.last.unwrap().starts_with("2031-05-05"));
    // Back in order: an earlier clock is refused again.
    let said = on(&case, "2026-11-20", &letters);
    assert_eq!(said.code, 4, "{}", said.stderr);
}

#[test]
fn a_clock_that_jumps_asks_before_anything_is_written() {
    let case = clinic_approved("2026-11-30");
    let before = Ledger::look(&case.folder()).unwrap().unwrap().events().unwrap().len();
    for command in [&["letters", "{folder}"][..], &["approve", "{folder}", "--by", "B"]] {
        let said = on(&case, "2026-12-02", command);
        assert_eq!(said.code, 4, "{}", said.stderr);
        assert!(said.stderr.contains("days ahead"), "{}", said.stderr);
    }
    let after = Ledger::look(&case.folder()).unwrap().unwrap().events().unwrap().len();
    assert_eq!(before, after);
    assert!(!case.batch("out/letters", 1).exists());
    moved_to(&case, "2026-12-02");
    assert_eq!(on(&case, "2026-12-02", &["letters", "{folder}"]).code, 0);
    // The next day needs no word.
    assert_eq!(on(&case, "2026-12-03", &["letters", "{folder}"]).code, 0);
}

#[test]
fn a_claim_of_a_copy_gets_past_a_clock_that_was_ahead() {
    let case = clinic_approved("2031-05-05");
    let other = case.path("../copy");
    crate::case::copy(&case.folder(), &other);
    let other = other.to_str().unwrap();
    let claim = ["claim", other, "--by", "P. Officer"];
    assert_eq!(on(&case, "2026-11-30", &claim).code, 4);
    let clock = [&claim[..], &["--clock", "--reason", "battery"]].concat();
    assert_eq!(on(&case, "2026-11-30", &clock).code, 0);
    let refused = on(&case, "2026-11-30", &["letters", other]);
    assert!(refused.stderr.contains("is a copy"), "the clock gives no right: {}", refused.stderr);
    let said = on(&case, "2026-11-30", &claim);
    assert_eq!(said.code, 0, "{}", said.stderr);
    assert_eq!(on(&case, "2026-11-30", &["letters", other]).code, 0);
}
