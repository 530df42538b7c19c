//! Which enrollment codes people of other waves have: beside the spool, so that a seal keeps them
//! with it and its letters are composed with the same codes for good.

use crate::files;
use crate::finding::Findings;
use crate::folder::IncidentFolder;
use crate::ledger::{Ledger, SealState};
use crate::letters::{Counts, GivenCodes};
use crate::matter::compose::letter_words::{self, LetterWords};
use crate::matter::open::{Matter, Selection};
use crate::matter::people::intake::{Addressed, Intake, spool_stop};
use crate::matter::refusal::{Doing, Refusal};
use crate::matter::seal::{Sealed, ledger_stop};
use crate::roster::{Spool, SpoolError, Who};
use std::io;
use std::path::{Path, PathBuf};

/// Where they stand for a wave of a folder.
pub fn path(folder: &Path, wave: &str) -> PathBuf {
    IncidentFolder(folder).spool(wave).given()
}

fn entities(matter: &Matter) -> Vec<String> {
    matter.incident.entities.iter().map(|entity| entity.id.clone()).collect()
}

/// The codes as they were kept with the spool.
///
/// # Errors
/// The file cannot be read, or is not what was written.
pub fn kept(matter: &Matter) -> Result<GivenCodes, Refusal> {
    let path = path(&matter.folder, &matter.wave().id);
    let doing = || format!("read `{}`", path.display());
    let text = match std::fs::read(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
        other => other.doing(doing)?,
    };
    let altered = || io::Error::new(io::ErrorKind::InvalidData, "it is not what was written");
    GivenCodes::read(entities(matter), &text).ok_or_else(altered).doing(doing)
}

/// Finds them and keeps them with the spool.
///
/// # Errors
/// A seal that was altered; a spool that cannot be read; I/O.
pub fn keep(matter: &Matter) -> Result<(), Refusal> {
    let path = path(&matter.folder, &matter.wave().id);
    let doing = || format!("write `{}`", path.display());
    let given = find(matter)?;
    if given.is_empty() {
        return match std::fs::remove_file(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            other => other.doing(doing),
        };
    }
    files::write(&path, &given.text().doing(doing)?).doing(doing)
}

/// Whether they are still what was kept.
///
/// # Errors
/// As [`keep`].
pub fn still(matter: &Matter) -> Result<bool, Refusal> {
    let doing = || "compare the enrollment codes".to_owned();
    Ok(find(matter)?.text().doing(doing)? == kept(matter)?.text().doing(doing)?)
}

/// The codes of every other wave that is sealed, or was checked and is mailed earlier; and of this
/// one's seals under which something went out.
fn find(matter: &Matter) -> Result<GivenCodes, Refusal> {
    let mut given = GivenCodes::of(entities(matter));
    let incident = &matter.incident;
    let dealt = |p: &crate::incident::Protection| p.code_file.is_some() || p.code_column.is_some();
    let Some(ledger) = Ledger::look(&matter.folder).map_err(ledger_stop)? else {
        return Ok(given);
    };
    if !incident.protections.iter().any(dealt) {
        return Ok(given);
    }
    let own = incident.wave_order(&matter.wave().id);
    let mut waves: Vec<_> = incident.waves.iter().map(|wave| wave.id.clone()).collect();
    waves.sort_by_key(|wave| incident.wave_order(wave));
    for wave in waves {
        let is_own = wave == matter.wave().id;
        let mut sealed = false;
        for record in ledger.seals(&wave).map_err(ledger_stop)? {
            if record.state == SealState::Replaced
                || (is_own && !ledger.went_out(&record).map_err(ledger_stop)?)
            {
                continue;
            }
            sealed = true;
            let seal = Sealed::open(matter, record)?;
            collect(&seal.matter(matter)?, is_own, &mut given)?;
        }
        if !sealed && !is_own && incident.wave_order(&wave) < own {
            let selection = Selection {
                incident: matter.folder.clone(),
                out: None,
                wave: Some(wave),
                law: matter.law.clone(),
            };
            collect(&Matter::open_sealed(&selection, matter)?, false, &mut given)?;
        }
    }
    Ok(given)
}

/// Adds the codes of one wave as its spool and its own given codes deal them.
fn collect(matter: &Matter, own: bool, given: &mut GivenCodes) -> Result<(), Refusal> {
    match Spool::open(&matter.folder, &matter.wave().id) {
        Err(SpoolError::Missing(_)) => return Ok(()),
        other => drop(other.map_err(spool_stop)?),
    }
    // What is wrong was told when its letters were made.
    let mut unheard = Findings::default();
    let intake = Intake::open(matter, &mut unheard)?;
    let fonts = letter_words::fonts(matter, &mut unheard);
    let words = LetterWords::load(matter)?;
    let writer = words.writer_counting(&matter.incident, matter, Counts::new(), &fonts)?;
    for addressed in intake.people(matter, &writer)? {
        let Addressed { person, code } = addressed.map_err(spool_stop)?;
        let entity = person.entity.map(|at| &matter.incident[at]);
        if let Some(entity) = entity
            && !person.activation_code.is_empty()
            && writer.needs_code(&person)
        {
            given.add(Who::of(&person, &entity.id), &person.activation_code, code, own);
        }
    }
    Ok(())
}
