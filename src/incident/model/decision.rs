//! Counsel's answers.

use crate::finding::Place;
use crate::incident::Day;
use serde::{Deserialize, Serialize};

/// Counsel's answer to a question; the reason stands in `privileged.toml`.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Decision {
    pub question: String,
    pub choice: String,
    pub by: String,
    pub on: Day,
    /// Where it stands in incident.toml, for findings about it.
    #[serde(skip)]
    pub place: Option<Place>,
}
