//! Duties that no statute of the law files knows.

use serde::{Deserialize, Serialize};

/// A duty that no statute here knows: contracts, CMS, Medicaid, insurers.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct CustomDuty {
    pub id: String,
    pub to: String,
    /// `discovery`, `determination`, `individual_notice` or `hhs_notice`.
    pub clock: String,
    #[serde(default)]
    pub hours: Option<u32>,
    #[serde(default)]
    pub days: Option<u32>,
    #[serde(default)]
    pub business_days: Option<u32>,
    pub source: String,
}
