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
    assert!(Ledger::look(folder.path()).unwrap().unwrap().audit().unwrap().holds());
    // The fence and when a row was first seen are not evidence: other places may differ.
    let mut detected = 0;
    let mut at = 100;
    while at < good.len() {
        let mut bad = good.clone();
        bad[at] ^= 0x15;
        at += if crate::case::full() { 1 } else { 211 };
        fs::write(&path, &bad).unwrap();
        let found = match Ledger::look(folder.path()) {
            Ok(Some(ledger)) => ledger.audit().map_or(true, |audit| !audit.holds()),
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
    let audit = || Ledger::look(&case.folder()).unwrap().unwrap().audit().unwrap().wrong;
    assert_eq!(audit(), Vec::<String>::new());
    let db = Connection::open(case.path("ledger.sqlite")).unwrap();
    db.execute("UPDATE seal SET letters = 8", []).unwrap();
    assert_eq!(audit(), ["seal 1 is not what its event says"]);
    db.execute("UPDATE seal SET letters = 7", []).unwrap();
    let pages: u32 =
        db.query_row("SELECT pages FROM printing WHERE batch = 1", [], |row| row.get(0)).unwrap();
    db.execute("UPDATE printing SET pages = 9 WHERE batch = 1", []).unwrap();
    assert_eq!(audit(), ["batch 1 is not what its event says"]);
    db.execute("UPDATE printing SET pages = ?1 WHERE batch = 1", [pages]).unwrap();
    assert_eq!(audit(), Vec::<String>::new());
    let table: String = db
        .query_row("SELECT name FROM sqlite_master WHERE name LIKE 'outcome%'", [], |r| r.get(0))
        .unwrap();
    db.execute(&format!("UPDATE {table} SET what = 1 - what WHERE rowid = 1"), []).unwrap();
    assert_eq!(audit(), ["the outcomes of wave `w1` were altered"]);
}

/// The clinic with a held row, approved, printed and posted, its ledger in one file.
fn settled() -> Case {
    let case = Case::sample("small-clinic");
    let held =
        "1009,elm-street,Ida,,Vance,,5 Elm Street,,Bloomington,IN,47,,,,1971-03-08,,,,,Name;DOB,\n";
    fs::write(case.path("roster.csv"), case.read("roster.csv") + held).unwrap();
    case.run(&["check", "{folder}"]);
    assert_eq!(approve(&case, &["--accept-held", "1"]).code, 0);
    assert!(finals(&case));
    fs::write(case.path("postage.txt"), "made up").unwrap();
    let evidence = case.path("postage.txt");
    let evidence = evidence.to_str().unwrap();
    let confirmed = ["confirm", "letters", "{folder}", "--batch", "1-2", "--posted", "2026-09-11"];
    assert_eq!(case.run(&[&confirmed[..], &["--evidence", evidence]].concat()).code, 0);
    let db = Connection::open(case.path("ledger.sqlite")).unwrap();
    db.pragma_update(None, "wal_checkpoint", "TRUNCATE").unwrap();
    db.pragma_update(None, "journal_mode", "DELETE").unwrap();
    case
}

/// Whether `status` and `verify` say that the ledger is not what was written: what each ended with.
fn told(case: &Case) -> (i32, i32) {
    let status = case.run(&["status", "{folder}"]);
    let verify = case.run(&["verify", "{folder}"]);
    for said in [&status, &verify] {
        if said.code == 4 || said.code == 1 && !said.stderr.is_empty() {
            assert!(said.stderr.contains("ledger"), "{}", said.stderr);
            assert!(said.stderr.contains("put a backup"), "{}", said.stderr);
        }
    }
    (status.code, verify.code)
}

#[test]
fn a_user_is_told_that_the_ledger_is_whole() {
    let case = settled();
    let said = case.run(&["verify", "{folder}"]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    let line = "The ledger is what was written: 4 events, each bound to the one before; 8 rows, the sum of their outcomes.";
    assert!(said.stdout.contains(line), "{}", said.stdout);
    assert_eq!(case.run(&["verify", "{folder}", "--json"]).json()["events"], 4);
    let said = case.run(&["status", "{folder}"]);
    assert!(said.stdout.contains("Ledger: whole, 4 events"), "{}", said.stdout);
    assert_eq!(case.run(&["status", "{folder}", "--json"]).json()["ledger"]["whole"], true);
}

/// The statement that spoils the ledger, and what `status` and `verify` end with: `status` does
/// not read every row.
const SPOILED: [(&str, i32, i32); 11] = [
    ("UPDATE event SET body = replace(body, '\"letters\":7', '\"letters\":8') WHERE seq = 1", 4, 1),
    ("UPDATE event SET at = '2026-01-01T00:00:00Z' WHERE seq = 2", 4, 1),
    ("UPDATE event SET hash = 'x' WHERE seq = 3", 4, 1),
    ("UPDATE delivery SET on_day = '2026-09-10'", 4, 1),
    ("DELETE FROM delivery", 4, 1),
    ("UPDATE residence SET pieces = pieces + 1 WHERE jurisdiction = 'IN'", 4, 1),
    ("UPDATE tally SET count = count + 1 WHERE outcome = 'to_mail'", 4, 1),
    (
        "UPDATE outcome_1 SET what = (SELECT id FROM word_1 WHERE outcome = 'held') WHERE row = 1",
        1,
        1,
    ),
    ("UPDATE outcome_1 SET row = 99 WHERE rowid = 2", 1, 1),
    ("UPDATE word_1 SET outcome = 'excluded' WHERE outcome = 'held'", 1, 1),
    ("UPDATE held SET reason = 'name.single'", 1, 1),
];

#[test]
fn a_changed_event_row_or_sum_is_told_to_the_user() {
    let case = settled();
    let path = case.path("ledger.sqlite");
    let good = fs::read(&path).unwrap();
    assert_eq!(told(&case), (1, 0), "a row is held, nothing is altered");
    for (sql, status, verify) in SPOILED {
        let db = Connection::open(&path).unwrap();
        let triggers: Vec<(String, String)> = db
            .prepare("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            .unwrap()
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        for (name, _) in &triggers {
            db.execute_batch(&format!("DROP TRIGGER {name}")).unwrap();
        }
        let outcome: String = db
            .query_row("SELECT name FROM sqlite_master WHERE name LIKE 'outcome%'", [], |r| {
                r.get(0)
            })
            .unwrap();
        let number = outcome.trim_start_matches("outcome_").to_owned();
        let sql = sql.replace("outcome_1", &outcome).replace("word_1", &format!("word_{number}"));
        assert!(db.execute(&sql, []).unwrap() > 0, "{sql}");
        // The rules as they were: what was altered must show by itself.
        triggers.iter().for_each(|(_, made)| db.execute_batch(made).unwrap());
        drop(db);
        assert_eq!(told(&case), (status, verify), "{sql}");
        if sql.contains("event SET") {
            // Nothing is added to a chain that is broken.
            assert_eq!(case.run(&["letters", "{folder}"]).code, 4, "{sql}");
        }
        fs::write(&path, &good).unwrap();
    }
    assert_eq!(told(&case), (1, 0));
    let db = Connection::open(&path).unwrap();
    db.execute_batch("DROP TRIGGER events_are_never_changed").unwrap();
    drop(db);
    assert_eq!(told(&case), (4, 1), "a rule that is gone");
}

#[test]
fn random_bytes_changed_in_the_file_are_told_or_change_nothing_that_is_told() {
    let case = settled();
    let path = case.path("ledger.sqlite");
    let good = fs::read(&path).unwrap();
    let story = |case: &Case| {
        let of = |arguments: &[&str]| case.run(arguments).stdout;
        of(&["trace", "{folder}", "1001"]) + &of(&["status", "{folder}"])
    };
    let right = story(&case);
    let find = |needle: &[u8]| {
        good.windows(needle.len()).position(|window| window == needle).expect("it is there")
    };
    // In an event's payload, in an outcome's key and in its reason; then anywhere.
    let mut places = vec![find(b"\"evidence\"") + 3, find(b"zip.too_short") + 2];
    let mut random = 20_261_123u64;
    for _ in 0..if crate::case::full() { 2_000 } else { 24 } {
        random =
            random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        places.push((random >> 33) as usize % good.len());
    }
    let mut found = 0;
    for (n, at) in places.into_iter().enumerate() {
        let mut bad = good.clone();
        bad[at] ^= 1 << (n % 7);
        fs::write(&path, &bad).unwrap();
        let said = case.run(&["verify", "{folder}"]);
        assert!(!said.stderr.contains("panicked"), "byte {at}: {}", said.stderr);
        if said.code != 0 {
            found += 1;
            assert!(said.stderr.contains("ledger"), "byte {at}: {}", said.stderr);
        } else {
            assert!(n > 1, "byte {at} counts and was not seen");
            assert_eq!(story(&case), right, "byte {at} changed what is told");
        }
    }
    assert!(found >= 2, "only {found} were seen");
}
