//! The command: what is approved is sent, once, from one folder; what comes back becomes a letter.

use super::server::Mailbox;
use crate::approve::{approve, approved, checked, letters};
use crate::case::{Case, Said};
use noticeworks::ledger::Ledger;
use serde_json::{Value, json};
use std::fs;
use std::process::Command;

fn send(case: &Case, mailbox: &Mailbox, more: &[&str]) -> Said {
    let url = mailbox.url();
    let mut arguments = vec!["email", "{folder}", "--send", "--json", "--smtp", url.as_str()];
    arguments.extend(more);
    case.run(&arguments)
}

fn states(said: &Said) -> Value {
    said.json()["states"].clone()
}

/// How often the e-mails changed: each command that changes some ends with all under an event.
fn settled(case: &Case) -> usize {
    let ledger = Ledger::look(&case.folder()).unwrap().unwrap();
    assert_eq!(ledger.audit().unwrap().wrong, Vec::<String>::new());
    let events = ledger.events().unwrap();
    let kinds = |kind| events.iter().filter(|event| event.stored.kind == kind).count();
    assert_eq!(kinds("emails.changing"), kinds("emails.settled"));
    kinds("emails.settled")
}

#[test]
fn nothing_leaves_without_a_seal_and_the_rehearsal_is_the_default() {
    let (case, mailbox) = (checked(), Mailbox::sound());
    let said = send(&case, &mailbox, &[]);
    assert_eq!(said.code, 4, "{}", said.stderr);
    assert!(said.stderr.contains("nobody has approved this wave"), "{}", said.stderr);

    let rehearsal = case.run(&["email", "{folder}", "--json", "--smtp", &mailbox.url()]);
    let json = rehearsal.json();
    assert_eq!((&json["dry_run"], &json["messages"]), (&true.into(), &2.into()));
    let messages = fs::read_dir(case.path("out/email")).unwrap();
    let named = messages.map(|entry| entry.unwrap().path().extension().is_some_and(|e| e == "eml"));
    assert_eq!(named.filter(|is| *is).count(), 2);
    assert_eq!(mailbox.sessions(), 0, "a rehearsal opens no connection");
}

