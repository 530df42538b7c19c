//! The small words of a language (`templates/letter/en/words.toml`): dates, lists, labels.

use crate::finding::{Finding, Place, Severity};
use crate::roster::Recipient;
use crate::tables::words::grouped;
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::BTreeMap;

/// One language's small words; code holds none.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// The language's name, for labels.
    pub language: String,
    date: String,
    months: Vec<String>,
    thousands: String,
    and: String,
    /// Used in place of `and` before a word that begins with one of `and_before`.
    #[serde(default)]
    and_other: String,
    #[serde(default)]
    and_before: Vec<String>,
    last_comma: bool,
    /// What is printed in place of a sensitive element.
    pub sensitive: String,
    /// With `{page}` and `{pages}`.
    pub page_of: String,
    reference: String,
    email_subject: String,
    pub(super) address: AddressWords,
    voice: BTreeMap<String, Voice>,
    pub(super) label: Labels,
    pub(super) sample: SampleWords,
    /// Names of data elements by id, for a language other than the incident's.
    #[serde(default)]
    pub elements: BTreeMap<String, String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AddressWords {
    pub parent_or_guardian: String,
    pub estate: String,
    pub care_of: String,
}

/// How a letter speaks of the person whose information was involved.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Voice {
    pub who: String,
    pub whose: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Labels {
    pub supplemental: String,
    #[serde(default)]
    pub correction: String,
    pub adult: String,
    pub parent_or_guardian: String,
    pub estate: String,
    pub with_protection: String,
    pub without_protection: String,
    pub for_state: String,
    pub without: String,
    pub not_patient: String,
    pub with_line: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SampleWords {
    pub first_name: String,
    pub middle_name: String,
    pub last_name: String,
    pub representative: String,
    pub lines: Vec<String>,
    pub city: String,
    pub zip: String,
    pub code: String,
}

impl Words {
    /// The subject of an e-mail, which says nothing about health.
    pub fn email_subject(&self, sender: &str) -> String {
        self.email_subject.replace("{sender}", sender)
    }

    /// Reads a `words.toml`; `label` names it in findings.
    ///
    /// # Errors
    /// One finding with line and column.
    pub fn read(label: &str, text: &str) -> Result<Self, Finding> {
        let words: Self = super::order::read_toml(code!("letter.words"), label, text)?;
        let voices = ["adult", "parent_or_guardian", "estate"];
        let missing = voices.iter().find(|v| !words.voice.contains_key(**v));
        if words.months.len() != 12 || missing.is_some() {
            return Err(Finding::new(
                code!("letter.words"),
                Severity::Error,
                "the words lack a month or one of the three voices",
            )
            .at(Place::file(label))
            .remedy("give twelve `months` and `[voice.adult]`, `[voice.parent_or_guardian]`, `[voice.estate]`"));
        }
        Ok(words)
    }

    /// A day in words: `September 18, 2026`.
    pub fn date(&self, date: Date) -> String {
        let month = &self.months[date.month() as usize - 1];
        self.date
            .replace("{month}", month)
            .replace("{day}", &date.day().to_string())
            .replace("{year}", &date.year().to_string())
    }

    /// A count with its thousands parted: `1,204`.
    pub fn number(&self, number: u64) -> String {
        grouped(number, &self.thousands)
    }

    /// `a`, `a and b`, `a, b, and c`.
    pub fn list(&self, items: &[String]) -> String {
        let Some((last, first)) = items.split_last() else { return String::new() };
        if first.is_empty() {
            return last.clone();
        }
        let comma = if first.len() > 1 && self.last_comma { "," } else { "" };
        let lower = last.to_lowercase();
        let other = self.and_before.iter().any(|start| lower.starts_with(start));
        let and = if other { &self.and_other } else { &self.and };
        format!("{}{comma} {and} {last}", first.join(", "))
    }

    /// `Reference: NW-...`, or nothing for an empty id.
    pub fn reference(&self, id: &str) -> String {
        if id.is_empty() { String::new() } else { self.reference.replace("{id}", id) }
    }

    /// How the letter speaks of the person.
    pub fn voice(&self, recipient: Recipient) -> &Voice {
        &self.voice[recipient_id(recipient)]
    }
}

/// A recipient as files and version keys name it.
pub(super) fn recipient_id(recipient: Recipient) -> &'static str {
    match recipient {
        Recipient::Adult => "adult",
        Recipient::ParentOrGuardian => "parent_or_guardian",
        Recipient::Estate => "estate",
    }
}
