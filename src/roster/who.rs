//! By what one person is known again in another wave's roster, as digests that stay the same from
//! program to program: they are written into files.

use super::Person;
use super::order::place;
use super::tables::fold;
use crate::files::hex;
use sha2::{Digest, Sha256};

/// The three ways in which a person is the one of another wave, always for one covered entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Who {
    /// Record id, which alone proves nothing.
    record: u64,
    /// The record that the row names in `prior_record_id`; none where it names none.
    prior: Option<u64>,
    /// Record id and name.
    named: u64,
    /// Name, address and date of birth.
    person: u64,
}

impl Who {
    /// `entity` is the covered entity's id: an incident may number its entities anew.
    pub fn of(person: &Person, entity: &str) -> Self {
        let record = |id: &str| short(&["record", entity, id]);
        let (last, first) = (fold(&person.last_name), fold(&person.first_name));
        let mut key = Vec::new();
        place(person, &mut key);
        // Without the mark of whether a letter can go out, and without the record id.
        let at = hex(&key[1..key.len() - person.record_id.len()]);
        let born = person.date_of_birth.map_or_else(String::new, |day| day.to_string());
        let prior = &person.prior_record_id;
        Self {
            record: record(&person.record_id),
            prior: (!prior.is_empty()).then(|| record(prior)),
            named: short(&["named", entity, &person.record_id, &last, &first]),
            person: short(&["person", entity, &at, &fold(&person.suffix), &born]),
        }
    }

    /// Whether this is the person of an earlier row.
    pub fn is(&self, earlier: &Who) -> bool {
        self.named == earlier.named
            || self.person == earlier.person
            || self.prior == Some(earlier.record)
    }

    /// The key of the record id alone, which proves nothing between waves.
    pub fn record(&self) -> u64 {
        self.record
    }

    /// The keys under which an earlier row is found again.
    pub fn known_by(&self) -> [u64; 3] {
        [self.record, self.named, self.person]
    }

    /// The keys under which this row looks for an earlier one.
    pub fn looks_for(&self) -> impl Iterator<Item = u64> {
        [Some(self.named), Some(self.person), self.prior].into_iter().flatten()
    }

    /// As written into a file.
    pub fn line(&self) -> String {
        format!("{:016x}{:016x}{:016x}", self.record, self.named, self.person)
    }

    /// As [`Who::line`] wrote it, of an earlier row.
    pub fn read(line: &str) -> Option<Self> {
        let part = |n: usize| u64::from_str_radix(line.get(n * 16..n * 16 + 16)?, 16).ok();
        Some(Self { record: part(0)?, named: part(1)?, person: part(2)?, prior: None })
    }
}

/// The first 8 bytes of SHA-256 over texts, each with its length.
fn short(texts: &[&str]) -> u64 {
    let mut hash = Sha256::new();
    for text in texts {
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text);
    }
    let digest = hash.finalize();
    u64::from_be_bytes(std::array::from_fn(|i| digest[i]))
}
