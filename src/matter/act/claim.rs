//! `claim`: lets this folder send.

use crate::ledger::Ledger;
use crate::matter::refusal::Refusal;
use crate::matter::seal::fence::{fence, fenced};
use crate::matter::seal::ledger_stop;
use std::path::Path;

/// What claiming found.
pub struct Claimed {
    /// The ledger is an older state; so many e-mails are in doubt because of it.
    pub doubtful: Option<u64>,
}

/// Lets this folder send, and no copy of it.
///
/// # Errors
/// Another command is at work; the ledger was altered; I/O.
pub fn claim(folder: &Path, by: &str) -> Result<Claimed, Refusal> {
    let fence = fence(folder)?;
    let mut ledger = Ledger::open(folder).map_err(ledger_stop)?;
    ledger.verify_chain().map_err(ledger_stop)?;
    let hold = fence.claim(&mut ledger, by).map_err(fenced)?;
    Ok(Claimed { doubtful: hold.doubtful() })
}
