//! Mail that came back, in the shape of each family of servers.

use noticeworks::sending::{Class, Kind, Returned, read_returned, returned_messages};
use std::fs;
use std::path::Path;

use crate::case::Case;

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

Message-ID: <NW-7K2M-9Q4T-XB8H@sender.example>
Subject: A notice

Words
--b--
";

const HOLIDAY: &str =
    "From: person3@inbox3.example\nSubject: Out of office: Monday\n\nBack on Monday.\n";

fn all(path: &Path) -> Vec<Returned> {
    let mut found = Vec::new();
    returned_messages(path, &mut |_, _, raw| found.push(read_returned(raw))).unwrap();
    found
}

fn check(found: &[Returned]) {
    let classes: Vec<_> = found.iter().map(|r| (r.kind, r.class)).collect();
    let want = [
        (Kind::Told, Some(Class::Hard)),
        (Kind::Told, Some(Class::Full)),
        (Kind::Other, Some(Class::Automatic)),
    ];
    assert_eq!(classes, want);
    assert_eq!(found[0].pieces, ["NW-0001"]);
    let [lost, late] = &found[0].recipients[..] else { panic!("two recipients") };
    assert_eq!((lost.to.as_str(), lost.status.as_str()), ("person1@inbox1.example", "5.1.1"));
    assert_eq!(
        lost.diagnostic,
        "550 5.1.1 <[address]>: Recipient address rejected: [address] unknown"
    );
    assert_eq!((late.class, late.status.as_str()), (Some(Class::Delayed), "4.4.1"));
    assert_eq!(found[1].pieces, ["NW-7K2M-9Q4T-XB8H"]);
    assert_eq!(found[1].recipients[0].to, "person2@inbox2.example");
}

#[test]
fn an_mbox_and_a_maildir_and_a_folder_of_messages_say_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let messages = [FAILED, RETURNED, HOLIDAY];
    let mbox = folder.path().join("mbox");
    let text = |end: &str| -> String {
        let one = |m: &&str| format!("From MAILER-DAEMON Sun Nov 22 10:00:00 2026\n{m}\n");
        messages.iter().map(one).collect::<String>().replace('\n', end)
    };
    for end in ["\n", "\r\n", "\r"] {
        fs::write(&mbox, text(end)).unwrap();
        check(&all(&mbox));
    }

    let maildir = folder.path().join("maildir");
    for name in ["new", "cur", "tmp"] {
        fs::create_dir_all(maildir.join(name)).unwrap();
    }
    fs::write(maildir.join("cur/1.a:2,S"), FAILED).unwrap();
    fs::write(maildir.join("cur/2.b:2,"), RETURNED).unwrap();
    fs::write(maildir.join("new/3.c"), HOLIDAY).unwrap();
    fs::write(maildir.join("tmp/4.d"), FAILED).unwrap();
    check(&all(&maildir));

    // One message a file, in folders within folders, also where it quotes another's first line.
    let plain = folder.path().join("plain");
    fs::create_dir_all(plain.join("more")).unwrap();
    fs::write(plain.join("0.eml"), FAILED).unwrap();
    fs::write(
        plain.join("1.eml"),
        RETURNED.replace("Words", "\nFrom a@b.example Sun Nov 22 10:00:00 2026\nWords"),
    )
    .unwrap();
    fs::write(plain.join("more/2.eml"), HOLIDAY).unwrap();
    fs::write(plain.join(".hidden"), FAILED).unwrap();
    check(&all(&plain));
}

#[test]
fn bytes_that_are_no_mail_are_no_bounce() {
    for bytes in [&b"\x00\xff\xfe"[..], b"From ", b"Content-Type: multipart/report\n\n--\n", b"\n"]
    {
        let read = read_returned(bytes);
        assert!(read.recipients.is_empty() && read.pieces.is_empty());
        assert!(!read.class.is_some_and(Class::is_lost));
    }
}

/// What a server writes that knows no reports: its From and Subject, its words.
fn plain(from: &str, subject: &str, words: &str) -> String {
    format!(
        "Return-Path: <>\nFrom: {from}\nTo: bounces@sender.example\nSubject: {subject}\n\n{words}\n"
    )
}

