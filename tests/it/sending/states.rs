//! Replies and what they make of a message; what stops a sending.

use super::server::Mailbox;
use super::setup::{Made, WAVE, address, choices, entered, go, piece, state, states};
use noticeworks::ledger::{Ledger, LedgerError, Mark, MessageState, Reply};
use noticeworks::sending::{Pace, Server, ServerError, Stopped, masked};
use std::collections::BTreeMap;
use std::num::NonZeroU32;
use std::time::Duration;

fn counts(list: &[(MessageState, u64)]) -> BTreeMap<MessageState, u64> {
    list.iter().copied().collect()
}

fn reply_of(folder: &std::path::Path, n: u32) -> Reply {
    Ledger::look(folder).unwrap().unwrap().message(&piece(n)).unwrap().unwrap().reply
}

#[test]
fn all_arrive_once_over_several_connections_with_their_content_unchanged() {
    let made = Made { count: 300, size: 900 };
    let (mailbox, folder) = (Mailbox::sound(), entered(&made));
    let report = go(folder.path(), &made, &mailbox, &choices(5)).unwrap();
    assert_eq!(report.counts, counts(&[(MessageState::Accepted, 300)]));
    assert_eq!((report.given, report.recovered, report.stopped), (300, 0, None));
    for n in 0..300 {
        assert_eq!(mailbox.whole(&piece(n)), 1);
    }
    let came = String::from_utf8(mailbox.content_of(&piece(7))).unwrap();
    let (date, rest) = came.split_once("\r\n").unwrap();
    assert!(date.starts_with("Date: "), "{date}");
    // The line of one dot travels as two.
    let sent = String::from_utf8(made.bytes(7)).unwrap().replace("\r\n.\r\n", "\r\n..\r\n");
    assert_eq!(rest, sent);
    assert_eq!(
        reply_of(folder.path(), 7),
        Reply { code: 250, text: "2.0.0 queued as 4XyZ".into() }
    );
    // Nothing is left to do.
    let sessions = mailbox.sessions();
    let report = go(folder.path(), &made, &mailbox, &choices(5)).unwrap();
    assert_eq!((report.given, mailbox.sessions()), (0, sessions));
}

#[test]
fn a_refused_recipient_goes_to_the_post_and_the_connection_goes_on() {
    let mailbox = Mailbox::answering(|command, _| {
        command
            .starts_with("RCPT TO:<person3@")
            .then_some("550 5.1.1 <person3@inbox3.example>: person3 unknown in table\r\n")
    });
    let made = Made { count: 10, size: 300 };
    let folder = entered(&made);
    let report = go(folder.path(), &made, &mailbox, &choices(1)).unwrap();
    let expected = [(MessageState::Accepted, 9), (MessageState::Refused, 1)];
    assert_eq!(report.counts, counts(&expected));
    let reply = reply_of(folder.path(), 3);
    assert_eq!(reply.code, 550);
    assert_eq!(reply.text, "5.1.1 <[address]>: [address] unknown in table");
    assert_eq!(mailbox.sessions(), 1);
    assert!(state(folder.path(), 3).goes_to_the_post());
}

#[test]
fn a_message_put_off_is_offered_again_and_then_left_for_the_next_run() {
    let mailbox = Mailbox::answering(|command, nth| {
        let hit = command.starts_with("RCPT TO:<person1@")
            || (nth < 8 && command.starts_with("RCPT TO:<person0@"));
        hit.then_some("450 4.2.0 greylisted\r\n")
    });
    let made = Made { count: 3, size: 300 };
    let folder = entered(&made);
    let report = go(folder.path(), &made, &mailbox, &choices(1)).unwrap();
    let expected = [(MessageState::Accepted, 2), (MessageState::Deferred, 1)];
    assert_eq!(report.counts, counts(&expected));
    let ledger = Ledger::look(folder.path()).unwrap().unwrap();
    assert_eq!(ledger.message(&piece(1)).unwrap().unwrap().tries, 3);
    assert_eq!(ledger.message(&piece(0)).unwrap().unwrap().tries, 2);
}

