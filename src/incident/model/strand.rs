//! One course of events: when, what, how sure.

use super::{BreachType, Location};
use crate::incident::Day;
use serde::{Deserialize, Serialize};

/// One course of events; a roster row's `cohort` names one where there are several.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Strand {
    pub id: String,
    #[serde(default)]
    pub windows: Vec<Window>,
    pub discovered: Day,
    #[serde(default)]
    pub discoveries: Vec<Discovery>,
    #[serde(default)]
    pub determined: Option<Day>,
    #[serde(default)]
    pub elements: Vec<String>,
    #[serde(default)]
    pub elements_certainty: ElementsCertainty,
    /// Whether the information stood beside names; unsaid, it did.
    #[serde(default)]
    pub names_linked: Option<bool>,
    #[serde(default)]
    pub encrypted: bool,
    #[serde(rename = "type")]
    pub kind: BreachType,
    #[serde(default)]
    pub locations: Vec<Location>,
    #[serde(default)]
    pub risk_of_harm: RiskOfHarm,
}

#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
pub struct Window {
    pub start: Day,
    pub end: Day,
    #[serde(default)]
    pub certainty: WindowCertainty,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WindowCertainty {
    Confirmed,
    Estimated,
    #[default]
    Unknown,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Discovery {
    pub on: Day,
    pub what: String,
}

/// `confirmed`: "was involved"; `possible`: "may have been involved".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ElementsCertainty {
    Confirmed,
    #[default]
    Possible,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RiskOfHarm {
    #[default]
    NotExcluded,
    LowProbability,
}
