//! `claim`: lets this folder send.

use crate::cli::args::ClaimArgs;
use crate::cli::exit::Ending;
use crate::cli::output::tell;
use crate::ledger::Ledger;
use crate::matter::refusal::Refusal;
use crate::matter::seal::fence::{fence, fenced};
use crate::tables::words::count;

pub fn claim(args: &ClaimArgs) -> Result<Ending, Refusal> {
    let fence = fence(&args.incident)?;
    let mut ledger = Ledger::open(&args.incident).map_err(crate::matter::seal::ledger_stop)?;
    ledger.verify_chain().map_err(crate::matter::seal::ledger_stop)?;
    let hold = fence.claim(&mut ledger, &args.by).map_err(fenced)?;
    tell("This folder may send now, and no copy of it may.\n");
    if let Some(doubtful) = hold.doubtful() {
        tell(
            "This ledger is an older state: settle with the mail house which letters were printed and posted since.\n",
        );
        if doubtful > 0 {
            let emails = count(doubtful, "e-mail is", "e-mails are");
            tell(&format!(
                "{emails} in doubt, because they may have been sent since: `noticeworks email resolve`\n"
            ));
        }
    }
    Ok(Ending::Fine)
}
