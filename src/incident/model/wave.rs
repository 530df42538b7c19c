//! Mailings, and counts before there is anybody to write to.

use super::{Incident, RosterFiles};
use crate::incident::Day;
use serde::{Deserialize, Serialize};

/// One mailing; people found later are a later wave.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Wave {
    pub id: String,
    #[serde(default)]
    pub kind: WaveKind,
    /// One file, or several whose people are mailed together.
    pub roster: RosterFiles,
    /// Printed on the letters; what really happened comes from `confirm`.
    pub mail_on: Day,
    /// Of a correction: what the earlier letter had wrong, for those who read it.
    #[serde(default)]
    pub what_was_wrong: String,
}

impl Incident {
    /// The place of a wave in the order of mailing; waves of one day in the order in which the
    /// incident lists them. None for a wave that the incident does not have.
    pub fn wave_order(&self, id: &str) -> Option<(Day, usize)> {
        let at = self.waves.iter().position(|wave| wave.id == id)?;
        Some((self.waves[at].mail_on, at))
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WaveKind {
    #[default]
    Initial,
    Supplemental,
    Correction,
    Remail,
}

/// A count before there is a roster.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Estimate {
    pub entity: String,
    pub jurisdiction: String,
    pub count: u64,
    #[serde(default)]
    pub elements: Vec<String>,
    #[serde(default)]
    pub basis: String,
    #[serde(default)]
    pub by: String,
    #[serde(default)]
    pub as_of: Option<Day>,
}
