//! A duty to tell somebody: whom, from how many people on, by when.

use super::{Clock, Confidence, Deadline, Proof, Reach, Timer, When};
use crate::incident::Day;
use serde::{Deserialize, Serialize};

/// One version of one duty to tell somebody.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct DutyRule {
    /// Stable over versions: `ca-ag`, `ca-individual`, `hipaa-media`.
    pub id: String,
    pub kind: DutyKind,
    /// Who is told.
    pub recipient: String,
    /// Which statute's definition decides who counts, and whose HIPAA treatment applies.
    pub statute: String,
    pub cite: String,
    /// First day in force; `1900-01-01` where the sources give no start.
    pub effective: Day,
    /// First day no longer in force.
    #[serde(default)]
    pub until: Option<Day>,
    /// Which breaches a new version reaches, where the enactment says so.
    #[serde(default)]
    pub applies_to_breaches: Option<Reach>,
    #[serde(default)]
    pub when: When,
    pub counts: Counting,
    pub threshold: u64,
    pub comparator: Comparator,
    pub clock: Clock,
    /// None where the law gives no number ("without unreasonable delay").
    #[serde(default)]
    pub deadline: Option<Deadline>,
    /// Further clocks; the earliest due date counts.
    #[serde(default)]
    pub or_earlier: Vec<Timer>,
    /// What a law-enforcement hold does to the due date, where the law says so.
    #[serde(default)]
    pub after_hold: Option<Deadline>,
    /// The law allows no delay for law enforcement: a hold does not move the due date.
    #[serde(default)]
    pub despite_hold: bool,
    /// Set where it is not known whether a hold moves the due date: the question for counsel, id
    /// `<duty id>.hold`. The date stays until it is decided.
    #[serde(default)]
    pub hold_question: Option<String>,
    /// Set where the words speak of persons and do not say whether those who live elsewhere count:
    /// the question for counsel, id `<duty id>.counts`. They count until it is decided.
    #[serde(default)]
    pub count_question: Option<String>,
    /// The timing in our words.
    pub timing: String,
    #[serde(default)]
    pub extension: String,
    /// Ids of what the notice must contain.
    #[serde(default)]
    pub required_content: Vec<String>,
    #[serde(default)]
    pub method: String,
    #[serde(default)]
    pub url: String,
    #[serde(default)]
    pub email: String,
    #[serde(default)]
    pub postal: Vec<String>,
    #[serde(default)]
    pub phone: String,
    #[serde(default)]
    pub notes: String,
    /// A question for counsel that this duty always raises; id `<duty id>`.
    #[serde(default)]
    pub question: Option<String>,
    pub confidence: Confidence,
    pub proof: Proof,
    pub source: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DutyKind {
    Individual,
    Regulator,
    Cra,
    Media,
    Hhs,
    CoveredEntity,
    Substitute,
    Protection,
    Custom,
}

/// Whom a threshold counts. Per covered entity and over all the sender files for (state
/// statutes), or per covered entity only (HIPAA).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Counting {
    /// Residents of this jurisdiction whose elements meet the statute's definition.
    Residents,
    /// Everybody anywhere whose elements meet the definition.
    Everybody,
    /// The FTC rule: everybody residing in one state whose elements meet the definition, of one
    /// organization, each state apart.
    PeoplePerState,
    /// The FTC rule: everybody of one organization who cannot be written to.
    PeopleUnreachable,
    /// HIPAA: all patients of the covered entity, everywhere.
    Patients,
    /// HIPAA: patients of the covered entity residing in one state, each state apart.
    PatientsPerState,
    /// HIPAA: patients of the covered entity who cannot be written to.
    PatientsUnreachable,
    /// Patients of the covered entity residing in this jurisdiction, whatever was exposed.
    ResidentPatients,
}

/// The comparator as enacted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub enum Comparator {
    #[serde(rename = ">")]
    MoreThan,
    #[serde(rename = ">=")]
    AtLeast,
    #[serde(rename = "<")]
    FewerThan,
}

impl Counting {
    /// Whether only HIPAA patients are counted.
    pub fn patients_only(self) -> bool {
        matches!(
            self,
            Counting::Patients
                | Counting::PatientsPerState
                | Counting::PatientsUnreachable
                | Counting::ResidentPatients
        )
    }

    /// Whether each state is counted apart.
    pub fn per_state(self) -> bool {
        matches!(self, Counting::PatientsPerState | Counting::PeoplePerState)
    }

    /// Whether only people are counted who cannot be written to.
    pub fn unreachable(self) -> bool {
        matches!(self, Counting::PatientsUnreachable | Counting::PeopleUnreachable)
    }
}
