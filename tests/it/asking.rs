//! Whoever only asks changes nothing, and an archive can be asked that nobody can write to.

use crate::case::{Case, Said, copy};
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::SystemTime;

const ASKED: [&[&str]; 12] = [
    &["plan", "{folder}"],
    &["plan", "{folder}", "--json"],
    &["plan", "{folder}", "--as-of", "2026-12-01", "--all"],
    &["coverage", "{folder}"],
    &["coverage", "{folder}", "--json"],
    &["status", "{folder}"],
    &["status", "{folder}", "--json"],
    &["trace", "{folder}", "1001"],
    &["trace", "{folder}", "1001", "--json"],
    &["verify", "{folder}"],
    &["verify", "{folder}", "--draft"],
    &["law", "show", "IN", "--on", "2026-09-01"],
];

/// Every file and folder: bytes, rights, time of the last change.
fn tree(folder: &Path) -> BTreeMap<String, (Vec<u8>, u32, SystemTime)> {
    fn walk(folder: &Path, found: &mut BTreeMap<String, (Vec<u8>, u32, SystemTime)>) {
        let mut note = |path: &Path, bytes| {
            let about = fs::metadata(path).unwrap();
            let is = (bytes, about.permissions().mode(), about.modified().unwrap());
            found.insert(path.display().to_string(), is);
        };
        note(folder, Vec::new());
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let (folders, files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
        files.iter().for_each(|path| note(path, fs::read(path).unwrap()));
        folders.iter().for_each(|path| walk(path, found));
    }
    let mut found = BTreeMap::new();
    walk(folder, &mut found);
    found
}

/// Asks everything; nothing may be another than before.
fn ask(case: &Case, state: &str) -> Vec<Said> {
    let before = tree(&case.folder());
    let ask = |arguments: &&[&str]| {
        let said = case.run(arguments);
        assert_ne!(said.code, 3, "{state}: {arguments:?}: {}", said.stderr);
        let after = tree(&case.folder());
        for (path, is) in &after {
            assert!(before.get(path) == Some(is), "{state}: {arguments:?} touched {path}");
        }
        assert_eq!(after.len(), before.len(), "{state}: {arguments:?} removed something");
        said
    };
    ASKED.iter().map(ask).collect()
}

/// Takes the right to write from everything, or gives it back.
fn rights(folder: &Path, dir: u32, file: u32) {
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700)).unwrap();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => rights(&path, dir, file),
            false => fs::set_permissions(&path, fs::Permissions::from_mode(file)).unwrap(),
        }
    }
    fs::set_permissions(folder, fs::Permissions::from_mode(dir)).unwrap();
}

/// Asks, then asks again with all rights to write taken away: the answers are the same.
fn ask_both(case: &Case, state: &str) -> Vec<Said> {
    let open = ask(case, state);
    rights(&case.folder(), 0o500, 0o400);
    let closed = ask(case, &format!("{state}, read-only"));
    rights(&case.folder(), 0o700, 0o600);
    for (a, b) in open.iter().zip(&closed) {
        assert_eq!((a.code, &a.stdout, &a.stderr), (b.code, &b.stdout, &b.stderr), "{state}");
    }
    open
}

#[test]
fn whoever_asks_changes_nothing() {
    let case = Case::sample("small-clinic");
    let fresh = ask_both(&case, "never checked");
    case.run(&["check", "{folder}"]);
    let checked = ask_both(&case, "checked");
    // Counted in memory or from the spool: the same plan, the same paragraphs.
    for (memory, spool) in fresh.iter().zip(&checked).take(5) {
        assert!(memory.stdout.len() > 100);
        assert_eq!((memory.code, &memory.stdout), (spool.code, &spool.stdout));
    }
    let said = case.run(&["approve", "{folder}", "--by", "A. Counsel"]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    assert_eq!(case.run(&["letters", "{folder}"]).code, 0);
    let printed = ask_both(&case, "printed");
    for (i, arguments) in ASKED.iter().enumerate().filter(|(i, _)| (5..10).contains(i)) {
        assert_eq!(printed[i].code, 0, "{arguments:?}: {}", printed[i].stderr);
    }
    case.edit("incident.toml", "stolen from a locked car", "taken from a locked car");
    fs::remove_dir_all(case.path("out/letters")).unwrap();
    ask_both(&case, "changed after the approval");
    fs::remove_dir_all(case.path("out")).unwrap();
    ask_both(&case, "without outputs");
}

/// A spool is used while it is what roster, facts and law would give, not while the roster's bytes
/// alone are the same.
#[test]
fn a_plan_follows_the_facts_and_not_an_old_spool() {
    let case = Case::sample("small-clinic");
    let mut roster = String::new();
    for (i, line) in case.read("roster.csv").lines().enumerate() {
        roster += &format!("{line},{}\n", if i == 0 { "old_state" } else { "CA" });
    }
    fs::write(case.path("roster.csv"), roster).unwrap();
    case.run(&["check", "{folder}"]);
    let plan = |case: &Case| case.run(&["plan", "{folder}", "--json"]).stdout;
    let before = plan(&case);
    let columns = "\n[roster.columns]\nstate = \"old_state\"\n";
    fs::write(case.path("incident.toml"), case.read("incident.toml") + columns).unwrap();
    let after = plan(&case);
    assert_ne!(after, before);
    // The same without any spool.
    let other = Case::sample("small-clinic");
    for file in ["roster.csv", "incident.toml"] {
        fs::write(other.path(file), case.read(file)).unwrap();
    }
    assert_eq!(plan(&other), after);
    // A spool that was touched is none, and is left as it is.
    case.run(&["check", "{folder}"]);
    case.edit("spool/w1.csv", ",CA,", ",TX,");
    let touched = case.read("spool/w1.csv");
    assert_eq!(plan(&case), after);
    assert_eq!(case.read("spool/w1.csv"), touched);
}

/// As after a kill: what was committed last waits in the journal beside the ledger.
#[test]
fn a_ledger_with_a_journal_is_read_and_left_as_it_is() {
    let case = Case::sample("small-clinic");
    case.run(&["check", "{folder}"]);
    let killed = Case::sample("small-clinic");
    {
        let mut ledger = noticeworks::ledger::Ledger::open(&case.folder()).unwrap();
        ledger.record_outcomes("w9", 1, [(1, "k1", "to_mail", None)].into_iter()).unwrap();
        copy(&case.path("spool"), &killed.path("spool"));
        for file in ["ledger.sqlite", "ledger.sqlite-wal"] {
            fs::copy(case.path(file), killed.path(file)).unwrap();
        }
    }
    assert!(fs::metadata(killed.path("ledger.sqlite-wal")).unwrap().len() > 0);
    let said = ask_both(&killed, "killed");
    assert!(said[5].stdout.contains("Wave w9: 1 row"), "{}", said[5].stdout);
}
