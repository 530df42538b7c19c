//! Whose piece a reference is: people who call have their letter in hand, not a record id.

use crate::folder::OutFolder;
use crate::ledger::{Ledger, SealState};
use crate::matter::open::Matter;
use crate::matter::people::intake::spool_stop;
use crate::matter::refusal::{Doing, Refusal};
use crate::matter::seal::manifest::manifest_line;
use crate::matter::seal::{Sealed, ledger_stop, seal_stop};
use crate::roster::{Spool, SpoolError};

/// The record id of a letter's or e-mail's reference; none if it is no reference, or nobody's.
/// Printed letters are found through the manifest at once, others by going through the people.
///
/// # Errors
/// Seals, manifest or spool cannot be read.
pub fn record_of(
    reference: &str,
    matters: &[Matter],
    ledger: Option<&Ledger>,
) -> Result<Option<String>, Refusal> {
    let reference = reference.trim().to_ascii_uppercase();
    if !reference.starts_with("NW-") || reference.len() != 17 {
        return Ok(None);
    }
    for matter in matters {
        if let Some(ledger) = ledger
            && let Some(record) = printed(&reference, matter, ledger)?
        {
            return Ok(Some(record));
        }
    }
    for matter in matters {
        let wave = &matter.wave().id;
        let spool = match Spool::open(&matter.folder, wave) {
            Err(SpoolError::Missing(_)) => continue,
            other => other.map_err(spool_stop)?,
        };
        for person in spool.people().map_err(spool_stop)? {
            let person = person.map_err(spool_stop)?;
            let Some(entity) = person.entity.map(|at| &matter.incident[at].id) else { continue };
            let of = |channel| matter.piece(&person.record_id, entity, channel);
            if of("mail") == reference || of("email") == reference {
                return Ok(Some(person.record_id));
            }
        }
    }
    Ok(None)
}

fn printed(reference: &str, matter: &Matter, ledger: &Ledger) -> Result<Option<String>, Refusal> {
    let seals = ledger.seals(&matter.wave().id).map_err(ledger_stop)?;
    for seal in seals.into_iter().filter(|seal| seal.state != SealState::Replaced) {
        let sealed = Sealed::open(matter, seal)?;
        let Some((list, ..)) = sealed.folder.find(reference).map_err(seal_stop)? else { continue };
        let Some(batch) = list.strip_prefix("batch-").and_then(|n| n.parse().ok()) else {
            continue;
        };
        let name = OutFolder::letters_of(sealed.record.number);
        let letters = OutFolder(&matter.out).letters(&name);
        let line = manifest_line(&letters.manifest(), batch, reference)
            .doing(|| "read the manifest".into())?;
        if let Some(record) = line.and_then(|cells| cells.get(1).cloned()) {
            return Ok(Some(record));
        }
    }
    Ok(None)
}