#[test]
fn a_no_to_the_content_is_refused_and_a_later_is_deferred() {
    let refusing =
        Mailbox::answering(|command, _| (command == ".").then_some("552 5.3.4 too big\r\n"));
    let putting_off = Mailbox::answering(|command, _| (command == ".").then_some("452 full\r\n"));
    let unclear = Mailbox::answering(|command, _| (command == ".").then_some("354 what?\r\n"));
    let made = Made { count: 1, size: 300 };
    for (mailbox, expected) in [
        (refusing, MessageState::Refused),
        (putting_off, MessageState::Deferred),
        (unclear, MessageState::Uncertain),
    ] {
        let folder = entered(&made);
        go(folder.path(), &made, &mailbox, &choices(1)).unwrap();
        assert_eq!(state(folder.path(), 0), expected);
    }
}

#[test]
fn a_server_that_wants_none_of_our_mail_refuses_nobody() {
    let made = Made { count: 40, size: 300 };
    let sender = Mailbox::answering(|command, _| {
        command.starts_with("MAIL").then_some("550 5.7.1 sender not allowed\r\n")
    });
    let folder = entered(&made);
    let report = go(folder.path(), &made, &sender, &choices(2)).unwrap();
    assert!(matches!(report.stopped, Some(Stopped::Unwelcome(_))));
    assert!(states(folder.path()).iter().all(|(_, state)| state.may_be_sent()));

    let relay = Mailbox::answering(|command, _| {
        command.starts_with("RCPT").then_some("554 5.7.1 relay access denied\r\n")
    });
    let folder = entered(&made);
    let report = go(folder.path(), &made, &relay, &choices(1)).unwrap();
    assert_eq!(report.stopped, Some(Stopped::RefusesAll));
    assert_eq!(report.counts[&MessageState::Refused], 25);
    assert_eq!(report.counts[&MessageState::Ready], 15);
}

#[test]
fn a_server_that_never_replies_to_content_gets_little_of_it() {
    let mailbox = Mailbox::answering(|command, _| (command == ".").then_some("\r\n"));
    let made = Made { count: 40, size: 300 };
    let folder = entered(&made);
    let report = go(folder.path(), &made, &mailbox, &choices(1)).unwrap();
    assert_eq!(report.stopped, Some(Stopped::Doubtful));
    assert_eq!(report.counts[&MessageState::Uncertain], 4);
    assert_eq!(report.counts[&MessageState::Ready], 36);
}

#[test]
fn replies_that_come_unasked_are_not_taken_for_an_answer() {
    // Two replies to DATA: the second must not count as the reply to the content.
    let mailbox = Mailbox::answering(|command, _| {
        command.starts_with("RCPT").then_some("250 fine\r\n354 go\r\n250 queued\r\n")
    });
    let made = Made { count: 1, size: 300 };
    let folder = entered(&made);
    go(folder.path(), &made, &mailbox, &choices(1)).unwrap();
    assert_eq!(state(folder.path(), 0), MessageState::Deferred);
    assert!(!mailbox.saw_content());
}

#[test]
fn only_so_many_a_day_and_only_so_many_now() {
    let made = Made { count: 20, size: 300 };
    let (mailbox, folder) = (Mailbox::sound(), entered(&made));
    let mut few = choices(2);
    few.only = Some(5);
    let report = go(folder.path(), &made, &mailbox, &few).unwrap();
    assert_eq!((report.given, report.counts[&MessageState::Accepted]), (5, 5));
    assert_eq!(report.stopped, None);
    few.only = None;
    few.per_day = Some(12);
    let report = go(folder.path(), &made, &mailbox, &few).unwrap();
    assert_eq!((report.given, report.stopped), (7, Some(Stopped::DayFull)));
    assert_eq!(report.counts[&MessageState::Accepted], 12);
    let report = go(folder.path(), &made, &mailbox, &few).unwrap();
    assert_eq!(report.given, 0);
}

