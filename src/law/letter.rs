//! What a statute asks of a letter: contents, look, identity protection.

use super::{Confidence, Proof, Reach, When};
use crate::incident::Day;
use serde::{Deserialize, Serialize};

/// A content that a letter must or must not have, for people the statute protects.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ContentRule {
    /// The content's id: `breach_description`, `police_report_right`, ...
    pub id: String,
    pub rule: ContentVerb,
    pub statute: String,
    /// First day in force; `1900-01-01` where the sources give no start.
    pub effective: Day,
    /// First day no longer in force.
    #[serde(default)]
    pub until: Option<Day>,
    /// Which breaches a new version reaches, where the enactment says so.
    #[serde(default)]
    pub applies_to_breaches: Option<Reach>,
    /// For example: bureaus' contacts only if an SSN was exposed.
    #[serde(default)]
    pub when: When,
    pub cite: String,
    /// What the statute asks, in our words.
    #[serde(default)]
    pub detail: String,
    pub confidence: Confidence,
    pub proof: Proof,
    pub source: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ContentVerb {
    Required,
    Prohibited,
    /// Usual in such letters, not required.
    Customary,
}

/// How a letter must look under a statute.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct LetterStyle {
    pub statute: String,
    /// The section, where it is not the statute's own citation.
    #[serde(default)]
    pub cite: String,
    /// First day in force; `1900-01-01` where the sources give no start.
    pub effective: Day,
    /// First day no longer in force.
    #[serde(default)]
    pub until: Option<Day>,
    /// Which breaches a new version reaches, where the enactment says so.
    #[serde(default)]
    pub applies_to_breaches: Option<Reach>,
    #[serde(default)]
    pub min_font_points: Option<f32>,
    #[serde(default)]
    pub plain_language: bool,
    #[serde(default)]
    pub prescribed_text: Vec<String>,
    #[serde(default)]
    pub addendum: String,
    pub confidence: Confidence,
    pub proof: Proof,
    pub source: String,
}

/// Identity protection that a statute obliges the sender to offer.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ProtectionRule {
    pub statute: String,
    /// First day in force; `1900-01-01` where the sources give no start.
    pub effective: Day,
    /// First day no longer in force.
    #[serde(default)]
    pub until: Option<Day>,
    /// Which breaches a new version reaches, where the enactment says so.
    #[serde(default)]
    pub applies_to_breaches: Option<Reach>,
    pub required: bool,
    #[serde(default)]
    pub months: Option<u32>,
    #[serde(default)]
    pub trigger_elements: Vec<String>,
    #[serde(default)]
    pub when: When,
    pub condition: String,
    pub cite: String,
    pub confidence: Confidence,
    pub proof: Proof,
    pub source: String,
}

impl ContentVerb {
    /// As in law files.
    pub fn label(self) -> &'static str {
        match self {
            ContentVerb::Required => "required",
            ContentVerb::Prohibited => "prohibited",
            ContentVerb::Customary => "customary",
        }
    }
}
