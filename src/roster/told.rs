//! Everybody of the earlier waves in memory, to be asked of each row.

use super::earlier::{ALREADY_TOLD, Again, EarlierWave, Ids, not_recorded};
use super::likeness::Likeness;
use super::spool::{Spool, SpoolError};
use super::{ElementSet, Person, Standing};
use crate::finding::Findings;
use crate::incident::{EntityIx, Incident};
use std::collections::HashMap;
use std::path::Path;

pub use super::likeness::Differs;

/// Rows of earlier waves, by wave and number, and all the data they name.
#[derive(Clone, Default)]
pub struct Met {
    pub(super) rows: Vec<(u16, u32)>,
    pub(super) elements: ElementSet,
}

impl Met {
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

/// Everybody of the earlier waves: two entries of 40 bytes for each.
#[derive(Default)]
pub struct Told {
    entries: Vec<Entry>,
    sets: Vec<Set>,
    /// Who of an earlier wave stands in one between it and this.
    pub between: Again,
    /// People are written to again on purpose: a remailing or a correction.
    again: bool,
    /// Somebody was held because nobody knew whose patient it is.
    unplaced: bool,
    waves: usize,
}

/// What entries have in common.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Set {
    elements: ElementSet,
    wave: u16,
    told: bool,
    /// Told in a still earlier wave: what this row says was never told.
    again: bool,
}

/// Of entries whose person is counted elsewhere.
const NO_ROW: u32 = u32::MAX;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    /// Of covered entity and record id, or of covered entity, address and date of birth.
    key: u64,
    set: u32,
    row: u32,
    like: Likeness,
}

/// What an earlier wave knows of a person.
#[derive(Default)]
pub struct Known {
    /// The data that the person was told of; none if the person was told nothing.
    pub of: Option<ElementSet>,
    /// The record id was somebody else's.
    pub another: bool,
    /// The prior record that the row names was found.
    pub prior: bool,
    /// Everybody of the earlier waves who is this person, told or not.
    pub met: Met,
    /// In what the row differs from what the person was told last.
    pub differs: Differs,
    /// Whose letter that was: wave, and how much of it is alike.
    last: Option<(u16, u32)>,
    /// Rows of people who are likely this one, by what only a person can settle.
    likely: Vec<Entry>,
}

impl Known {
    /// Whether somebody told before, or counted before, is likely this person.
    pub fn is_likely_known(&self) -> bool {
        self.met.is_empty() && self.of.is_none() && !self.likely.is_empty()
    }
}

