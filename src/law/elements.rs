//! The bridge from an incident's data elements to the categories that statutes use
//! (`law/elements.toml`).

use serde::{Deserialize, Serialize};

/// All data elements an incident may name.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Elements {
    /// What letters print instead of a sensitive element's own name.
    pub sensitive_label: String,
    #[serde(rename = "element")]
    list: Vec<Element>,
}

/// One kind of information, as rosters and incidents name it.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Element {
    pub id: String,
    pub label: String,
    /// Categories of the statutes that it falls under, by the cautious reading.
    pub categories: Vec<String>,
    /// Printed generically, so that the letter itself discloses nothing.
    #[serde(default)]
    pub sensitive: bool,
    /// Why a doubtful category is there.
    #[serde(default)]
    pub doubt: String,
}

impl Elements {
    /// The categories an element falls under; none for an unknown id.
    pub fn categories(&self, id: &str) -> &[String] {
        self.get(id).map_or(&[], |element| &element.categories)
    }

    /// Plain words for an element; the id itself when unknown.
    pub fn label<'e>(&'e self, id: &'e str) -> &'e str {
        self.get(id).map_or(id, |element| &element.label)
    }

    /// What a letter may print unless counsel decides otherwise.
    pub fn printed<'e>(&'e self, id: &'e str) -> &'e str {
        if self.sensitive(id) { &self.sensitive_label } else { self.label(id) }
    }

    /// Whether a letter prints it only in general words.
    pub fn sensitive(&self, id: &str) -> bool {
        self.get(id).is_some_and(|element| element.sensitive)
    }

    pub fn get(&self, id: &str) -> Option<&Element> {
        self.list.iter().find(|element| element.id == id)
    }

    /// In the file's order.
    pub fn iter(&self) -> impl Iterator<Item = &Element> {
        self.list.iter()
    }
}
