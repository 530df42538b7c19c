//! What some regulators' forms ask and nothing else needs.

use serde::{Deserialize, Serialize};

/// What some regulators' forms ask and no letter or deadline needs. Empty text means not known.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct FilingFacts {
    /// To whom the crime was reported.
    pub law_enforcement_agency: String,
    /// The police's own number of the report.
    pub law_enforcement_report_number: String,
    pub law_enforcement_phone: String,
    /// Ids of the forms' options, such as `ransomware`.
    pub attack_type: Vec<String>,
    /// How the breach came to be known.
    pub how_discovered: String,
    /// With its currency.
    pub estimated_cost: String,
    /// The name under which the filer does business.
    pub doing_business_as: String,
    /// Whether the written information security program is being updated.
    pub wisp_updated: Option<bool>,
    /// What the options of `breach.actions_taken` do not say.
    pub other_actions: String,
    /// Who caused the breach, if known.
    pub person_responsible: String,
    /// Keys (`age1...`) to which lists of people for regulators are locked.
    pub encrypt_to: Vec<String>,
}
