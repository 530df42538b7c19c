//! The cube as duties read it: people by state, with the elements that definitions know.

use super::Share;
use super::involved::Exposed;
use super::{Cube, Rules};
use crate::incident::{EntityIx, Incident, StrandIx};
use crate::roster::{ElementSet, Recipient};
use std::collections::{BTreeMap, BTreeSet};

/// People of one entity and strand who are alike for every duty.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Slice {
    pub entity: EntityIx,
    pub strand: StrandIx,
    /// A patient under HIPAA.
    pub patient: bool,
    /// A patient, or a user of an organization under the FTC rule; not its employees and the like.
    pub served: bool,
    pub recipient: Recipient,
    /// Cannot be written to. A deceased person's kin need no substitute notice (45 CFR
    /// 164.404(d)(2)).
    pub unreachable: bool,
    /// Never empty unless the incident names no element at all.
    pub elements: ElementSet,
}

/// Everybody affected, by jurisdiction; those abroad or of unknown state under `""`.
pub(super) struct People {
    pub by_jurisdiction: BTreeMap<String, Vec<(Slice, u64)>>,
    /// The same people, by entity and whatever their state.
    everywhere: BTreeMap<EntityIx, Vec<(Slice, u64)>>,
    /// By state, people who stand under several covered entities, once for each.
    shared: BTreeMap<String, Vec<(Vec<Share>, u64)>>,
}

impl People {
    /// Gathers the cube.
    pub fn new(incident: &Incident, cube: &Cube) -> Self {
        let exposed = Exposed::new(incident);
        let mut gathered: BTreeMap<&str, BTreeMap<Slice, u64>> = BTreeMap::new();
        for (cell, count) in cube.of_people() {
            let served = cell.is_patient();
            let slice = Slice {
                entity: cell.entity,
                strand: cell.strand,
                patient: served
                    && incident
                        .entities
                        .get(cell.entity.get())
                        .is_some_and(|entity| entity.kind.under_hipaa()),
                served,
                recipient: cell.recipient,
                unreachable: cell.is_unreachable(),
                elements: exposed.of(cell),
            };
            *gathered.entry(&cell.jurisdiction).or_default().entry(slice).or_default() += count;
        }
        let mut summed: BTreeMap<Slice, u64> = BTreeMap::new();
        for (slice, count) in gathered.values().flatten() {
            *summed.entry(*slice).or_default() += count;
        }
        let mut everywhere: BTreeMap<EntityIx, Vec<(Slice, u64)>> = BTreeMap::new();
        for (slice, count) in summed {
            everywhere.entry(slice.entity).or_default().push((slice, count));
        }
        let by_jurisdiction = gathered
            .into_iter()
            .map(|(code, slices)| (code.to_owned(), slices.into_iter().collect()))
            .collect();
        let mut shared: BTreeMap<String, Vec<(Vec<Share>, u64)>> = BTreeMap::new();
        for ((state, shares), n) in &cube.shared {
            let mut shares = shares.clone();
            for share in &mut shares {
                share.elements = exposed.or_strand(share.elements, share.strand);
            }
            shared.entry(state.clone()).or_default().push((shares, *n));
        }
        Self { by_jurisdiction, everywhere, shared }
    }

    /// How many of these people of a state are others of them once more, with another covered
    /// entity: a state's law counts residents, each once.
    pub fn again(&self, code: &str, slices: &[(Slice, u64)]) -> u64 {
        let Some(shared) = self.shared.get(code) else { return 0 };
        let stands = |share: &Share| {
            slices.iter().any(|(s, _)| {
                (s.entity, s.strand, s.elements) == (share.entity, share.strand, share.elements)
                    && (s.served, s.recipient) == (share.population.is_patient(), share.recipient)
            })
        };
        let again = |shares: &[Share]| {
            let stand = shares.iter().filter(|share| stands(share)).count() as u64;
            stand.saturating_sub(1)
        };
        shared.iter().map(|(shares, n)| again(shares) * n).sum()
    }

    /// The people of one jurisdiction.
    pub fn of(&self, code: &str) -> &[(Slice, u64)] {
        self.by_jurisdiction.get(code).map_or(&[], Vec::as_slice)
    }

    /// One entity's people in one jurisdiction; slices are sorted by entity.
    pub fn of_entity(&self, code: &str, entity: EntityIx) -> &[(Slice, u64)] {
        let all = self.of(code);
        let from = all.partition_point(|(s, _)| s.entity < entity);
        let to = all.partition_point(|(s, _)| s.entity <= entity);
        &all[from..to]
    }

    /// Everybody, everywhere.
    pub fn everybody(&self) -> impl Iterator<Item = &(Slice, u64)> {
        self.everywhere.values().flatten()
    }

    /// Everybody of these entities, everywhere.
    pub fn of_entities(
        &self,
        entities: &BTreeSet<EntityIx>,
    ) -> impl Iterator<Item = &(Slice, u64)> {
        entities.iter().filter_map(|entity| self.everywhere.get(entity)).flatten()
    }
}

/// Which of the incident's elements fall under a law file's list.
pub(super) struct Vocabulary {
    /// The incident's elements by category.
    by_category: BTreeMap<String, ElementSet>,
    /// Elements that any definition could know.
    known: ElementSet,
}

impl Vocabulary {
    pub fn new(incident: &Incident, rules: &Rules<'_>) -> Self {
        let mut by_category: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let mut known = Vec::new();
        for (i, element) in incident.elements.iter().enumerate() {
            let own = [element.id.clone()];
            let categories = rules.categories.get(&element.id).map_or(&own[..], Vec::as_slice);
            for category in categories {
                by_category.entry(category.clone()).or_default().push(i);
            }
            known.extend((!categories.is_empty()).then_some(i));
        }
        let by_category = by_category
            .into_iter()
            .map(|(category, elements)| (category, elements.into_iter().collect()))
            .collect();
        Self { by_category, known: known.into_iter().collect() }
    }

    /// The incident's elements of which one category is in the list.
    pub fn set(&self, list: &[String]) -> ElementSet {
        list.iter()
            .filter_map(|category| self.by_category.get(category))
            .fold(ElementSet::default(), |found, of| found.union(*of))
    }

    /// The incident's elements that any definition could know.
    pub fn known(&self) -> ElementSet {
        self.known
    }
}