#[test]
fn a_stop_file_stops_before_the_next_message() {
    let made = Made { count: 2_000, size: 300 };
    let (mailbox, folder) = (Mailbox::sound(), entered(&made));
    let mut slow = choices(2);
    slow.pace.in_all = NonZeroU32::new(200);
    slow.stop_file = Some(folder.path().join("stop"));
    let stop = folder.path().join("stop");
    std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(150));
        std::fs::write(stop, "").unwrap();
    });
    let report = go(folder.path(), &made, &mailbox, &slow).unwrap();
    assert_eq!(report.stopped, Some(Stopped::StopFile));
    let sent = report.counts[&MessageState::Accepted];
    assert!((1..2_000).contains(&sent), "{sent}");
    assert_eq!(sent + report.counts[&MessageState::Ready], 2_000);
}

#[test]
fn one_domain_at_its_limit_does_not_hold_up_the_others() {
    // Ten domains take turns; with a place a second for each, ten go at once and ten wait.
    let made = Made { count: 20, size: 300 };
    let (mailbox, folder) = (Mailbox::sound(), entered(&made));
    let mut limited = choices(2);
    limited.pace = Pace { in_all: None, per_domain: NonZeroU32::new(5) };
    let report = go(folder.path(), &made, &mailbox, &limited).unwrap();
    assert_eq!(report.counts, counts(&[(MessageState::Accepted, 20)]));
    assert!(report.took >= Duration::from_millis(190), "{:?}", report.took);
}

#[test]
fn no_server_leaves_everything_ready() {
    let gone = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap().port()
    };
    let made = Made { count: 3, size: 300 };
    let folder = entered(&made);
    let server = Server::new(&format!("smtp://127.0.0.1:{gone}")).unwrap();
    let server = server.with_patience(super::setup::impatient());
    let stamp = noticeworks::sending::Stamp { keys: vec![] };
    let quiet = std::sync::Arc::new(|_| {});
    let report = noticeworks::sending::send(
        folder.path(),
        WAVE,
        &made,
        &server,
        stamp,
        &choices(2),
        quiet,
        None,
    );
    let report = report.unwrap();
    assert!(matches!(report.stopped, Some(Stopped::Unreachable(_))));
    assert_eq!(report.counts, counts(&[(MessageState::Ready, 3)]));
}

#[test]
fn the_ledger_refuses_steps_that_would_send_twice() {
    let folder = entered(&Made { count: 1, size: 1 });
    let mut ledger = Ledger::open(folder.path()).unwrap();
    let id = ledger.message(&piece(0)).unwrap().unwrap().id;
    let mut step =
        |state| ledger.mark_messages([Mark { id, state, reply: Reply::default() }].iter()).is_ok();
    assert!(!step(MessageState::Accepted), "never sent");
    assert!(step(MessageState::Sending));
    assert!(!step(MessageState::Sending), "under way");
    assert!(step(MessageState::Uncertain));
    assert!(!step(MessageState::Sending), "in doubt");
    assert!(step(MessageState::Accepted));
    for state in [MessageState::Sending, MessageState::Ready, MessageState::Refused] {
        assert!(!step(state), "accepted is not {state:?}");
    }
    assert!(step(MessageState::Bounced));
    let nobody = [Mark { id: 99, state: MessageState::Sending, reply: Reply::default() }];
    let refused = ledger.mark_messages(nobody.iter());
    assert!(matches!(refused, Err(LedgerError::WrongState { id: 99, state: "sending" })));
}

#[test]
fn plain_only_to_this_machine_and_no_secret_in_an_address() {
    use noticeworks::sending::Security::{Plain, StartTls, Tls};
    for (url, security) in [
        ("smtp://127.0.0.1:2525", Plain),
        ("smtp://localhost", Plain),
        ("smtp://[::1]:25", Plain),
        ("smtp://mail.example", StartTls),
        ("smtp://10.0.0.1:25", StartTls),
        ("smtp+starttls://127.0.0.1:2525", StartTls),
        ("smtps://127.0.0.1", Tls),
    ] {
        assert_eq!(Server::new(url).unwrap().security(), security, "{url}");
    }
    assert_eq!(Server::new("smtp://me:word@mail.example").err(), Some(ServerError::SecretInUrl));
    for url in ["mail.example", "http://mail.example", "smtp://", "smtp://a b", "smtp://a:0"] {
        assert_eq!(Server::new(url).err(), Some(ServerError::Url(url.into())), "{url}");
    }
}

