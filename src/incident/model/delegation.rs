//! Who carries out which duty, and who is reported to HHS together.

use crate::incident::Day;
use serde::{Deserialize, Serialize};

/// Who carries out each duty of a covered entity.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct Delegation {
    #[serde(default)]
    pub individual: Delegate,
    #[serde(default)]
    pub hhs: Delegate,
    #[serde(default)]
    pub state: Delegate,
    #[serde(default)]
    pub media: Delegate,
    #[serde(default)]
    pub substitute: Delegate,
    #[serde(default)]
    pub cra: Delegate,
    #[serde(default)]
    pub agreed_on: Option<Day>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Delegate {
    Sender,
    #[serde(rename = "self")]
    Itself,
    #[default]
    Undecided,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct HhsReport {
    pub entities: Vec<String>,
}
