//! Kinds of information that were exposed.

use serde::{Deserialize, Serialize};

/// A kind of information, how rosters name it and how letters print it.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct DataElement {
    /// An id of the law files' vocabulary (`ssn`, `diagnosis`, ...).
    pub id: String,
    /// Labels by which the roster knows it; compared without case and spaces.
    #[serde(default)]
    pub roster: Vec<String>,
    /// The letter's words.
    pub letter: String,
}
