//! Everybody counted: the cube of a wave, and how many people there are of each kind of letter.

use crate::incident::{EntityIx, StrandIx};
use crate::letters::{Kind, Kinds, is_large_print};
use crate::matter::people::humans::Humans;
use crate::plan::{Cell, Cube, Outcome, Share, placed};
use crate::roster::{self, ElementSet, Person, Population, Recipient};
use std::collections::HashMap;
use std::io;

/// Counts people by small numbers, so that eight million take seconds.
#[derive(Default)]
pub struct Census {
    words: HashMap<String, u16>,
    counts: HashMap<Alike, u64>,
    rows: HashMap<Outcome, u64>,
    /// Who each person is, and with which covered entity in which state. None where there is one
    /// covered entity only.
    humans: Option<Humans>,
    /// The numbers that `humans` has for kinds of people.
    human_kinds: HashMap<(u16, Share), u32>,
}

/// People who are alike in all that is counted.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Alike {
    entity: Option<EntityIx>,
    strand: StrandIx,
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
    /// For an incident of so many covered entities: with several, one human may be a person of
    /// each.
    pub fn of(entities: usize) -> Self {
        Self { humans: (entities > 1).then(Humans::default), ..Self::default() }
    }

    /// Everybody whom several censuses saw under several covered entities.
    ///
    /// # Errors
    /// A temporary file that cannot be written or read.
    pub fn shared(censuses: &mut [Census], cube: &mut Cube) -> io::Result<()> {
        Humans::shared(censuses.iter_mut().filter_map(|of| of.humans.take()).collect(), cube)
    }

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
        if let (Some(humans), Some(who)) = (&mut self.humans, roster::human(person)) {
            let share = Share {
                entity: placed(person.entity),
                strand: person.strand,
                elements,
                population: person.population,
                recipient: person.recipient,
            };
            let kind = self.human_kinds.entry((alike.jurisdiction, share));
            let kind = *kind.or_insert_with(|| humans.kind(&person.jurisdiction, share));
            humans.add(who, kind);
        }
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
            if alike.entity.is_none() {
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
