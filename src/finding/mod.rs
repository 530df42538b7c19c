//! What a room noticed: a finding is data; only `cli` and `review` turn it into text.
//!
//! A message never holds a personal value. What the row really says may stand in
//! [`Finding::value`], which is printed only with `--show-values`.
//!
//! Every code stands in the [`catalogue`] with its weights and an explanation; `code!("...")` of
//! one that does not is an error of the compiler.

pub mod catalogue;
#[macro_use]
mod code;
mod findings;
mod place;
mod severity;

pub use code::Code;
pub use findings::{Findings, Group};
pub use place::Place;
pub use severity::Severity;

use serde::Serialize;

/// One thing noticed, where, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Stable, dotted, for counting and for the manual: `zip.too_short`.
    pub code: Code,
    pub severity: Severity,
    pub place: Option<Place>,
    /// One sentence without a full stop; values in backticks; no personal value.
    pub message: String,
    /// What to do; one sentence; empty when nothing is needed.
    pub remedy: String,
    /// The source line as it stands, for incident, law and template files only.
    #[serde(skip)]
    pub source_line: Option<String>,
    /// The personal value concerned; shown only on request.
    #[serde(skip)]
    pub value: Option<String>,
}

impl Finding {
    /// A finding without a place; chain [`Finding::at`] and [`Finding::remedy`].
    pub fn new(code: Code, severity: Severity, message: impl Into<String>) -> Self {
        Self {
            code,
            severity,
            place: None,
            message: message.into(),
            remedy: String::new(),
            source_line: None,
            value: None,
        }
    }

    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    #[must_use]
    pub fn remedy(mut self, remedy: impl Into<String>) -> Self {
        self.remedy = remedy.into();
        self
    }
}
