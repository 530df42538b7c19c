//! What the ledger promises.

#![allow(clippy::unwrap_used)]

mod events;

use noticeworks::ledger::event::{EmailsChanging, SendingOn};
use noticeworks::ledger::{Event, Ledger, LedgerError};
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::path::Path;
use tempfile::TempDir;

type Row = (u64, &'static str, &'static str, Option<&'static str>);

const ROWS: [Row; 5] = [
    (3, "k3", "to_mail", None),
    (1, "k1", "to_mail", None),
    (5, "k5", "held", Some("zip.too_short")),
    (2, "k2", "merged", None),
    (4, "k4", "held", Some("name.missing")),
];

fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

fn open(folder: &TempDir) -> Ledger {
    Ledger::open(folder.path()).unwrap()
}

/// A look past the ledger, as somebody with a database program has it.
fn raw(folder: &Path) -> Connection {
    Connection::open(folder.join("ledger.sqlite")).unwrap()
}

fn counts(list: &[(&str, u64)]) -> BTreeMap<String, u64> {
    list.iter().map(|(outcome, count)| ((*outcome).to_owned(), *count)).collect()
}

#[test]
fn outcomes_add_up_and_survive_being_closed() {
    let folder = folder();
    let mut ledger = open(&folder);
    assert_eq!(ledger.outcomes("w1").unwrap(), counts(&[]));
    ledger.record_outcomes("w1", 5, ROWS.into_iter()).unwrap();
    drop(ledger);
    let ledger = open(&folder);
    let expected = counts(&[("held", 2), ("merged", 1), ("to_mail", 2)]);
    assert_eq!(ledger.outcomes("w1").unwrap(), expected);
    let held = ledger.held("w1").unwrap();
    let held: Vec<_> = held.iter().map(|(row, reason, _)| (*row, reason.as_str())).collect();
    assert_eq!(held, [(4, "name.missing"), (5, "zip.too_short")]);
    let traced = ledger.trace("w1", "k5").unwrap();
    assert_eq!(traced, [(5, "held".to_owned(), Some("zip.too_short".to_owned()))]);
    assert_eq!(ledger.trace("w1", "k3").unwrap(), [(3, "to_mail".to_owned(), None)]);
    assert!(ledger.trace("w1", "nobody").unwrap().is_empty());
    assert!(ledger.outcomes("w2").unwrap().is_empty());
}

#[test]
fn a_new_count_replaces_the_old_one_and_keeps_since_when_a_row_is_held() {
    let folder = folder();
    let mut ledger = open(&folder);
    ledger.record_outcomes("w1", 5, ROWS.into_iter()).unwrap();
    ledger.record_outcomes("w2", 1, [("x")].into_iter().map(|k| (1, k, "to_mail", None))).unwrap();
    let first = ledger.held("w1").unwrap()[0].2;
    let now =
        [(1, "k4", "held", Some("date_of_birth.future")), (2, "k9", "held", Some("name.missing"))];
    ledger.record_outcomes("w1", 2, now.into_iter()).unwrap();
    assert_eq!(ledger.outcomes("w1").unwrap(), counts(&[("held", 2)]));
    let held = ledger.held("w1").unwrap();
    assert_eq!(held[0].2, first, "k4 is held since the first time");
    assert!(held[1].2 > first);
    assert_eq!(ledger.outcomes("w2").unwrap(), counts(&[("to_mail", 1)]), "another wave stays");
}

#[test]
fn rows_that_do_not_add_up_leave_what_was() {
    let folder = folder();
    let mut ledger = open(&folder);
    ledger.record_outcomes("w1", 5, ROWS.into_iter()).unwrap();
    let before = ledger.outcomes("w1").unwrap();
    let wrong: [(u64, Vec<Row>); 4] = [
        (6, ROWS.to_vec()),
        (2, vec![(1, "a", "to_mail", None), (1, "a", "to_mail", None)]),
        (1, vec![(2, "a", "to_mail", None)]),
        (1, vec![(0, "a", "to_mail", None)]),
    ];
    for (rows, list) in wrong {
        let result = ledger.record_outcomes("w1", rows, list.into_iter());
        assert!(matches!(result, Err(LedgerError::DoNotAddUp { .. })));
        assert_eq!(ledger.outcomes("w1").unwrap(), before);
    }
    let tables: u32 = raw(folder.path())
        .query_row("SELECT count(*) FROM sqlite_master WHERE name LIKE 'outcome_%'", [], |r| {
            r.get(0)
        })
        .unwrap();
    assert_eq!(tables, 1, "nothing half-written is left");
}

#[test]
fn the_database_itself_refuses_a_count_that_does_not_add_up() {
    let folder = folder();
    let mut ledger = open(&folder);
    ledger.record_outcomes("w1", 5, ROWS.into_iter()).unwrap();
    drop(ledger);
    let database = raw(folder.path());
    let try_sql = |sql: &str| database.execute_batch(sql).unwrap_err().to_string();
    assert!(try_sql("UPDATE generation SET rows = 6").contains("CHECK"));
    assert!(
        try_sql(
            "INSERT INTO generation (id, wave, rows, stored, made_at) VALUES (9, 'w3', 2, 2, '');
             UPDATE generation SET state = 'current' WHERE id = 9"
        )
        .contains("rows are not the sum of outcomes")
    );
    assert!(try_sql("UPDATE tally SET count = 7").contains("never changed"));
}

#[test]
fn an_interrupted_count_is_invisible_and_taken_away() {
    let folder = folder();
    let mut ledger = open(&folder);
    ledger.record_outcomes("w1", 5, ROWS.into_iter()).unwrap();
    drop(ledger);
    raw(folder.path())
        .execute_batch(
            "INSERT INTO generation (id, wave, rows, made_at) VALUES (7, 'w1', 9, '');
             CREATE TABLE outcome_7 (row, key, what); INSERT INTO outcome_7 VALUES (1, 'a', 0);",
        )
        .unwrap();
    let ledger = open(&folder);
    assert_eq!(ledger.outcomes("w1").unwrap().values().sum::<u64>(), 5);
    let left: u32 = raw(folder.path())
        .query_row("SELECT count(*) FROM sqlite_master WHERE name = 'outcome_7'", [], |r| r.get(0))
        .unwrap();
    assert_eq!(left, 0);
}

#[test]
fn events_are_a_chain_that_nobody_can_mend() {
    let folder = folder();
    let mut ledger = open(&folder);
    assert_eq!(ledger.verify_chain().unwrap(), "");
    let on = |seal| Event::SendingOn(SendingOn { wave: "w1".into(), seal });
    assert_eq!(ledger.append_event(&on(1)).unwrap(), 1);
    assert_eq!(ledger.append_event(&Event::EmailsChanging(EmailsChanging {})).unwrap(), 2);
    assert_eq!(ledger.append_event(&on(2)).unwrap(), 3);
    let last = ledger.verify_chain().unwrap();
    let events = ledger.events().unwrap();
    assert_eq!(events.iter().map(|event| event.seq).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(last, events[2].stored.hash);
    assert_eq!((&events[0].event, &events[2].event), (&on(1), &on(2)));
    drop(ledger);

    let database = raw(folder.path());
    let try_sql = |sql: &str| database.execute_batch(sql).unwrap_err().to_string();
    assert!(try_sql("UPDATE event SET body = '{}'").contains("never changed"));
    assert!(try_sql("DELETE FROM event WHERE seq = 3").contains("never deleted"));
    assert!(try_sql("INSERT INTO event VALUES (9, '', '', '', '', 'x')").contains("must follow"));
    // Somebody takes the triggers away and alters an event all the same.
    database
        .execute_batch(
            "DROP TRIGGER events_are_never_changed; UPDATE event SET body = '{}' WHERE seq = 1",
        )
        .unwrap();
    assert!(matches!(open(&folder).verify_chain(), Err(LedgerError::BrokenChain(1))));
}

#[test]
fn opening_again_changes_nothing_and_a_later_schema_is_left_alone() {
    let folder = folder();
    drop(open(&folder));
    drop(open(&folder));
    let database = raw(folder.path());
    let versions: u32 =
        database.query_row("SELECT count(*) FROM schema_version", [], |r| r.get(0)).unwrap();
    assert_eq!(versions, 8);
    let later = "WITH RECURSIVE later (n) AS (SELECT 9 UNION SELECT n + 1 FROM later WHERE n < 99)
         INSERT INTO schema_version SELECT n, '' FROM later";
    database.execute_batch(later).unwrap();
    assert!(matches!(
        Ledger::open(folder.path()),
        Err(LedgerError::TooNew { found: 99, known: 8 })
    ));
}

#[cfg(unix)]
#[test]
fn only_its_owner_may_read_the_ledger() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    let _ledger = open(&folder);
    for name in ["ledger.sqlite", "ledger.sqlite-wal"] {
        let mode = std::fs::metadata(folder.path().join(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}

#[test]
fn a_new_count_keeps_since_when_each_row_has_its_outcome() {
    let folder = folder();
    let mut ledger = open(&folder);
    ledger.record_outcomes("w1", 5, ROWS.into_iter()).unwrap();
    let since = |ledger: &Ledger, key| ledger.recorded("w1", key).unwrap()[0].since;
    let before = ["k1", "k2", "k3", "k4", "k5"].map(|key| since(&ledger, key));
    assert!(before.iter().all(|moment| *moment == before[0]));
    // k5 is repaired, k4 is held for another reason, and all rows moved down by one.
    let mut rows = ROWS.map(|(row, key, outcome, reason)| (row % 5 + 1, key, outcome, reason));
    rows[2] = (rows[2].0, "k5", "to_mail", None);
    rows[4] = (rows[4].0, "k4", "held", Some("entity.unknown"));
    ledger.record_outcomes("w1", 5, rows.into_iter()).unwrap();
    let after = ["k1", "k2", "k3", "k4", "k5"].map(|key| since(&ledger, key));
    assert_eq!(after[..4], before[..4]);
    assert!(after[4] > before[4]);
}

#[test]
fn looking_changes_nothing_and_waits_for_no_writer() {
    let folder = folder();
    assert!(Ledger::look(folder.path()).unwrap().is_none());
    assert!(!folder.path().join("ledger.sqlite").exists());
    let mut ledger = open(&folder);
    ledger.record_outcomes("w1", 5, ROWS.into_iter()).unwrap();
    let look = Ledger::look(folder.path()).unwrap().unwrap();
    let waves = look.waves().unwrap();
    assert_eq!((waves.len(), waves[0].wave.as_str(), waves[0].rows), (1, "w1", 5));
    let mut seen = BTreeMap::new();
    let rows = look.each_outcome("w1", |row, outcome| drop(seen.insert(row, outcome.to_owned())));
    assert_eq!((rows.unwrap(), seen.len(), seen[&5].as_str()), (Some(5), 5, "held"));
    assert_eq!(look.each_outcome("w9", |_, _| panic!("no such wave")).unwrap(), None);
}

#[test]
fn every_time_that_is_told_of_a_count_is_under_its_digest() {
    let folder = folder();
    let mut ledger = open(&folder);
    ledger.record_outcomes("w1", 5, ROWS.into_iter()).unwrap();
    // Counted again: rows keep the moment of the first count.
    ledger.record_outcomes("w1", 5, ROWS.into_iter()).unwrap();
    assert!(ledger.audit().unwrap().holds());
    let database = raw(folder.path());
    for (there, back) in [
        (
            "UPDATE generation SET made_at = '1' || made_at",
            "UPDATE generation SET made_at = substr(made_at, 2)",
        ),
        (
            "UPDATE moment SET at = '1' || at WHERE id = 1",
            "UPDATE moment SET at = substr(at, 2) WHERE id = 1",
        ),
        (
            "UPDATE held SET first_seen = '1' || first_seen",
            "UPDATE held SET first_seen = substr(first_seen, 2)",
        ),
    ] {
        database.execute(there, []).unwrap();
        let wrong = ledger.audit().unwrap().wrong;
        assert_eq!(wrong, ["the outcomes of wave `w1` were altered"], "{there}");
        database.execute(back, []).unwrap();
        assert!(ledger.audit().unwrap().holds(), "{back}");
    }
}

#[test]
fn an_older_ledger_is_brought_up_to_date_and_is_whole() {
    let folder = folder();
    let mut ledger = open(&folder);
    ledger.record_outcomes("w1", 5, ROWS.into_iter()).unwrap();
    drop(ledger);
    // As version 5 left it: a digest without times, e-mails of which no event tells.
    let database = raw(folder.path());
    database
        .execute_batch(
            "DELETE FROM schema_version WHERE version > 5;
             DROP TABLE key_scheme;
             ALTER TABLE made DROP COLUMN sha256;
             UPDATE generation SET digest = 'of outcomes alone';
             INSERT INTO message (wave, piece, key, alone, at) VALUES ('w1', 'p', 'k', 0, 0);",
        )
        .unwrap();
    let mut ledger = open(&folder);
    assert_eq!(ledger.audit().unwrap().wrong, Vec::<String>::new());
    // From here on they are under the events.
    ledger.settle_messages().unwrap();
    assert!(ledger.audit().unwrap().holds());
    database.execute("UPDATE message SET alone = 1", []).unwrap();
    assert_eq!(ledger.audit().unwrap().wrong, ["e-mails are not what their event says"]);
}
