//! Which e-mails a person looks at: one of each version, and those with the longest names.
//!
//! The messages of a large mailing take more room than its letters. Every one is sealed and sent all
//! the same; only the files are fewer.

use crate::letters::Writer;
use crate::roster::Person;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Nobody looks at more.
const MOST: usize = 200;
/// Of these, so many for their names: where a line runs over, it does so in the longest.
const NAMES: usize = 20;

/// Watches everybody who gets an e-mail, in the spool's order, and remembers whose to write.
#[derive(Default)]
pub struct EmailSamples {
    /// Version -> how many people, and the first one's row.
    versions: BTreeMap<String, (u64, u64)>,
    /// The longest names: length and row, the longest and earliest first.
    names: BTreeSet<(Reverse<usize>, u64)>,
    total: u64,
}

impl EmailSamples {
    pub fn add(&mut self, writer: &Writer<'_>, person: &Person) {
        self.total += 1;
        self.consider(&writer.version(person).key, person.full_name().chars().count(), person.row);
    }

    fn consider(&mut self, version: &str, length: usize, row: u64) {
        match self.versions.get_mut(version) {
            Some((people, _)) => *people += 1,
            None => drop(self.versions.insert(version.to_owned(), (1, row))),
        }
        self.names.insert((Reverse(length), row));
        if self.names.len() > MOST {
            self.names.pop_last();
        }
    }

    /// How many people there were.
    pub fn total(&self) -> u64 {
        self.total
    }

    /// The rows whose e-mails are written: the versions that most people get first, then names until
    /// there are enough.
    pub fn rows(&self) -> BTreeSet<u64> {
        let mut versions: Vec<_> = self.versions.values().copied().collect();
        versions.sort_by_key(|(people, row)| (Reverse(*people), *row));
        let mut rows: BTreeSet<u64> =
            versions.into_iter().take(MOST - NAMES).map(|(_, row)| row).collect();
        for (_, row) in &self.names {
            if rows.len() == MOST {
                break;
            }
            rows.insert(*row);
        }
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_version_and_the_longest_names_are_among_the_samples() {
        let mut few = EmailSamples::default();
        (1..=30).for_each(|row| few.consider(if row % 3 == 0 { "a" } else { "b" }, 10, row));
        assert_eq!(few.rows().len(), 30, "as few as these are all written");

        let mut many = EmailSamples::default();
        for row in 1..=5_000u64 {
            let length = if row == 4_321 { 60 } else { 10 + (row % 7) as usize };
            many.consider(&format!("v{}", row % 40), length, row);
        }
        let rows = many.rows();
        assert_eq!(rows.len(), MOST);
        assert!(rows.contains(&4_321) && (1..=40).all(|row| rows.contains(&row)));

        let mut versions = EmailSamples::default();
        (1..=1_000u64).for_each(|row| versions.consider(&format!("v{row}"), row as usize, row));
        let rows = versions.rows();
        assert_eq!(rows.len(), MOST);
        assert!((981..=1_000).all(|row| rows.contains(&row)), "room is kept for names");
    }
}
