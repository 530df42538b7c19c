//! Personal data goes when its time has come, and the proof stays.

use crate::case::Case;
use crate::run::files;
use noticeworks::ledger::Ledger;
use rusqlite::Connection;
use std::fs;
use std::os::unix::fs::symlink;

/// The clinic, approved and printed, all of it seven years ago.
pub fn old() -> Case {
    let case = recent();
    let text = case.read("incident.toml").replace("2026-", "2018-");
    fs::write(case.path("incident.toml"), text).unwrap();
    let ledger = Connection::open(case.path("ledger.sqlite")).unwrap();
    // What the program never does: the test makes the record old.
    ledger
        .execute_batch(
            "UPDATE generation SET made_at = '2018-09-11T12:00:00Z';
             DROP TRIGGER events_are_never_changed;
             UPDATE event SET at = '2018-09-11T12:00:00Z';",
        )
        .unwrap();
    case
}

fn recent() -> Case {
    let case = Case::sample("small-clinic");
    for arguments in [
        &["run", "{folder}"][..],
        &["approve", "{folder}", "--by", "A. Counsel, General Counsel"],
        &["letters", "{folder}"],
    ] {
        let said = case.run(arguments);
        assert!(said.code <= 1, "{arguments:?}: {}", said.stderr);
    }
    case
}

/// Every file but SQLite's own, which come and go with a look at the ledger.
fn kept(case: &Case) -> Vec<std::path::PathBuf> {
    let mut files = files(&case.folder());
    files.retain(|path| !path.display().to_string().contains("ledger.sqlite-"));
    files
}

const YES: [&str; 5] = ["purge", "{folder}", "--yes", "--by", "B. Officer"];

#[test]
fn nothing_goes_before_its_time_or_under_a_hold() {
    let case = recent();
    let before = kept(&case);
    let said = case.run(&YES);
    assert_eq!(said.code, 4, "{}", said.stderr);
    assert!(said.stderr.contains("164.530(j)(2)"), "{}", said.stderr);
    let case_old = old();
    let text = format!("litigation_hold = true\n{}", case_old.read("incident.toml"));
    fs::write(case_old.path("incident.toml"), text).unwrap();
    let said = case_old.run(&YES);
    assert_eq!(said.code, 4, "{}", said.stderr);
    assert!(said.stderr.contains("litigation hold"), "{}", said.stderr);
    assert_eq!(kept(&case), before);
    assert!(case_old.path("spool/w1.csv").is_file());
}

#[test]
fn a_dry_run_shows_and_removes_nothing_then_people_go_and_proof_stays() {
    let case = old();
    let before = kept(&case);
    let said = case.run(&["purge", "{folder}"]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    for name in ["spool", "out", "sealed/w1-1/inputs/spool"] {
        assert!(said.stdout.contains(&format!("  {name} (")), "{}", said.stdout);
    }
    assert!(said.stdout.contains("Nothing was removed"), "{}", said.stdout);
    assert_eq!(kept(&case), before);

    let said = case.run(&YES);
    assert_eq!(said.code, 0, "{}", said.stderr);
    for gone in ["spool", "out", "sealed/w1-1/inputs/spool"] {
        assert!(!case.path(gone).exists(), "{gone}");
    }
    for kept in [
        "incident.toml",
        "ledger.sqlite",
        "roster.csv",
        "sealed/w1-1/root.txt",
        "sealed/w1-1/statement.json",
        "sealed/w1-1/batches/batch-0001.txt",
        "sealed/w1-1/inputs/incident.toml",
    ] {
        assert!(case.path(kept).is_file(), "{kept}");
    }
    let mut events = Ledger::look(&case.folder()).unwrap().unwrap().events().unwrap();
    events.retain(|event| event.stored.kind == "purged");
    assert_eq!(events.len(), 1);
    let body = &events[0].stored.body;
    assert!(body.contains("B. Officer") && body.contains("spool"));
    // The way from a record id to its key is gone with the secret, and `trace` says so.
    assert!(!case.path("ledger.secret").exists());
    let said = case.run(&["trace", "{folder}", "1001"]);
    assert!(said.stderr.contains("removed on") && said.code != 0, "{}", said.stderr);
    // No name is left but in the roster, which stays unless asked for.
    for path in files(&case.folder()).iter().filter(|p| !p.ends_with("roster.csv")) {
        let bytes = fs::read(path).unwrap();
        assert!(!bytes.windows(6).any(|w| w == b"Oakley"), "{}", path.display());
    }
}

#[test]
fn rosters_go_when_asked_for_and_only_those_that_lie_inside() {
    let case = old();
    let mut arguments = YES.to_vec();
    arguments.push("--rosters");
    let outside = case.path("../elsewhere.csv");
    fs::rename(case.path("roster.csv"), &outside).unwrap();
    symlink(&outside, case.path("roster.csv")).unwrap();
    let said = case.run(&arguments);
    assert_eq!(said.code, 4, "{}", said.stderr);
    assert!(outside.is_file() && case.path("spool").is_dir(), "nothing was begun");
    fs::remove_file(case.path("roster.csv")).unwrap();
    fs::rename(&outside, case.path("roster.csv")).unwrap();
    assert_eq!(case.run(&arguments).code, 0);
    assert!(!case.path("roster.csv").exists());
}

#[test]
fn a_link_goes_and_what_it_leads_to_stays() {
    let case = old();
    let elsewhere = case.path("../elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    fs::write(elsewhere.join("theirs.txt"), "not ours").unwrap();
    fs::remove_dir_all(case.path("out")).unwrap();
    symlink(&elsewhere, case.path("out")).unwrap();
    symlink(&elsewhere, case.path("spool/link")).unwrap();
    let said = case.run(&YES);
    assert_eq!(said.code, 0, "{}", said.stderr);
    assert!(fs::symlink_metadata(case.path("out")).is_err());
    assert_eq!(fs::read_to_string(elsewhere.join("theirs.txt")).unwrap(), "not ours");
}
