//! Everybody concerned up to a wave: a regulator is told totals, not what a later mailing adds.

use super::exit::Stop;
use super::intake::{Intake, spool_stop};
use super::matter::Matter;
use crate::finding::Findings;
use crate::plan::{Cell, Cube, outcome};
use crate::roster::{EarlierWave, Known, RowSet, Spool, SpoolError, Told, not_recorded};

/// The people of several waves, each counted once.
pub struct Cumulative {
    pub cube: Cube,
    /// People of a later wave who are counted by an earlier one: what they were told of now is
    /// involved too.
    pub again: Vec<Cell>,
}

/// The people of this wave and of those mailed before it; none where this wave is the first.
///
/// # Errors
/// A spool that was altered or cannot be read.
pub fn cumulative(
    matter: &Matter,
    intake: &Intake,
    findings: &mut Findings,
) -> Result<Option<Cumulative>, Stop> {
    let (incident, this) = (&matter.incident, matter.wave());
    let mut before: Vec<_> = incident.waves.iter().filter(|w| *w.mail_on < *this.mail_on).collect();
    if before.is_empty() {
        return Ok(None);
    }
    before.sort_by_key(|wave| *wave.mail_on);
    let mut so_far = Cumulative { cube: Cube::default(), again: Vec::new() };
    let mut seen: Vec<EarlierWave> = Vec::new();
    for wave in before {
        let spool = match Spool::open(&matter.folder, &wave.id) {
            Ok(spool) if spool.fits(incident).is_ok() => spool,
            Ok(_) | Err(SpoolError::Missing(_)) => {
                findings.push(not_recorded(&wave.id));
                continue;
            }
            Err(error) => return Err(spool_stop(error)),
        };
        let told = Told::read(&matter.folder, incident, &seen, findings).map_err(spool_stop)?;
        for person in spool.people().map_err(spool_stop)? {
            let person = person.map_err(spool_stop)?;
            let planned = outcome(&person, incident);
            so_far.count(&person, planned, &told.of(&person));
        }
        let rows = spool.info().rows;
        seen.push(EarlierWave { id: wave.id.clone(), rows, told: RowSet::all(rows) });
    }
    let told = Told::read(&matter.folder, incident, &seen, findings).map_err(spool_stop)?;
    for person in intake.everybody()? {
        let person = person.map_err(spool_stop)?;
        let planned = intake.outcome(&person, matter);
        so_far.count(&person, planned, &told.of(&person));
    }
    Ok(Some(so_far))
}

impl Cumulative {
    fn count(&mut self, person: &crate::roster::Person, planned: crate::plan::Outcome, known: &Known) {
        if known.of.is_none() {
            self.cube.add(person, planned);
            return;
        }
        let cell = Cell {
            entity: person.entity,
            strand: person.strand,
            jurisdiction: person.jurisdiction.clone(),
            elements: person.elements,
            population: person.population,
            recipient: person.recipient,
            outcome: planned,
        };
        if !self.again.contains(&cell) {
            self.again.push(cell);
        }
    }
}
