//! The words of filing summaries and paste sheets: `forms/words.toml`.

use serde::Deserialize;
use std::collections::BTreeMap;

/// Titles, headings, notes and labels, by id. What is missing shows as its id, and a test keeps
/// the shipped file whole.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Words {
    /// Titles, headings and running words.
    pub page: BTreeMap<String, String>,
    /// What the state of an answer is called.
    pub status: BTreeMap<String, String>,
    /// Remarks beside an answer.
    pub note: BTreeMap<String, String>,
    /// What a person is asked to settle.
    pub ask: BTreeMap<String, String>,
    /// Slots by their everyday name.
    pub slot: BTreeMap<String, String>,
    /// Values that have no label of the incident's own.
    pub value: BTreeMap<String, String>,
}

impl Words {
    pub fn page(&self, id: &str) -> String {
        pick(&self.page, id)
    }

    pub fn status(&self, id: &str) -> String {
        pick(&self.status, id)
    }

    pub fn note(&self, id: &str) -> String {
        pick(&self.note, id)
    }

    pub fn ask(&self, id: &str) -> String {
        pick(&self.ask, id)
    }

    pub fn slot(&self, id: &str) -> String {
        pick(&self.slot, id)
    }

    pub fn value(&self, id: &str) -> String {
        pick(&self.value, id)
    }
}

fn pick(map: &BTreeMap<String, String>, id: &str) -> String {
    map.get(id).cloned().unwrap_or_else(|| id.to_owned())
}

/// Puts values into `{name}` places.
pub(super) fn put(text: &str, values: &[(&str, &str)]) -> String {
    values
        .iter()
        .fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}
