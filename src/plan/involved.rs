//! Who is involved: the one place in which people are counted, for duties, filings and notices alike.

use super::Share;
use super::{Cell, Cube, Outcome};
use crate::incident::{EntityIx, Incident, Strand, StrandIx};
use crate::roster::{ElementSet, Recipient};
use std::collections::{BTreeMap, BTreeSet};

impl Cube {
    /// The cells that hold people. Merged rows are no people of their own; excluded ones are (a
    /// deceased person without kin to write to was affected all the same).
    pub(super) fn of_people(&self) -> impl Iterator<Item = (&Cell, u64)> {
        let people = |(cell, n): &(&Cell, &u64)| **n > 0 && cell.outcome != Outcome::Merged;
        self.cells.iter().filter(people).map(|(cell, n)| (cell, *n))
    }
}

impl Cell {
    /// Whether these are the organization's patients (or users of its records), whom alone HIPAA
    /// counts; not its employees and the like.
    pub fn is_patient(&self) -> bool {
        self.population.is_patient()
    }

    /// Whether these people need substitute notice. The kin of a deceased person need none (45 CFR
    /// 164.404(d)(2)).
    pub fn is_unreachable(&self) -> bool {
        self.outcome == Outcome::Substitute && self.recipient != Recipient::Estate
    }
}

/// What was exposed of each person, by strand where the roster does not say.
pub(super) struct Exposed {
    of_strand: Vec<ElementSet>,
    all: ElementSet,
}

impl Exposed {
    pub fn new(incident: &Incident) -> Self {
        let all: ElementSet = (0..incident.elements.len()).collect();
        let of_strand = |strand: &Strand| {
            let named: ElementSet = incident
                .elements
                .iter()
                .enumerate()
                .filter(|(_, element)| strand.elements.contains(&element.id))
                .map(|(i, _)| i)
                .collect();
            if named.is_empty() { all } else { named }
        };
        Self { of_strand: incident.strands.iter().map(of_strand).collect(), all }
    }

    /// A person without elements of their own has the strand's; where that names none either,
    /// everything may be involved.
    pub fn of(&self, cell: &Cell) -> ElementSet {
        self.or_strand(cell.elements, cell.strand)
    }

    /// The same of what is known of somebody.
    pub fn or_strand(&self, elements: ElementSet, strand: StrandIx) -> ElementSet {
        match elements.is_empty() {
            true => self.of_strand.get(strand.get()).copied().unwrap_or(self.all),
            false => elements,
        }
    }
}

/// The people of some covered entities, however they are reached; of one state's only, if wanted.
pub struct Involved<'c> {
    incident: &'c Incident,
    cube: &'c Cube,
    entities: Vec<EntityIx>,
    cells: Vec<(&'c Cell, u64)>,
}

/// How many they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Headcount {
    /// Everybody: patients, employees, guarantors.
    pub total: u64,
    /// HIPAA counts these only.
    pub patients: u64,
    /// Everybody by jurisdiction, USPS code.
    pub by_state: BTreeMap<String, u64>,
    /// Of them, by jurisdiction, people who are others of them once more with another covered
    /// entity.
    pub again: BTreeMap<String, u64>,
    /// Foreign or unknown residence.
    pub elsewhere: u64,
    /// Everybody by covered entity.
    pub by_entity: BTreeMap<EntityIx, u64>,
    /// Everybody who needs substitute notice.
    pub unreachable: u64,
    /// Patients who need it.
    pub unreachable_patients: u64,
    /// Of held rows that name no covered entity: counted with the first one, in nobody's list.
    pub unplaced: u64,
}

/// How many people are told in which way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ByMeans {
    pub letter: u64,
    pub email: u64,
    pub both: u64,
    pub substitute: u64,
    /// Their row waits for a repair or a decision.
    pub not_yet: u64,
}

impl ByMeans {
    pub fn total(&self) -> u64 {
        self.columns().iter().sum()
    }

    /// In the order in which tables show them.
    pub fn columns(&self) -> [u64; 5] {
        [self.letter, self.email, self.both, self.substitute, self.not_yet]
    }
}

