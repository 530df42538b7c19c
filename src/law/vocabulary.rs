//! The ids that law files may use (`law/vocabulary.toml`).

use serde::{Deserialize, Serialize};

/// One id and what it means, in plain words.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    pub id: String,
    pub label: String,
}

/// Every list of ids; a law file that uses another word is refused.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Vocabulary {
    /// What letters and filings contain.
    #[serde(rename = "content")]
    pub contents: Vec<Term>,
    /// Kinds of information as the statutes name them.
    #[serde(rename = "category")]
    pub categories: Vec<Term>,
    #[serde(rename = "licence")]
    pub licences: Vec<Term>,
    #[serde(rename = "duty_kind")]
    pub duty_kinds: Vec<Term>,
    #[serde(rename = "role")]
    pub roles: Vec<Term>,
    #[serde(rename = "entity_kind")]
    pub entity_kinds: Vec<Term>,
    #[serde(rename = "entity_subtype")]
    pub entity_subtypes: Vec<Term>,
    #[serde(rename = "breach_type")]
    pub breach_types: Vec<Term>,
    #[serde(rename = "medium")]
    pub media: Vec<Term>,
    #[serde(rename = "trigger")]
    pub triggers: Vec<Term>,
    /// How residents may be told.
    #[serde(rename = "notice_method")]
    pub notice_methods: Vec<Term>,
    #[serde(rename = "substitute_means")]
    pub substitute_means: Vec<Term>,
    /// How a regulator takes a filing.
    #[serde(rename = "filing_method")]
    pub filing_methods: Vec<Term>,
    #[serde(rename = "agency_purpose")]
    pub agency_purposes: Vec<Term>,
}

impl Vocabulary {
    /// The plain words for a content id.
    pub fn content(&self, id: &str) -> Option<&str> {
        label(&self.contents, id)
    }

    /// The plain words for an element category.
    pub fn category(&self, id: &str) -> Option<&str> {
        label(&self.categories, id)
    }
}

fn label<'v>(terms: &'v [Term], id: &str) -> Option<&'v str> {
    terms.iter().find(|term| term.id == id).map(|term| term.label.as_str())
}
