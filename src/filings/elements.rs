//! Which kinds of information a form's broader words take in: `forms/elements.toml`.

use serde::Deserialize;
use std::collections::BTreeMap;

/// Group id -> element ids.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ElementGroups {
    pub group: BTreeMap<String, Vec<String>>,
}

impl ElementGroups {
    /// Whether `word` (an element or a group) takes in `element`.
    pub fn takes(&self, word: &str, element: &str) -> bool {
        word == element
            || self.group.get(word).is_some_and(|list| list.iter().any(|e| e == element))
    }
}
