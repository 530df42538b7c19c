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
