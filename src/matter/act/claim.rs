//! `claim`: lets this folder send.

use crate::cli::args::ClaimArgs;
use crate::cli::exit::Ending;
use crate::cli::output::tell;
use crate::ledger::Ledger;
use crate::matter::refusal::Refusal;
use crate::matter::seal::fence::{fence, fenced};
use crate::matter::seal::unknown;
use crate::tables::words::count;

pub fn claim(args: &ClaimArgs) -> Result<Ending, Refusal> {
    let fence = fence(&args.incident)?;
    // A folder whose incident.toml is being repaired can be claimed all the same.
    let incident = crate::incident::load(&args.incident).ok().map(|(incident, _)| incident);
    let fence = match &incident {
        Some(incident) => {
            fence.of_waves(&incident.id, incident.waves.iter().map(|wave| wave.id.as_str()))
        }
        None => fence,
    };
    let mut ledger = Ledger::open(&args.incident).map_err(crate::matter::seal::ledger_stop)?;
    ledger.verify_chain().map_err(crate::matter::seal::ledger_stop)?;
    let hold = fence.claim(&mut ledger, &args.by).map_err(fenced)?;
    let aside = unknown::put_aside(&args.incident, &ledger, hold.ledger())?;
    tell("This folder may send now, and no copy of it may.\n");
    if let Some(doubtful) = hold.doubtful() {
        tell(
            "This ledger is an older state: settle with the mail house which letters were printed and posted since.\n",
        );
        if !aside.is_empty() {
            tell(&format!(
                "Seals that this ledger does not know were put into `sealed/lost`: {}\n",
                aside.join(", ")
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
