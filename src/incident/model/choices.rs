//! How letters, e-mails and rosters are wanted.

use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default)]
pub struct LetterChoices {
    pub state_paragraphs: StateParagraphs,
    pub one_letter_per: OneLetterPer,
    pub duplex: bool,
    /// A business associate's letters say on which day it told the covered entity.
    pub say_when_told: bool,
}

impl Default for LetterChoices {
    fn default() -> Self {
        Self {
            state_paragraphs: StateParagraphs::All,
            one_letter_per: OneLetterPer::PersonAndEntity,
            duplex: true,
            say_when_told: false,
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
    /// Domains or addresses that others may read since the breach.
    pub breached_mailboxes: Vec<String>,
    /// `smtp://HOST:PORT` or `smtps://HOST:PORT`.
    pub smtp: Option<String>,
    pub user: Option<String>,
    pub password_file: Option<String>,
    pub password_variable: Option<String>,
    pub ca_file: Option<String>,
    pub hello: Option<String>,
    pub bounces_to: Option<String>,
    pub connections: Option<u32>,
    pub per_second: Option<u32>,
    pub per_second_and_domain: Option<u32>,
    pub per_day: Option<u32>,
    pub stop_file: Option<String>,
    pub dkim: Vec<DkimChoice>,
}

impl EmailChoices {
    /// Whether others may read what is sent to this address: it, its domain or a domain above is
    /// among `breached_mailboxes`.
    pub fn is_breached(&self, address: &str) -> bool {
        let address = address.trim().to_lowercase();
        let domain = address.rsplit_once('@').map_or("", |(_, domain)| domain);
        self.breached_mailboxes.iter().any(|breached| {
            let breached = breached.trim().to_lowercase();
            let breached = breached.trim_start_matches('@');
            address == breached
                || domain.strip_suffix(breached).is_some_and(|b| b.is_empty() || b.ends_with('.'))
        })
    }
}

/// A signing key for e-mail.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct DkimChoice {
    pub selector: String,
    pub key_file: String,
    #[serde(default)]
    pub domain: Option<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EmailMode {
    #[default]
    WithMail,
    InsteadOfMail,
}

/// Further fonts, tried in order for characters that the shipped ones lack.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct FontChoices {
    pub fallback: Vec<String>,
}
