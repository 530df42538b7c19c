//! How a sending ended.

use super::context::REFUSED_IN_A_ROW;
use super::message::OutboxError;
use crate::ledger::{LedgerError, MessageState};
use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

/// Why a sending ended before its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stopped {
    StopFile,
    /// Ctrl-C.
    Interrupted,
    DayFull,
    /// No connection, several times.
    Unreachable(String),
    /// Encryption, name or password: only a person can mend it.
    Server(String),
    /// The server takes no mail from this sender.
    Unwelcome(String),
    RefusesAll,
    /// A signature that was asked for cannot be made.
    Unsigned(String),
    /// Replies stay away; every further message would be one more in doubt.
    Doubtful,
    /// The ledger could not be written; see the error.
    Ledger,
}

impl fmt::Display for Stopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::StopFile => f.write_str("the stop file exists"),
            Self::Interrupted => f.write_str("interrupted"),
            Self::DayFull => f.write_str("as many as a day allows are sent"),
            Self::Unreachable(words) => write!(f, "the server cannot be reached: {words}"),
            Self::Server(words) => write!(f, "the server cannot be used: {words}"),
            Self::Unwelcome(words) => {
                write!(f, "the server takes no mail from this sender: {words}")
            }
            Self::RefusesAll => {
                write!(f, "the server refused {REFUSED_IN_A_ROW} messages in a row")
            }
            Self::Unsigned(words) => write!(f, "e-mails cannot be signed: {words}"),
            Self::Doubtful => f.write_str("the server takes content and does not reply"),
            Self::Ledger => f.write_str("the ledger cannot be written"),
        }
    }
}

/// What a sending did.
pub struct Report {
    /// Where the wave's messages stand now.
    pub counts: BTreeMap<MessageState, u64>,
    /// Messages found as `sending` from an interrupted run: uncertain now.
    pub recovered: u64,
    /// How many were given to the connections.
    pub given: u64,
    pub stopped: Option<Stopped>,
    pub took: Duration,
}

impl Report {
    /// This one and a later one of the same wave.
    #[must_use]
    pub fn and(self, later: Self) -> Self {
        Self {
            recovered: self.recovered + later.recovered,
            given: self.given + later.given,
            took: self.took + later.took,
            ..later
        }
    }
}

/// Why a sending broke down. What is recorded stays true.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    #[error(transparent)]
    Outbox(#[from] OutboxError),
    #[error("cannot start sending: {0}")]
    Runtime(#[from] std::io::Error),
    #[error("a thread of the sending ended unexpectedly")]
    Thread,
}
