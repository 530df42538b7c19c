//! The ledger's record of approvals: a changed byte shows.

use super::*;
use noticeworks::ledger::Ledger;
use rusqlite::Connection;

/// Everything the ledger says, as text.
fn dump(path: &Path) -> Option<String> {
    let db = Connection::open(path).ok()?;
    let names: Vec<String> = {
        let mut tables =
            db.prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").ok()?;
        let names = tables.query_map([], |row| row.get(0)).ok()?;
        names.collect::<Result<_, _>>().ok()?
    };
    let mut text = String::new();
    for name in names {
        let mut rows = db.prepare(&format!("SELECT * FROM \"{name}\"")).ok()?;
        let columns = rows.column_count();
        let mut rows = rows.query([]).ok()?;
        while let Some(row) = rows.next().ok()? {
            for i in 0..columns {
                text.push_str(&format!("{:?}|", row.get_ref(i).ok()?));
            }
            text.push('\n');
        }
    }
    Some(text)
}

#[test]
fn a_changed_byte_is_detected_or_says_nothing() {
    let case = approved();
    assert!(finals(&case));
    // One file, nothing in a side file.
    let db = Connection::open(case.path("ledger.sqlite")).unwrap();
    db.pragma_update(None, "wal_checkpoint", "TRUNCATE").unwrap();
    db.pragma_update(None, "journal_mode", "DELETE").unwrap();
    drop(db);
    let good = fs::read(case.path("ledger.sqlite")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.sqlite");
    fs::write(&path, &good).unwrap();
    let said = dump(&path).unwrap();
    assert!(Ledger::look(folder.path()).unwrap().unwrap().audit().unwrap().is_empty());
    // The fence and when a row was first seen are not evidence: other places may differ.
    let mut detected = 0;
    let mut at = 100;
    while at < good.len() {
        let mut bad = good.clone();
        bad[at] ^= 0x15;
        at += if crate::case::full() { 1 } else { 211 };
        fs::write(&path, &bad).unwrap();
        let found = match Ledger::look(folder.path()) {
            Ok(Some(ledger)) => ledger.audit().map_or(true, |wrong| !wrong.is_empty()),
            _ => true,
        };
        detected += u32::from(found);
        if !found {
            let now = dump(&path).unwrap();
            let differ: Vec<(&str, &str)> =
                said.lines().zip(now.lines()).filter(|(a, b)| a != b).collect();
            assert!(
                said.lines().count() == now.lines().count()
                    && differ
                        .iter()
                        .all(|(a, _)| !a.contains("approved") && !a.contains("to_mail")),
                "byte {at}: {differ:?}"
            );
        }
    }
    assert!(detected > 10, "only {detected} were detected");
}

#[test]
fn events_tables_and_outcomes_must_agree() {
    let case = approved();
    assert!(finals(&case));
    let audit = || Ledger::look(&case.folder()).unwrap().unwrap().audit().unwrap();
    assert_eq!(audit(), Vec::<String>::new());
    let db = Connection::open(case.path("ledger.sqlite")).unwrap();
    db.execute("UPDATE seal SET letters = 8", []).unwrap();
    assert_eq!(audit(), ["seal 1 is not what its event says"]);
    db.execute("UPDATE seal SET letters = 7", []).unwrap();
    db.execute("UPDATE printing SET pages = 9", []).unwrap();
    assert_eq!(audit(), ["batch 1 is not what its event says"]);
    db.execute("UPDATE printing SET pages = 28", []).unwrap();
    assert_eq!(audit(), Vec::<String>::new());
    let table: String = db
        .query_row("SELECT name FROM sqlite_master WHERE name LIKE 'outcome%'", [], |r| r.get(0))
        .unwrap();
    db.execute(&format!("UPDATE {table} SET what = 1 - what WHERE rowid = 1"), []).unwrap();
    assert_eq!(audit(), ["the outcomes of wave `w1` were altered"]);
}
