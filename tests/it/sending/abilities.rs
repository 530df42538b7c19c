//! What a server says that it can do, or cannot, is heeded.

use super::server::Mailbox;
use super::setup::{Made, WAVE, choices, entered, go, impatient, piece};
use noticeworks::ledger::{Ledger, MessageState, Reply};
use noticeworks::sending::{Credentials, Server, Stamp, Stopped, send};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

fn counts(list: &[(MessageState, u64)]) -> BTreeMap<MessageState, u64> {
    list.iter().copied().collect()
}

fn reply_of(folder: &Path, n: u32) -> Reply {
    Ledger::look(folder).unwrap().unwrap().message(&piece(n)).unwrap().unwrap().reply
}

#[test]
fn a_message_larger_than_the_server_takes_is_not_offered() {
    let made = Made { count: 3, size: 4_000 };
    // The date comes on at the door.
    let sealed = made.bytes(0).len();
    for (most, state) in [
        (sealed, MessageState::Refused),
        (sealed + 100, MessageState::Accepted),
        // No limit is said.
        (0, MessageState::Accepted),
    ] {
        let mailbox = Mailbox::with_size(most as u64);
        let folder = entered(&made);
        let report = go(folder.path(), &made, &mailbox, &choices(1)).unwrap();
        assert_eq!(report.stopped, None);
        assert_eq!(report.counts, counts(&[(state, 3)]), "{most}");
        let heard = mailbox.heard();
        let from: Vec<&String> = heard.iter().filter(|line| line.starts_with("MAIL")).collect();
        if state == MessageState::Accepted {
            // One dot was doubled on the way.
            let size = format!(" SIZE={}", mailbox.content_of(&piece(1)).len() - 1);
            assert!(from.len() == 3 && from.iter().all(|line| line.contains(&size)), "{from:?}");
            continue;
        }
        assert!(from.is_empty(), "not even the envelope: {from:?}");
        let reply = reply_of(folder.path(), 1);
        let words = format!("and the server takes {most} (SIZE)");
        assert!(reply.code == 0 && reply.text.contains(&words), "{reply:?}");
        assert!(reply.text.contains("not offered"), "{reply:?}");
        assert_eq!(mailbox.sessions(), 1, "the connection goes on");
        // Settled: the next run offers nothing.
        go(folder.path(), &made, &mailbox, &choices(1)).unwrap();
        assert_eq!(mailbox.sessions(), 1);
    }
}

#[test]
fn a_no_for_size_at_the_sender_is_of_the_message_and_not_of_the_relay() {
    for (answer, one_by_one) in [
        ("552 5.3.4 Message size exceeds fixed limit\r\n", true),
        ("552 5.3.4 Message size exceeds fixed limit\r\n", false),
        ("552 no room\r\n", true),
        ("554 5.2.3 longer than we allow\r\n", true),
    ] {
        let made = Made { count: 3, size: 300 };
        // Said to the first message only.
        let mailbox = Mailbox::refusing_the_first(answer, one_by_one);
        let folder = entered(&made);
        let report = go(folder.path(), &made, &mailbox, &choices(1)).unwrap();
        assert_eq!(report.stopped, None, "{answer}");
        let expected = counts(&[(MessageState::Accepted, 2), (MessageState::Refused, 1)]);
        assert_eq!(report.counts, expected, "{answer}");
        let reply = reply_of(folder.path(), 0);
        assert!(answer.starts_with(&format!("{} {}", reply.code, reply.text)), "{reply:?}");
    }
    // Whether this sender may send at all is another matter.
    let made = Made { count: 3, size: 300 };
    let mailbox = Mailbox::refusing_the_first("550 5.7.1 not you\r\n", true);
    let folder = entered(&made);
    let report = go(folder.path(), &made, &mailbox, &choices(1)).unwrap();
    assert!(matches!(report.stopped, Some(Stopped::Unwelcome(_))), "{:?}", report.stopped);
    assert!(!report.counts.contains_key(&MessageState::Refused), "{:?}", report.counts);
}

#[test]
fn a_server_that_knows_no_ehlo_is_greeted_with_helo() {
    for answer in ["500 5.5.1 what?\r\n", "502 not implemented\r\n"] {
        let made = Made { count: 3, size: 300 };
        let mailbox = Mailbox::without_ehlo(answer);
        let folder = entered(&made);
        let report = go(folder.path(), &made, &mailbox, &choices(1)).unwrap();
        assert_eq!((report.stopped, report.counts), (None, counts(&[(MessageState::Accepted, 3)])));
        let heard = mailbox.heard();
        let helo = heard.iter().position(|line| line.starts_with("HELO ")).unwrap();
        assert!(heard[helo..].iter().all(|line| !line.starts_with("EHLO")), "{heard:?}");
        // No extension is used that was not offered.
        let from: Vec<&String> = heard.iter().filter(|line| line.starts_with("MAIL")).collect();
        assert_eq!(from, ["MAIL FROM:<bounces@sender.example>"; 3].iter().collect::<Vec<_>>());

        // Encryption or a password that is asked for is not left out because of it.
        let demand = |url: String, credentials| {
            let server = Server::new(&url).unwrap().trusting(None).unwrap();
            let server = server.with_credentials(credentials).with_patience(impatient());
            let folder = entered(&made);
            let stamp = Stamp { keys: vec![] };
            let each = Arc::new(|_| {});
            let report =
                send(folder.path(), WAVE, &made, &server, stamp, &choices(1), each, None).unwrap();
            assert_eq!(report.counts, counts(&[(MessageState::Ready, 3)]));
            match report.stopped {
                Some(Stopped::Server(words)) => words,
                other => panic!("{other:?}"),
            }
        };
        let start_tls = format!("smtp+starttls://127.0.0.1:{}", mailbox.port());
        assert!(demand(start_tls, None).contains("offers no encryption"));
        let secret = Credentials::new("user".to_owned(), "secret".to_owned());
        assert!(demand(mailbox.url(), Some(secret)).contains("knows HELO only"));
    }
    // A server that wants nothing of us is not asked otherwise.
    let made = Made { count: 1, size: 300 };
    let mailbox = Mailbox::without_ehlo("554 5.7.1 go away\r\n");
    let folder = entered(&made);
    go(folder.path(), &made, &mailbox, &choices(1)).unwrap();
    assert!(mailbox.heard().iter().all(|line| !line.starts_with("HELO")));
}
