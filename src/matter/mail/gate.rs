//! The gate before sending: nothing leaves without a seal that fits, nor from a copy.

use crate::finding::Severity;
use crate::ledger::{Hold, Ledger};
use crate::matter::open::Matter;
use crate::matter::refusal::Refusal;
use crate::matter::seal::{Sealed, Standing, hold, ledger_stop, standing, tell};
use crate::matter::watcher::Watcher;

/// What may leave, and the right to send it.
pub struct Permit {
    /// The wave's valid seals, the first first.
    pub seals: Vec<Sealed>,
    pub hold: Hold,
}

/// Whether the wave's e-mails may be sent from this folder now.
///
/// # Errors
/// [`Refusal::Refused`], with every reason why not.
pub fn may_send(
    matter: &Matter,
    ledger: &mut Ledger,
    watcher: &dyn Watcher,
) -> Result<Permit, Refusal> {
    match standing(matter, ledger)? {
        Standing::Sealed(seals) => {
            let hold = hold(matter, ledger)?;
            Ok(Permit { seals, hold })
        }
        Standing::Open { waiting } => Err(Refusal::refused(
            code!("seal.none"),
            match waiting {
                true => "a second person has yet to approve this wave: nothing is sent",
                false => "nobody has approved this wave: nothing is sent",
            },
            "review the messages (`noticeworks email` writes them), then run `noticeworks approve`",
        )),
        Standing::Drifted(drifted) => {
            let (sealed, drift) = *drifted;
            Err(Refusal::Refused(tell(matter, &sealed, &drift, Severity::Error, watcher)))
        }
    }
}

/// The ledger of the folder.
///
/// # Errors
/// It cannot be used.
pub fn ledger(matter: &Matter) -> Result<Ledger, Refusal> {
    Ledger::open(&matter.folder).map_err(ledger_stop)
}
