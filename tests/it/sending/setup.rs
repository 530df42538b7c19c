//! A folder with a ledger, made-up messages, and a sending over loopback.

use super::server::Mailbox;
use noticeworks::ledger::{Ledger, MessageState, NewMessage};
use noticeworks::sending::{
    Address, Choices, Message, Outbox, OutboxError, Pace, Patience, Report, SendError, Server,
    Stamp, send,
};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;

pub const WAVE: &str = "w1";

/// `count` messages to as many people at ten domains.
pub struct Made {
    pub count: u32,
    pub size: usize,
}

pub fn piece(n: u32) -> String {
    format!("NW-{n:04}")
}

pub fn address(n: u32) -> Address {
    format!("person{n}@inbox{}.example", n % 10).parse().unwrap()
}

impl Made {
    pub fn bytes(&self, n: u32) -> Vec<u8> {
        let mut bytes = format!(
            "From: Notice <notice@sender.example>\r\nTo: {}\r\nSubject: A notice\r\n\
             Message-ID: <{}@sender.example>\r\n\r\n",
            address(n),
            piece(n)
        )
        .into_bytes();
        // A line of one dot is content, not its end.
        bytes.extend_from_slice(b".\r\nWords\r\n");
        while bytes.len() < self.size {
            bytes.extend_from_slice(b"one line more of a letter that says what happened\r\n");
        }
        bytes
    }
}

impl Outbox for Made {
    fn visit(
        &self,
        wanted: &mut dyn FnMut(&str) -> Result<bool, OutboxError>,
        take: &mut dyn FnMut(Message) -> ControlFlow<()>,
    ) -> Result<(), OutboxError> {
        for n in 0..self.count {
            let piece = piece(n);
            if wanted(&piece)? {
                let message = Message { piece, to: address(n), bytes: self.bytes(n) };
                if take(message).is_break() {
                    return Ok(());
                }
            }
        }
        Ok(())
    }
}

/// A folder whose ledger has the messages as `ready`.
pub fn entered(made: &Made) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let messages =
        (0..made.count).map(|n| NewMessage { piece: piece(n), key: format!("k{n}"), alone: false });
    Ledger::open(folder.path()).unwrap().enter_messages(WAVE, messages).unwrap();
    folder
}

pub fn impatient() -> Patience {
    Patience {
        connect: Duration::from_millis(1_000),
        reply: Duration::from_millis(300),
        content: Duration::from_millis(300),
        back_off: Duration::from_millis(1),
    }
}

pub fn choices(connections: usize) -> Choices {
    Choices {
        from: "bounces@sender.example".parse().unwrap(),
        connections,
        pace: Pace::default(),
        only: None,
        per_day: None,
        stop_file: None,
        again_after: vec![Duration::from_millis(1); 2],
    }
}

pub fn go(
    folder: &Path,
    made: &Made,
    mailbox: &Mailbox,
    choices: &Choices,
) -> Result<Report, SendError> {
    let server = Server::new(&mailbox.url()).unwrap().with_patience(impatient());
    send(folder, WAVE, made, &server, Stamp { keys: vec![] }, choices, Arc::new(|_| {}), None)
}

/// Every message's state, by piece.
pub fn states(folder: &Path) -> Vec<(String, MessageState)> {
    let ledger = Ledger::look(folder).unwrap().unwrap();
    let all = ledger.messages(None, &MessageState::ALL).unwrap();
    all.into_iter().map(|m| (m.piece, m.state)).collect()
}

pub fn state(folder: &Path, n: u32) -> MessageState {
    Ledger::look(folder).unwrap().unwrap().message(&piece(n)).unwrap().unwrap().state
}