#[test]
fn what_was_approved_is_sent_once_and_to_the_byte() {
    let (case, mailbox) = (approved(), Mailbox::sound());
    let said = send(&case, &mailbox, &["--only", "1"]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    assert_eq!((&states(&said)["accepted"], &states(&said)["ready"]), (&1.into(), &1.into()));
    let said = send(&case, &mailbox, &[]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    assert_eq!(said.json()["sent"]["given"], 1);
    assert_eq!(states(&said)["accepted"], 2);
    let said = send(&case, &mailbox, &[]);
    assert_eq!((said.code, &said.json()["sent"]["given"]), (0, &0.into()));
    assert_eq!(settled(&case), 2, "the last changed nothing");

    let list = case.read("sealed/w1-1/batches/email-0001.txt");
    let dir = tempfile::tempdir().unwrap();
    for line in list.lines() {
        let file = line.split_once("  ").unwrap().1;
        let piece = file.strip_suffix(".eml").unwrap();
        assert_eq!(mailbox.whole(piece), 1);
        let came = String::from_utf8(mailbox.content_of(piece)).unwrap();
        let (date, sealed) = came.split_once("\r\n").unwrap();
        assert!(date.starts_with("Date: "));
        fs::write(dir.path().join(file), sealed.replace("\r\n..", "\r\n.")).unwrap();
    }
    // What arrived, without its date, is what was sealed: any `sha256sum` can tell.
    let list = case.path("sealed/w1-1/batches/email-0001.txt");
    let checked = Command::new("sha256sum")
        .args(["--strict", "-c", list.to_str().unwrap()])
        .current_dir(dir.path())
        .output()
        .unwrap();
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
    let status = case.run(&["status", "{folder}", "--json"]).json();
    assert_eq!(status["waves"][0]["emails"]["states"]["accepted"], 2);
}

#[test]
fn a_changed_word_or_a_copied_folder_sends_nothing() {
    let (case, mailbox) = (approved(), Mailbox::sound());
    let copy = case.path("../copy");
    let done = Command::new("cp").arg("-r").args([case.folder(), copy.clone()]).status().unwrap();
    assert!(done.success());
    assert_eq!(send(&case, &mailbox, &["--only", "1"]).code, 0);
    let url = mailbox.url();
    let copy = copy.to_str().unwrap().to_owned();
    let said = case.run(&["email", &copy, "--send", "--smtp", &url]);
    assert_eq!(said.code, 4, "{}", said.stderr);
    case.edit("incident.toml", "a laptop was stolen", "a notebook was stolen");
    let said = send(&case, &mailbox, &[]);
    assert_eq!(said.code, 4, "{}", said.stderr);
    assert_eq!(mailbox.all_taken().len(), 1);
}

#[test]
fn what_is_in_doubt_waits_for_a_person_and_is_never_sent_again_by_itself() {
    let case = approved();
    let silent = Mailbox::answering(|command, nth| (command == "." && nth < 12).then_some("\r\n"));
    let said = send(&case, &silent, &["--connections", "1", "--only", "1"]);
    assert_eq!(said.code, 6, "{}", said.stderr);
    let mailbox = Mailbox::sound();
    let said = send(&case, &mailbox, &[]);
    assert_eq!(said.code, 6, "one is still in doubt");
    assert_eq!(mailbox.all_taken().len(), 1);
    let status = case.run(&["status", "{folder}", "--json"]).json();
    let piece = status["waves"][0]["emails"]["uncertain"][0].as_str().unwrap().to_owned();

    let decide = |way: &str, more: &[&str]| {
        let mut arguments = vec!["email", "resolve", "{folder}", "--json", way, piece.as_str()];
        arguments.extend(more);
        case.run(&arguments)
    };
    let who =
        ["--by", "M. Postmaster", "--evidence", "relay log, no such id; told x@inbox.example"];
    assert_eq!(decide("--not-sent", &[]).code, 2, "nobody says who decides");
    let said = decide("--not-sent", &who);
    assert_eq!(said.code, 0, "{}", said.stderr);
    assert!(said.stdout.contains("told [address]"), "{}", said.stdout);
    assert_eq!(decide("--accepted", &who).code, 2, "it is not in doubt any more");
    let said = send(&case, &mailbox, &[]);
    assert_eq!((said.code, mailbox.taken(&piece)), (0, 1), "{}", said.stderr);
    assert_eq!(settled(&case), 4);
}

#[test]
fn a_message_that_comes_back_becomes_a_letter_under_a_seal_of_its_own() {
    let case = checked();
    // E-mail in place of the letter, where the law takes it.
    let choices = "[email]\nmode = \"instead_of_mail\"\n\n[[decision]]\nquestion = \"email.esign\"\n\
                   choice = \"consented\"\nby = \"A. Counsel\"\non = 2026-09-01\n\n[breach]";
    case.edit("incident.toml", "[breach]", choices);
    case.run(&["run", "{folder}"]);
    let approval = approve(&case, &[]);
    assert_eq!(approval.code, 0, "{}", approval.stderr);
    let before = approval.json();
    assert_eq!((&before["letters"], &before["emails"]), (&5.into(), &2.into()));
    let mailbox = Mailbox::sound();
    assert_eq!(send(&case, &mailbox, &[]).code, 0);
    let list = case.read("sealed/w1-1/batches/email-0001.txt");
    let piece = list.split_once("  ").unwrap().1.split_once(".eml").unwrap().0.to_owned();
    let bounce = format!(
        "From: MAILER-DAEMON@mx.example\nMIME-Version: 1.0\nContent-Type: multipart/report; \
         boundary=b\n\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\
         Original-Envelope-Id: {piece}\n\nFinal-Recipient: rfc822; gone@inbox.example\n\
         Action: failed\nStatus: 5.1.1\n\n--b--\n"
    );
    fs::write(case.path("bounce.eml"), bounce).unwrap();
    let mail = case.path("bounce.eml");
    let said = case.run(&["email", "bounces", "{folder}", mail.to_str().unwrap(), "--json"]);
    assert_eq!(said.code, 1, "{}", said.stderr);
    let told = said.json();
    assert_eq!((&told["matched"], &told["classes"]["hard"]), (&1.into(), &1.into()));
    let recorded = &told["recorded"][0];
    assert_eq!((&recorded["letter"], &recorded["class"]), (&"to be made".into(), &"hard".into()));
    assert_eq!(recorded["evidence"].as_str().unwrap().len(), 64);
    assert_eq!(settled(&case), 2);
    let again = case.run(&["email", "bounces", "{folder}", mail.to_str().unwrap(), "--json"]);
    assert_eq!(again.code, 0, "the same message again: {}", again.stdout);
    assert_eq!((&again.json()["matched"], &again.json()["recorded"]), (&1.into(), &json!([])));
    assert_eq!(settled(&case), 2, "and it changes nothing");
    a_complaint_is_recorded_once(&case, list.lines().nth(1).unwrap());

    let after = case.run(&["run", "{folder}", "--json"]).json();
    assert_eq!(
        (&after["outcomes"]["to_email"], &after["outcomes"]["to_mail"]),
        (&1.into(), &6.into())
    );
    let second = approve(&case, &[]);
    assert_eq!(second.code, 0, "{}", second.stderr);
    let second = second.json();
    assert_eq!(
        (&second["seal"], &second["letters"], &second["emails"]),
        (&2.into(), &1.into(), &0.into())
    );
    let (code, printed) = letters(&case);
    assert_eq!((code, &printed["letters"]), (0, &6.into()), "five of the first seal and one more");
    // Nothing is sent again under either seal.
    assert_eq!(send(&case, &mailbox, &[]).json()["sent"]["given"], 0);
}

/// Of the other e-mail: it arrived, so that nothing else changes.
fn a_complaint_is_recorded_once(case: &Case, line: &str) {
    let piece = line.split_once("  ").unwrap().1.strip_suffix(".eml").unwrap();
    let complaint = format!(
        "From: loop@feedback.example\nMIME-Version: 1.0\nContent-Type: multipart/report; \
         report-type=feedback-report; boundary=b\n\n--b\nContent-Type: message/feedback-report\n\n\
         Feedback-Type: abuse\n\n--b\nContent-Type: message/rfc822\n\nMessage-ID: \
         <{piece}@clinic.example>\n\nWords\n--b--\n"
    );
    fs::write(case.path("complaint.eml"), complaint).unwrap();
    let mail = case.path("complaint.eml");
    for complaints in [1, 0] {
        let said = case.run(&["email", "bounces", "{folder}", mail.to_str().unwrap(), "--json"]);
        let told = said.json();
        assert_eq!((said.code, &told["matched"]), (0, &1.into()), "{}", said.stderr);
        assert_eq!(told["complaints"].as_array().unwrap().len(), complaints);
        assert_eq!(told["recorded"], json!([]));
    }
}

#[test]
fn proofs_go_to_counsel_and_nobody_else() {
    let (case, mailbox) = (checked(), Mailbox::sound());
    let url = mailbox.url();
    let said =
        case.run(&["email", "{folder}", "--to", "me@firm.example", "--json", "--smtp", &url]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    let json = said.json();
    assert_eq!(json["accepted"], json["proofs"].as_array().unwrap().len());
    let all = mailbox.all_taken();
    assert!(!all.is_empty());
    for piece in all.keys() {
        let text = String::from_utf8(mailbox.content_of(piece)).unwrap();
        assert!(text.contains("\r\nSubject: [PROOF] "), "{text}");
        assert!(text.contains("<me@firm.example>"));
    }
    let status = case.run(&["status", "{folder}", "--json"]).json();
    assert!(status["waves"][0]["emails"].is_null(), "proofs are no deliveries");
}

/// The ledger is put back as it was before e-mails went out: nobody may be written to again.
#[test]
fn what_a_restored_ledger_forgot_is_in_doubt_and_never_sent_again_by_itself() {
    for sent_before in [false, true] {
        let (case, mailbox) = (approved(), Mailbox::sound());
        if sent_before {
            assert_eq!(send(&case, &mailbox, &["--only", "1"]).code, 0);
        }
        let backup = case.path("../backup.sqlite");
        let db = rusqlite::Connection::open(case.path("ledger.sqlite")).unwrap();
        db.execute("VACUUM INTO ?1", [backup.to_str().unwrap()]).unwrap();
        drop(db);
        assert_eq!(send(&case, &mailbox, &[]).code, 0);
        let list = case.read("sealed/w1-1/batches/email-0001.txt");
        let pieces: Vec<&str> = list.lines().map(|line| &line[66..83]).collect();
        assert_eq!(pieces.len(), 2);
        for side in ["", "-wal", "-shm"] {
            let _ = fs::remove_file(case.path(&format!("ledger.sqlite{side}")));
        }
        fs::copy(&backup, case.path("ledger.sqlite")).unwrap();
        let said = send(&case, &mailbox, &[]);
        assert_eq!(said.code, 4);
        assert!(said.stderr.contains("older state"), "{}", said.stderr);
        let said = case.run(&["claim", "{folder}", "--by", "P. Officer"]);
        assert_eq!(said.code, 0, "{}", said.stderr);
        assert!(said.stderr.contains("settle with the mail house"), "{}", said.stderr);
        assert_eq!(said.stderr.contains("1 e-mail is in doubt"), sent_before, "{}", said.stderr);
        let said = send(&case, &mailbox, &[]);
        assert_eq!(said.code, 6, "{}{}", said.stdout, said.stderr);
        let doubtful = if sent_before { 1 } else { 2 };
        assert_eq!(states(&said)["uncertain"], doubtful, "{}", said.stdout);
        for piece in &pieces {
            assert_eq!(mailbox.whole(piece), 1, "{piece} went out once");
        }
        // A person settles one as not sent: then it goes.
        let last = pieces[1];
        let settled = ["email", "resolve", "{folder}", "--not-sent", last, "--by", "P. Officer"];
        let evidence = ["--evidence", "the relay's log has nothing"];
        let said = case.run(&[&settled[..], &evidence].concat());
        assert!(said.code == 0 || said.code == 6, "{}", said.stderr);
        send(&case, &mailbox, &[]);
        assert_eq!(mailbox.whole(last), 2);
        assert_eq!(mailbox.whole(pieces[0]), 1);
    }
}
