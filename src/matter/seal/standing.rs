//! Whether what was approved still is what would be sent, and if not, what changed.

use crate::approve::{Change, Drift, person_digest};
use crate::finding::{Finding, Severity};
use crate::folder::{IncidentFolder, SPOOL, wave_name};
use crate::ledger::{Ledger, SealState};
use crate::matter::open::Matter;
use crate::matter::people::intake::spool_stop;
use crate::matter::refusal::Refusal;
use crate::matter::seal::differing::tell;
use crate::matter::seal::statement_of_folder::{now, rosters_digest};
use crate::matter::seal::{Sealed, ledger_stop};
use crate::matter::watcher::Watcher;
use crate::plan::outcome;
use crate::roster::{Person, Spool};
use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

/// A wave's standing.
pub enum SealStanding {
    /// Nobody approved it yet; or one of two approvers only.
    Open { waiting: bool },
    /// Approved and as it was.
    Sealed(Vec<Sealed>),
    /// Approved, but something changed since.
    Drifted(Box<(Sealed, Drift)>),
}

/// # Errors
/// Refused if a seal itself was altered; I/O.
pub fn standing(matter: &Matter, ledger: &Ledger) -> Result<SealStanding, Refusal> {
    let seals = Sealed::all(matter, ledger)?;
    if seals.is_empty() {
        let all = ledger.seals(&matter.wave().id).map_err(ledger_stop)?;
        let waiting = all.iter().any(|seal| seal.state == SealState::Waiting);
        return Ok(SealStanding::Open { waiting });
    }
    let mut kept = Vec::new();
    for sealed in seals {
        let drift = drift_of(matter, ledger, &sealed)?;
        if !drift.is_none() {
            return Ok(SealStanding::Drifted(Box::new((sealed, drift))));
        }
        kept.push(sealed);
    }
    Ok(SealStanding::Sealed(kept))
}

/// Refuses unless the seal holds.
///
/// # Errors
/// Refused, with what changed.
pub fn whole(
    matter: &Matter,
    ledger: &Ledger,
    sealed: &Sealed,
    watcher: &dyn Watcher,
) -> Result<(), Refusal> {
    let drift = drift_of(matter, ledger, sealed)?;
    match drift.is_none() {
        true => Ok(()),
        false => {
            Err(Refusal::Refused(tell(matter, ledger, sealed, &drift, Severity::Error, watcher)))
        }
    }
}

/// What changed since a seal was made. Nothing does once all that is under it has left: its sealed
/// copy decides what was sent, and later facts are for later waves.
///
/// # Errors
/// The inputs cannot be read.
pub fn drift_of(matter: &Matter, ledger: &Ledger, sealed: &Sealed) -> Result<Drift, Refusal> {
    if ledger.is_history(&sealed.record).map_err(ledger_stop)? {
        return Ok(Drift::default());
    }
    let statement = &sealed.folder.statement;
    let (now, _) = now(matter)?;
    let mut drift = Drift::between(statement, &now);
    let (was, is) = (&statement.spool, &now.spool);
    let name = || format!("{SPOOL}/{}.csv", wave_name(&statement.wave));
    if is.csv.is_empty() || is.toml.is_empty() {
        drift.changes.push(Change::Removed(name()));
    } else if (&was.csv, &was.toml) != (&is.csv, &is.toml) {
        // A new check is no drift while the people under the seal are the same. That it was one
        // shows in the roster: the spool is of the file as it lies there.
        let roster = rosters_digest(&matter.folder, matter.wave())?;
        let checked_anew = roster.as_deref() == Some(&is.roster);
        if !checked_anew || !same_people(matter, sealed)? {
            drift.changes.push(Change::Changed(name()));
        }
    }
    Ok(drift)
}

/// Whether everybody whose piece is under the seal is still in the spool as they were.
fn same_people(matter: &Matter, sealed: &Sealed) -> Result<bool, Refusal> {
    let Ok(spool) = Spool::open(&matter.folder, &matter.wave().id) else { return Ok(false) };
    if spool.fits(&matter.incident).is_err() {
        return Ok(false);
    }
    let mut scratch = Vec::new();
    let mut of = |person: &Person| short(&person_digest(person, &mut scratch));
    let was = sealed.matter(matter)?;
    let before = Spool::open(&was.folder, &was.wave().id).map_err(spool_stop)?;
    // Who is a minor was reckoned by another day.
    if before.info().as_of != spool.info().as_of {
        return Ok(false);
    }
    let mut missing = HashSet::new();
    for person in before.people().map_err(spool_stop)? {
        let person = person.map_err(spool_stop)?;
        let planned = outcome(&person, &was.incident);
        if planned.mails() || planned.emails() {
            missing.insert(of(&person));
        }
    }
    let Ok(people) = spool.people() else { return Ok(false) };
    for person in people {
        let Ok(person) = person else { return Ok(false) };
        missing.remove(&of(&person));
    }
    Ok(missing.is_empty())
}

/// Whether the roster of the wave is no longer the one that the spool was made from: worth a
/// word, though the seal is over the spool.
pub fn roster_changed(matter: &Matter) -> Result<Option<Finding>, Refusal> {
    let about = IncidentFolder(&matter.folder).spool(&matter.wave().id).about();
    let text = std::fs::read_to_string(about).unwrap_or_default();
    let table: toml::Table = text.parse().unwrap_or_default();
    let known = table.get("roster_digest").and_then(toml::Value::as_str).unwrap_or_default();
    let now = rosters_digest(&matter.folder, matter.wave())?;
    Ok((now.as_deref() != Some(known)).then(|| {
        let message = format!("`{}` changed after it was checked", matter.wave().roster);
        Finding::new(code!("roster.changed"), Severity::Warning, message)
            .remedy("letters are of the people who were approved; put new rows into another wave")
    }))
}

/// Eight bytes for a text, good for this run only.
pub fn short(text: &str) -> u64 {
    let mut hash = DefaultHasher::new();
    text.hash(&mut hash);
    hash.finish()
}
