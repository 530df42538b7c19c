//! How a regulator is addressed in a letter: `forms/addressees.toml`.

use super::words::Words;
use serde::Deserialize;

/// One office.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Addressee {
    /// Ids of the law files' duties that go to it.
    pub serves: Vec<String>,
    /// What running text calls it.
    pub label: String,
    /// The lines above the street.
    pub lines: Vec<String>,
    pub salutation: String,
    /// The agency of `law/contacts.toml` whose address is used; empty: `<rule>-filing`.
    #[serde(default)]
    pub agency: String,
}

/// `addressees.toml`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Addressees {
    #[serde(default, rename = "addressee")]
    pub all: Vec<Addressee>,
}

impl Addressees {
    /// The office of a duty; the law's own name for it where none is listed.
    pub fn of(&self, rule: &str, recipient: &str, words: &Words) -> Addressee {
        let listed = self.all.iter().find(|one| one.serves.iter().any(|id| id == rule));
        listed.cloned().unwrap_or_else(|| Addressee {
            serves: vec![rule.to_owned()],
            label: recipient.to_owned(),
            lines: vec![recipient.to_owned()],
            salutation: words.page("letter_salutation"),
            agency: String::new(),
        })
    }
}
