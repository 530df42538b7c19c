//! Who was told in an earlier wave, and of what: nobody gets the same letter twice.
//!
//! A person of this wave is one of an earlier wave if the row says so (`prior_record_id`), if
//! record id and name are the same, or if name, address and date of birth are the same; always
//! for the same covered entity. Ids alone do not count: exports number people anew.

use super::spool::{Spool, SpoolError};
use super::told::{Differs, Known, Met, Told};
use super::{ElementSet, Person, Standing};
use crate::finding::{Code, Finding, Findings, Place, Severity};
use crate::incident::{EntityIx, Incident, StrandIx};
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// The reason of rows whose people were told the same in an earlier wave; they are counted there.
pub const ALREADY_TOLD: Code = code!("wave.already_told");

/// The reason of rows whose people are likely some of an earlier wave: until somebody says so or
/// says otherwise, they are counted there.
pub const LIKELY_SAME: Code = code!("wave.likely_same");

/// Rows of a roster, by number.
#[derive(Default)]
pub struct RowSet(Vec<u64>);

impl RowSet {
    pub fn insert(&mut self, row: u64) {
        let word = (row / 64) as usize;
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        self.0[word] |= 1 << (row % 64);
    }

    fn merge(&mut self, other: &RowSet) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        for (word, others) in self.0.iter_mut().zip(&other.0) {
            *word |= others;
        }
    }

    pub fn contains(&self, row: u64) -> bool {
        self.0.get((row / 64) as usize).is_some_and(|word| word & (1 << (row % 64)) != 0)
    }
}

/// A wave that is mailed before the one at hand.
pub struct EarlierWave {
    pub id: String,
    /// Rows recorded for it; its spool must have as many.
    pub rows: u64,
    /// Rows that got a letter or an e-mail.
    pub told: RowSet,
    /// Mailed on the same day and listed behind: its people are counted, and have been told nothing
    /// when this one is made.
    pub beside: bool,
    /// The roster of the wave before it in the list as it was read since that one's letters left:
    /// who is likely one person is one.
    pub anew: bool,
    /// Who was told is written to again on purpose: a remailing or a correction.
    pub again: bool,
    /// The folder below which its spool lies, where it is not the incident's.
    pub spool_in: Option<PathBuf>,
}

impl EarlierWave {
    /// Its people.
    pub(super) fn spool(&self, folder: &Path) -> Result<Spool, SpoolError> {
        Spool::open(self.spool_in.as_deref().unwrap_or(folder), &self.id)
    }
}

/// Who of the earlier waves stands in a later roster again: everybody is counted once.
#[derive(Default)]
pub struct Again {
    /// By earlier wave, the rows whose people a later roster has anew; they are counted there.
    pub superseded: Vec<RowSet>,
    /// By wave, the one at hand last: all that is known of a row's person, where earlier waves
    /// know of data that the row does not name.
    pub more: Vec<HashMap<u64, ElementSet>>,
    /// By earlier wave, the rows of people who were told and whose data a later roster corrects,
    /// with the row that does: they are counted with the wave that told them, as they are now.
    corrected: Vec<HashMap<u64, (Box<Person>, Differs)>>,
}

impl Again {
    /// The same as a reading of the roster gives, from the spool that it wrote.
    ///
    /// # Errors
    /// A spool that was altered or cannot be read.
    pub fn of(
        folder: &Path,
        incident: &Incident,
        spool: &Spool,
        waves: &[EarlierWave],
        again: bool,
    ) -> Result<Self, SpoolError> {
        let told = Told::read(folder, incident, waves, false, &mut Findings::default())?;
        let mut all = Self::default();
        if !told.is_empty() {
            for person in spool.people()? {
                let person = person?;
                if !person.standing.is_somebody() {
                    continue;
                }
                let mut known = told.of(&person);
                // Whom somebody decided to take for the same was told in that standing.
                if again
                    || person.standing == Standing::Excluded(ALREADY_TOLD)
                    || person.supplemental
                {
                    told.take_likely(&person, &mut known);
                }
                match person.standing {
                    Standing::Excluded(code) if code == ALREADY_TOLD => {
                        all.correct(&person, &known)
                    }
                    _ if known.met.is_empty() => {}
                    _ => all.add(told.wave(), person.row, person.elements, &known.met),
                }
            }
        }
        all.merge(told.between);
        Ok(all)
    }

    /// The elements of the person on a row of a wave, those of earlier waves included.
    pub fn elements(&self, wave: usize, person: &Person) -> ElementSet {
        let more = self.more.get(wave).and_then(|rows| rows.get(&person.row));
        more.map_or(person.elements, |more| more.union(person.elements))
    }

    pub(super) fn merge(&mut self, other: Again) {
        for (wave, rows) in other.superseded.into_iter().enumerate() {
            if self.superseded.len() <= wave {
                self.superseded.resize_with(wave + 1, RowSet::default);
            }
            self.superseded[wave].merge(&rows);
        }
        for (wave, rows) in other.more.into_iter().enumerate() {
            if self.more.len() <= wave {
                self.more.resize_with(wave + 1, HashMap::new);
            }
            self.more[wave].extend(rows);
        }
        for (wave, rows) in other.corrected.into_iter().enumerate() {
            if self.corrected.len() <= wave {
                self.corrected.resize_with(wave + 1, HashMap::new);
            }
            // What this one has comes from the later roster.
            for (row, person) in rows {
                self.corrected[wave].entry(row).or_insert(person);
            }
        }
    }

