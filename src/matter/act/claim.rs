//! `claim`: lets this folder send, or vouches for the clock.

use crate::ledger::Ledger;
use crate::matter::refusal::Refusal;
use crate::matter::seal::fence::{fence, fenced};
use crate::matter::seal::{ledger_stop, unaltered, unknown};
use std::path::Path;

/// What claiming found.
pub struct Claimed {
    /// The ledger is an older state; so many e-mails are in doubt because of it.
    pub doubtful: Option<u64>,
    /// Seals of another ledger, which were put into `sealed/lost`.
    pub aside: Vec<String>,
}

/// Lets this folder send, and no copy of it.
///
/// # Errors
/// Another command is at work; the ledger was altered; I/O.
pub fn claim(folder: &Path, by: &str) -> Result<Claimed, Refusal> {
    let fence = fence(folder)?;
    // A folder whose incident.toml is being repaired can be claimed all the same.
    let incident = crate::incident::load(folder).ok().map(|(incident, _)| incident);
    let fence = match &incident {
        Some(incident) => {
            fence.of_waves(&incident.id, incident.waves.iter().map(|wave| wave.id.as_str()))
        }
        None => fence,
    };
    let mut ledger = Ledger::open(folder).map_err(ledger_stop)?;
    unaltered(&ledger)?;
    let hold = fence.claim(&mut ledger, by).map_err(fenced)?;
    let aside = unknown::put_aside(folder, &ledger, hold.ledger())?;
    Ok(Claimed { doubtful: hold.doubtful(), aside })
}

/// Records that this machine's clock is right: one that was ahead once stops nothing any more.
///
/// # Errors
/// Nobody vouches, or without a reason; another command is at work; the ledger was altered; I/O.
pub fn set_clock(folder: &Path, by: &str, reason: &str) -> Result<(), Refusal> {
    if by.trim().is_empty() || reason.trim().is_empty() {
        return Err(Refusal::one(
            code!("claim.no_reason"),
            "`--by` or `--reason` is empty",
            "write who vouches for the clock, and why",
        ));
    }
    let fence = fence(folder)?;
    let mut ledger = Ledger::open(folder).map_err(ledger_stop)?;
    unaltered(&ledger)?;
    fence.set_clock(&mut ledger, by.trim(), reason.trim()).map_err(fenced)
}
