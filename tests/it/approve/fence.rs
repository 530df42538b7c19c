//! A copy or a restored backup may be read but not send.

use super::*;
use crate::case::copy;
use std::path::PathBuf;

fn on(case: &Case, folder: &Path, arguments: &[&str]) -> Said {
    let folder: PathBuf = folder.to_owned();
    let arguments: Vec<String> =
        arguments.iter().map(|a| a.replace("{other}", folder.to_str().unwrap())).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    case.run(&arguments)
}

#[test]
fn a_copied_folder_may_be_read_but_not_print_finals() {
    let case = approved();
    assert!(finals(&case));
    let other = case.path("../copy");
    copy(&case.folder(), &other);
    assert_eq!(on(&case, &other, &["status", "{other}"]).code, 0);
    let refused = on(&case, &other, &["letters", "{other}"]);
    assert_eq!(refused.code, 4);
    assert!(refused.stderr.contains("this folder is a copy"), "{}", refused.stderr);
    assert!(finals(&case), "the first folder goes on");
    // Claimed on purpose, the copy sends and the first folder does not.
    assert_eq!(on(&case, &other, &["claim", "{other}", "--by", "P. Officer"]).code, 0);
    assert_eq!(on(&case, &other, &["letters", "{other}"]).code, 0);
    assert_eq!(letters(&case).0, 4);
}

#[test]
fn a_restored_ledger_may_not_send() {
    let case = approved();
    let backup = fs::read(case.path("ledger.sqlite")).unwrap();
    assert!(finals(&case));
    for extra in ["ledger.sqlite-wal", "ledger.sqlite-shm"] {
        let _ = fs::remove_file(case.path(extra));
    }
    fs::write(case.path("ledger.sqlite"), &backup).unwrap();
    let refused = case.run(&["letters", "{folder}"]);
    assert_eq!(refused.code, 4, "{}", refused.stderr);
    assert!(refused.stderr.contains("older state"), "{}", refused.stderr);
    assert_eq!(case.run(&["status", "{folder}"]).code, 0);
    assert_eq!(case.run(&["claim", "{folder}", "--by", "P. Officer"]).code, 0);
    assert!(finals(&case));
}

#[test]
fn one_command_at_a_time() {
    let case = approved();
    let lock = fs::File::create(case.path("ledger.lock")).unwrap();
    lock.lock().unwrap();
    let refused = case.run(&["letters", "{folder}"]);
    assert_eq!(refused.code, 4);
    assert!(refused.stderr.contains("another command is at work"), "{}", refused.stderr);
    drop(lock);
    assert!(finals(&case));
}

/// Puts a ledger back as it was, without the side files of the one that goes.
fn put_back(case: &Case, backup: Option<&[u8]>) {
    for name in ["ledger.sqlite", "ledger.sqlite-wal", "ledger.sqlite-shm"] {
        let _ = fs::remove_file(case.path(name));
    }
    if let Some(bytes) = backup {
        fs::write(case.path("ledger.sqlite"), bytes).unwrap();
    }
}

#[test]
fn a_ledger_that_is_older_than_its_first_approval_is_refused() {
    let case = Case::sample("small-clinic");
    assert!(matches!(case.run(&["check", "{folder}"]).code, 0 | 1));
    let backup = fs::read(case.path("ledger.sqlite")).unwrap();
    assert_eq!(approve(&case, &[]).code, 0);
    assert!(finals(&case));
    put_back(&case, Some(&backup));
    for command in ["approve", "letters"] {
        let refused = match command {
            "approve" => case.run(&["approve", "{folder}", "--by", "A. Counsel"]),
            _ => case.run(&[command, "{folder}"]),
        };
        assert_ne!(refused.code, 0, "{command}: {}", refused.stderr);
    }
    let refused = case.run(&["approve", "{folder}", "--by", "A. Counsel"]);
    assert_eq!(refused.code, 4, "{}", refused.stderr);
    assert!(refused.stderr.contains("older state"), "{}", refused.stderr);
}

#[test]
fn a_deleted_ledger_is_missed_and_its_seals_are_put_aside_by_a_claim() {
    let case = approved();
    assert!(finals(&case));
    put_back(&case, None);
    assert!(matches!(case.run(&["run", "{folder}"]).code, 0 | 1), "making drafts needs no right");
    let refused = case.run(&["approve", "{folder}", "--by", "A. Counsel"]);
    assert_eq!(refused.code, 4, "{}", refused.stderr);
    assert!(refused.stderr.contains("another ledger, which is gone"), "{}", refused.stderr);
    let claimed = case.run(&["claim", "{folder}", "--by", "P. Officer"]);
    assert_eq!(claimed.code, 0, "{}", claimed.stderr);
    assert!(claimed.stderr.contains("sealed/lost"), "{}", claimed.stderr);
    assert!(case.path("sealed/lost").read_dir().unwrap().next().is_some(), "kept");
    let again = case.run(&["approve", "{folder}", "--by", "A. Counsel"]);
    assert_eq!(again.code, 0, "{}", again.stderr);
    assert!(finals(&case));
}

#[test]
fn seals_without_their_ledger_stop_an_approval_also_where_no_mark_is() {
    let case = approved();
    put_back(&case, None);
    fs::remove_dir_all(case.path("../state")).unwrap();
    assert!(matches!(case.run(&["check", "{folder}"]).code, 0 | 1));
    let refused = case.run(&["approve", "{folder}", "--by", "A. Counsel"]);
    assert_eq!(refused.code, 4, "{}", refused.stderr);
    assert!(refused.stderr.contains("does not know"), "{}", refused.stderr);
}

#[test]
fn the_same_wave_in_another_folder_waits_for_a_claim() {
    let case = approved();
    let other = case.path("../other");
    fs::create_dir_all(&other).unwrap();
    for file in ["incident.toml", "roster.csv"] {
        fs::copy(case.path(file), other.join(file)).unwrap();
    }
    // Looking is free.
    assert!(matches!(on(&case, &other, &["run", "{other}"]).code, 0 | 1));
    let refused = on(&case, &other, &["approve", "{other}", "--by", "A. Counsel"]);
    assert_eq!(refused.code, 4, "{}", refused.stderr);
    assert_eq!(on(&case, &other, &["claim", "{other}", "--by", "P. Officer"]).code, 0);
    assert_eq!(on(&case, &other, &["approve", "{other}", "--by", "A. Counsel"]).code, 0);
    // And now the first folder is the other one.
    assert_eq!(case.run(&["letters", "{folder}"]).code, 4);
}
