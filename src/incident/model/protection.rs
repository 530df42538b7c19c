//! Identity protection that is offered.

use crate::incident::Day;
use serde::{Deserialize, Serialize};

/// An identity-protection service offered to some of the people.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Protection {
    pub provider: String,
    pub recipients: Vec<ProtectionRecipient>,
    pub months: u32,
    /// Element ids; offered to a person with any of them. Empty: to everybody.
    #[serde(default)]
    pub offered_for: Vec<String>,
    #[serde(default)]
    pub description: String,
    pub enroll_by: Day,
    #[serde(default)]
    pub enroll_url: String,
    #[serde(default)]
    pub phone: String,
    #[serde(default)]
    pub code_column: Option<String>,
    #[serde(default)]
    pub code_file: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ProtectionRecipient {
    Adult,
    Minor,
}
