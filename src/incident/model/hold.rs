//! Law enforcement's requests to wait.

use crate::incident::Day;
use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};

/// How long an oral request of law enforcement holds: 45 CFR 164.412(b).
const ORAL_HOLD_DAYS: i64 = 30;

/// A law-enforcement request to wait (45 CFR 164.412); postpones, never tolls. One that was
/// extended, or written down later, is a further hold with the day of the new statement.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct LawEnforcementHold {
    pub kind: HoldKind,
    #[serde(default)]
    pub agency: String,
    #[serde(default)]
    pub official: String,
    pub stated_on: Day,
    /// Required when written; an oral hold ends 30 days after `stated_on` at the latest.
    #[serde(default)]
    pub until: Option<Day>,
    /// Its last day, where law enforcement ended it early.
    #[serde(default)]
    pub ended_on: Option<Day>,
    /// The official who ended it early.
    #[serde(default)]
    pub ended_by: String,
    pub jurisdictions: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum HoldKind {
    Written,
    Oral,
}

impl LawEnforcementHold {
    /// The last day on which it stands. An oral one, or a written one that names no period, ends 30
    /// days after it was stated at the latest.
    pub fn last_day(&self) -> Date {
        let limit = oral_limit(*self.stated_on);
        let last = match (self.kind, self.until) {
            (HoldKind::Written, Some(until)) => *until,
            (HoldKind::Oral, Some(until)) => (*until).min(limit),
            (_, None) => limit,
        };
        self.ended_on.map_or(last, |ended| last.min(*ended))
    }

    /// Whether it stands on a day.
    pub fn stands(&self, day: Date) -> bool {
        (*self.stated_on..=self.last_day()).contains(&day)
    }
}

/// The last day of an oral statement: 45 CFR 164.412(b).
pub fn oral_limit(stated: Date) -> Date {
    stated.checked_add(ORAL_HOLD_DAYS.days()).unwrap_or(Date::MAX)
}