#[test]
fn servers_that_write_plain_text_are_understood_by_their_words() {
    const DAEMON: &str = "MAILER-DAEMON@mx.example";
    let cases = [
        // In the manner of qmail.
        (
            "failure notice",
            "I was not able to deliver this.\n\n<ada@inbox.example>:\n192.0.2.7 does not like recipient.\nRemote host said: 550 5.1.1 no such user\n",
            Class::Hard,
        ),
        (
            "failure notice",
            "<ada@inbox.example>:\nI could not find any host named inbox.example.\nCouldn't find any host by that name. (#5.1.2)\n",
            Class::Hard,
        ),
        (
            "failure notice",
            "<ada@inbox.example>:\nConnected to 192.0.2.7 but greeting failed.\nRemote host said: 421 too busy, try again later\nI'm not going to try again; this message has been in the queue too long.\n",
            Class::Soft,
        ),
        // In the manner of Exim.
        (
            "Mail delivery failed: returning message to sender",
            "This address failed:\n\n  ada@inbox.example\n    mailbox is full: retry timeout exceeded\n",
            Class::Full,
        ),
        (
            "Mail delivery failed: returning message to sender",
            "  ada@inbox.example\n    host mx.inbox.example [192.0.2.9]: 550-Your message looks like spam\n    550 and is rejected by this system\n",
            Class::Policy,
        ),
        (
            "Warning: message 1a-2b-3c delayed 24 hours",
            "It has not yet been delivered to ada@inbox.example.\nNo action is required on your part.\n",
            Class::Delayed,
        ),
        // In the manner of Exchange and Domino.
        (
            "Undeliverable: A notice",
            "Your message did not reach the following recipients:\n\nada@inbox.example\n  The recipient's mailbox quota was exceeded: 552 5.2.2\n",
            Class::Full,
        ),
        (
            "DELIVERY FAILURE: User ada not listed in the directory",
            "Your message was not delivered to:\n\n  ada@inbox.example\n\nbecause:\n\n  User ada not listed in the directory\n",
            Class::Hard,
        ),
        // In Spanish and in Russian, with the reply in English.
        (
            "No entregado: un aviso",
            "No se pudo entregar a ada@inbox.example.\n550 5.1.1 unknown user\n",
            Class::Hard,
        ),
        (
            "Mail failure",
            "Ваше письмо не доставлено: ada@inbox.example\nПочтовый ящик переполнен, ящик переполнен\n",
            Class::Full,
        ),
        // A relay that refuses the size, and one that could not find the way.
        (
            "Returned mail: see transcript",
            "   ----- Transcript -----\n<<< 552 5.3.4 message too large\n554 5.0.0 not delivered: ada@inbox.example\n",
            Class::Policy,
        ),
        (
            "Returned mail",
            "<ada@inbox.example>: lost connection with mx.inbox.example[192.0.2.1]\n",
            Class::Soft,
        ),
    ];
    for (subject, words, class) in cases {
        let original = "\n--- Below this line is a copy of the message.\n\nReceived: from x\n\
                        Message-ID: <NW-7K2M-9Q4T-XB8H@sender.example>\nSubject: no such user, mailbox full\n";
        let read = read_returned(plain(DAEMON, subject, &format!("{words}{original}")).as_bytes());
        assert_eq!((read.kind, read.class), (Kind::Told, Some(class)), "{subject}: {words}");
        assert_eq!(read.pieces, ["NW-7K2M-9Q4T-XB8H"], "{subject}");
        assert!(read.recipients.iter().any(|r| r.to == "ada@inbox.example"), "{subject}: {words}");
        assert!(read.recipients.iter().all(|r| !r.diagnostic.contains("ada@")), "{subject}");
    }
    // The words are unknown: a person looks.
    let strange = plain(DAEMON, "Returned mail", "Zut.\n");
    assert_eq!(read_returned(strange.as_bytes()).kind, Kind::Unclear);
    // It names who failed, and does not say why: it failed.
    let named = strange.replace("Subject:", "X-Failed-Recipients: ada@inbox.example\nSubject:");
    let read = read_returned(named.as_bytes());
    assert_eq!((read.kind, read.class), (Kind::Told, Some(Class::Hard)));
}

