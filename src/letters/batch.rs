//! Which letters are printed together: at most so many of one language, domestic or foreign, and of
//! as many sheets.
//!
//! How many sheets a letter has is known when it is composed, which is most of the work. So people
//! are dealt by what the first letter of their kind had, and whoever's letter differs from the rest
//! of the file is dealt once more, by their own number. Who stands in which file depends on the
//! order of the people and on their letters alone, and needs no file made before.

use crate::roster::Person;
use std::collections::{BTreeMap, HashMap};

/// Letters in one file at the most, unless the incident says otherwise, so that a printer can
/// reprint a damaged piece by its serial.
pub const LARGEST: usize = 1_000;

/// People to be printed into one file, in spool order (by ZIP).
pub struct Batch {
    /// 1-based.
    pub number: usize,
    pub foreign: bool,
    /// Of the letters, BCP 47.
    pub language: String,
    pub people: Vec<Person>,
}

/// Foreign, language, sheets.
type Key = (bool, String, u32);

/// Deals people in spool order into batches; the numbers depend on that order alone.
pub struct Dealer {
    open: BTreeMap<Key, Vec<Person>>,
    largest: usize,
    /// Batches dealt so far.
    pub dealt: usize,
}

impl Dealer {
    /// Deals files of `largest` letters, the first numbered behind `dealt`.
    pub fn new(largest: usize, dealt: usize) -> Self {
        Self { open: BTreeMap::new(), largest, dealt }
    }

    /// Takes one person whose letter is in `language` and has about so many sheets; gives back a
    /// batch when it is full.
    pub fn deal(&mut self, person: Person, language: &str, sheets: u32) -> Option<Batch> {
        let key = (!person.address.country.is_empty(), language.to_owned(), sheets);
        let people = self.open.entry(key.clone()).or_default();
        people.push(person);
        if people.len() < self.largest {
            return None;
        }
        let people = std::mem::take(people);
        Some(self.number(key, people))
    }

    /// A batch that is not full, at the end, as long as there are any.
    pub fn rest(&mut self) -> Option<Batch> {
        loop {
            let (key, people) = self.open.pop_first()?;
            if !people.is_empty() {
                return Some(self.number(key, people));
            }
        }
    }

    fn number(&mut self, (foreign, language, _): Key, people: Vec<Person>) -> Batch {
        self.dealt += 1;
        Batch { number: self.dealt, foreign, language, people }
    }
}

/// The number of sheets that most letters of a file have; of two as frequent the smaller.
pub fn usual(sheets: impl Iterator<Item = u32>) -> u32 {
    let mut counts: HashMap<u32, usize> = HashMap::new();
    sheets.for_each(|n| *counts.entry(n).or_default() += 1);
    let most = counts.into_iter().max_by_key(|(sheets, n)| (*n, std::cmp::Reverse(*sheets)));
    most.map_or(0, |(sheets, _)| sheets)
}

#[cfg(test)]
mod tests {
    use super::usual;

    #[test]
    fn the_usual_number_of_sheets_is_that_of_most_letters() {
        assert_eq!(usual([3, 2, 3, 4].into_iter()), 3);
        assert_eq!(usual([4, 2, 2, 4].into_iter()), 2);
        assert_eq!(usual(std::iter::empty()), 0);
    }
}
