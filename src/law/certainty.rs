//! How sure a value is, and what stands behind it.

use serde::{Deserialize, Serialize};

/// How sure the law pack is of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    Low,
    Medium,
    High,
}

/// What stands behind a rule; the mark of docs/LAW-COVERAGE.md.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Proof {
    /// Read in the statute's or regulation's own text.
    StatuteText,
    Secondary,
    Doubtful,
    Unknown,
}