impl Headcount {
    /// Residents of one jurisdiction, each counted once, whoever's patients they are.
    pub fn residents(&self, jurisdiction: &str) -> u64 {
        let all = self.by_state.get(jurisdiction).copied().unwrap_or(0);
        all.saturating_sub(self.again.get(jurisdiction).copied().unwrap_or(0))
    }
}

impl<'c> Involved<'c> {
    pub fn of(incident: &'c Incident, cube: &'c Cube, entities: &[EntityIx]) -> Self {
        let cells = cube.of_people().filter(|(cell, _)| entities.contains(&cell.entity));
        Self { incident, cube, entities: entities.to_vec(), cells: cells.collect() }
    }

    /// The same people as far as they live in one state; all of them where none is named.
    #[must_use]
    pub fn within(&self, state: Option<&str>) -> Self {
        let there = |cell: &Cell| state.is_none_or(|state| cell.jurisdiction == state);
        let cells = self.cells.iter().copied().filter(|(cell, _)| there(cell)).collect();
        Self { cells, entities: self.entities.clone(), ..*self }
    }

    pub fn count(&self) -> Headcount {
        let mut count = Headcount { unplaced: self.unplaced(), ..Headcount::default() };
        for ((state, shares), n) in &self.cube.shared {
            let own = |share: &&Share| self.entities.contains(&share.entity);
            let own = shares.iter().filter(own).count() as u64;
            if own > 1 {
                *count.again.entry(state.clone()).or_default() += (own - 1) * n;
            }
        }
        for (cell, n) in &self.cells {
            count.total += n;
            *count.by_entity.entry(cell.entity).or_default() += n;
            match cell.jurisdiction.as_str() {
                "" => count.elsewhere += n,
                code => *count.by_state.entry(code.to_owned()).or_default() += n,
            }
            if cell.is_unreachable() {
                count.unreachable += n;
            }
            if cell.is_patient() {
                count.patients += n;
                if cell.is_unreachable() {
                    count.unreachable_patients += n;
                }
            }
        }
        count
    }

    /// Who is counted with the first covered entity because nobody knows whose patient they are;
    /// none where all entities are counted together.
    fn unplaced(&self) -> u64 {
        let all = self.entities.len() == self.incident.entities.len();
        if self.entities.contains(&EntityIx::FIRST) && !all { self.cube.unplaced } else { 0 }
    }

    /// How these people are told; who is told under another row or in another mailing is not
    /// among them.
    pub fn by_means(&self) -> ByMeans {
        let mut means = ByMeans::default();
        for (cell, n) in &self.cells {
            match cell.outcome {
                Outcome::ToMail => means.letter += n,
                Outcome::ToEmail => means.email += n,
                Outcome::ToMailAndEmail => means.both += n,
                Outcome::Substitute => means.substitute += n,
                Outcome::Held => means.not_yet += n,
                Outcome::Merged | Outcome::Excluded => {}
            }
        }
        means
    }

    /// Everything that becomes of these people.
    pub fn outcomes(&self) -> BTreeSet<Outcome> {
        self.cells.iter().map(|(cell, _)| cell.outcome).collect()
    }

    /// The strands they belong to; all of them while nobody is counted, and while only estimates
    /// are, which name no strand.
    pub fn strands(&self) -> Vec<&'c Strand> {
        let used: BTreeSet<StrandIx> = self.cells.iter().map(|(cell, _)| cell.strand).collect();
        if used.is_empty() || self.cube.estimated {
            return self.incident.strands.iter().collect();
        }
        used.into_iter().map(|at| &self.incident[at]).collect()
    }

    /// Kinds of information exposed for them, as indices into `Incident::elements`; none while
    /// nobody is counted.
    pub fn elements(&self) -> ElementSet {
        let exposed = Exposed::new(self.incident);
        self.cells.iter().fold(ElementSet::default(), |all, (c, _)| all.union(exposed.of(c)))
    }

    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }
}
