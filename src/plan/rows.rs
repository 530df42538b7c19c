//! The rows a rule makes: one for all whom the sender files for, or one per covered entity.

use super::assess::assess;
use super::desk::Desk;
use super::tally::Row;
use super::{Arises, Carrier, Duty};
use crate::law::{Counting, DutyKind, DutyRule, Jurisdiction};
use std::collections::{BTreeMap, BTreeSet};

/// All duties of one jurisdiction, rules in the order of kind and id.
pub(super) fn duties(desk: &Desk<'_>, jurisdiction: &Jurisdiction, only_hhs: bool) -> Vec<Duty> {
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
        let counts = versions[versions.len() - 1].counts;
        let build =
            |row: &Row<'_>, carrier, id| assess(desk, jurisdiction, &versions, row, carrier, id);
        let alone = |entity: u16, state: Option<&str>| {
            let name = desk.id(entity);
            let id = state
                .map_or_else(|| format!("{id}.{name}"), |state| format!("{id}.{name}.{state}"));
            let row = Row { entities: BTreeSet::from([entity]), state };
            build(&row, desk.carrier(entity, kind), id)
        };
        let concerned = concerned(desk, jurisdiction);
        match counts {
            Counting::Residents | Counting::Everybody if kind != DutyKind::CoveredEntity => {
                let (together, apart): (BTreeSet<u16>, BTreeSet<u16>) =
                    concerned.into_iter().partition(|e| desk.carrier(*e, kind) == Carrier::Sender);
                if !together.is_empty() {
                    let row = Row { entities: together, state: None };
                    out.extend(build(&row, Carrier::Sender, id.to_owned()));
                }
                out.extend(apart.into_iter().filter_map(|entity| alone(entity, None)));
            }
            Counting::PatientsPerState => {
                for entity in concerned {
                    for (code, slices) in &desk.people.by_jurisdiction {
                        let lives =
                            |(s, _): &(super::people::Slice, u64)| s.entity == entity && s.patient;
                        if !code.is_empty() && slices.iter().any(lives) {
                            out.extend(alone(entity, Some(code)));
                        }
                    }
                }
            }
            Counting::ResidentPatients => {
                out.extend(licensed_only(id, concerned, &alone, &build));
            }
            _ => out.extend(concerned.into_iter().filter_map(|entity| alone(entity, None))),
        }
    }
    out
}

/// The entities with anybody within the jurisdiction; before there is a roster, for federal law
/// also those without an estimate.
fn concerned(desk: &Desk<'_>, jurisdiction: &Jurisdiction) -> BTreeSet<u16> {
    let mut found: BTreeSet<u16> =
        desk.within(jurisdiction).iter().map(|(slice, _)| slice.entity).collect();
    if desk.estimated && jurisdiction.kind == crate::law::JurisdictionKind::Federal {
        found.extend(desk.entities());
    }
    found
}

/// Rows per covered entity where the rule reaches it; else one row that says why it does not.
fn licensed_only(
    id: &str,
    concerned: BTreeSet<u16>,
    alone: &dyn Fn(u16, Option<&str>) -> Option<Duty>,
    build: &dyn Fn(&Row<'_>, Carrier, String) -> Option<Duty>,
) -> Vec<Duty> {
    let rows: Vec<Duty> = concerned
        .iter()
        .filter_map(|entity| alone(*entity, None))
        .filter(|duty| duty.arises != Arises::No || duty.count > 0)
        .collect();
    if !rows.is_empty() || concerned.is_empty() {
        return rows;
    }
    let row = Row { entities: concerned, state: None };
    build(&row, Carrier::Sender, id.to_owned()).into_iter().collect()
}
