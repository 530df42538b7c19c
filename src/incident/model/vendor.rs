//! Firms that work on the incident, or whose tool was breached.

use crate::incident::Day;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Vendor {
    pub role: VendorRole,
    pub name: String,
    #[serde(default)]
    pub baa_on: Option<Day>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum VendorRole {
    Forensic,
    MailHouse,
    #[serde(alias = "call_center")]
    CallCentre,
    Monitoring,
    Translator,
    BreachedTool,
}
