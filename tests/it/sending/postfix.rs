//! A real Postfix takes the mail: encrypted and with a name and secret, into real mailboxes, and
//! sends back what it cannot deliver.

use super::relay::{Relay, SECRET, USER};
use super::server::Mailbox;
use super::setup::{WAVE, choices};
use noticeworks::ledger::{Ledger, MessageState, NewMessage};
use noticeworks::sending::{
    Class, Credentials, Kind, Message, Outbox, OutboxError, RelayFate, Report, Server, Stamp,
    Stopped, read_returned, relay_log, returned_messages, send,
};
use std::fs;
use std::io::BufReader;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use tempfile::TempDir;

/// Piece and address of each.
struct List(Vec<(&'static str, &'static str)>);

impl Outbox for List {
    fn visit(
        &self,
        wanted: &mut dyn FnMut(&str) -> Result<bool, OutboxError>,
        take: &mut dyn FnMut(Message) -> ControlFlow<()>,
    ) -> Result<(), OutboxError> {
        for (piece, to) in &self.0 {
            if wanted(piece)? {
                let bytes = format!(
                    "From: Notice <notice@sender.example>\r\nTo: {to}\r\nSubject: A notice\r\n\
                     Message-ID: <{piece}@sender.example>\r\n\r\nDear reader,\r\n\r\n.\r\nBye\r\n"
                );
                let (piece, to) = ((*piece).to_owned(), to.parse().unwrap());
                let _ = take(Message { piece, to, bytes: bytes.into_bytes() });
            }
        }
        Ok(())
    }
}

impl List {
    fn entered(&self) -> TempDir {
        let folder = tempfile::tempdir().unwrap();
        let entries = self.0.iter().map(|(piece, _)| NewMessage {
            piece: (*piece).to_owned(),
            key: (*piece).to_owned(),
            alone: true,
        });
        Ledger::open(folder.path()).unwrap().enter_messages(WAVE, entries).unwrap();
        folder
    }

    fn send(&self, folder: &Path, server: &Server) -> Report {
        let mut choices = choices(2);
        choices.from = "bounces@sender.example".parse().unwrap();
        choices.again_after = vec![];
        let quiet = Arc::new(|_| {});
        send(folder, WAVE, self, server, Stamp { keys: vec![] }, &choices, quiet, None).unwrap()
    }
}

fn state(folder: &Path, piece: &str) -> MessageState {
    Ledger::look(folder).unwrap().unwrap().message(piece).unwrap().unwrap().state
}

