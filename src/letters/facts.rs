//! What a law's condition is tested against, for one person's letter.

use crate::incident::{CoveredEntity, EntityKind, Incident, Location, Role, Strand, Subtype};
use crate::law::When;
use serde::Serialize;
use std::collections::BTreeSet;

/// The facts of one person as far as the contents of a letter turn on them.
pub struct Facts<'a> {
    pub incident: &'a Incident,
    pub entity: &'a CoveredEntity,
    /// Index into `Incident::strands`.
    pub strand: usize,
    /// The law's categories of what was exposed, the elements' own ids included.
    pub exposed: BTreeSet<String>,
    /// The same, element by element.
    pub each: Vec<BTreeSet<String>>,
    /// Counts as a HIPAA patient.
    pub patient: bool,
    /// Protection is offered in this letter.
    pub protection_offered: bool,
    /// Residents affected, by jurisdiction.
    pub counts: &'a super::Counts,
}

impl Facts<'_> {
    /// Whether a condition holds in a jurisdiction. What only a person can settle holds, and so
    /// does a count that is not known.
    pub fn holds(&self, when: &When, code: &str) -> bool {
        let strand: &Strand = &self.incident.strands[self.strand];
        let entity = self.entity;
        let among =
            |list: &[String], value: &str| list.is_empty() || list.iter().any(|v| v == value);
        let is = |wanted: Option<bool>, fact: bool| wanted.is_none_or(|w| w == fact);
        let paper = strand.locations.contains(&Location::PaperFilms);
        let electronic = strand.locations.iter().any(|l| *l != Location::PaperFilms) || !paper;
        let medium = when.medium.is_empty()
            || when.medium.iter().any(|m| match m.as_str() {
                "paper" => paper,
                _ => electronic,
            });
        let licence = when.licence.is_empty()
            || entity.licences.iter().any(|l| l.state == code && when.licence.contains(&l.kind));
        let held = self.incident.holds.iter().any(|h| h.jurisdictions.iter().any(|j| j == code));
        let count = self.counts.get(code);
        among(&when.entity_kind, &word::<EntityKind>(entity.kind))
            && among(&when.entity_subtype, &word::<Subtype>(entity.subtype))
            && among(&when.role, &word::<Role>(self.incident.sender.role))
            && among(&when.breach_type, &word(strand.kind))
            && licence
            && medium
            && (when.elements_any.is_empty()
                || when.elements_any.iter().any(|e| self.exposed.contains(e)))
            && (when.elements_only.is_empty() || self.only(&when.elements_only))
            && is(when.patients, self.patient)
            && is(when.hold_used, held)
            && is(when.hhs_report, self.patient)
            && is(when.protection_offered, self.protection_offered)
            && is(when.parent_company, !entity.parent_company.is_empty())
            && when.residents_at_least.is_none_or(|n| count.is_none_or(|c| *c >= n))
            && when.residents_at_most.is_none_or(|n| count.is_none_or(|c| *c <= n))
            && (when.any.is_empty() || when.any.iter().any(|w| self.holds(w, code)))
            && when.not.as_ref().is_none_or(|w| !self.holds(w, code))
    }

    /// Whether every element falls under one of the listed; what no statute knows (a street
    /// address) does not matter.
    fn only(&self, listed: &[String]) -> bool {
        let known = self.each.iter().filter(|e| e.len() > 1);
        known.into_iter().all(|e| e.iter().any(|id| listed.contains(id)))
    }
}

/// A choice as files write it: `healthcare_provider`.
fn word<T: Serialize>(choice: T) -> String {
    match serde_json::to_value(choice) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}
