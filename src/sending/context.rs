//! What the connections of a sending share, and the word to stop.

use super::journal::Journal;
use super::report::Stopped;
use super::server::Server;
use super::stamp::Stamp;
use super::worker::Job;
use crate::ledger::{MessageState, Reply};
use async_channel::Receiver;
use lettre::Address;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::watch;

/// Refusals in a row after which it is the server that refuses, not the addresses.
pub(super) const REFUSED_IN_A_ROW: u32 = 25;
/// Uncertain messages in a row, beyond one for each connection, after which no more are risked.
const UNCERTAIN_IN_A_ROW: u32 = 3;

/// Told of every step: one message more that ended like this.
pub type Progress = Arc<dyn Fn(MessageState) + Send + Sync>;

/// What the connections share.
pub struct Context {
    pub jobs: Receiver<Job>,
    pub journal: Journal,
    pub server: Server,
    pub stamp: Arc<Stamp>,
    pub from: Address,
    pub each: Progress,
    /// Whether any connection ever stood.
    pub reached: AtomicBool,
    pub halt: Arc<Halt>,
    pub tolerance: Tolerance,
}

/// What went wrong in a row, over all connections.
pub struct Tolerance {
    refused: AtomicU32,
    uncertain: AtomicU32,
    /// Uncertain messages in a row that are too many.
    doubts: u32,
}

impl Tolerance {
    pub fn new(connections: usize) -> Self {
        let (refused, uncertain) = (AtomicU32::new(0), AtomicU32::new(0));
        Self { refused, uncertain, doubts: UNCERTAIN_IN_A_ROW + connections as u32 }
    }
}

/// The word to stop, and why.
pub struct Halt {
    why: Mutex<Option<Stopped>>,
    said: watch::Sender<bool>,
}

impl Halt {
    pub fn new() -> Self {
        Self { why: Mutex::new(None), said: watch::Sender::new(false) }
    }

    /// The first reason, if there is one.
    pub fn why(&self) -> Option<Stopped> {
        self.why.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub fn stop(&self, why: Stopped) {
        let mut first = self.why.lock().unwrap_or_else(PoisonError::into_inner);
        first.get_or_insert(why);
        self.said.send_replace(true);
    }

    pub fn stops(&self) -> bool {
        *self.said.borrow()
    }

    pub async fn stopped(&self) {
        // The sender lives as long as `self`.
        let _ = self.said.subscribe().wait_for(|said| *said).await;
    }
}

impl Context {
    pub fn stop(&self, why: Stopped) {
        self.halt.stop(why);
    }

    pub fn stops(&self) -> bool {
        self.halt.stops()
    }

    pub async fn stopped(&self) {
        self.halt.stopped().await;
    }

    /// Stops where going on would do harm to many.
    pub fn consider(&self, state: MessageState, unwelcome: Option<&Reply>) {
        if let Some(reply) = unwelcome {
            self.stop(Stopped::Unwelcome(format!("{} {}", reply.code, reply.text)));
        }
        match state {
            MessageState::Accepted => {
                self.tolerance.refused.store(0, Ordering::Relaxed);
                self.tolerance.uncertain.store(0, Ordering::Relaxed);
            }
            MessageState::Refused if in_a_row(&self.tolerance.refused) >= REFUSED_IN_A_ROW => {
                self.stop(Stopped::RefusesAll);
            }
            MessageState::Uncertain
                if in_a_row(&self.tolerance.uncertain) >= self.tolerance.doubts =>
            {
                self.stop(Stopped::Doubtful);
            }
            _ => {}
        }
    }
}

/// One more in a row.
fn in_a_row(count: &AtomicU32) -> u32 {
    count.fetch_add(1, Ordering::Relaxed) + 1
}
