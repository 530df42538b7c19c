//! One incident as a whole.

use super::{
    Breach, CoveredEntity, CustomDuty, DataElement, Decision, EmailChoices, Estimate, FilingFacts,
    FontChoices, HhsReport, LawEnforcementHold, LetterChoices, MailChoices, Protection,
    RosterChoices, Sender, Strand, Vendor, Wave,
};
use serde::{Deserialize, Serialize};

/// One incident: everything that is not a person and not the law.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Incident {
    pub id: String,
    #[serde(default)]
    pub title: String,
    pub sender: Sender,
    #[serde(rename = "covered_entity")]
    pub entities: Vec<CoveredEntity>,
    #[serde(default, rename = "hhs_report")]
    pub hhs_reports: Vec<HhsReport>,
    #[serde(rename = "strand")]
    pub strands: Vec<Strand>,
    pub breach: Breach,
    #[serde(rename = "wave")]
    pub waves: Vec<Wave>,
    #[serde(default, rename = "estimate")]
    pub estimates: Vec<Estimate>,
    #[serde(default, rename = "law_enforcement_hold")]
    pub holds: Vec<LawEnforcementHold>,
    #[serde(default, rename = "duty")]
    pub duties: Vec<CustomDuty>,
    /// At most 64: a person's elements are a bit set over this list.
    #[serde(rename = "data_element")]
    pub elements: Vec<DataElement>,
    #[serde(default, rename = "protection")]
    pub protections: Vec<Protection>,
    #[serde(default)]
    pub filing: FilingFacts,
    #[serde(default)]
    pub letter: LetterChoices,
    #[serde(default)]
    pub mail: MailChoices,
    #[serde(default)]
    pub email: EmailChoices,
    #[serde(default)]
    pub roster: RosterChoices,
    #[serde(default)]
    pub fonts: FontChoices,
    #[serde(default, rename = "vendor")]
    pub vendors: Vec<Vendor>,
    #[serde(default, rename = "decision")]
    pub decisions: Vec<Decision>,
    #[serde(default)]
    pub litigation_hold: bool,
    /// A wave goes out only when two people have approved it.
    #[serde(default)]
    pub two_approvers: bool,
}