#[test]
fn complaints_and_providers_and_answers_by_machine_are_told_apart() {
    let complaint = "From: loop@feedback.example\nSubject: Report\nMIME-Version: 1.0\n\
        Content-Type: multipart/report; report-type=feedback-report; boundary=b\n\n--b\n\
        Content-Type: message/feedback-report\n\nFeedback-Type: TYPE\nVersion: 1\n\
        Original-Rcpt-To: ada@inbox.example\n\n--b\nContent-Type: message/rfc822\n\n\
        Message-ID: <nw-7k2m-9q4t-xb8h@sender.example>\n\nWords\n--b--\n";
    let read = read_returned(complaint.replace("TYPE", "abuse").as_bytes());
    assert_eq!((read.kind, read.class), (Kind::Told, Some(Class::Complaint)));
    assert!(read.pieces.contains(&"NW-7K2M-9Q4T-XB8H".to_owned()), "whatever its letters");
    assert_eq!(read.recipients[0].to, "ada@inbox.example");
    let read = read_returned(complaint.replace("TYPE", "not-spam").as_bytes());
    assert_eq!((read.kind, read.class), (Kind::Other, None));

    let provider = |kind: &str, body: &str| {
        let inner = format!("{{\"notificationType\":\"{kind}\",{body}}}");
        let outer =
            format!("{{\"Type\":\"Notification\",\"Message\":{}}}", serde_json::json!(inner));
        // Broken where a line of mail ends.
        let (a, b) = outer.split_at(outer.len() / 2);
        let message =
            format!("From: no-reply@provider.example\nSubject: Notification\n\n{a}\n{b}\n");
        read_returned(message.as_bytes())
    };
    let full = "\"bounce\":{\"bounceType\":\"Transient\",\"bounceSubType\":\"MailboxFull\",\
                \"bouncedRecipients\":[{\"emailAddress\":\"ada@inbox.example\"}]}";
    assert_eq!(provider("Bounce", full).class, Some(Class::Full));
    let general = full.replace("MailboxFull", "General");
    assert_eq!(provider("Bounce", &general).class, Some(Class::Soft));
    let delivered = provider("Delivery", "\"delivery\":{\"recipients\":[\"ada@inbox.example\"]}");
    assert_eq!((delivered.kind, delivered.class), (Kind::Told, None));

    let answer = |header: &str, words: &str| {
        let message =
            format!("From: ada@inbox.example\nTo: notice@sender.example\n{header}\n\n{words}\n");
        let read = read_returned(message.as_bytes());
        (read.kind, read.class)
    };
    let automatic = (Kind::Other, Some(Class::Automatic));
    assert_eq!(
        answer("Subject: Re: A notice\nAuto-Submitted: auto-replied", "I am away."),
        automatic
    );
    assert_eq!(answer("Subject: Respuesta automática: aviso", "Vuelvo el lunes."), automatic);
    // A person's words, whatever they speak of.
    assert_eq!(
        answer("Subject: Re: A notice", "My mailbox is full of these!"),
        (Kind::Other, None)
    );
    // It calls itself automatic and speaks of a failure: neither recorded nor passed over.
    let doubtful = answer("Subject: bounce\nAuto-Submitted: auto-replied", "Reason: mailbox full");
    assert_eq!(doubtful.0, Kind::Unclear);
}

/// A number that says nothing beside words that do, and words that say less than the number.
#[test]
fn numbers_and_words_of_a_report_are_weighed() {
    let class = |status: &str, words: &str| {
        let report = FAILED.replace("Status: 5.1.1", &format!("Status: {status}")).replace(
            "550 5.1.1 <person1@inbox1.example>: Recipient\n    address rejected: person1 unknown",
            words,
        );
        read_returned(report.as_bytes()).class.unwrap()
    };
    assert_eq!(class("5.0.0", "552 the user is over quota"), Class::Full);
    assert_eq!(class("5.0.0", "550 5.7.1 message content rejected"), Class::Policy);
    assert_eq!(class("5.1.1", "550 5.2.2 mailbox full"), Class::Full);
    assert_eq!(class("5.7.1", "550 5.7.1 user unknown"), Class::Hard);
    assert_eq!(class("4.4.7", "delivery time expired"), Class::Soft);
    assert_eq!(class("5.3.0", "550 no"), Class::Hard);
    assert_eq!(class("5.1.8", "501 5.1.8 sender address rejected"), Class::Policy);
}

/// A folder of returned mail against an incident that sent nothing: every message is counted once.
#[test]
fn counts_add_up_and_nothing_is_recorded_of_another_incidents_mail() {
    let case = Case::sample("small-clinic");
    case.run(&["check", "{folder}"]);
    let mail = case.path("mail");
    fs::create_dir(&mail).unwrap();
    let strange = plain("MAILER-DAEMON@mx.example", "Returned mail", "Zut.\n");
    for (name, text) in [
        ("1.eml", FAILED),
        ("2.eml", RETURNED),
        ("3.eml", HOLIDAY),
        ("4.eml", &strange),
        ("5.eml", "Subject: hello\n\nHello\n"),
    ] {
        fs::write(mail.join(name), text).unwrap();
    }
    let said = case.run(&["email", "bounces", "{folder}", mail.to_str().unwrap(), "--json"]);
    assert_eq!(said.code, 1, "one to look at: {}", said.stderr);
    let json = said.json();
    let count = |key: &str| json[key].as_u64().unwrap();
    assert_eq!(
        [
            count("messages"),
            count("matched"),
            count("unknown_piece"),
            count("to_look_at"),
            count("not_bounces")
        ],
        [5, 0, 2, 1, 2]
    );
    let classes = serde_json::json!({
        "automatic": 1, "complaint": 0, "delayed": 0, "full": 1, "hard": 1, "policy": 0, "soft": 0
    });
    assert_eq!(json["classes"], classes);
    assert_eq!(json["look_at"][0]["message"], 1);
    assert!(json["look_at"][0]["file"].as_str().unwrap().ends_with("4.eml"));
    assert_eq!(json["recorded"], serde_json::json!([]));
}