#[test]
fn mail_arrives_in_mailboxes_and_what_cannot_be_delivered_comes_back() {
    let far = Mailbox::answering(|command, _| {
        command
            .starts_with("RCPT TO:<gone@")
            .then_some("550 5.1.1 <gone@far.example>: no such person\r\n")
    });
    let relay = Relay::start(&["ada@inbox.example", "bounces@sender.example"], far.port());
    let list = List(vec![
        ("NW-0001", "ada@inbox.example"),
        ("NW-0002", "nobody@inbox.example"),
        ("NW-0003", "gone@far.example"),
        ("NW-0004", "here@far.example"),
    ]);
    let folder = list.entered();
    let server = Server::new(&format!("smtp://127.0.0.1:{}", relay.plain)).unwrap();
    let report = list.send(folder.path(), &server);
    assert_eq!(report.stopped, None, "{}", relay.log());
    // The relay knows its own mailboxes, and takes mail for other places on trust.
    assert_eq!(state(folder.path(), "NW-0001"), MessageState::Accepted);
    assert_eq!(state(folder.path(), "NW-0002"), MessageState::Refused);
    assert_eq!(state(folder.path(), "NW-0003"), MessageState::Accepted);
    assert_eq!(state(folder.path(), "NW-0004"), MessageState::Accepted);
    let ledger = Ledger::look(folder.path()).unwrap().unwrap();
    let refused = ledger.message("NW-0002").unwrap().unwrap().reply;
    assert_eq!(refused.code, 550);
    assert!(refused.text.contains("[address]") && !refused.text.contains("nobody"), "{refused:?}");
    let accepted = ledger.message("NW-0001").unwrap().unwrap().reply;
    assert!(accepted.text.starts_with("2.0.0 Ok: queued as "), "{accepted:?}");

    let new = relay.mailbox("ada@inbox.example", 1).join("new");
    let mail = fs::read_dir(new).unwrap().next().unwrap().unwrap().path();
    let mail = fs::read_to_string(mail).unwrap();
    assert!(mail.contains("Message-ID: <NW-0001@sender.example>"));
    assert!(mail.contains("\n\n.\nBye\n"), "a line of one dot is content: {mail}");

    let back = relay.mailbox("bounces@sender.example", 1);
    let mut found = Vec::new();
    returned_messages(&back, &mut |_, _, raw| found.push(read_returned(raw))).unwrap();
    assert_eq!(found.len(), 1);
    let bounce = &found[0];
    assert_eq!((bounce.kind, bounce.class), (Kind::Told, Some(Class::Hard)));
    assert!(bounce.pieces.contains(&"NW-0003".to_owned()), "envelope id and Message-ID");
    let recipient = &bounce.recipients[0];
    assert_eq!((recipient.to.as_str(), recipient.status.as_str()), ("gone@far.example", "5.1.1"));
    assert!(!recipient.diagnostic.contains("gone"), "{}", recipient.diagnostic);

    // The relay's own log says the same of messages in doubt.
    let log = relay.log();
    let fates = relay_log(BufReader::new(log.as_bytes()), &|_| true).unwrap();
    assert!(matches!(fates["NW-0001"], RelayFate::Taken { .. }));
    assert!(matches!(&fates["NW-0003"], RelayFate::Bounced { status, .. } if status == "5.1.1"));
    assert!(matches!(fates["NW-0004"], RelayFate::Taken { .. }));
    assert!(!fates.contains_key("NW-0002"), "refused before the content");
    let id = |piece: &str| match &fates[piece] {
        RelayFate::Taken { queue } => queue.clone(),
        other => panic!("{other:?}"),
    };
    assert!(accepted.text.ends_with(&id("NW-0001")), "the reply names the queue id of the log");
}

#[test]
fn encrypted_and_with_a_secret_or_not_at_all() {
    let relay = Relay::start(&["ada@inbox.example", "bounces@sender.example"], 9);
    let list = List(vec![("NW-0001", "ada@inbox.example")]);
    let user = |secret: &str| Some(Credentials::new(USER.to_owned(), secret.to_owned()));
    let server = |url: String| Server::new(&url).unwrap();
    let authority = relay.authority();
    let start_tls = format!("smtp+starttls://127.0.0.1:{}", relay.start_tls);
    let tls = format!("smtps://127.0.0.1:{}", relay.tls);
    let plain = format!("smtp+starttls://127.0.0.1:{}", relay.plain);
    let trusting = |url: &String| server(url.clone()).trusting(Some(&authority)).unwrap();

    for (n, url) in [&start_tls, &tls].into_iter().enumerate() {
        let folder = list.entered();
        let report = list.send(folder.path(), &trusting(url).with_credentials(user(SECRET)));
        assert_eq!(report.stopped, None, "{url}: {}", relay.log());
        assert_eq!(state(folder.path(), "NW-0001"), MessageState::Accepted);
        relay.mailbox("ada@inbox.example", n + 1);
    }
    // Each of these leaves the message where it was.
    let other = Relay::start(&[], 9);
    let unknown = server(start_tls.clone()).trusting(Some(&other.authority())).unwrap();
    for (what, server) in [
        ("wrong secret", trusting(&start_tls).with_credentials(user("guess"))),
        ("wrong secret", trusting(&tls).with_credentials(user("guess"))),
        ("a stranger's certificate", unknown.with_credentials(user(SECRET))),
        ("no encryption offered", trusting(&plain)),
    ] {
        let folder = list.entered();
        let report = list.send(folder.path(), &server);
        assert!(matches!(report.stopped, Some(Stopped::Server(_))), "{what}: {:?}", report.stopped);
        assert_eq!(state(folder.path(), "NW-0001"), MessageState::Ready, "{what}");
    }
    // Without a name the relay takes nothing, and no person is called unreachable for that.
    let folder = list.entered();
    list.send(folder.path(), &trusting(&start_tls));
    assert!(matches!(
        state(folder.path(), "NW-0001"),
        MessageState::Refused | MessageState::Deferred
    ));
}
