//! Which letters are printed together: at most 1,000 of one language, domestic or foreign.

use crate::roster::Person;
use std::collections::BTreeMap;

/// Letters in one file at the most, so that a printer can reprint a damaged piece by its serial.
pub const LARGEST: usize = 1_000;

/// People to be printed into one file, in spool order (by ZIP).
pub struct Batch {
    /// 1-based.
    pub number: usize,
    /// Of the letters, BCP 47.
    pub language: String,
    pub people: Vec<Person>,
}

/// Deals people in spool order into batches; the numbers depend on that order alone.
#[derive(Default)]
pub struct Dealer {
    open: BTreeMap<(bool, String), Vec<Person>>,
    dealt: usize,
}

impl Dealer {
    /// Takes one person whose letter is in `language`; gives back a batch when it is full.
    pub fn deal(&mut self, person: Person, language: &str) -> Option<Batch> {
        let key = (!person.address.country.is_empty(), language.to_owned());
        let people = self.open.entry(key).or_default();
        people.push(person);
        if people.len() < LARGEST {
            return None;
        }
        let people = std::mem::take(people);
        Some(self.number(language.to_owned(), people))
    }

    /// The batches that are not full, at the end.
    pub fn rest(mut self) -> Vec<Batch> {
        let open = std::mem::take(&mut self.open);
        open.into_iter()
            .filter(|(_, people)| !people.is_empty())
            .map(|((_, language), people)| self.number(language, people))
            .collect()
    }

    fn number(&mut self, language: String, people: Vec<Person>) -> Batch {
        self.dealt += 1;
        Batch { number: self.dealt, language, people }
    }
}
