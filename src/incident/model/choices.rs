//! How letters, e-mails and rosters are wanted.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default)]
pub struct LetterChoices {
    pub state_paragraphs: StateParagraphs,
    pub one_letter_per: OneLetterPer,
    pub duplex: bool,
}

impl Default for LetterChoices {
    fn default() -> Self {
        Self {
            state_paragraphs: StateParagraphs::All,
            one_letter_per: OneLetterPer::PersonAndEntity,
            duplex: true,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StateParagraphs {
    All,
    Recipient,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OneLetterPer {
    PersonAndEntity,
    Person,
}

#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct MailChoices {
    pub mailer_id: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct EmailChoices {
    pub from: Option<String>,
    pub mode: EmailMode,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EmailMode {
    #[default]
    WithMail,
    InsteadOfMail,
}

#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct RosterChoices {
    /// Canonical column -> the roster's header.
    pub columns: BTreeMap<String, String>,
}

/// Further fonts, tried in order for characters that the shipped ones lack.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct FontChoices {
    pub fallback: Vec<String>,
}
