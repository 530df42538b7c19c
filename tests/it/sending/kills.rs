//! The program killed at random moments: after resuming, everybody has exactly one accepted or
//! one uncertain record, as the server can confirm.

use super::server::Mailbox;
use super::setup::{Made, WAVE, choices, entered, impatient, states};
use noticeworks::ledger::MessageState;
use noticeworks::sending::{Server, Stamp, send};
use std::env;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

const CONNECTIONS: usize = 4;

fn full() -> bool {
    env::var("NOTICEWORKS_FULL").is_ok_and(|full| full == "1")
}

fn made() -> Made {
    Made { count: if full() { 10_000 } else { 1_500 }, size: 600 }
}

/// What is killed: the test program itself, started again with this test alone.
#[test]
#[ignore = "started by the test below"]
fn one_sending() {
    let folder = env::var("NOTICEWORKS_TEST_FOLDER").unwrap();
    let url = env::var("NOTICEWORKS_TEST_SERVER").unwrap();
    let folder = Path::new(&folder);
    let server = Server::new(&url).unwrap().with_patience(impatient());
    let stamp = Stamp { keys: vec![] };
    let choices = choices(CONNECTIONS);
    send(folder, WAVE, &made(), &server, stamp, &choices, Arc::new(|_| {}), None).unwrap();
}

#[test]
fn killed_again_and_again_nobody_is_lost_and_nobody_written_to_twice() {
    let kills = if full() { 200 } else { 12 };
    let (made, mailbox) = (made(), Mailbox::sound());
    let folder = entered(&made);
    let start = || {
        Command::new(env::current_exe().unwrap())
            .args(["--ignored", "--exact", "sending::kills::one_sending"])
            .env("NOTICEWORKS_TEST_FOLDER", folder.path())
            .env("NOTICEWORKS_TEST_SERVER", mailbox.url())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap()
    };
    let (mut killed, mut random) = (0, 11_u64);
    let mut uncertain_before = 0;
    for _ in 0..kills {
        let before = mailbox.all_taken().len();
        let mut child = start();
        // It is killed at a random number of messages further on, at a random moment after that.
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let further = (random >> 33) as usize % 80;
        let ended = loop {
            if mailbox.all_taken().len() > before + further {
                break None;
            }
            if let Some(status) = child.try_wait().unwrap() {
                break Some(status);
            }
            thread::sleep(Duration::from_micros(200));
        };
        if let Some(status) = ended {
            assert!(status.success());
            break;
        }
        thread::sleep(Duration::from_micros((random >> 40) % 3_000));
        child.kill().unwrap();
        child.wait().unwrap();
        killed += 1;
        let now = states(folder.path());
        let open = |s: &MessageState| matches!(s, MessageState::Sending | MessageState::Uncertain);
        let open = now.iter().filter(|(_, s)| open(s)).count();
        assert!(open - uncertain_before <= CONNECTIONS, "more than one for each connection");
        uncertain_before = open;
    }
    assert!(killed >= kills / 2, "killed {killed} times only");
    assert!(start().wait().unwrap().success());

    let taken = mailbox.all_taken();
    let end = states(folder.path());
    assert_eq!(end.len(), made.count as usize);
    for (piece, state) in end {
        let times = mailbox.whole(&piece);
        match state {
            MessageState::Accepted => assert_eq!((times, taken[&piece]), (1, 1), "{piece}"),
            MessageState::Uncertain => assert!(times <= 1, "{piece}: sent again"),
            other => panic!("{piece} is {other:?}"),
        }
    }
}
