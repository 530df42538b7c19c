//! A jurisdiction's whole law: one file, all versions of every rule.
//!
//! Every rule is dated, cited and sourced, says how sure we are, and carries its condition as
//! structure ([`When`]), never as prose.

use super::{
    Confidence, ContentRule, DutyRule, HipaaTreatment, LetterStyle, Proof, ProtectionRule, Reach,
    When,
};
use crate::incident::Day;
use serde::{Deserialize, Serialize};

/// A jurisdiction's whole law, all versions.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Jurisdiction {
    /// `CA`, `US-HIPAA`, `US-FTC`.
    pub code: String,
    pub name: String,
    pub kind: JurisdictionKind,
    /// The day the sources were last read.
    pub checked: Day,
    pub confidence: Confidence,
    #[serde(default)]
    pub unknown: Vec<String>,
    #[serde(default)]
    pub notes: Vec<String>,
    #[serde(default, rename = "statute")]
    pub statutes: Vec<Statute>,
    #[serde(default, rename = "definition")]
    pub definitions: Vec<Definition>,
    #[serde(default, rename = "hipaa")]
    pub hipaa: Vec<HipaaTreatment>,
    #[serde(default, rename = "duty")]
    pub duties: Vec<DutyRule>,
    #[serde(default, rename = "content")]
    pub contents: Vec<ContentRule>,
    #[serde(default, rename = "letter_style")]
    pub letter_styles: Vec<LetterStyle>,
    #[serde(default, rename = "protection")]
    pub protections: Vec<ProtectionRule>,
    #[serde(default, rename = "methods")]
    pub methods: Vec<Methods>,
    #[serde(default, rename = "majority")]
    pub majority: Vec<Majority>,
    #[serde(default, rename = "penalty")]
    pub penalties: Vec<Penalty>,
    #[serde(default, rename = "example")]
    pub examples: Vec<PublishedExample>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum JurisdictionKind {
    Federal,
    State,
    District,
    Territory,
}

/// A breach statute: whom it protects, what sets it off.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Statute {
    /// `general`, `medical`, `insurance`, ...; rules refer to it.
    pub id: String,
    pub cite: String,
    #[serde(default)]
    pub url: String,
    /// In our words; the condition is `when`.
    pub applies_to: String,
    #[serde(default)]
    pub when: When,
    /// False for a law that adds no notice duty of its own.
    #[serde(default = "yes")]
    pub notice_duty: bool,
    #[serde(default)]
    pub paper_records: bool,
    /// `access`, `acquisition`, `access_or_acquisition`, ...
    #[serde(default)]
    pub trigger: String,
    #[serde(default)]
    pub risk_of_harm_exception: bool,
    #[serde(default)]
    pub harm_standard: String,
    #[serde(default)]
    pub encryption_safe_harbor: bool,
}

fn yes() -> bool {
    true
}

/// Which exposed elements make a resident count under a statute.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    pub statute: String,
    /// First day in force; `1900-01-01` where the sources give no start.
    pub effective: Day,
    /// First day no longer in force.
    #[serde(default)]
    pub until: Option<Day>,
    /// Which breaches a new version reaches, where the enactment says so.
    #[serde(default)]
    pub applies_to_breaches: Option<Reach>,
    #[serde(default)]
    pub when: When,
    /// Element categories of the law files' vocabulary; empty: every involved patient counts.
    pub elements: Vec<String>,
    /// Elements that count even without the person's name.
    #[serde(default)]
    pub without_name: Vec<String>,
    /// Of these, what counts only beside the code, PIN or password that opens the account.
    #[serde(default)]
    pub with_code: Vec<String>,
    /// Of these, what counts without a code where the number alone could reach the account.
    #[serde(default)]
    pub if_usable: Vec<String>,
    /// What the list cannot say: access codes, combinations, readings.
    #[serde(default)]
    pub detail: String,
    pub confidence: Confidence,
    pub proof: Proof,
    pub source: String,
}

/// The category of what opens an account or card.
pub const ACCOUNT_CODE: &str = "account_code";

/// A definition's categories by what they need beside them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DefinitionParts {
    /// Count by themselves.
    pub alone: Vec<String>,
    /// Count beside a code, PIN or password of the account.
    pub with_code: Vec<String>,
    /// Count where the number alone could reach the account.
    pub if_usable: Vec<String>,
}

impl Definition {
    /// Whether every involved person counts, whatever was exposed.
    pub fn is_everybody(&self) -> bool {
        self.elements.is_empty()
    }

    /// What counts where the information stood beside names, or did not.
    pub fn parts(&self, named: bool) -> DefinitionParts {
        let elements = if named { &self.elements[..] } else { &[] };
        let all: Vec<&String> = elements.iter().chain(&self.without_name).collect();
        let kept = |list: &[String]| {
            all.iter().filter(|id| list.contains(id)).map(|id| (*id).clone()).collect()
        };
        let needs = |id: &String| self.with_code.contains(id) || self.if_usable.contains(id);
        DefinitionParts {
            alone: all.iter().filter(|id| !needs(id)).map(|id| (*id).clone()).collect(),
            with_code: kept(&self.with_code),
            if_usable: kept(&self.if_usable),
        }
    }
}

/// How notice may be given.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Methods {
    pub statute: String,
    /// First day in force; `1900-01-01` where the sources give no start.
    pub effective: Day,
    /// First day no longer in force.
    #[serde(default)]
    pub until: Option<Day>,
    /// Which breaches a new version reaches, where the enactment says so.
    #[serde(default)]
    pub applies_to_breaches: Option<Reach>,
    /// `mail`, `email`, `email_esign`, `email_if_agreed`, `telephone`.
    pub allowed: Vec<String>,
    #[serde(default)]
    pub substitute_cost_over: Option<u64>,
    #[serde(default)]
    pub substitute_count_over: Option<u64>,
    #[serde(default)]
    pub substitute_means: Vec<String>,
    #[serde(default)]
    pub website_posting_days: Option<u32>,
    /// What the lists cannot say: consent, which means go together.
    #[serde(default)]
    pub detail: String,
    pub source: String,
}

/// The age from which a person is written to in their own name.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Majority {
    /// First day in force; `1900-01-01` where the sources give no start.
    pub effective: Day,
    /// First day no longer in force.
    #[serde(default)]
    pub until: Option<Day>,
    /// Which breaches a new version reaches, where the enactment says so.
    #[serde(default)]
    pub applies_to_breaches: Option<Reach>,
    pub age: u8,
    pub confidence: Confidence,
    pub source: String,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Penalty {
    pub detail: String,
    pub source: String,
}

/// A published case, kept for reading only.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct PublishedExample {
    pub entity: String,
    pub facts: String,
    pub source: String,
}
