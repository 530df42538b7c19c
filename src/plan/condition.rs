//! The facts of one part of the people, as conditions of the law ask about them, and why a
//! condition fails in words.

use super::{Rules, words};
use crate::incident::{CoveredEntity, Incident, Role, Strand};
use crate::law::{Circumstances, Failing, Flag, Key, Truth, When, about_entity};
use crate::roster::ElementSet;

/// What a condition can ask about.
pub(super) struct Case<'c> {
    /// The jurisdiction's code.
    pub code: &'c str,
    /// Plain words for ids.
    pub rules: &'c Rules<'c>,
    pub incident: &'c Incident,
    pub entity: &'c CoveredEntity,
    pub strand: &'c Strand,
    pub patient: bool,
    /// Somebody counted for the same filing is not a patient.
    pub others: bool,
    /// Everything exposed of anybody counted for this entity.
    pub exposed: ElementSet,
    /// What the statute's definition knows; everything where it lists nothing.
    pub definition: ElementSet,
    /// People counted over the entities of the same filing.
    pub residents: u64,
    pub hold_used: bool,
    pub hhs_report: bool,
    pub protection_offered: bool,
    /// Letters to these patients go out after HIPAA's last day.
    pub hipaa_late: bool,
    pub harm_excluded: bool,
    /// Which of the incident's elements fall under a law file's list.
    pub set: &'c dyn Fn(&[String]) -> ElementSet,
}

impl Circumstances for Case<'_> {
    fn code(&self) -> &str {
        self.code
    }

    fn role(&self) -> Role {
        self.incident.sender.role
    }

    fn entity(&self) -> &CoveredEntity {
        self.entity
    }

    fn strand(&self) -> &Strand {
        self.strand
    }

    fn exposed(&self, categories: &[String]) -> bool {
        self.exposed.intersects((self.set)(categories))
    }

    /// Of what the definition knows, nothing beyond the list was exposed.
    fn exposed_only(&self, categories: &[String]) -> bool {
        let relevant = self.exposed.0 & self.definition.0;
        relevant & !(self.set)(categories).0 == 0
    }

    fn is(&self, flag: Flag) -> Option<bool> {
        if let Some(is) = about_entity(flag, self.code, self.incident, self.entity) {
            return Some(is);
        }
        Some(match flag {
            Flag::Patients => self.patient,
            Flag::OthersCounted => self.others,
            Flag::HoldUsed => self.hold_used,
            Flag::HarmExcluded => self.harm_excluded,
            Flag::HipaaLate => self.hipaa_late,
            Flag::HhsReport => self.hhs_report,
            Flag::ProtectionOffered => self.protection_offered,
            Flag::ParentCompany | Flag::PublicBody | Flag::Part2Program | Flag::PubliclyTraded => {
                return None;
            }
        })
    }

    fn residents(&self) -> Option<u64> {
        Some(self.residents)
    }
}

impl Case<'_> {
    /// Why a condition fails, as the end of a sentence.
    pub fn why(&self, failing: Failing<'_>) -> String {
        match failing {
            Failing::Key(key, when) => self.key(key, when),
            Failing::Not(inner) => self.described(inner),
            Failing::Any(alternatives) => {
                let mut refused: Vec<String> = alternatives
                    .iter()
                    .filter_map(|inner| match inner.test(self) {
                        Truth::No(failing) => Some(self.why(failing)),
                        _ => None,
                    })
                    .collect();
                refused.dedup();
                refused.join(", and ")
            }
        }
    }

    fn key(&self, key: Key, when: &When) -> String {
        let either = |ids: &[String]| self.rules.either(ids);
        match key {
            Key::Role => format!(
                "it applies only where the sender is {}",
                words::article(&either(&when.role))
            ),
            Key::EntityKind => {
                format!("it applies only to this kind of entity: {}", either(&when.entity_kind))
            }
            Key::EntitySubtype => {
                format!("it applies only to this kind of entity: {}", either(&when.entity_subtype))
            }
            Key::Licence => format!(
                "no covered entity is entered with this license or status there: {}",
                either(&when.licence)
            ),
            Key::ElementsAny => format!("none of {} was exposed", either(&when.elements_any)),
            Key::ElementsOnly => format!("more was exposed than {}", either(&when.elements_only)),
            Key::BreachType => format!("it applies only to {}", either(&when.breach_type)),
            Key::Medium => format!("it applies only to {} records", either(&when.medium)),
            Key::Flag(Flag::Patients, true) => "it applies only to patients".to_owned(),
            Key::Flag(Flag::Patients, false) => {
                "it applies only to people who are not patients".to_owned()
            }
            Key::Flag(Flag::PublicBody, true) => self.not_public(),
            Key::Flag(flag, true) => format!("it applies only where {}", said(flag)),
            Key::Flag(flag, false) => format!("it does not apply where {}", said(flag)),
            Key::ResidentsAtLeast(n) => format!("it applies only from {} on", residents(n)),
            Key::ResidentsAtMost(n) => format!("it applies only up to {}", residents(n)),
        }
    }

    /// Why a rule for a government's own bodies leaves the entity out.
    fn not_public(&self) -> String {
        let name = &self.entity.name;
        match self.entity.government_of() {
            Some(whose) => format!(
                "it binds the government's own bodies there, and {name} is one of {}",
                self.rules.place(whose)
            ),
            None => {
                format!("it binds the government's own bodies there, and {name} is not one")
            }
        }
    }

    /// A condition in words, for saying that an exception applies.
    fn described(&self, when: &When) -> String {
        if let Some(inner) = when.any.iter().find(|inner| inner.test(self) == Truth::Yes) {
            return self.described(inner);
        }
        let mut parts = Vec::new();
        let mut list = |lead: &str, ids: &[String]| {
            if !ids.is_empty() {
                parts.push(format!("{lead} {}", self.rules.either(ids)));
            }
        };
        list("the sender is:", &when.role);
        list("the entity is:", &when.entity_kind);
        list("the entity is:", &when.entity_subtype);
        list("it has this license or status:", &when.licence);
        list("exposed was", &when.elements_any);
        list("nothing was exposed but", &when.elements_only);
        list("the breach is", &when.breach_type);
        list("the records are", &when.medium);
        if when.patients == Some(true) {
            parts.push("the people are patients".to_owned());
        }
        if when.public_body == Some(true) {
            parts.push("the entity is a body of the government there".to_owned());
        }
        if when.hhs_report == Some(true) {
            parts.push("a report to HHS arises".to_owned());
        }
        if parts.is_empty() {
            return "an exception applies".to_owned();
        }
        format!("an exception applies because {}", parts.join(" and "))
    }
}

/// A fact as the rest of a sentence.
fn said(flag: Flag) -> &'static str {
    match flag {
        Flag::Patients => "the people are patients",
        Flag::OthersCounted => "people who are not patients are counted too",
        Flag::HoldUsed => "a law-enforcement hold was used",
        Flag::HhsReport => "a report to HHS arises",
        Flag::ProtectionOffered => "identity protection is offered",
        Flag::HarmExcluded => "counsel has excluded harm",
        Flag::ParentCompany => "there is a parent company",
        Flag::PublicBody => "the entity is a body of the government there",
        Flag::Part2Program => "the entity is a substance use disorder program under 42 CFR Part 2",
        Flag::HipaaLate => "the letters miss HIPAA's last day",
        Flag::PubliclyTraded => "the sender or the entity is publicly traded",
    }
}

fn residents(n: u64) -> String {
    words::counted(n, "resident", "residents")
}
