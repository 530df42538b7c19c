//! The short interview on what an organization is beside its role (`law/interview.toml`).

use crate::finding::{Finding, Findings, Place, Severity};
use crate::incident::EntityKind;
use serde::{Deserialize, Serialize};

/// Every question of the interview, in the file's order.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Interview {
    #[serde(rename = "question")]
    pub questions: Vec<InterviewQuestion>,
}

/// A question whose answer brings duties, or says why none arise.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct InterviewQuestion {
    /// The key of `[[covered_entity]]` or `[sender]` that answers.
    pub id: InterviewKey,
    pub asks: Asked,
    /// Kinds of covered entity that are asked; empty: all.
    #[serde(default)]
    pub entity_kind: Vec<EntityKind>,
    pub text: String,
    /// The choice of a decision that says no for all who have no key of their own.
    pub nothing: String,
    /// Whether the pack holds the rules that a yes brings.
    #[serde(default = "covered")]
    pub covered: bool,
    /// What follows, after the organization's name.
    pub yes: String,
    pub no: String,
    pub cite: String,
    pub source: String,
}

fn covered() -> bool {
    true
}

/// Who is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Asked {
    CoveredEntity,
    /// The sender, where it serves others.
    Sender,
    Both,
}

/// The keys that the interview asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum InterviewKey {
    Licences,
    Government,
    Part2Program,
    PhrOutsideHipaa,
    PubliclyTraded,
    InsurerDomicile,
    InsurerStates,
    MedicaidContracts,
    MedicareContracts,
    CriticalInfrastructure,
}

impl InterviewKey {
    /// As in incident.toml.
    pub fn name(self) -> &'static str {
        match self {
            InterviewKey::Licences => "licences",
            InterviewKey::Government => "government",
            InterviewKey::Part2Program => "part2_program",
            InterviewKey::PhrOutsideHipaa => "phr_outside_hipaa",
            InterviewKey::PubliclyTraded => "publicly_traded",
            InterviewKey::InsurerDomicile => "insurer_domicile",
            InterviewKey::InsurerStates => "insurer_states",
            InterviewKey::MedicaidContracts => "medicaid_contracts",
            InterviewKey::MedicareContracts => "medicare_contracts",
            InterviewKey::CriticalInfrastructure => "critical_infrastructure",
        }
    }
}

/// Questions of `interview.toml` without a citation or a source.
pub(super) fn check(interview: &Interview, findings: &mut Findings) {
    for question in &interview.questions {
        let named = [("cite", &question.cite), ("source", &question.source)];
        for (key, _) in named.iter().filter(|(_, text)| text.trim().is_empty()) {
            let message = format!("the question `{}` has no `{key}`", question.id.name());
            findings.push(
                Finding::new(code!("law.no_source"), Severity::Error, message)
                    .at(Place::file("interview.toml"))
                    .remedy("write where the duties that it brings stand"),
            );
        }
    }
}
