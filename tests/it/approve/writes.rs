//! A kill at each single change of the disk: what stands under a final name is the old or the new
//! and never half of it, the ledger adds up, and the next run makes what one run would have made.

use super::*;
use crate::case::{copy, full, program};
use noticeworks::ledger::Ledger;
use std::collections::{BTreeMap, BTreeSet};
use std::os::unix::process::ExitStatusExt;
use std::path::PathBuf;
use std::process::ExitStatus;

/// Library that counts changes of files and kills at one of them.
fn shim(dir: &Path) -> PathBuf {
    let (source, library) = (dir.join("kill_at.c"), dir.join("kill_at.so"));
    fs::write(&source, include_str!("kill_at.c")).unwrap();
    let made = Command::new("cc")
        .args(["-shared", "-fPIC", "-O1", "-o"])
        .args([&library, &source])
        .arg("-ldl")
        .status();
    assert!(made.unwrap().success());
    library
}

/// A case whose whole state is kept aside, to begin from again.
struct Desk {
    case: Case,
    aside: tempfile::TempDir,
    shim: PathBuf,
}

impl Desk {
    fn new(case: Case) -> Self {
        let aside = tempfile::tempdir().unwrap();
        let shim = shim(aside.path());
        copy(&case.path(".."), &aside.path().join("home"));
        Self { case, aside, shim }
    }

    fn begin_again(&self) {
        for name in ["incident", "state"] {
            let _ = fs::remove_dir_all(self.case.path("..").join(name));
        }
        copy(&self.aside.path().join("home"), &self.case.path(".."));
    }

    /// Runs a command, killed at the nth change; 0: never.
    fn run(&self, arguments: &[&str], at: u64) -> ExitStatus {
        let folder = self.case.folder();
        let output = program()
            .args(arguments.iter().map(|a| a.replace("{folder}", folder.to_str().unwrap())))
            .env("NOTICEWORKS_STATE", self.case.path("../state"))
            .env("LD_PRELOAD", &self.shim)
            .env("KILL_AT_CHANGE", at.to_string())
            .env("CHANGES_COUNTED", self.counted())
            .output();
        output.unwrap().status
    }

    fn counted(&self) -> PathBuf {
        self.aside.path().join("changes")
    }

    /// Every file but the ledger with its digest; staged ones stand under no final name.
    fn files(&self) -> BTreeMap<String, String> {
        let mut found = BTreeMap::new();
        gather(&self.case.folder(), "", &mut found);
        found
    }

    fn whole(&self) -> String {
        let ledger = Ledger::open(&self.case.folder()).unwrap();
        assert_eq!(ledger.audit().unwrap().wrong, Vec::<String>::new());
        drop(ledger);
        let status = self.case.run(&["status", "{folder}", "--json"]);
        let mut json = status.json();
        // When: not the same in two runs.
        forget_times(&mut json);
        json.to_string()
    }
}

fn gather(folder: &Path, above: &str, found: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let part = name.starts_with('.') || name.ends_with(".part");
        // Who is at work, or was when it was killed.
        if part || name.starts_with("ledger.sqlite") || name == "work.lock" {
            continue;
        }
        let inside = format!("{above}{name}");
        if path.is_dir() {
            gather(&path, &format!("{inside}/"), found);
        } else {
            found.insert(inside, sha256(&path));
        }
    }
}

fn forget_times(json: &mut Value) {
    match json {
        Value::Object(map) => {
            map.retain(|key, _| !matches!(key.as_str(), "at" | "events" | "since" | "days"));
            map.values_mut().for_each(forget_times);
        }
        Value::Array(list) => list.iter_mut().for_each(forget_times),
        Value::String(text) if text.contains('T') && text.ends_with('Z') => text.clear(),
        _ => {}
    }
}

/// Kills a command at its changes, all of them or a sample.
fn killed_at_each(desk: &Desk, arguments: &[&str]) {
    let before = desk.files();
    let code = desk.run(arguments, 0).code();
    assert!(matches!(code, Some(0 | 1)), "{arguments:?}: {code:?}");
    let (after, status) = (desk.files(), desk.whole());
    let changes: u64 = fs::read_to_string(desk.counted()).unwrap().parse().unwrap();
    assert!(changes > 10, "{arguments:?} changed the disk {changes} times only");
    let all: BTreeSet<u64> = (1..=changes).collect();
    let picked: BTreeSet<u64> = match full() {
        true => all,
        false => (0..7).map(|n| 1 + (n * 7_919 + changes / 2) % changes).collect(),
    };
    for at in picked {
        desk.begin_again();
        let ended = desk.run(arguments, at);
        // Threads change the disk in another order each time, and seldom once less.
        assert!(ended.signal() == Some(9) || at + 8 > changes, "{at} of {changes}: {ended}");
        for (name, digest) in desk.files() {
            let known = [before.get(&name), after.get(&name)];
            assert!(
                known.contains(&Some(&digest)),
                "{arguments:?} killed at {at} of {changes}: half of {name}"
            );
        }
        desk.whole();
        let code = desk.run(arguments, 0).code();
        assert!(matches!(code, Some(0 | 1)), "{arguments:?} after {at}: {code:?}");
        assert_eq!(desk.files(), after, "{arguments:?} after a kill at {at} of {changes}");
        assert_eq!(desk.whole(), status, "{arguments:?} after a kill at {at} of {changes}");
    }
}

#[test]
fn check_is_killed_at_each_change() {
    let case = checked();
    let more =
        "1009,elm-street,Ida,,Vance,,5 Elm Street,,Bloomington,IN,47,,,,1971-03-08,,,,,Name;DOB,\n";
    fs::write(case.path("roster.csv"), case.read("roster.csv") + more).unwrap();
    killed_at_each(&Desk::new(case), &["check", "{folder}"]);
}

#[test]
fn approve_is_killed_at_each_change() {
    let arguments = ["approve", "{folder}", "--by", "A. Counsel"];
    killed_at_each(&Desk::new(checked()), &arguments);
}

#[test]
fn letters_is_killed_at_each_change() {
    killed_at_each(&Desk::new(approved()), &["letters", "{folder}"]);
}

#[test]
fn confirm_is_killed_at_each_change() {
    let case = approved();
    assert!(finals(&case));
    fs::write(case.path("receipt.txt"), "made up").unwrap();
    let receipt = case.path("receipt.txt");
    let posted = ["confirm", "letters", "{folder}", "--batch", "1", "--posted", "2026-09-11"];
    let arguments = [&posted[..], &["--evidence", receipt.to_str().unwrap()]].concat();
    killed_at_each(&Desk::new(case), &arguments);
}
