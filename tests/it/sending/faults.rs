//! A server that errs at any byte of a session: nobody is lost, nobody is written to twice, and
//! each message is in the right state.

use super::server::{Fault, Mailbox};
use super::setup::{Made, choices, entered, go, piece, state};
use noticeworks::ledger::MessageState;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

const ONE: Made = Made { count: 1, size: 200 };

/// Every fault at every byte, of a server that takes commands one by one or several at once; a
/// sample of them unless NOTICEWORKS_FULL is 1.
fn cases(length: u64) -> Vec<(Fault, u64, bool)> {
    let all = (0..length)
        .flat_map(|at| Fault::ALL.map(|fault| [(fault, at, false), (fault, at, true)]))
        .flatten();
    if std::env::var("NOTICEWORKS_FULL").is_ok_and(|full| full == "1") {
        return all.collect();
    }
    // Another fortieth in each place of the list, the same in each run.
    let mut state = 7_u64;
    all.filter(|_| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 33).is_multiple_of(40)
    })
    .collect()
}

#[test]
fn wherever_the_server_errs_the_message_is_in_the_right_state_and_never_sent_twice() {
    let sound = Mailbox::sound();
    let folder = entered(&ONE);
    go(folder.path(), &ONE, &sound, &choices(1)).unwrap();
    assert_eq!(state(folder.path(), 0), MessageState::Accepted);
    // The goodbye is behind the message.
    let length = sound.length_of_first();
    assert!(length > 500, "a session has {length} bytes");

    let cases = cases(length);
    assert!(cases.len() > 50);
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                while let Some(&(fault, at, alone)) = cases.get(next.fetch_add(1, Ordering::SeqCst))
                {
                    one(fault, at, alone);
                }
            });
        }
    });
}

fn one(fault: Fault, at: u64, one_by_one: bool) {
    let what = format!("{fault:?} at byte {at}, one by one: {one_by_one}");
    let mailbox = Mailbox::with_fault(fault, at, one_by_one);
    let folder = entered(&ONE);
    let piece = piece(0);
    go(folder.path(), &ONE, &mailbox, &choices(1)).unwrap();
    let first = state(folder.path(), 0);
    let taken = mailbox.taken(&piece);
    match first {
        MessageState::Accepted => assert_eq!(taken, 1, "{what}"),
        // Only a clear no.
        MessageState::Refused => {
            assert_eq!(fault, Fault::Never, "{what}");
            assert_eq!(taken, 0, "{what}");
        }
        // Only once content went out, and then it stays there.
        MessageState::Uncertain => {
            assert!(mailbox.saw_content(), "{what}");
            assert!(mailbox.whole(&piece) <= 1, "{what}");
        }
        // The server was done with us, or wanted nothing from this sender, before the message.
        MessageState::Ready | MessageState::Deferred => {
            assert!(!mailbox.saw_content() && taken == 0, "{what}");
        }
        other => panic!("{what}: {other:?}"),
    }
    // Another run changes nothing that is settled and loses nothing that is not.
    let sessions = mailbox.sessions();
    go(folder.path(), &ONE, &mailbox, &choices(1)).unwrap();
    let second = state(folder.path(), 0);
    if first.may_be_sent() {
        assert_eq!((second, mailbox.taken(&piece)), (MessageState::Accepted, 1), "{what}");
    } else {
        assert_eq!((second, mailbox.taken(&piece)), (first, taken), "{what}");
        assert_eq!(mailbox.sessions(), sessions, "{what}: the server was asked again");
    }
}
