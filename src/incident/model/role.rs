//! The part the sender plays under the federal rules.

use super::EntityKind;
use serde::{Deserialize, Serialize};

/// The part the sender plays under 45 CFR 160.103 (HIPAA) or 16 CFR 318.2 (the FTC rule on
/// personal health records outside HIPAA).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    CoveredEntity,
    BusinessAssociate,
    PhrVendor,
    PhrRelatedEntity,
    PhrServiceProvider,
}

impl Role {
    /// As in incident.toml and law files.
    pub fn id(self) -> &'static str {
        match self {
            Role::CoveredEntity => "covered_entity",
            Role::BusinessAssociate => "business_associate",
            Role::PhrVendor => "phr_vendor",
            Role::PhrRelatedEntity => "phr_related_entity",
            Role::PhrServiceProvider => "phr_service_provider",
        }
    }

    /// Whether the sender holds the information for others, whom it must tell first.
    pub fn serves_others(self) -> bool {
        matches!(self, Role::BusinessAssociate | Role::PhrServiceProvider)
    }

    /// Whether HIPAA binds the sender in this part.
    pub fn under_hipaa(self) -> bool {
        matches!(self, Role::CoveredEntity | Role::BusinessAssociate)
    }

    /// Whether a sender in this part can write for an organization of that kind: the FTC rule
    /// leaves out whom HIPAA binds (16 CFR 318.1(a)), and HIPAA binds nobody else.
    pub fn goes_with(self, kind: EntityKind) -> bool {
        self.under_hipaa() == kind.under_hipaa()
    }
}
