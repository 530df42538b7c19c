//! `claim`: lets this folder send.

use super::fence::{fence, fenced};
use crate::cli::args::ClaimArgs;
use crate::cli::exit::{Ending, Stop};
use crate::cli::output::tell;
use crate::ledger::Ledger;

pub fn claim(args: &ClaimArgs) -> Result<Ending, Stop> {
    let fence = fence(&args.incident)?;
    let mut ledger = Ledger::open(&args.incident).map_err(super::ledger_stop)?;
    fence.claim(&mut ledger, &args.by).map_err(fenced)?;
    tell("This folder may send now, and no copy of it may.\n");
    Ok(Ending::Fine)
}
