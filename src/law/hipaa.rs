//! What following HIPAA does to a state's statute.

use super::{Confidence, DutyKind, Proof, Reach, When};
use crate::incident::Day;
use serde::{Deserialize, Serialize};

/// What HIPAA compliance does to a statute's duties.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct HipaaTreatment {
    pub statute: String,
    /// First day in force; `1900-01-01` where the sources give no start.
    pub effective: Day,
    /// First day no longer in force.
    #[serde(default)]
    pub until: Option<Day>,
    /// Which breaches a new version reaches, where the enactment says so.
    #[serde(default)]
    pub applies_to_breaches: Option<Reach>,
    pub treatment: Treatment,
    /// The treatment holds only under this condition.
    #[serde(default)]
    pub when: When,
    /// Kinds of duty it lifts by the cautious reading; the others stay.
    #[serde(default)]
    pub lifts: Vec<DutyKind>,
    /// Kinds of duty that the words would lift beyond `lifts`, if counsel so decides.
    #[serde(default)]
    pub could_lift: Vec<DutyKind>,
    /// Contents of the letter, required or prohibited, that it lifts; all others stay, even
    /// where the duty to write is lifted.
    #[serde(default)]
    pub lifts_content: Vec<String>,
    /// Duties that must be fulfilled for the treatment to hold, ids.
    #[serde(default)]
    pub depends_on: Vec<String>,
    /// What becomes of the treatment once HIPAA's own last day for the letters is missed; none
    /// where the words do not turn on compliance.
    #[serde(default)]
    pub when_late: Option<WhenLate>,
    /// Set where the words would lift more than the cautious default does: the question for
    /// counsel, whose id is `<code>.hipaa`.
    #[serde(default)]
    pub question: Option<String>,
    pub detail: String,
    pub cite: String,
    pub confidence: Confidence,
    pub proof: Proof,
    pub source: String,
}

/// What missing HIPAA's last day for the letters does to a treatment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WhenLate {
    /// The words ask for compliance with HIPAA: the state's duty stands.
    Lost,
    /// The words ask for notice under the other law's procedures: counsel is asked whether late
    /// letters are that, id `<code>.hipaa.late`; the duty stands until then.
    Asks,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Treatment {
    /// The statute applies beside HIPAA.
    None,
    /// Only the letter's contents are deemed met.
    ContentDeemed,
    /// Notice under HIPAA is deemed compliance, but for what `lifts` leaves.
    DeemedCompliant,
    /// HIPAA entities are outside the statute.
    ExemptEntity,
    /// Data under HIPAA are outside the statute.
    ExemptData,
}
