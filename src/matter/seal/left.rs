//! Seals under which something has left: they stay valid beside a further seal of the wave.

use crate::ledger::Ledger;
use crate::matter::open::Matter;
use crate::matter::refusal::Refusal;
use crate::matter::seal::standing::whole;
use crate::matter::seal::{Sealed, ledger_stop, seal_stop};
use crate::matter::watcher::Watcher;
use std::collections::HashSet;

/// Seals that stay valid because something went out under them, and their pieces.
pub struct Beside {
    pub numbers: Vec<u32>,
    pub pieces: HashSet<String>,
}

/// # Errors
/// Refused if what went out is no longer what was approved; I/O.
pub fn beside(matter: &Matter, ledger: &Ledger, watcher: &dyn Watcher) -> Result<Beside, Refusal> {
    let mut beside = Beside { numbers: Vec::new(), pieces: HashSet::new() };
    for sealed in Sealed::all(matter, ledger)? {
        if !ledger.went_out(&sealed.record).map_err(ledger_stop)? {
            continue;
        }
        // What went out cannot be approved anew: it must still be what was approved.
        whole(matter, ledger, &sealed, watcher)?;
        beside.numbers.push(sealed.record.number);
        let lists: Vec<String> = sealed.folder.lists().map(str::to_owned).collect();
        for name in lists {
            let list = sealed.folder.list(&name).map_err(seal_stop)?;
            for leaf in list.leaves {
                let file = leaf.file;
                let piece = file.strip_suffix(".txt").or(file.strip_suffix(".eml"));
                beside.pieces.insert(piece.unwrap_or(&file).to_owned());
            }
        }
    }
    Ok(beside)
}
