//! Who was told in an earlier wave, and of what: nobody gets the same letter twice.
//!
//! A person of this wave is one of an earlier wave if the row says so (`prior_record_id`), if
//! record id and name are the same, or if name, address and date of birth are the same; always
//! for the same covered entity. Ids alone do not count: exports number people anew.

use super::order::place;
use super::spool::{Spool, SpoolError};
use super::tables::fold;
use super::{ElementSet, Person, Standing};
use crate::finding::{Finding, Findings, Place, Severity};
use crate::incident::Incident;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

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

    /// Every row of a roster.
    pub fn all(rows: u64) -> Self {
        Self(vec![u64::MAX; (rows / 64 + 1) as usize])
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
}

/// Everybody told before: two entries of 16 bytes for each.
#[derive(Default)]
pub struct Told {
    entries: Vec<Entry>,
    sets: Vec<ElementSet>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    /// Of covered entity and record id, or of covered entity, name and address.
    key: u64,
    /// Of the name, or of the date of birth.
    check: u32,
    set: u32,
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
        findings: &mut Findings,
    ) -> Result<Self, SpoolError> {
        let mut told = Self::default();
        for wave in waves {
            let spool = match Spool::open(folder, &wave.id) {
                Ok(spool) if spool.info().rows == wave.rows => spool,
                Ok(_) | Err(SpoolError::Missing(_)) => {
                    findings.push(not_recorded(&wave.id));
                    continue;
                }
                Err(error) => return Err(error),
            };
            told.add(&spool, wave, incident)?;
        }
        told.entries.sort_unstable();
        told.entries.dedup();
        Ok(told)
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    fn add(
        &mut self,
        spool: &Spool,
        wave: &EarlierWave,
        incident: &Incident,
    ) -> Result<(), SpoolError> {
        let info = spool.info();
        let entities: Vec<Option<usize>> = info
            .entities
            .iter()
            .map(|id| incident.entities.iter().position(|e| e.id == *id))
            .collect();
        let elements: Vec<Option<usize>> = info
            .elements
            .iter()
            .map(|id| incident.elements.iter().position(|e| e.id == *id))
            .collect();
        let mut numbers: HashMap<ElementSet, u32> = HashMap::new();
        for person in spool.people()? {
            let mut person = person?;
            let told = match person.standing {
                Standing::Merged(into) => wave.told.contains(into),
                _ => wave.told.contains(person.row),
            };
            let entity = entities.get(usize::from(person.entity)).copied().flatten();
            let (true, Some(entity)) = (told, entity) else { continue };
            person.entity = entity as u16;
            let set: ElementSet = (0..elements.len())
                .filter(|i| person.elements.0 & (1 << i) != 0)
                .filter_map(|i| elements[i])
                .collect();
            let set = *numbers.entry(set).or_insert_with(|| {
                self.sets.push(set);
                self.sets.len() as u32 - 1
            });
            let (key, check) = by_id(&person, &person.record_id);
            self.entries.push(Entry { key, check, set });
            let (key, check) = by_name(&person);
            self.entries.push(Entry { key, check, set });
        }
        Ok(())
    }

    /// What the earlier waves know of a person.
    pub fn of(&self, person: &Person) -> Known {
        let mut known = Known::default();
        let mut union = |entry: &Entry| {
            let set = self.sets[entry.set as usize];
            known.of = Some(known.of.map_or(set, |of: ElementSet| of.union(set)));
        };
        if !person.prior_record_id.is_empty() {
            let (key, _) = by_id(person, &person.prior_record_id);
            for entry in self.entries(key) {
                union(entry);
                known.prior = true;
            }
        }
        let (key, check) = by_id(person, &person.record_id);
        for entry in self.entries(key) {
            match entry.check == check {
                true => union(entry),
                false => known.another = true,
            }
        }
        let (key, check) = by_name(person);
        self.entries(key).filter(|entry| entry.check == check).for_each(union);
        known.another &= known.of.is_none();
        known
    }

    fn entries(&self, key: u64) -> impl Iterator<Item = &Entry> {
        let at = self.entries.partition_point(|entry| entry.key < key);
        self.entries[at..].iter().take_while(move |entry| entry.key == key)
    }
}

fn by_id(person: &Person, record_id: &str) -> (u64, u32) {
    let name = (fold(&person.last_name), fold(&person.first_name));
    (digest(("id", person.entity, record_id)), digest(name) as u32)
}

fn by_name(person: &Person) -> (u64, u32) {
    let mut key = Vec::new();
    place(person, &mut key);
    // Without the mark of whether a letter can go out, and without the record id.
    let who = &key[1..key.len() - person.record_id.len()];
    let suffix = fold(&person.suffix);
    (digest(("name", person.entity, who, suffix)), digest(person.date_of_birth) as u32)
}

fn digest(value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// Says that a wave mailed before has no people to compare with.
pub fn not_recorded(wave: &str) -> Finding {
    let message =
        format!("the earlier wave `{wave}` is not recorded, so nobody was compared with it");
    Finding::new("wave.not_recorded", Severity::Warning, message)
        .at(Place::file("incident.toml"))
        .remedy(format!("run `noticeworks check --wave {wave}` first, then check this wave again"))
}
