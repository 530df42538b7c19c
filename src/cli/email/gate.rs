//! The gate before sending: nothing leaves without a seal that fits, nor from a copy.

use crate::cli::exit::Stop;
use crate::cli::matter::Matter;
use crate::cli::sealing::{Sealed, Standing, hold, ledger_stop, standing, tell};
use crate::finding::Severity;
use crate::ledger::{Hold, Ledger};

/// What may leave, and the right to send it.
pub struct Permit {
    /// The wave's valid seals, the first first.
    pub seals: Vec<Sealed>,
    pub hold: Hold,
}

/// Whether the wave's e-mails may be sent from this folder now.
///
/// # Errors
/// [`Stop::Refused`], with every reason why not.
pub fn may_send(matter: &Matter, ledger: &mut Ledger) -> Result<Permit, Stop> {
    match standing(matter, ledger)? {
        Standing::Sealed(seals) => {
            let hold = hold(&matter.folder, ledger)?;
            Ok(Permit { seals, hold })
        }
        Standing::Open { waiting } => Err(Stop::refused(
            code!("seal.none"),
            match waiting {
                true => "a second person has yet to approve this wave: nothing is sent",
                false => "nobody has approved this wave: nothing is sent",
            },
            "review the messages (`noticeworks email` writes them), then run `noticeworks approve`",
        )),
        Standing::Drifted(drifted) => {
            let (sealed, drift) = *drifted;
            Err(Stop::Refused(tell(matter, &sealed, &drift, Severity::Error)))
        }
    }
}

/// The ledger of the folder.
///
/// # Errors
/// It cannot be used.
pub fn ledger(matter: &Matter) -> Result<Ledger, Stop> {
    Ledger::open(&matter.folder).map_err(ledger_stop)
}