    /// Notes that a row corrects what is known of people who were told in earlier waves.
    pub(super) fn correct(&mut self, person: &Person, known: &Known) {
        if !known.differs.any() {
            return;
        }
        for (earlier, row) in &known.met.rows {
            let earlier = usize::from(*earlier);
            if self.corrected.len() <= earlier {
                self.corrected.resize_with(earlier + 1, HashMap::new);
            }
            self.corrected[earlier]
                .insert(u64::from(*row), (Box::new(person.clone()), known.differs));
        }
    }

    /// In what a later roster corrects the person on a row of an earlier wave, if one does.
    pub fn corrected(&self, wave: usize, row: u64) -> Option<Differs> {
        self.corrected.get(wave)?.get(&row).map(|(_, differs)| *differs)
    }

    /// A person of an earlier wave as they are known now: who and where as corrected, told of what
    /// and for whom as they were.
    fn as_known_now(&self, wave: usize, person: &mut Person) {
        let of = self.corrected.get(wave).and_then(|rows| rows.get(&person.row));
        let Some((now, _)) = of else { return };
        let Person { row, record_id, entity, strand, .. } = person;
        let of = (*row, std::mem::take(record_id), *entity, *strand);
        let (elements, population) = (person.elements, person.population);
        let (standing, supplemental) = (person.standing.clone(), person.supplemental);
        *person = now.as_ref().clone();
        (person.row, person.record_id, person.entity, person.strand) = of;
        (person.elements, person.population) = (elements, population);
        (person.standing, person.supplemental) = (standing, supplemental);
    }

    /// Notes that a row has people of earlier waves anew.
    pub(super) fn add(&mut self, wave: usize, row: u64, elements: ElementSet, met: &Met) {
        for (earlier, row) in &met.rows {
            let earlier = usize::from(*earlier);
            if self.superseded.len() <= earlier {
                self.superseded.resize_with(earlier + 1, RowSet::default);
            }
            self.superseded[earlier].insert(u64::from(*row));
        }
        if elements.union(met.elements) != elements {
            if self.more.len() <= wave {
                self.more.resize_with(wave + 1, HashMap::new);
            }
            self.more[wave].insert(row, met.elements);
        }
    }
}

/// Everybody of the earlier waves, with the number of their wave and whether they stand in a later
/// roster again, where they are counted; in the incident's present numbers. Who is counted here
/// comes with all the data that any wave knows of.
///
/// # Errors
/// A spool that was altered or cannot be read. One that cannot be matched was told by [`read`].
///
/// [`read`]: super::read
pub fn each_earlier(
    folder: &Path,
    incident: &Incident,
    waves: &[EarlierWave],
    again: &Again,
    each: &mut dyn FnMut(usize, &Person, bool),
) -> Result<(), SpoolError> {
    for (number, wave) in waves.iter().enumerate() {
        let spool = match wave.spool(folder) {
            Ok(spool) if spool.info().rows == wave.rows => spool,
            Ok(_) | Err(SpoolError::Missing(_)) => continue,
            Err(error) => return Err(error),
        };
        let ids = Ids::of(&spool, incident);
        for person in spool.people()? {
            let Some(mut person) = ids.now(person?) else { continue };
            match person.standing {
                Standing::Merged(_) => continue,
                Standing::Excluded(code) if code == ALREADY_TOLD => continue,
                // Counted as the one that this person likely is.
                Standing::Held(code) if code == LIKELY_SAME => continue,
                _ => {}
            }
            let superseded =
                again.superseded.get(number).is_some_and(|rows| rows.contains(person.row));
            if !superseded {
                again.as_known_now(number, &mut person);
                person.elements = again.elements(number, &person);
            }
            each(number, &person, superseded);
        }
    }
    Ok(())
}

/// What the numbers of a spool mean in the incident as it is now.
pub(super) struct Ids {
    entities: Vec<Option<usize>>,
    strands: Vec<Option<usize>>,
    elements: Vec<Option<usize>>,
}

impl Ids {
    pub(super) fn of(spool: &Spool, incident: &Incident) -> Self {
        fn find<'i>(
            ids: &[String],
            now: impl Iterator<Item = &'i String> + Clone,
        ) -> Vec<Option<usize>> {
            ids.iter().map(|id| now.clone().position(|known| known == id)).collect()
        }
        let info = spool.info();
        Self {
            entities: find(&info.entities, incident.entities.iter().map(|e| &e.id)),
            strands: find(&info.strands, incident.strands.iter().map(|s| &s.id)),
            elements: find(&info.elements, incident.elements.iter().map(|e| &e.id)),
        }
    }

    /// The person in present numbers; none who is nobody, or whose covered entity is no longer
    /// part of the incident.
    pub(super) fn now(&self, mut person: Person) -> Option<Person> {
        if matches!(person.standing, Standing::Excluded(code) if code.starts_with("row.")) {
            return None;
        }
        if let Some(entity) = person.entity {
            let entity = self.entities.get(entity.get()).copied().flatten()?;
            person.entity = Some(EntityIx::new(entity));
        }
        let strand = self.strands.get(person.strand.get()).copied().flatten();
        person.strand = strand.map_or(StrandIx::FIRST, StrandIx::new);
        person.elements = (0..self.elements.len())
            .filter(|i| person.elements.0 & (1 << i) != 0)
            .filter_map(|i| self.elements[i])
            .collect();
        Some(person)
    }
}

/// Says that a wave mailed before has no people to compare with.
pub fn not_recorded(wave: &str) -> Finding {
    let message =
        format!("the earlier wave `{wave}` is not recorded, so nobody was compared with it");
    Finding::new(code!("wave.not_recorded"), Severity::Warning, message)
        .at(Place::file("incident.toml"))
        .remedy(format!("run `noticeworks check --wave {wave}` first, then check this wave again"))
}
