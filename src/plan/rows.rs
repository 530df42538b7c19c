//! The rows a rule makes: one for all whom the sender files for, or one per covered entity.

use super::assess::{Judged, assess};
use super::assessor::Assessor;
use super::tally::DutyRow;
use super::{Carrier, Duty};
use crate::incident::EntityIx;
use crate::law::Clock;
use crate::law::{Counting, DutyKind, DutyRule, Jurisdiction, JurisdictionKind};
use std::collections::{BTreeMap, BTreeSet};

/// All duties of one jurisdiction: reports to HHS only, or all but those.
pub(super) fn duties(
    desk: &Assessor<'_>,
    jurisdiction: &Jurisdiction,
    only_hhs: bool,
) -> Vec<Duty> {
    let mut families: BTreeMap<(DutyKind, &str), Vec<&DutyRule>> = BTreeMap::new();
    for rule in &jurisdiction.duties {
        families.entry((rule.kind, &rule.id)).or_default().push(rule);
    }
    let mut out = Vec::new();
    for ((kind, id), versions) in families {
        if (kind == DutyKind::Hhs) != only_hhs {
            continue;
        }
        if kind == DutyKind::CoveredEntity && !desk.is_associate() {
            continue;
        }
        let family = Family { desk, jurisdiction, kind, id, versions };
        let judged = family.rows();
        out.extend(settle(id, judged, desk.inhabited(jurisdiction)));
    }
    out
}

/// Rows that a condition or HIPAA keeps the rule from are dropped where it reaches others, but
/// for the sender's own filing; where it reaches nobody, one row says so, if anybody resides
/// there at all.
fn settle(id: &str, judged: Vec<Judged>, inhabited: bool) -> Vec<Duty> {
    if judged.iter().any(|j| !j.refused) {
        let kept = judged.into_iter().filter(|j| !j.refused || j.duty.id == id);
        return kept.map(|j| j.duty).collect();
    }
    let entities: Vec<String> = judged.iter().flat_map(|j| j.duty.entities.clone()).collect();
    let first = judged.into_iter().next().filter(|_| inhabited);
    first
        .map(|j| Duty { id: id.to_owned(), entity: None, entities, ..j.duty })
        .into_iter()
        .collect()
}

/// The versions of one rule.
struct Family<'a> {
    desk: &'a Assessor<'a>,
    jurisdiction: &'a Jurisdiction,
    kind: DutyKind,
    id: &'a str,
    versions: Vec<&'a DutyRule>,
}

impl Family<'_> {
    fn rows(&self) -> Vec<Judged> {
        let Self { desk, kind, id, .. } = self;
        let counts = self.versions[self.versions.len() - 1].counts;
        let concerned = self.concerned(counts);
        if counts.per_state() {
            return concerned.into_iter().flat_map(|entity| self.by_state(entity)).collect();
        }
        // Federal rules bind each organization for its own people (45 CFR 164.404, 42 U.S.C.
        // 17937(a)); nobody's are added to another's.
        let federal = self.jurisdiction.kind == JurisdictionKind::Federal;
        // A registrant's own determination binds it once, whoever its people are.
        let once = self.versions.iter().any(|rule| rule.clock == Clock::Materiality);
        if federal && !once || *kind == DutyKind::CoveredEntity {
            return concerned.into_iter().filter_map(|e| self.alone(e, None)).collect();
        }
        let (together, apart): (BTreeSet<EntityIx>, BTreeSet<EntityIx>) =
            concerned.into_iter().partition(|e| desk.carrier(*e, *kind) == Carrier::Sender);
        let mut out = Vec::new();
        if !together.is_empty() {
            let row = DutyRow { entities: together, state: None };
            out.extend(self.build(&row, Carrier::Sender, (*id).to_owned()));
        }
        out.extend(apart.into_iter().filter_map(|entity| self.alone(entity, None)));
        out
    }

    /// The entities with anybody whom the rule could count; before there is a roster, for
    /// federal law also those without an estimate.
    fn concerned(&self, counts: Counting) -> BTreeSet<EntityIx> {
        let desk = self.desk;
        let mut found = desk.concerned(self.jurisdiction, counts);
        if counts == Counting::Everybody && !desk.inhabited(self.jurisdiction) {
            return BTreeSet::new();
        }
        if desk.estimated && self.jurisdiction.kind == JurisdictionKind::Federal {
            found.extend(desk.entities());
        }
        found
    }

    /// A row per state in which patients of the entity live; one only where the law exempts the
    /// entity itself.
    fn by_state(&self, entity: EntityIx) -> Vec<Judged> {
        let people = &self.desk.people;
        let mut rows = Vec::new();
        for code in people.by_jurisdiction.keys().filter(|code| !code.is_empty()) {
            if !people.of_entity(code, entity).iter().any(|(s, _)| s.served) {
                continue;
            }
            let Some(judged) = self.alone(entity, Some(code)) else { continue };
            let exempt = judged.exempt;
            rows.push(judged);
            if exempt {
                break;
            }
        }
        rows
    }

    fn alone(&self, entity: EntityIx, state: Option<&str>) -> Option<Judged> {
        let name = self.desk.id(entity);
        let id = match state {
            Some(state) => format!("{}.{name}.{state}", self.id),
            None => format!("{}.{name}", self.id),
        };
        let row = DutyRow { entities: BTreeSet::from([entity]), state };
        self.build(&row, self.desk.carrier(entity, self.kind), id)
    }

    fn build(&self, row: &DutyRow<'_>, carrier: Carrier, id: String) -> Option<Judged> {
        assess(self.desk, self.jurisdiction, &self.versions, row, carrier, id)
    }
}
