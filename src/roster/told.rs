//! Everybody of the earlier waves in memory, to be asked of each row.

use super::earlier::{ALREADY_TOLD, Again, EarlierWave, Ids, not_recorded};
use super::order::place;
use super::spool::{Spool, SpoolError};
use super::tables::fold;
use super::{ElementSet, Person, Standing};
use crate::finding::Findings;
use crate::incident::{EntityIx, Incident};
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

/// Rows of earlier waves, by wave and number, and all the data they name.
#[derive(Default)]
pub struct Met {
    pub(super) rows: Vec<(u16, u32)>,
    pub(super) elements: ElementSet,
}

impl Met {
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

/// Everybody of the earlier waves: two entries of 24 bytes for each.
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
}

/// Of entries whose person is counted elsewhere.
const NO_ROW: u32 = u32::MAX;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    /// Of covered entity and record id, or of covered entity, name and address.
    key: u64,
    /// Of the name, or of the date of birth.
    check: u32,
    set: u32,
    row: u32,
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
            if !again && !self.entries.is_empty() {
                let met = self.of(&person).met;
                if !met.is_empty() {
                    self.between.add(number, row, person.elements, &met);
                }
            }
            let set = Set {
                elements: person.elements,
                wave: number as u16,
                told: !wave.beside && (again || wave.told.contains(row)),
            };
            let set = *numbers.entry(set).or_insert_with(|| {
                self.sets.push(set);
                self.sets.len() as u32 - 1
            });
            // Who is counted with a still earlier wave has no row here.
            let row = if again { NO_ROW } else { row as u32 };
            self.unplaced |= person.entity.is_none();
            let (key, check) = by_id(&person, person.entity, &person.record_id);
            added.push(Entry { key, check, set, row });
            let (key, check) = by_name(&person, person.entity);
            added.push(Entry { key, check, set, row });
        }
        self.entries.append(&mut added);
        self.entries.sort_unstable();
        Ok(())
    }

    /// What the earlier waves know of a person.
    pub fn of(&self, person: &Person) -> Known {
        let mut known = Known::default();
        self.look(person, person.entity, &mut known);
        if self.unplaced && person.entity.is_some() {
            self.look(person, None, &mut known);
        }
        known.another &= known.of.is_none();
        known
    }

    fn look(&self, person: &Person, entity: Option<EntityIx>, known: &mut Known) {
        if !person.prior_record_id.is_empty() {
            let (key, _) = by_id(person, entity, &person.prior_record_id);
            for entry in self.entries(key) {
                known.prior |= self.sets[entry.set as usize].told;
                self.meet(entry, known);
            }
        }
        let (key, check) = by_id(person, entity, &person.record_id);
        for entry in self.entries(key) {
            match entry.check == check {
                true => self.meet(entry, known),
                false => known.another |= self.sets[entry.set as usize].told,
            }
        }
        let (key, check) = by_name(person, entity);
        for entry in self.entries(key).filter(|entry| entry.check == check) {
            self.meet(entry, known);
        }
    }

    fn meet(&self, entry: &Entry, known: &mut Known) {
        let set = &self.sets[entry.set as usize];
        if set.told {
            known.of = Some(known.of.map_or(set.elements, |of| of.union(set.elements)));
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

fn by_id(person: &Person, entity: Option<EntityIx>, record_id: &str) -> (u64, u32) {
    let name = (fold(&person.last_name), fold(&person.first_name));
    (digest(("id", entity, record_id)), digest(name) as u32)
}

fn by_name(person: &Person, entity: Option<EntityIx>) -> (u64, u32) {
    let mut key = Vec::new();
    place(person, &mut key);
    // Without the mark of whether a letter can go out, and without the record id.
    let who = &key[1..key.len() - person.record_id.len()];
    let suffix = fold(&person.suffix);
    (digest(("name", entity, who, suffix)), digest(person.date_of_birth) as u32)
}

fn digest(value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}
