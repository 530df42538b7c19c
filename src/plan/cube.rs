//! All counts of a wave, as sums over cells of people who are alike.

use super::{Cell, Cube, Outcome};
use crate::incident::{EntityIx, Incident, StrandIx};
use crate::roster::{ElementSet, Person, Population, Recipient};

impl Cell {
    fn of(person: &Person, outcome: Outcome) -> Self {
        Self {
            entity: placed(person.entity),
            strand: person.strand,
            jurisdiction: person.jurisdiction.clone(),
            elements: person.elements,
            population: person.population,
            recipient: person.recipient,
            outcome,
        }
    }
}

impl Cube {
    /// Counts one row. A merged row is a row but not a person, and an empty row or a repeated
    /// header is nobody: they join no cell.
    pub fn add(&mut self, person: &Person, outcome: Outcome) {
        *self.rows.entry(outcome).or_default() += 1;
        if outcome != Outcome::Merged && person.standing.is_somebody() {
            *self.cells.entry(Cell::of(person, outcome)).or_default() += 1;
            self.unplaced += u64::from(person.entity.is_none());
        }
    }

    /// Counts a person otherwise than before: a letter that turned out not to be composable.
    pub fn reassign(&mut self, person: &Person, from: Outcome, to: Outcome) {
        let before = Cell::of(person, from);
        if let Some(n) = self.cells.get_mut(&before) {
            *n -= 1;
            if *n == 0 {
                self.cells.remove(&before);
            }
            if let Some(rows) = self.rows.get_mut(&from) {
                *rows -= 1;
            }
            self.add(person, to);
        }
    }

    /// Adds what another worker counted.
    pub fn merge(&mut self, other: Cube) {
        for (cell, count) in other.cells {
            *self.cells.entry(cell).or_default() += count;
        }
        for (outcome, count) in other.rows {
            *self.rows.entry(outcome).or_default() += count;
        }
        for (people, count) in other.shared {
            *self.shared.entry(people).or_default() += count;
        }
        self.unplaced += other.unplaced;
        self.estimated |= other.estimated;
    }

    /// The cube that the incident's `[[estimate]]`s stand for, before there is a roster: adult
    /// patients who can be written to. Where there are several strands, the one discovered
    /// first is taken, which gives the earliest deadlines.
    pub fn from_estimates(incident: &Incident) -> Cube {
        let mut cube = Cube { estimated: true, ..Cube::default() };
        let earliest = incident
            .strand_indices()
            .min_by_key(|at| (incident[*at].discovered, *at))
            .unwrap_or(StrandIx::FIRST);
        for estimate in &incident.estimates {
            let Some(entity) = incident.entity_index(&estimate.entity) else { continue };
            let elements: ElementSet = incident
                .elements
                .iter()
                .enumerate()
                .filter(|(_, e)| estimate.elements.contains(&e.id))
                .map(|(i, _)| i)
                .collect();
            let cell = Cell {
                entity,
                strand: earliest,
                jurisdiction: estimate.jurisdiction.clone(),
                elements,
                population: Population::Patient,
                recipient: Recipient::Adult,
                outcome: Outcome::ToMail,
            };
            *cube.cells.entry(cell).or_default() += estimate.count;
        }
        cube
    }

    /// How many people satisfy a predicate.
    pub fn sum(&self, mut predicate: impl FnMut(&Cell) -> bool) -> u64 {
        self.cells.iter().filter(|(cell, _)| predicate(cell)).map(|(_, n)| n).sum()
    }

    /// How many people there are.
    pub fn people(&self) -> u64 {
        self.cells.values().sum()
    }

    /// How many rows the roster has, merged ones included.
    pub fn row_count(&self) -> u64 {
        self.rows.values().sum()
    }
}

impl Population {
    /// Whether HIPAA knows this person as an individual whose health information it protects.
    pub fn is_patient(self) -> bool {
        matches!(self, Population::Patient | Population::Dependant)
    }
}

/// The covered entity whose counts a person joins: the first one's where nobody knows whose patient
/// it is, so that no threshold is missed; [`Cube::unplaced`] says of how many this is true.
pub fn placed(entity: Option<EntityIx>) -> EntityIx {
    entity.unwrap_or(EntityIx::FIRST)
}
