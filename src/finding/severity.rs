//! How grave a finding is.

use serde::Serialize;

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing; changes nothing.
    Note,
    /// Something was repaired or looks wrong; the row goes on.
    Warning,
    /// Counsel must choose; the cautious default was taken.
    Question,
    /// The row is held: nothing is sent to this person until it is repaired.
    Held,
    /// The command cannot go on.
    Error,
}

impl Severity {
    /// As `findings.csv`, `--json` and the manual write it.
    pub const fn name(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Question => "question",
            Severity::Held => "held",
            Severity::Error => "error",
        }
    }

    /// What follows from it, for whoever reads of a finding for the first time.
    pub const fn means(self) -> &'static str {
        match self {
            Severity::Note => "worth knowing; it changes nothing",
            Severity::Warning => "wants a look; the work goes on",
            Severity::Question => "counsel's to answer; until then the cautious default holds",
            Severity::Held => "the row gets no letter until it is repaired",
            Severity::Error => "the command cannot go on",
        }
    }
}
