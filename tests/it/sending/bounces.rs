//! Notifications of mail that came back.

use noticeworks::sending::{Action, bounces};
use std::fs;
use std::path::Path;

const FAILED: &str = "\
From: MAILER-DAEMON@mx.example (Mail Delivery System)
To: bounces@sender.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=\"4A/mx\"

--4A/mx
Content-Type: text/plain

I'm sorry.

--4A/mx
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example
Original-Envelope-Id: NW-0001
X-Postfix-Queue-ID: 4AAA1

Final-Recipient: rfc822; person1@other.example
Original-Recipient: rfc822;person1@inbox1.example
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <person1@inbox1.example>: Recipient
    address rejected: person1 unknown

Final-Recipient: rfc822; late@inbox1.example
Action: delayed
Status: 4.4.1

--4A/mx
Content-Type: text/rfc822-headers

From: Notice <notice@sender.example>
Message-ID: <NW-0001@sender.example>

--4A/mx--
";

/// No envelope id; the message itself is returned.
const RETURNED: &str = "\
From: postmaster@mx.example
MIME-Version: 1.0
Content-Type: multipart/report; boundary=b

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: RFC822; person2@inbox2.example
Action: Failed
Status: 5.2.2 (mailbox full)

--b
Content-Type: message/rfc822

Message-ID: <NW-0002@sender.example>
Subject: A notice

Words
--b--
";

const HOLIDAY: &str = "From: person3@inbox3.example\nSubject: Away\n\nBack on Monday.\n";

/// Action, pieces, recipient, status, diagnostic.
type Read = (Action, Vec<String>, String, String, String);

fn read(path: &Path) -> (u64, u64, Vec<Read>) {
    let mut found = Vec::new();
    let seen = bounces(path, &mut |bounce| {
        found.push((bounce.action, bounce.pieces, bounce.to, bounce.status, bounce.diagnostic));
    })
    .unwrap();
    (seen.messages, seen.notifications, found)
}

fn check(path: &Path) {
    let (messages, notifications, found) = read(path);
    assert_eq!((messages, notifications, found.len()), (3, 2, 3));
    let one = &found[0];
    assert_eq!(one.0, Action::Failed);
    assert_eq!(one.1, ["NW-0001", "NW-0001"]);
    assert_eq!((one.2.as_str(), one.3.as_str()), ("person1@inbox1.example", "5.1.1"));
    assert_eq!(one.4, "550 5.1.1 <[address]>: Recipient address rejected: [address] unknown");
    assert_eq!((found[1].0, found[1].3.as_str()), (Action::Delayed, "4.4.1"));
    let two = &found[2];
    assert_eq!((two.0, two.1.as_slice()), (Action::Failed, ["NW-0002".to_owned()].as_slice()));
    assert_eq!((two.2.as_str(), two.3.as_str()), ("person2@inbox2.example", "5.2.2"));
}

#[test]
fn an_mbox_and_a_maildir_and_a_folder_of_messages_say_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let all = [FAILED, RETURNED, HOLIDAY];
    let mbox = folder.path().join("mbox");
    let text: String =
        all.iter().map(|m| format!("From MAILER-DAEMON Sun Nov 22 10:00:00 2026\n{m}\n")).collect();
    fs::write(&mbox, text).unwrap();
    check(&mbox);

    let maildir = folder.path().join("maildir");
    for name in ["new", "cur", "tmp"] {
        fs::create_dir_all(maildir.join(name)).unwrap();
    }
    fs::write(maildir.join("new/1.a"), FAILED).unwrap();
    fs::write(maildir.join("new/2.b"), RETURNED).unwrap();
    fs::write(maildir.join("cur/3.c:2,S"), HOLIDAY).unwrap();
    fs::write(maildir.join("tmp/4.d"), FAILED).unwrap();
    let order = read(&maildir);
    assert_eq!(order.2.len(), 3);

    let plain = folder.path().join("plain");
    fs::create_dir(&plain).unwrap();
    for (n, message) in all.iter().enumerate() {
        fs::write(plain.join(format!("{n}.eml")), message).unwrap();
    }
    check(&plain);
    check_single(&plain.join("1.eml"));
}

fn check_single(path: &Path) {
    let (messages, notifications, found) = read(path);
    assert_eq!((messages, notifications, found.len()), (1, 1, 1));
}

#[test]
fn bytes_that_are_no_mail_are_no_bounce() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x");
    for bytes in [&b""[..], b"\x00\xff\xfe", b"From ", b"Content-Type: multipart/report\n\n--\n"] {
        fs::write(&path, bytes).unwrap();
        assert!(read(&path).2.is_empty());
    }
}
