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

/// How letters are handed to the mail house.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default)]
pub struct MailChoices {
    pub mailer_id: Option<String>,
    /// Letters in one file at the most.
    pub letters_per_file: u32,
    /// Letters of so many sheets and more are mailed as flats.
    pub flat_from_sheets: u32,
    /// Grams of a square meter of the paper.
    pub paper_gsm: u32,
    pub sheet_code: SheetCodeChoices,
}

impl Default for MailChoices {
    fn default() -> Self {
        Self {
            mailer_id: None,
            letters_per_file: 1_000,
            flat_from_sheets: 7,
            paper_gsm: 90,
            sheet_code: SheetCodeChoices::default(),
        }
    }
}

/// The code on each sheet's front, by which an inserter keeps letters together. Lengths are
/// thousandths of an inch.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default)]
pub struct SheetCodeChoices {
    pub print: bool,
    /// What it says, one behind the other.
    pub contents: Vec<CodeField>,
    pub size: u32,
    /// From the page's left edge to the code's.
    pub left: u32,
    /// From the page's lower edge to the code's.
    pub bottom: u32,
    /// White on all sides.
    pub quiet: u32,
}

impl Default for SheetCodeChoices {
    fn default() -> Self {
        use CodeField::{Check, Piece, Sequence, Sheet, Sheets};
        Self {
            print: true,
            contents: vec![Piece, Sheet, Sheets, Sequence, Check],
            size: 250,
            // Half an inch of white to the right edge and to the text above.
            left: 7_750,
            bottom: 250,
            quiet: 250,
        }
    }
}

/// What a code can say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CodeField {
    /// The letter's reference: 12 characters.
    Piece,
    /// Two digits.
    Sheet,
    /// How many there are: two digits.
    Sheets,
    /// The letter's place in its file: four digits.
    Sequence,
    /// The file's number: five digits.
    File,
    /// Two digits over what stands before.
    Check,
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
