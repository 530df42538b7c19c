//! Where a wave's e-mails stand, for `email` and `status`.

use crate::clock;
use crate::ledger::{Ledger, LedgerError, MessageState};
use serde::Serialize;
use std::collections::BTreeMap;

/// The ledger's answer about e-mails; absent where none was ever entered.
#[derive(Serialize)]
pub struct Emails {
    pub messages: u64,
    /// Adds up to `messages`.
    pub states: BTreeMap<&'static str, u64>,
    /// Accepted in the last minute.
    pub last_minute: u64,
    /// Minutes until all are sent at that rate; null when none goes out.
    pub minutes_left: Option<u64>,
    /// Why messages were refused or deferred, the most frequent first.
    pub reasons: Vec<Reason>,
    /// Pieces that a person must settle.
    pub uncertain: Vec<String>,
    /// Pieces of people who had no letter beside their e-mail, and whose e-mail did not arrive.
    pub to_the_post: Vec<String>,
}

/// What the server said, without addresses; code 0 where the program says it.
#[derive(Serialize)]
pub struct Reason {
    pub messages: u64,
    pub code: u16,
    pub reply: String,
}

/// How a wave's e-mails stand.
///
/// # Errors
/// Any of the ledger.
pub fn emails(ledger: &Ledger, wave: &str) -> Result<Option<Emails>, LedgerError> {
    let counts = ledger.message_counts(Some(wave))?;
    if counts.is_empty() {
        return Ok(None);
    }
    let of = |state: &MessageState| counts.get(state).copied().unwrap_or(0);
    let minute_ago = clock::now().as_microsecond() - 60_000_000;
    let last_minute = ledger.messages_accepted_since(wave, minute_ago)?;
    let left = of(&MessageState::Ready) + of(&MessageState::Deferred);
    let in_doubt = ledger.messages(Some(wave), &[MessageState::Uncertain])?;
    let lost = ledger.messages(Some(wave), &[MessageState::Refused, MessageState::Bounced])?;
    Ok(Some(Emails {
        messages: counts.values().sum(),
        states: MessageState::ALL.iter().map(|s| (s.label(), of(s))).collect(),
        last_minute,
        minutes_left: (last_minute > 0 && left > 0).then(|| left.div_ceil(last_minute)),
        reasons: ledger
            .replies_against(wave)?
            .into_iter()
            .map(|(reply, messages)| Reason { messages, code: reply.code, reply: reply.text })
            .collect(),
        uncertain: in_doubt.into_iter().map(|m| m.piece).collect(),
        to_the_post: lost.into_iter().filter(|m| m.alone).map(|m| m.piece).collect(),
    }))
}
