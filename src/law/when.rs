//! The condition of a rule, as structure.

use serde::{Deserialize, Serialize};

/// A condition as structure. All keys given must hold; an empty condition always holds.
///
/// What structure cannot express stands in `question`: until counsel answers it, the condition
/// holds and the duty arises.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct When {
    /// The covered entity's kind is one of these: `healthcare_provider`, ...
    pub entity_kind: Vec<String>,
    /// The covered entity's subtype is one of these.
    pub entity_subtype: Vec<String>,
    /// The sender's role: `covered_entity`, `business_associate`.
    pub role: Vec<String>,
    /// The covered entity holds one of these licenses in this jurisdiction.
    pub licence: Vec<String>,
    /// Any of these elements is exposed (for the person, or for anybody counted).
    pub elements_any: Vec<String>,
    /// All exposed elements are among these.
    pub elements_only: Vec<String>,
    /// Breach types of the strand: `hacking_it_incident`, ...
    pub breach_type: Vec<String>,
    /// `electronic` or `paper`.
    pub medium: Vec<String>,
    /// The people counted are HIPAA patients (true) or not (false).
    pub patients: Option<bool>,
    /// Somebody counted anywhere in the filing is not a HIPAA patient.
    pub others_counted: Option<bool>,
    /// A law-enforcement hold was used in this jurisdiction.
    pub hold_used: Option<bool>,
    /// Counsel decided that harm is excluded and no letters go (a strand of low probability).
    pub harm_excluded: Option<bool>,
    /// A report to HHS arises for the covered entity.
    pub hhs_report: Option<bool>,
    /// Identity protection is offered to anybody counted.
    pub protection_offered: Option<bool>,
    /// The covered entity names a parent company.
    pub parent_company: Option<bool>,
    /// The covered entity belongs to the government of this jurisdiction.
    pub public_body: Option<bool>,
    /// The covered entity is a substance use disorder program (42 CFR Part 2).
    pub part2_program: Option<bool>,
    /// The sender or the covered entity, or a parent of one, reports to the SEC.
    pub publicly_traded: Option<bool>,
    /// HIPAA's own last day for the letters is missed.
    pub hipaa_late: Option<bool>,
    /// At least / at most this many residents.
    pub residents_at_least: Option<u64>,
    pub residents_at_most: Option<u64>,
    /// Holds if any of these holds.
    pub any: Vec<When>,
    /// Holds if this does not.
    pub not: Option<Box<When>>,
    /// What only a person can settle.
    pub question: Option<String>,
}

impl When {
    /// The condition in few words, the same for equal conditions; empty when it always holds.
    pub fn summary(&self) -> String {
        let lists = [
            ("role", &self.role),
            ("entity", &self.entity_kind),
            ("subtype", &self.entity_subtype),
            ("licence", &self.licence),
            ("any of", &self.elements_any),
            ("only", &self.elements_only),
            ("breach type", &self.breach_type),
            ("medium", &self.medium),
        ];
        let flags = [
            ("patients", self.patients),
            ("people outside HIPAA", self.others_counted),
            ("hold used", self.hold_used),
            ("harm excluded", self.harm_excluded),
            ("report to HHS", self.hhs_report),
            ("protection offered", self.protection_offered),
            ("parent company", self.parent_company),
            ("public body here", self.public_body),
            ("Part 2 program", self.part2_program),
            ("publicly traded", self.publicly_traded),
            ("letters late under HIPAA", self.hipaa_late),
        ];
        let mut words: Vec<String> = Vec::new();
        for (name, list) in lists.into_iter().filter(|(_, list)| !list.is_empty()) {
            words.push(format!("{name} {}", list.join(" or ")));
        }
        for (name, flag) in flags {
            words.extend(flag.map(|yes| if yes { name.to_owned() } else { format!("no {name}") }));
        }
        words.extend(self.residents_at_least.map(|n| format!("at least {n} residents")));
        words.extend(self.residents_at_most.map(|n| format!("at most {n} residents")));
        if !self.any.is_empty() {
            let inner: Vec<String> = self.any.iter().map(When::summary).collect();
            words.push(format!("either {}", inner.join(" or ")));
        }
        words.extend(self.not.as_ref().map(|inner| format!("not ({})", inner.summary())));
        words.extend(self.question.as_ref().map(|_| "a question for counsel".to_owned()));
        words.join(", ")
    }

    /// This condition and every condition inside it.
    pub fn walk(&self) -> Vec<&When> {
        let mut all = vec![self];
        for inner in self.any.iter().chain(self.not.as_deref()) {
            all.extend(inner.walk());
        }
        all
    }
}
