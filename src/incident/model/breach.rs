//! What happened, in the HHS portal's words and the incident's own.

use crate::incident::Day;
use serde::{Deserialize, Serialize};

/// The five types of the HHS breach portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum BreachType {
    HackingItIncident,
    ImproperDisposal,
    Loss,
    Theft,
    UnauthorizedAccessDisclosure,
}

impl BreachType {
    /// As in incident.toml and law files.
    pub fn id(self) -> &'static str {
        match self {
            BreachType::HackingItIncident => "hacking_it_incident",
            BreachType::ImproperDisposal => "improper_disposal",
            BreachType::Loss => "loss",
            BreachType::Theft => "theft",
            BreachType::UnauthorizedAccessDisclosure => "unauthorized_access_disclosure",
        }
    }
}

/// The eight locations of the HHS breach portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Location {
    DesktopComputer,
    ElectronicMedicalRecord,
    Email,
    Laptop,
    NetworkServer,
    OtherPortableElectronicDevice,
    PaperFilms,
    Other,
}

/// The incident's own words; Markdown.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Breach {
    pub what_happened: String,
    pub what_we_are_doing: String,
    #[serde(default)]
    pub regulator_description: String,
    /// What was done since, for regulators; else the letters' words are used.
    #[serde(default)]
    pub regulator_steps: String,
    /// What happened, of the sender in the third person: for the media release. Markdown.
    #[serde(default)]
    pub media_account: String,
    /// What the sender is doing, likewise.
    #[serde(default)]
    pub media_response: String,
    /// Ids of the HHS form's options (`forms/hhs.toml`).
    #[serde(default)]
    pub safeguards_before: Vec<String>,
    /// Ids of the HHS form's options (`forms/hhs.toml`).
    #[serde(default)]
    pub actions_taken: Vec<String>,
    #[serde(default)]
    pub steps_planned: String,
    #[serde(default)]
    pub law_enforcement_notified: Option<bool>,
    /// Counsel confirmed that law enforcement did not ask to wait: letters say so. Without it they
    /// say nothing, since a sentence that nobody confirmed may be untrue.
    #[serde(default)]
    pub no_delay_asked: bool,
    #[serde(default)]
    pub delay_reason: String,
    /// When a publicly traded organization determined that the incident is material to it (Form
    /// 8-K, item 1.05).
    #[serde(default)]
    pub material_on: Option<Day>,
}
