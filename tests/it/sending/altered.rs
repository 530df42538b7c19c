//! Somebody with a database program tries to have e-mails sent again.

use super::server::{Fault, Mailbox};
use crate::approve::approved;
use crate::case::{Case, Said, full, program};
use rusqlite::Connection;
use std::fs;
use std::process::Stdio;
use std::time::Duration;

fn send(case: &Case, mailbox: &Mailbox) -> Said {
    case.run(&["email", "{folder}", "--send", "--smtp", &mailbox.url()])
}

/// The clinic, approved, its e-mails sent, its ledger in one file.
fn sent(mailbox: &Mailbox) -> Case {
    let case = approved();
    assert_eq!(send(&case, mailbox).code, 0);
    assert_eq!(mailbox.all_taken().len(), 2);
    one_file(&case);
    case
}

fn one_file(case: &Case) {
    let db = Connection::open(case.path("ledger.sqlite")).unwrap();
    db.pragma_update(None, "wal_checkpoint", "TRUNCATE").unwrap();
    db.pragma_update(None, "journal_mode", "DELETE").unwrap();
}

/// Changes the ledger with its triggers off, and puts them back.
fn behind_the_triggers(case: &Case, sql: &str) {
    let db = Connection::open(case.path("ledger.sqlite")).unwrap();
    let made: Vec<(String, String)> = db
        .prepare("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    made.iter().for_each(|(name, _)| db.execute_batch(&format!("DROP TRIGGER {name}")).unwrap());
    db.execute_batch(sql).unwrap();
    made.iter().for_each(|(_, sql)| db.execute_batch(sql).unwrap());
}

/// Asks and acts on an altered ledger: what rests on it says so with a way out, and nothing is sent.
/// `all`: by every command, not only by those that send and ask.
fn refused(case: &Case, mailbox: &Mailbox, what: &str, all: bool) {
    let before = mailbox.sessions();
    fs::write(case.path("evidence.txt"), "made up").unwrap();
    let evidence = case.path("evidence.txt");
    let evidence = evidence.to_str().unwrap();
    let url = mailbox.url();
    let to = case.path("../bundle");
    let (piece, by) = ("NW-0000-0000-0000", "P. Officer");
    let resolve = ["email", "resolve", "{folder}", "--not-sent", piece, "--by", by];
    let acts = [
        vec!["email", "{folder}", "--send", "--smtp", url.as_str()],
        vec!["status", "{folder}"],
        vec!["claim", "{folder}", "--by", "P. Officer"],
        vec!["approve", "{folder}", "--by", "A. Counsel, General Counsel"],
        vec!["letters", "{folder}"],
        vec!["email", "bounces", "{folder}", evidence],
        vec!["export", "{folder}", "--for", "regulator", "--to", to.to_str().unwrap()],
        [&resolve[..], &["--evidence", "the log"]].concat(),
    ];
    for act in acts.iter().take(if all || full() { acts.len() } else { 3 }) {
        let said = case.run(act);
        assert_eq!(said.code, 4, "{what}: {act:?}: {}{}", said.stdout, said.stderr);
        assert!(said.stderr.contains("ledger.altered"), "{what}: {act:?}: {}", said.stderr);
        assert!(said.stderr.contains("put a backup"), "{what}: {act:?}: {}", said.stderr);
    }
    let verify = case.run(&["verify", "{folder}"]);
    assert!(matches!(verify.code, 1 | 4), "{what}: {}", verify.stderr);
    assert!(verify.stderr.contains("put a backup"), "{what}: {}", verify.stderr);
    assert_eq!(mailbox.sessions(), before, "{what}: a connection was opened");
    assert!(!to.exists());
}

#[test]
fn emails_changed_behind_the_triggers_are_told_and_not_sent_again() {
    let mailbox = Mailbox::sound();
    let case = sent(&mailbox);
    assert_eq!(case.run(&["letters", "{folder}"]).code, 0);
    one_file(&case);
    let good = fs::read(case.path("ledger.sqlite")).unwrap();
    for sql in [
        "DELETE FROM message",
        "DELETE FROM message WHERE id = 2",
        "UPDATE message SET state = 'ready'",
        "UPDATE message SET state = 'deferred', code = 451 WHERE id = 1",
        "UPDATE message SET tries = 0, state = 'ready' WHERE id = 2",
        "UPDATE message SET piece = piece || 'x'",
        "INSERT INTO message (wave, piece, key, alone, at) VALUES ('w1', 'NW-1', 'k', 0, 0)",
    ] {
        behind_the_triggers(&case, sql);
        refused(&case, &mailbox, sql, sql == "DELETE FROM message");
        for side in ["-wal", "-shm"] {
            let _ = fs::remove_file(case.path(&format!("ledger.sqlite{side}")));
        }
        fs::write(case.path("ledger.sqlite"), &good).unwrap();
    }
    assert_eq!(send(&case, &mailbox).code, 0, "nothing was altered, nothing is left");
    assert_eq!(mailbox.all_taken().values().sum::<u32>(), 2);
}

#[test]
fn a_ledger_without_its_rules_versions_or_fence_is_refused() {
    let mailbox = Mailbox::sound();
    let case = sent(&mailbox);
    assert_eq!(case.run(&["letters", "{folder}"]).code, 0);
    one_file(&case);
    let good = fs::read(case.path("ledger.sqlite")).unwrap();
    let last: u32 = Connection::open(case.path("ledger.sqlite"))
        .unwrap()
        .query_row("SELECT max(version) FROM schema_version", [], |row| row.get(0))
        .unwrap();
    for sql in [
        "DROP TRIGGER a_message_goes_its_way".to_owned(),
        "DROP TRIGGER messages_are_never_deleted; CREATE TRIGGER messages_are_never_deleted \
         BEFORE DELETE ON message BEGIN SELECT 1; END"
            .to_owned(),
        "CREATE TRIGGER outcome_9_more AFTER INSERT ON event \
         BEGIN UPDATE message SET reply = ''; END"
            .to_owned(),
        "DROP INDEX a_batch_is_posted_once".to_owned(),
        "DELETE FROM fence".to_owned(),
        "UPDATE seal SET state = 'waiting'".to_owned(),
        "DELETE FROM schema_version".to_owned(),
        format!("DELETE FROM schema_version WHERE version = {last}"),
        "DELETE FROM schema_version WHERE version > 6".to_owned(),
        "DELETE FROM schema_version WHERE version = 2".to_owned(),
        format!("UPDATE schema_version SET version = 99 WHERE version = {last}"),
        "INSERT INTO schema_version VALUES (0, '')".to_owned(),
    ] {
        let db = Connection::open(case.path("ledger.sqlite")).unwrap();
        db.execute_batch(&sql).unwrap();
        drop(db);
        // A seal that only the table calls waiting is none: letters come as drafts.
        match sql.contains("waiting") {
            true => {
                assert_eq!(send(&case, &mailbox).code, 4);
                assert_eq!(case.run(&["status", "{folder}"]).code, 4);
            }
            false => refused(&case, &mailbox, &sql, sql == "DELETE FROM fence"),
        }
        for side in ["-wal", "-shm"] {
            let _ = fs::remove_file(case.path(&format!("ledger.sqlite{side}")));
        }
        fs::write(case.path("ledger.sqlite"), &good).unwrap();
    }
    assert_eq!(send(&case, &mailbox).code, 0);
    assert_eq!(mailbox.all_taken().values().sum::<u32>(), 2);
}

#[test]
fn a_second_approval_that_only_the_table_knows_sends_nothing() {
    let (case, mailbox) = (Case::sample("small-clinic"), Mailbox::sound());
    case.edit("incident.toml", "title = \"Stolen", "two_approvers = true\ntitle = \"Stolen");
    case.run(&["check", "{folder}"]);
    assert_eq!(crate::approve::approve(&case, &[]).code, 0);
    let db = Connection::open(case.path("ledger.sqlite")).unwrap();
    db.execute("UPDATE seal SET state = 'valid'", []).unwrap();
    drop(db);
    refused(&case, &mailbox, "one approval", false);
    assert_eq!(mailbox.sessions(), 0);
}

/// After a kill nothing is settled that e-mails could be compared with; what was about to be sent
/// is remembered outside the folder.
#[test]
fn emails_that_vanish_after_a_kill_are_missed() {
    let case = approved();
    let stalled = Mailbox::with_fault(Fault::Stall, 1_500, false);
    let mut child = program()
        .args(["email", case.folder().to_str().unwrap(), "--send", "--connections", "1"])
        .args(["--smtp", &stalled.url()])
        .env("NOTICEWORKS_STATE", case.path("../state"))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    for _ in 0..2_000 {
        if stalled.saw_content() || child.try_wait().unwrap().is_some() {
            break;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    assert!(stalled.saw_content());
    child.kill().unwrap();
    child.wait().unwrap();
    behind_the_triggers(&case, "DELETE FROM message WHERE state = 'sending'");
    let mailbox = Mailbox::sound();
    let said = send(&case, &mailbox);
    assert_eq!(said.code, 4, "{}{}", said.stdout, said.stderr);
    let lost = "the ledger has lost 1 e-mail that was sent or about to be sent";
    assert!(said.stderr.contains(lost) && said.stderr.contains("put a backup"), "{}", said.stderr);
    assert_eq!(mailbox.sessions(), 0);
    // The way out where there is no backup: what may have gone out is in doubt.
    for side in ["", "-wal", "-shm"] {
        let _ = fs::remove_file(case.path(&format!("ledger.sqlite{side}")));
    }
    assert_eq!(case.run(&["claim", "{folder}", "--by", "P. Officer"]).code, 0);
    assert!(case.run(&["check", "{folder}"]).code < 2);
    assert_eq!(crate::approve::approve(&case, &[]).code, 0);
    let said = send(&case, &mailbox);
    assert_eq!(said.code, 6, "{}{}", said.stdout, said.stderr);
    assert_eq!(mailbox.sessions(), 0, "nothing goes out twice by itself");
}