impl Told {
    /// Reads the spools of the earlier waves. A wave whose spool cannot be matched is a finding.
    ///
    /// # Errors
    /// A spool that was altered or cannot be read.
    pub fn read(
        folder: &Path,
        incident: &Incident,
        waves: &[EarlierWave],
        again: bool,
        findings: &mut Findings,
    ) -> Result<Self, SpoolError> {
        let mut told = Self { again, waves: waves.len(), ..Self::default() };
        for (number, wave) in waves.iter().enumerate() {
            let spool = match wave.spool(folder) {
                Ok(spool) if spool.info().rows == wave.rows => spool,
                Ok(_) | Err(SpoolError::Missing(_)) => {
                    findings.push(not_recorded(&wave.id));
                    continue;
                }
                Err(error) => return Err(error),
            };
            told.add(&spool, number, wave, incident)?;
        }
        Ok(told)
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Whether who was told is written to all the same.
    pub fn writes_again(&self) -> bool {
        self.again
    }

    /// The number of the wave at hand, after the earlier ones.
    pub fn wave(&self) -> usize {
        self.waves
    }

    fn add(
        &mut self,
        spool: &Spool,
        number: usize,
        wave: &EarlierWave,
        incident: &Incident,
    ) -> Result<(), SpoolError> {
        let ids = Ids::of(spool, incident);
        let mut numbers: HashMap<Set, u32> = HashMap::new();
        let mut added = Vec::new();
        for person in spool.people()? {
            let Some(person) = ids.now(person?) else { continue };
            let again = person.standing == Standing::Excluded(ALREADY_TOLD);
            // A merged row's person stands on the row it was merged into.
            let row = match person.standing {
                Standing::Merged(into) => into,
                _ => person.row,
            };
            if !self.entries.is_empty() {
                let mut known = self.of(&person);
                if wave.anew || wave.again {
                    self.take_likely(&person, &mut known);
                }
                if again {
                    self.between.correct(&person, &known);
                } else if !known.met.is_empty() {
                    self.between.add(number, row, person.elements, &known.met);
                }
            }
            let told = !wave.beside && (again || wave.told.contains(row));
            let set = Set { elements: person.elements, wave: number as u16, told, again };
            let set = *numbers.entry(set).or_insert_with(|| {
                self.sets.push(set);
                self.sets.len() as u32 - 1
            });
            // Who is counted with a still earlier wave has no row here.
            let row = if again { NO_ROW } else { row as u32 };
            self.unplaced |= person.entity.is_none();
            let like = Likeness::of(&person);
            let key = Likeness::record_key(person.entity, &person.record_id);
            added.push(Entry { key, set, row, like });
            added.push(Entry { key: Likeness::home_key(&person, person.entity), set, row, like });
        }
        self.entries.append(&mut added);
        self.entries.sort_unstable();
        Ok(())
    }

    /// What the earlier waves know of a person.
    pub fn of(&self, person: &Person) -> Known {
        let mut known = Known::default();
        let like = Likeness::of(person);
        self.look(person, &like, person.entity, &mut known);
        if self.unplaced && person.entity.is_some() {
            self.look(person, &like, None, &mut known);
        }
        known.another &= known.of.is_none();
        known
    }

    /// Takes whom the person is likely to be for the person.
    pub fn take_likely(&self, person: &Person, known: &mut Known) {
        if known.is_likely_known() {
            let like = Likeness::of(person);
            for entry in std::mem::take(&mut known.likely) {
                self.meet(&entry, &like, known);
            }
            known.another = false;
        }
    }

    fn look(&self, person: &Person, like: &Likeness, entity: Option<EntityIx>, known: &mut Known) {
        if !person.prior_record_id.is_empty() {
            for entry in self.entries(Likeness::record_key(entity, &person.prior_record_id)) {
                known.prior |= self.sets[entry.set as usize].told;
                self.meet(entry, like, known);
            }
        }
        for entry in self.entries(Likeness::record_key(entity, &person.record_id)) {
            if entry.like.same_name(like) {
                self.meet(entry, like, known);
            } else if entry.like.same_record(like) {
                known.likely.push(*entry);
            } else {
                known.another |= self.sets[entry.set as usize].told;
            }
        }
        for entry in self.entries(Likeness::home_key(person, entity)) {
            if entry.like.same_name(like) && entry.like.same_birth(like) {
                self.meet(entry, like, known);
            } else if entry.like.another_surname(like) {
                known.likely.push(*entry);
            }
        }
    }

    fn meet(&self, entry: &Entry, like: &Likeness, known: &mut Known) {
        let set = &self.sets[entry.set as usize];
        if set.told {
            known.of = Some(known.of.map_or(set.elements, |of| of.union(set.elements)));
        }
        if set.told && !set.again {
            let differs = entry.like.differs(like);
            // Of several rows of one letter the one that is most alike was told.
            let rank = (set.wave, u32::MAX - differs.count());
            if known.last.is_none_or(|last| last < rank) {
                known.last = Some(rank);
                known.differs = differs;
            }
        }
        known.met.elements = known.met.elements.union(set.elements);
        if entry.row != NO_ROW {
            known.met.rows.push((set.wave, entry.row));
        }
    }

    fn entries(&self, key: u64) -> impl Iterator<Item = &Entry> {
        let at = self.entries.partition_point(|entry| entry.key < key);
        self.entries[at..].iter().take_while(move |entry| entry.key == key)
    }
}
