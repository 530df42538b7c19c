//! Sums over the cube for one filing: the only place a figure comes from.

use crate::plan::{Cell, Cube, Outcome};
use crate::roster::Recipient;
use std::collections::BTreeMap;

/// People counted for some covered entities, however they are reached.
///
/// Merged rows are no people of their own; excluded rows are (a deceased person without kin to
/// write to was affected all the same).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
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
    /// Everybody by covered entity, index into `Incident::entities`.
    pub by_entity: BTreeMap<u16, u64>,
    /// Patients who cannot be written to.
    pub unreachable_patients: u64,
}

impl Tally {
    /// Counts the people of these entities.
    pub fn of(cube: &Cube, entities: &[u16]) -> Self {
        let mut tally = Self::default();
        for (cell, count) in people(cube, entities) {
            tally.total += count;
            *tally.by_entity.entry(cell.entity).or_default() += count;
            if cell.jurisdiction.is_empty() {
                tally.elsewhere += count;
            } else {
                *tally.by_state.entry(cell.jurisdiction.clone()).or_default() += count;
            }
            if is_patient(cell) {
                tally.patients += count;
                if is_unreachable(cell) {
                    tally.unreachable_patients += count;
                }
            }
        }
        for ((state, shares), n) in &cube.shared {
            let own = shares.iter().filter(|share| entities.contains(&share.entity)).count() as u64;
            if own > 1 {
                *tally.again.entry(state.clone()).or_default() += (own - 1) * n;
            }
        }
        tally
    }

    /// Residents of one jurisdiction, each counted once, whoever's patients they are.
    pub fn residents(&self, jurisdiction: &str) -> u64 {
        let all = self.by_state.get(jurisdiction).copied().unwrap_or(0);
        all.saturating_sub(self.again.get(jurisdiction).copied().unwrap_or(0))
    }
}

/// The cells that hold people of these entities.
pub(super) fn people<'a>(
    cube: &'a Cube,
    entities: &'a [u16],
) -> impl Iterator<Item = (&'a Cell, u64)> {
    cube.cells
        .iter()
        .filter(|(cell, count)| {
            **count > 0 && entities.contains(&cell.entity) && cell.outcome != Outcome::Merged
        })
        .map(|(cell, count)| (cell, *count))
}

/// Whether a cell holds patients of the covered entity, whom alone HIPAA counts.
pub(super) fn is_patient(cell: &Cell) -> bool {
    cell.population.is_patient()
}

/// Whether a cell's people need substitute notice. The kin of a deceased person need none (45 CFR
/// 164.404(d)(2)).
pub(super) fn is_unreachable(cell: &Cell) -> bool {
    cell.outcome == Outcome::Substitute && cell.recipient != Recipient::Estate
}
