//! The organizations whose patients or users are concerned.

use super::{Affiliations, Delegation, EntityContact, Incident};
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
    /// None: nobody has said yet which it holds; an empty list: it holds none.
    #[serde(default, alias = "licenses")]
    pub licences: Option<Vec<Licence>>,
    #[serde(default, flatten)]
    pub affiliations: Affiliations,
    #[serde(default)]
    pub home_page: String,
    #[serde(default)]
    pub contact: Option<EntityContact>,
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

impl CoveredEntity {
    /// The licenses it is known to hold.
    pub fn known_licences(&self) -> &[Licence] {
        self.licences.as_deref().unwrap_or_default()
    }

    /// Whose government it belongs to: a USPS code, or `US`; none where it belongs to none, or
    /// nobody has said so. A body of government without `government` is one of its own state.
    pub fn government_of(&self) -> Option<&str> {
        match self.affiliations.government.as_deref() {
            Some(NO_GOVERNMENT) => None,
            Some(code) => Some(code),
            None if self.subtype.is_public() => {
                Some(&self.state).filter(|s| !s.is_empty()).map(|s| &**s)
            }
            None => None,
        }
    }

    /// Whether it belongs to the government of this jurisdiction; none where it belongs to one,
    /// but nobody has said to which.
    pub fn is_public_in(&self, code: &str) -> Option<bool> {
        let said = self.affiliations.government.is_some();
        match self.government_of() {
            Some(whose) => Some(whose == code),
            None if !said && self.subtype.is_public() => None,
            None => Some(false),
        }
    }

    /// Whether it is a substance use disorder program under 42 CFR Part 2, as far as is known.
    pub fn is_part2_program(&self) -> bool {
        self.affiliations.part2_program.unwrap_or(self.subtype == Subtype::Part2Program)
    }
}

/// What `government` says of an organization that belongs to no government.
pub const NO_GOVERNMENT: &str = "none";

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
    /// Whether it is a body of some government.
    pub fn is_public(self) -> bool {
        matches!(self, Subtype::GovernmentProvider | Subtype::MedicaidAgency)
    }

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
