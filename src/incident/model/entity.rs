//! The organizations whose patients or users are concerned.

use super::Incident;
use super::{Contact, Delegation};
use crate::incident::Day;
use serde::{Deserialize, Serialize};

/// A covered entity (45 CFR 160.103) whose patients are concerned, or a vendor of personal health
/// records or related entity (16 CFR 318.2) whose users are.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct CoveredEntity {
    /// As in the roster's `entity` column.
    pub id: String,
    pub name: String,
    pub kind: EntityKind,
    #[serde(default)]
    pub subtype: Subtype,
    #[serde(default)]
    pub address: Vec<String>,
    #[serde(default)]
    pub state: String,
    #[serde(default)]
    pub parent_company: String,
    #[serde(default)]
    pub plan_sponsor: String,
    #[serde(default, alias = "licenses")]
    pub licences: Vec<Licence>,
    #[serde(default)]
    pub home_page: String,
    #[serde(default)]
    pub contact: Option<Contact>,
    #[serde(default)]
    pub agency: Agency,
    #[serde(default)]
    pub told_on: Option<Day>,
    #[serde(default)]
    pub list_received_on: Option<Day>,
    #[serde(default)]
    pub knew_earlier_on: Option<Day>,
    #[serde(default)]
    pub wisp: Option<bool>,
    #[serde(default)]
    pub small_business: Option<bool>,
    #[serde(default)]
    pub prior_notices_12m: Vec<Day>,
    /// Keys (`age1...`) to which the list of its people is locked.
    #[serde(default)]
    pub encrypt_to: Vec<String>,
    #[serde(default)]
    pub delegation: Delegation,
}

impl Incident {
    /// Whether the sender is a covered entity's agent: as incident.toml has it, or as counsel
    /// decided on `agency.<entity>` where it leaves it open.
    pub fn agency(&self, entity: &CoveredEntity) -> Agency {
        if entity.agency != Agency::Unknown {
            return entity.agency;
        }
        let decided = self.decisions.iter().rev().find_map(|decision| {
            (decision.question.strip_prefix("agency.")? == entity.id).then_some(&decision.choice)
        });
        match decided.map(String::as_str) {
            Some("agent") => Agency::Agent,
            Some("independent") => Agency::Independent,
            _ => Agency::Unknown,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EntityKind {
    HealthcareProvider,
    HealthPlan,
    Clearinghouse,
    PhrVendor,
    PhrRelatedEntity,
}

impl EntityKind {
    /// As in incident.toml and law files.
    pub fn id(self) -> &'static str {
        match self {
            EntityKind::HealthcareProvider => "healthcare_provider",
            EntityKind::HealthPlan => "health_plan",
            EntityKind::Clearinghouse => "clearinghouse",
            EntityKind::PhrVendor => "phr_vendor",
            EntityKind::PhrRelatedEntity => "phr_related_entity",
        }
    }

    /// Whether it is a covered entity of HIPAA, and its people are patients.
    pub fn under_hipaa(self) -> bool {
        !matches!(self, EntityKind::PhrVendor | EntityKind::PhrRelatedEntity)
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Subtype {
    Insurer,
    Hmo,
    SelfInsuredEmployerPlan,
    MedicaidAgency,
    MedicaidMco,
    MedicareAdvantage,
    FehbCarrier,
    GovernmentProvider,
    Part2Program,
    #[default]
    None,
}

impl Subtype {
    /// As in incident.toml and law files.
    pub fn id(self) -> &'static str {
        match self {
            Subtype::Insurer => "insurer",
            Subtype::Hmo => "hmo",
            Subtype::SelfInsuredEmployerPlan => "self_insured_employer_plan",
            Subtype::MedicaidAgency => "medicaid_agency",
            Subtype::MedicaidMco => "medicaid_mco",
            Subtype::MedicareAdvantage => "medicare_advantage",
            Subtype::FehbCarrier => "fehb_carrier",
            Subtype::GovernmentProvider => "government_provider",
            Subtype::Part2Program => "part2_program",
            Subtype::None => "none",
        }
    }
}

/// A license that brings a sector regulator with it; `kind` is an id of the law files.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct Licence {
    pub state: String,
    pub kind: String,
}

/// Whether a business associate is the covered entity's agent (45 CFR 164.404(a)(2)).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Agency {
    Agent,
    Independent,
    #[default]
    Unknown,
}
