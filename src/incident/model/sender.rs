//! Who signs the letters, and the persons whom regulators may ask.

use super::{Affiliations, Role};
use serde::{Deserialize, Serialize};

/// Who signs the letters.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Sender {
    pub name: String,
    pub role: Role,
    pub return_address: Vec<String>,
    pub phone: String,
    #[serde(default)]
    pub phone_hours: String,
    #[serde(default)]
    pub email: String,
    #[serde(default)]
    pub website: String,
    #[serde(default)]
    pub address: Vec<String>,
    #[serde(default)]
    pub state: String,
    pub signatory: Signatory,
    /// What it is beside its role; only what a sender is asked.
    #[serde(default, flatten)]
    pub affiliations: Affiliations,
    #[serde(default)]
    pub logo: Option<String>,
    #[serde(default)]
    pub contact: Option<Contact>,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Signatory {
    pub name: String,
    #[serde(default)]
    pub title: String,
    #[serde(default)]
    pub image: Option<String>,
}

/// A person of a covered entity whom regulators may ask.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct EntityContact {
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub title: String,
    #[serde(default)]
    pub phone: String,
    #[serde(default)]
    pub email: String,
}

/// Who files for the sender, and whom regulators may ask.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct Contact {
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub title: String,
    #[serde(default)]
    pub phone: String,
    #[serde(default)]
    pub email: String,
    #[serde(default)]
    pub firm: String,
    #[serde(default)]
    pub relationship: String,
    #[serde(default)]
    pub address: Vec<String>,
}
