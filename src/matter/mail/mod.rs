//! E-mail: the messages rehearsed, sent, and what is in doubt settled.

mod bounces;
mod gate;
mod outbox;
mod proof;
mod rehearse;
mod resolve;
mod send;
pub mod server;
mod tally;

use crate::matter::open::Selection;
use serde::Serialize;
use std::collections::BTreeMap;

pub use crate::ledger::event::{EmailBounced, EmailResolved};
pub use bounces::{Bounced, bounces};
pub use proof::{MailProof, Proofs, proofs};
pub use rehearse::{Rehearsal, rehearse};
pub use resolve::{ResolveAnswer, ResolveRequest, Settled, resolve};
pub use send::{Left, Sending, send};
pub use tally::{Emails, emails};

/// What to send, and how; the rehearsal and proofs take the same.
#[derive(Clone, Debug, Default)]
pub struct SendRequest {
    pub selection: Selection,
    /// No more than this many.
    pub only: Option<u64>,
    /// The mail server in place of the incident's.
    pub smtp: Option<String>,
    pub connections: Option<u32>,
    pub per_second: Option<u32>,
    pub per_day: Option<u32>,
    /// Why it is sent before the mail date, if it is.
    pub early: Option<String>,
    /// A rehearsal writes every message, not samples only.
    pub write_all: bool,
    /// Findings keep the cells that they speak of.
    pub show_values: bool,
}

/// What a rehearsal or a sending ends with.
#[derive(Serialize)]
pub struct EmailRun {
    pub wave: String,
    /// E-mails of the wave.
    pub messages: u64,
    /// Messages written as files; null for a sending.
    pub written: Option<u64>,
    /// Nothing was sent.
    pub dry_run: bool,
    pub server: Option<String>,
    pub connections: usize,
    pub signatures: usize,
    /// Bytes of all messages as they would go out.
    pub bytes: Option<u64>,
    /// Recipients by domain, the ten with most.
    pub domains: Option<Vec<(String, u64)>>,
    /// Where the messages stand in the ledger; null before the first sending.
    pub states: Option<BTreeMap<&'static str, u64>>,
    /// What this run did; null for a rehearsal.
    pub sent: Option<Sent>,
    /// By code.
    pub findings: BTreeMap<&'static str, u64>,
}

/// What a sending did.
#[derive(Serialize)]
pub struct Sent {
    pub given: u64,
    /// Found as `sending` from an interrupted run, and uncertain now.
    pub recovered: u64,
    pub stopped: Option<String>,
    pub seconds: f64,
    pub per_second: f64,
}
