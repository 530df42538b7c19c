//! Law enforcement's requests to wait.

use crate::incident::Day;
use serde::{Deserialize, Serialize};

/// A law-enforcement request to wait (45 CFR 164.412); postpones, never tolls.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct LawEnforcementHold {
    pub kind: HoldKind,
    #[serde(default)]
    pub agency: String,
    #[serde(default)]
    pub official: String,
    pub stated_on: Day,
    /// Required when written; an oral hold ends 30 days after `stated_on` at the latest.
    #[serde(default)]
    pub until: Option<Day>,
    pub jurisdictions: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum HoldKind {
    Written,
    Oral,
}
