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
    /// Answers as sentences of a letter, by slot; `<slot>.one` and the like for a form of it.
    pub sentence: BTreeMap<String, String>,
    /// What is enclosed with a letter, by slot.
    pub enclosure: BTreeMap<String, String>,
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

    /// A sentence; none where the words have none. An empty one says nothing on purpose.
    pub fn sentence(&self, id: &str) -> Option<&str> {
        self.sentence.get(id).map(String::as_str)
    }

    pub fn enclosure(&self, id: &str) -> String {
        pick(&self.enclosure, id)
    }

    /// `A`, `A and B`, `A, B and C`; with semicolons where an item has a comma of its own.
    pub(super) fn listed(&self, items: &[String]) -> String {
        let comma = if items.iter().any(|item| item.contains(',')) { "; " } else { ", " };
        match items.split_last() {
            None => String::new(),
            Some((last, [])) => last.clone(),
            Some((last, rest)) => {
                let values = [("list", &*rest.join(comma)), ("last", last)];
                put(&self.page("letter_list"), &values)
            }
        }
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
