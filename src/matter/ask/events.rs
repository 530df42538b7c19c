//! What happened, event by event, as the ledger keeps it.

use crate::ledger::Ledger;
use crate::matter::refusal::Refusal;
use crate::matter::seal::ledger_stop;
use jiff::Timestamp;
use serde::Serialize;
use std::path::Path;

/// One event. Holds no personal value.
#[derive(Clone, Debug, Serialize)]
pub struct EventLine {
    pub number: u64,
    pub at: Timestamp,
    /// Such as `approved` or `values.shown`.
    pub kind: String,
    /// JSON, as it is stored.
    pub body: String,
}

/// All events of a folder, the first one first; none before anything happened.
///
/// # Errors
/// A ledger that cannot be read.
pub fn events(folder: &Path) -> Result<Vec<EventLine>, Refusal> {
    let Some(ledger) = Ledger::look(folder).map_err(ledger_stop)? else { return Ok(Vec::new()) };
    let events = ledger.events().map_err(ledger_stop)?.into_iter();
    Ok(events
        .map(|event| EventLine {
            number: event.seq,
            at: event.at,
            kind: event.stored.kind,
            body: event.stored.body,
        })
        .collect())
}