#[test]
fn replies_lose_every_address() {
    let to = address(7);
    for (text, expected) in [
        ("5.1.1 <person7@inbox7.example>: unknown", "5.1.1 <[address]>: unknown"),
        ("no mailbox PERSON7 here", "no mailbox [address] here"),
        ("user person7+tag=x rejected\r\nbye", "user [address] rejected bye"),
        ("SRS0=abc=person7%inbox7.example@relay failed", "[address] failed"),
        ("2.0.0 Ok: queued as 4c1H2t3kzVz9", "2.0.0 Ok: queued as 4c1H2t3kzVz9"),
    ] {
        assert_eq!(masked(text, Some(&to)), expected);
    }
    let short = "jo@inbox.example".parse().unwrap();
    assert_eq!(masked("jo is no joke", Some(&short)), "[address] is no joke");
    assert!(masked(&"x".repeat(5_000), None).len() <= 300);
}

#[test]
fn every_field_of_every_email_is_under_the_events() {
    let made = Made { count: 40, size: 300 };
    let (mailbox, folder) = (Mailbox::sound(), entered(&made));
    go(folder.path(), &made, &mailbox, &choices(3)).unwrap();
    let audit = || Ledger::look(folder.path()).unwrap().unwrap().audit().unwrap().wrong;
    let kinds = || -> Vec<String> {
        let events = Ledger::look(folder.path()).unwrap().unwrap().events().unwrap();
        events
            .into_iter()
            .map(|event| event.stored.kind)
            .filter(|kind| kind.starts_with("emails."))
            .collect()
    };
    // Killed here, nothing could be compared yet, and nothing is wrong.
    assert_eq!((audit(), kinds()), (vec![], vec!["emails.changing".to_owned()]));
    let settle = || Ledger::open(folder.path()).unwrap().settle_messages().unwrap();
    settle();
    settle();
    assert_eq!((audit(), kinds().len()), (vec![], 2));

    let path = folder.path().join("ledger.sqlite");
    let db = rusqlite::Connection::open(&path).unwrap();
    let triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'message'";
    let triggers: Vec<String> = db
        .prepare(triggers)
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    triggers.iter().for_each(|name| db.execute_batch(&format!("DROP TRIGGER {name}")).unwrap());
    let rules = "tables or their rules are not those that the program makes";
    assert_eq!(audit(), [rules]);
    let wrong = [rules, "e-mails are not what their event says"];
    for (there, back) in [
        ("state = 'bounced'", "state = 'accepted'"),
        ("tries = 2", "tries = 1"),
        ("at = at + 1", "at = at - 1"),
        ("code = 251", "code = 250"),
        ("reply = reply || 'x'", "reply = substr(reply, 1, length(reply) - 1)"),
        ("piece = piece || 'x'", "piece = substr(piece, 1, length(piece) - 1)"),
        ("alone = 1 - alone", "alone = 1 - alone"),
        ("key = key || 'x'", "key = substr(key, 1, length(key) - 1)"),
        ("wave = 'w2'", "wave = 'w1'"),
        ("id = 1000", "id = 7"),
    ] {
        let change = |what: &str, id: u32| {
            assert_eq!(
                db.execute(&format!("UPDATE message SET {what} WHERE id = {id}"), []),
                Ok(1)
            );
        };
        change(there, 7);
        assert_eq!(audit(), wrong, "{there}");
        change(back, if there == "id = 1000" { 1000 } else { 7 });
        assert_eq!(audit(), [rules], "{back}");
    }
    db.execute("DELETE FROM message WHERE id = 7", []).unwrap();
    assert_eq!(audit(), wrong);
}

#[test]
fn emails_that_no_event_tells_of_are_told() {
    let folder = tempfile::tempdir().unwrap();
    drop(Ledger::open(folder.path()).unwrap());
    let db = rusqlite::Connection::open(folder.path().join("ledger.sqlite")).unwrap();
    let slip = "INSERT INTO message (wave, piece, key, alone, at) VALUES ('w1', 'p', 'k', 0, 0)";
    db.execute(slip, []).unwrap();
    let audit = Ledger::look(folder.path()).unwrap().unwrap().audit().unwrap();
    assert_eq!(audit.wrong, ["e-mails are recorded that no event tells of"]);
}
