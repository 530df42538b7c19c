//! `claim`, told.

use crate::cli::args::ClaimArgs;
use crate::cli::exit::{Ending, Stop};
use crate::cli::output::tell;
use crate::matter::act::claim::{claim, set_clock};
use crate::tables::words::count;

pub fn run(args: &ClaimArgs) -> Result<Ending, Stop> {
    if args.clock {
        set_clock(&args.incident, &args.by, args.reason.as_deref().unwrap_or_default())?;
        tell("Recorded: this machine's clock is right. Run the command that was refused again.\n");
        return Ok(Ending::Fine);
    }
    let claimed = claim(&args.incident, &args.by)?;
    tell("This folder may send now, and no copy of it may.\n");
    if let Some(doubtful) = claimed.doubtful {
        tell(
            "This ledger is an older state: settle with the mail house which letters were printed and posted since.\n",
        );
        if !claimed.aside.is_empty() {
            let aside = claimed.aside.join(", ");
            tell(&format!(
                "Seals that this ledger does not know were put into `sealed/lost`: {aside}\n"
            ));
        }
        if doubtful > 0 {
            let emails = count(doubtful, "e-mail is", "e-mails are");
            tell(&format!(
                "{emails} in doubt, because they may have been sent since: `noticeworks email resolve`\n"
            ));
        }
    }
    Ok(Ending::Fine)
}
