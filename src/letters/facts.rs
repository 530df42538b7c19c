//! What a law's condition is tested against, for one person's letter.

use crate::incident::{CoveredEntity, Incident, Role, Strand, StrandIx};
use crate::law::about_entity;
use crate::law::{Circumstances, Flag, Truth, When};
use std::collections::BTreeSet;

/// The facts of one person as far as the contents of a letter turn on them.
pub struct Facts<'a> {
    pub incident: &'a Incident,
    pub entity: &'a CoveredEntity,
    /// Index into `Incident::strands`.
    pub strand: StrandIx,
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
    /// Tests a condition in a jurisdiction.
    pub fn test<'w>(&self, when: &'w When, code: &str) -> Truth<'w> {
        when.test(&Case { facts: self, code })
    }

    /// Whether a condition holds in a jurisdiction. What only a person can settle holds, and so
    /// does a count that is not known.
    pub fn holds(&self, when: &When, code: &str) -> bool {
        !matches!(self.test(when, code), Truth::No(_))
    }
}

/// One person under one jurisdiction's law.
struct Case<'f> {
    facts: &'f Facts<'f>,
    code: &'f str,
}

impl Circumstances for Case<'_> {
    fn code(&self) -> &str {
        self.code
    }

    fn role(&self) -> Role {
        self.facts.incident.sender.role
    }

    fn entity(&self) -> &CoveredEntity {
        self.facts.entity
    }

    fn strand(&self) -> &Strand {
        &self.facts.incident[self.facts.strand]
    }

    fn exposed(&self, categories: &[String]) -> bool {
        categories.iter().any(|category| self.facts.exposed.contains(category))
    }

    /// What no statute knows (a street address) does not matter.
    fn exposed_only(&self, categories: &[String]) -> bool {
        let mut known = self.facts.each.iter().filter(|e| e.len() > 1);
        known.all(|e| e.iter().any(|id| categories.contains(id)))
    }

    fn is(&self, flag: Flag) -> Option<bool> {
        let holds = &self.facts.incident.holds;
        let facts = self.facts;
        if let Some(is) = about_entity(flag, self.code, facts.incident, facts.entity) {
            return Some(is);
        }
        Some(match flag {
            Flag::Patients | Flag::HhsReport => self.facts.patient,
            Flag::HoldUsed => {
                holds.iter().any(|hold| hold.jurisdictions.iter().any(|j| j == self.code))
            }
            Flag::ProtectionOffered => self.facts.protection_offered,
            // Known of everybody counted, not of one person.
            Flag::OthersCounted
            | Flag::HarmExcluded
            | Flag::HipaaLate
            | Flag::ParentCompany
            | Flag::PublicBody
            | Flag::Part2Program
            | Flag::PubliclyTraded => return None,
        })
    }

    fn residents(&self) -> Option<u64> {
        self.facts.counts.get(self.code).copied()
    }
}
