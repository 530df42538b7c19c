//! Everybody counted: the cube of a wave, and how many people there are of each kind of letter.

use crate::letters::{Kind, Kinds, is_large_print};
use crate::plan::{Cell, Cube, Outcome, placed};
use crate::roster::{ElementSet, Person, Population, Recipient};
use std::collections::HashMap;

/// Counts people by small numbers, so that eight million take seconds.
#[derive(Default)]
pub struct Census {
    words: HashMap<String, u16>,
    counts: HashMap<Alike, u64>,
    rows: HashMap<Outcome, u64>,
}

/// People who are alike in all that is counted.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Alike {
    entity: u16,
    strand: u16,
    /// Numbers of words.
    jurisdiction: u16,
    language: u16,
    elements: ElementSet,
    population: Population,
    recipient: Recipient,
    outcome: Outcome,
    supplemental: bool,
    large_print: bool,
}

impl Census {
    /// Counts a row, and the person it stands for, if any, by what has become of their letter.
    pub fn add(
        &mut self,
        person: &Person,
        elements: ElementSet,
        outcome: Outcome,
        as_counted: Option<Outcome>,
    ) {
        *self.rows.entry(outcome).or_default() += 1;
        if let Some(known) = as_counted
            && outcome != Outcome::Merged
            && person.standing.is_somebody()
        {
            self.person(person, elements, known);
        }
    }

    /// Counts a person who has no row in this wave.
    pub fn person(&mut self, person: &Person, elements: ElementSet, outcome: Outcome) {
        let alike = Alike {
            entity: person.entity,
            strand: person.strand,
            jurisdiction: self.word(&person.jurisdiction),
            language: self.word(&person.language),
            elements,
            population: person.population,
            recipient: person.recipient,
            outcome,
            supplemental: person.supplemental,
            large_print: is_large_print(person),
        };
        *self.counts.entry(alike).or_default() += 1;
    }

    fn word(&mut self, word: &str) -> u16 {
        if let Some(number) = self.words.get(word) {
            return *number;
        }
        // Cleaned languages and states come from tables of a few hundred.
        let number = u16::try_from(self.words.len()).unwrap_or(u16::MAX);
        self.words.insert(word.to_owned(), number);
        number
    }

    /// Adds the counts to a cube and its kinds.
    pub fn into(self, cube: &mut Cube, kinds: &mut Kinds) {
        let words: HashMap<u16, String> = self.words.into_iter().map(|(w, n)| (n, w)).collect();
        let word = |number: u16| words.get(&number).cloned().unwrap_or_default();
        for (outcome, rows) in self.rows {
            *cube.rows.entry(outcome).or_default() += rows;
        }
        for (alike, people) in self.counts {
            if alike.entity == Person::UNPLACED {
                cube.unplaced += people;
            }
            let cell = Cell {
                entity: placed(alike.entity),
                strand: alike.strand,
                jurisdiction: word(alike.jurisdiction),
                elements: alike.elements,
                population: alike.population,
                recipient: alike.recipient,
                outcome: alike.outcome,
            };
            *cube.cells.entry(cell.clone()).or_default() += people;
            if alike.outcome.mails() || alike.outcome.emails() {
                let language = word(alike.language);
                let Alike { supplemental, large_print, .. } = alike;
                let kind = Kind { cell, language, supplemental, large_print };
                *kinds.entry(kind).or_default() += people;
            }
        }
    }
}
