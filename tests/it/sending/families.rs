//! More families of servers and of answers by machine; and mail read as it comes in.

use crate::case::{Case, program};
use noticeworks::sending::{Class, Kind, read_returned, returned_messages};
use serde::Deserialize;
use serde_json::Value;
use std::fs;
use std::process::Stdio;

const PIECE: &str = "NW-7K2M-9Q4T-XB8H";

fn message(head: &str, body: &str) -> String {
    format!("{head}\nTo: bounces@sender.example\nDate: Sun, 22 Nov 2026 10:00:00 +0000\n\n{body}\n")
}

/// A report with its parts, each a type and a body.
fn report(head: &str, parts: &[(&str, &str)]) -> String {
    let parts: String = parts
        .iter()
        .map(|(kind, body)| format!("--=_b\nContent-Type: {kind}\n\n{body}\n"))
        .collect();
    message(
        &format!("{head}\nMIME-Version: 1.0\nContent-Type: multipart/report; boundary=\"=_b\""),
        &format!("{parts}--=_b--"),
    )
}

#[test]
fn reports_of_each_family_are_understood() {
    let status = |action: &str, status: &str, said: &str| {
        format!(
            "Reporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; ada@inbox.example\n\
             Action: {action}\nStatus: {status}\nDiagnostic-Code: smtp; {said}\n"
        )
    };
    let returned =
        format!("Message-ID: <{PIECE}@sender.example>\nSubject: A notice\n\nno such user\n");
    let cases = [
        // Gmail: no enhanced text beside the number, its own headers.
        (
            "From: Mail Delivery Subsystem <mailer-daemon@google-like.example>\nX-Failed-Recipients: ada@inbox.example\nAuto-Submitted: auto-replied\nSubject: Delivery Status Notification (Failure)",
            status(
                "failed",
                "5.1.1",
                "550-5.1.1 The email account that you tried to reach does not exist.",
            ),
            Class::Hard,
        ),
        // Exchange: its own type of number.
        (
            "From: Microsoft-like <postmaster@corp.example>\nSubject: Undeliverable: A notice",
            status(
                "failed",
                "5.1.10",
                "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup",
            ),
            Class::Hard,
        ),
        (
            "From: postmaster@corp.example\nSubject: Undeliverable: A notice",
            status("failed", "5.7.133", "550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup"),
            Class::Policy,
        ),
        // Postfix, which gives up and which warns.
        (
            "From: MAILER-DAEMON@mx.example (Mail Delivery System)\nSubject: Undelivered Mail Returned to Sender",
            status(
                "failed",
                "4.4.1",
                "connect to inbox.example[192.0.2.9]:25: Connection timed out",
            ),
            Class::Soft,
        ),
        (
            "From: MAILER-DAEMON@mx.example (Mail Delivery System)\nSubject: Delayed Mail (still being retried)",
            status(
                "delayed",
                "4.4.1",
                "connect to inbox.example[192.0.2.9]:25: Connection timed out",
            ),
            Class::Delayed,
        ),
        // Sendmail, Yahoo, and one that is over quota for good.
        (
            "From: Mail Delivery Subsystem <MAILER-DAEMON@send.example>\nSubject: Returned mail: see transcript for details",
            status("failed", "5.2.2", "552 5.2.2 Over quota"),
            Class::Full,
        ),
        (
            "From: MAILER-DAEMON@ya.example\nSubject: Failure Notice",
            status(
                "failed",
                "5.0.0",
                "554 30 Sorry, your message cannot be delivered. This mailbox is disabled (554.30).",
            ),
            Class::Hard,
        ),
        (
            "From: postmaster@shield.example\nSubject: Blocked",
            status(
                "failed",
                "5.7.1",
                "554 5.7.1 Service unavailable; client host is listed in a blocklist",
            ),
            Class::Policy,
        ),
    ];
    for (head, status, class) in cases {
        let mail = report(
            head,
            &[
                ("text/plain", "This is what became of it."),
                ("message/delivery-status", &status),
                ("message/rfc822", &returned),
            ],
        );
        for end in ["\n", "\r\n"] {
            let read = read_returned(mail.replace('\n', end).as_bytes());
            assert_eq!((read.kind, read.class), (Kind::Told, Some(class)), "{head}\n{status}");
            assert_eq!(read.pieces, [PIECE], "{head}");
            assert_eq!(read.recipients[0].to, "ada@inbox.example");
            assert!(!read.recipients[0].diagnostic.contains("ada@"));
        }
    }
    // A report that names no message of ours but its own sender's.
    let only =
        report("From: a@mx.example", &[("message/delivery-status", "Reporting-MTA: dns; x\n")]);
    assert!(read_returned(only.as_bytes()).class.is_none());
}

