//! `email --send` with a fault at a change of the disk or of a socket: everybody has the message
//! once, or is in doubt and told of.

use super::desk::{Desk, Fault};
use super::{judge, points};
use crate::case::full;
use crate::sending::server::Mailbox;
use noticeworks::ledger::MessageState;
use std::collections::BTreeMap;

/// Each message's state, by piece.
fn states(desk: &Desk) -> BTreeMap<String, MessageState> {
    crate::sending::setup::states(&desk.case.folder()).into_iter().collect()
}

fn arguments(mailbox: &Mailbox) -> [String; 5] {
    ["email", "{folder}", "--send", "--smtp", &mailbox.url()].map(str::to_owned)
}

#[test]
fn sending_with_a_fault_at_a_change_of_disk_or_socket() {
    let desk = Desk::clinic(if full() { 2_000 } else { 60 });
    desk.does(&["run", "{folder}"]);
    desk.does(&["approve", "{folder}", "--by", "A. Counsel, General Counsel"]);
    desk.keep();
    let send = |mailbox: &Mailbox, fault| {
        let arguments = arguments(mailbox);
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        desk.run(&arguments, fault)
    };
    desk.begin_again();
    let mailbox = Mailbox::sound();
    let ended = send(&mailbox, None);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let (disk, socket) = desk.counted();
    let all = states(&desk);
    assert!(all.len() > 5 && all.values().all(|state| *state == MessageState::Accepted), "{all:?}");
    assert!(socket as usize > all.len(), "{socket} changes of sockets");
    let faults = [
        (Fault::KillSending, socket, 6),
        (Fault::Reset, socket, 3),
        (Fault::Kill, disk, 6),
        (Fault::Full, disk, 4),
        (Fault::Bad, disk, 3),
    ];
    let mut tried = Vec::new();
    for (fault, changes, few) in faults {
        let points = points(changes, few, 3);
        tried.push((fault, changes, points.len()));
        for at in points {
            let what = format!("email --send, {fault:?} at {at} of {changes}");
            desk.begin_again();
            let mailbox = Mailbox::sound();
            let ended = send(&mailbox, Some((fault, at)));
            match fault {
                Fault::KillSending => {
                    assert!(ended.killed || at + 8 > changes, "{what}: {ended:?}")
                }
                // The server is away: not everybody is written to, or somebody is in doubt.
                Fault::Reset => {
                    assert!(matches!(ended.code, Some(0 | 5 | 6)), "{what}: {ended:?}");
                }
                // A disk that fails while a message is under way leaves it in doubt.
                _ if ended.code.is_some_and(|code| matches!(code, 5 | 6)) => {}
                _ => judge(&what, fault, &ended, at + 8 > changes),
            }
            desk.whole();
            let again = send(&mailbox, None);
            assert!(matches!(again.code, Some(0 | 6)), "{what}, then again: {again:?}");
            let end = states(&desk);
            assert!(end.keys().eq(all.keys()), "{what}: somebody is lost");
            for (piece, state) in end {
                let whole = mailbox.whole(&piece);
                match state {
                    MessageState::Accepted => assert_eq!(whole, 1, "{what}: {piece}"),
                    MessageState::Uncertain => {
                        assert!(whole <= 1, "{what}: {piece} came twice");
                        assert!(again.code == Some(6), "{what}: nobody is told of {piece}");
                    }
                    other => panic!("{what}: {piece} is {other:?} at the end: {again:?}"),
                }
            }
        }
    }
    println!("email --send: {tried:?}");
}
