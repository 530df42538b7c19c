//! What an organization is beside being a covered entity: the short interview.

use serde::{Deserialize, Serialize};

/// Answers that bring further duties; none where nobody has answered yet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
pub struct Affiliations {
    /// A USPS code, `US`, or `none`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub government: Option<String>,
    /// A substance use disorder program (42 CFR 2.11).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part2_program: Option<bool>,
    /// Keeps personal health records for people outside HIPAA (16 CFR 318.2).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phr_outside_hipaa: Option<bool>,
    /// It or its parent reports to the Securities and Exchange Commission.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publicly_traded: Option<bool>,
    /// Where an insurer has its domicile: a USPS code, or `none` for who is no insurer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub insurer_domicile: Option<String>,
    /// USPS codes of the states that license the insurer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub insurer_states: Option<Vec<String>>,
    /// USPS codes of the states with whose Medicaid agencies it has contracts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub medicaid_contracts: Option<Vec<String>>,
    /// Has contracts with Medicare beyond being paid for care.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub medicare_contracts: Option<bool>,
    /// An owner or operator of critical infrastructure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub critical_infrastructure: Option<bool>,
}