#[test]
fn answers_by_machine_are_no_bounce_in_any_language() {
    let answers = [
        (
            "Auto-Submitted: auto-replied",
            "Abwesenheitsnotiz: A notice",
            "Ich bin bis Montag nicht im Büro.",
        ),
        ("X-Autoreply: yes", "Réponse automatique : A notice", "Je suis absent jusqu'à lundi."),
        (
            "X-Auto-Response-Suppress: All\nAuto-Submitted: auto-replied",
            "Respuesta automática",
            "Estoy fuera de la oficina.",
        ),
        ("Precedence: auto_reply", "Out of office", "I am away. For urgent matters call 555-0100."),
        ("Auto-Submitted: auto-replied (vacation)", "Risposta automatica", "Sono assente."),
    ];
    for (header, subject, words) in answers {
        let head = format!("From: ada@inbox.example\nSubject: {subject}\n{header}");
        let body = format!("{words}\n\n> Message-ID: <{PIECE}@sender.example>");
        let read = read_returned(message(&head, &body).as_bytes());
        assert_eq!((read.kind, read.class), (Kind::Other, Some(Class::Automatic)), "{subject}");
    }
}

#[test]
fn an_mbox_with_quoted_lines_is_parted_at_its_own_lines_only() {
    let folder = tempfile::tempdir().unwrap();
    let mbox = folder.path().join("mbox");
    let one = "From: MAILER-DAEMON@mx.example\nSubject: failure notice\n\n\
               <ada@inbox.example>:\n550 5.1.1 no such user\n\n>From the desk of nobody\n\nFrom here on nothing\n";
    let text = format!(
        "From MAILER-DAEMON Sun Nov 22 10:00:00 2026\n{one}\nFrom MAILER-DAEMON Sun Nov 22 10:00:01 2026\n{one}"
    );
    for end in ["\n", "\r\n", "\r"] {
        fs::write(&mbox, text.replace('\n', end)).unwrap();
        let mut classes = Vec::new();
        returned_messages(&mbox, &mut |_, _, raw| classes.push(read_returned(raw).class)).unwrap();
        assert_eq!(classes, [Some(Class::Hard), Some(Class::Hard)], "{end:?}");
    }
}

/// Reads what the program prints, one object after the other.
#[test]
fn a_maildir_is_watched_and_each_message_counted_once() {
    let case = Case::sample("small-clinic");
    case.run(&["check", "{folder}"]);
    let maildir = case.path("maildir");
    for name in ["new", "cur", "tmp"] {
        fs::create_dir_all(maildir.join(name)).unwrap();
    }
    let bounce = message(
        "From: MAILER-DAEMON@mx.example\nSubject: failure notice",
        "<ada@inbox.example>:\n550 5.1.1 no such user",
    );
    let deliver = |name: &str| {
        fs::write(maildir.join("tmp").join(name), &bounce).unwrap();
        fs::rename(maildir.join("tmp").join(name), maildir.join("new").join(name)).unwrap();
    };
    deliver("1.a.host");
    let mut watching = program()
        .args(["email", "bounces"])
        .args([case.folder(), maildir.clone()])
        .args(["--watch", "--every", "1", "--json"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let printed = watching.stdout.take().unwrap();
    let mut objects = serde_json::Deserializer::from_reader(printed);
    let mut counted = || {
        let said = Value::deserialize(&mut objects).unwrap();
        (said["messages"].as_u64().unwrap(), said["unknown_piece"].as_u64().unwrap())
    };
    let first = counted();
    // A mail program has read the first, which gives it another name; two more come in.
    fs::rename(maildir.join("new/1.a.host"), maildir.join("cur/1.a.host:2,S")).unwrap();
    deliver("2.b.host");
    let second = counted();
    deliver("3.c.host");
    let third = counted();
    watching.kill().unwrap();
    watching.wait().unwrap();
    assert_eq!([first, second, third], [(1, 1); 3]);
}
