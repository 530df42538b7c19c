//! Clocks and lengths of time.

use serde::{Deserialize, Serialize};

/// What starts a deadline running.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Clock {
    Discovery,
    Determination,
    Confirmation,
    /// The business associate's notice to the covered entity.
    NoticeToEntity,
    /// Due before the first letter goes out.
    BeforeIndividualNotice,
    /// Due on the day the letters go out.
    WithIndividualNotice,
    /// Runs from the day the letters go out.
    IndividualNotice,
    /// Runs from the report to HHS.
    HhsNotice,
    /// Runs from the day on which the incident was determined to be material to a publicly traded
    /// organization.
    Materiality,
    /// Runs from 31 December of the year of discovery.
    CalendarYearEnd,
}

/// A length of time; exactly one of `days` and `hours`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Deadline {
    #[serde(default)]
    pub days: Option<u32>,
    #[serde(default)]
    pub hours: Option<u32>,
    #[serde(default)]
    pub day_kind: DayKind,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DayKind {
    #[default]
    Calendar,
    /// Monday to Friday, federal holidays as observed left out.
    Business,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Timer {
    pub clock: Clock,
    pub deadline: Deadline,
}
