//! The order of a letter's sections (`templates/letter/sections.toml`).

use super::words::recipient_id;
use crate::document::SectionStyle;
use crate::finding::{Code, Finding, Place, Severity};
use crate::roster::Recipient;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;

/// Which sections a letter has, in which order and size of type.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Order {
    /// Contents that the letter's frame prints (the date).
    #[serde(default)]
    pub frame_satisfies: Vec<String>,
    /// Recipient -> required contents that make no sense for it.
    #[serde(default)]
    not_for: BTreeMap<String, Vec<String>>,
    /// Required content -> what incident.toml must say for its paragraph to be printed.
    #[serde(default)]
    needs: BTreeMap<String, String>,
    #[serde(rename = "section")]
    pub sections: Vec<SectionPlace>,
}

/// One section's place in the order.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SectionPlace {
    /// The template's file name without `.md`; empty for the states' paragraphs.
    #[serde(default)]
    pub file: String,
    #[serde(default)]
    style: Style,
    #[serde(default)]
    recipients: Vec<String>,
    /// The states' paragraphs stand here.
    #[serde(default)]
    pub states: bool,
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Style {
    #[default]
    Body,
    Small,
}

impl Order {
    /// Reads a `sections.toml`; `label` names it in findings.
    ///
    /// # Errors
    /// One finding with line and column.
    pub fn read(label: &str, text: &str) -> Result<Self, Finding> {
        let order: Self = read_toml(code!("letter.sections"), label, text)?;
        let bad = order.sections.iter().position(|s| s.file.is_empty() != s.states);
        if let Some(index) = bad {
            return Err(Finding::new(
                code!("letter.sections"),
                Severity::Error,
                format!("section {} names neither a file nor the states, or both", index + 1),
            )
            .at(Place::file(label))
            .remedy("write `file = \"opening\"` or `states = true`"));
        }
        Ok(order)
    }

    /// What to write into incident.toml for a content whose paragraph turns on a fact.
    pub fn needs(&self, content: &str) -> Option<&str> {
        self.needs.get(content).map(String::as_str)
    }

    /// Whether a required content makes no sense for this recipient.
    pub fn is_not_for(&self, recipient: Recipient, content: &str) -> bool {
        self.not_for
            .get(recipient_id(recipient))
            .is_some_and(|ids| ids.iter().any(|id| id == content))
    }
}

impl SectionPlace {
    pub fn style(&self) -> SectionStyle {
        match self.style {
            Style::Body => SectionStyle::Body,
            Style::Small => SectionStyle::Small,
        }
    }

    /// Whether this recipient's letter has the section.
    pub fn is_for(&self, recipient: Recipient) -> bool {
        self.recipients.is_empty() || self.recipients.iter().any(|r| r == recipient_id(recipient))
    }
}

/// Reads a TOML file into a type; an error becomes a finding at its line.
pub(super) fn read_toml<T: DeserializeOwned>(
    code: Code,
    label: &str,
    text: &str,
) -> Result<T, Finding> {
    toml::from_str(text).map_err(|error| {
        let message = error.message().trim_end_matches('.').replace('\n', "; ");
        let mut finding = Finding::new(code, Severity::Error, message)
            .remedy("compare with the shipped file of the same name");
        let start = error.span().map(|s| s.start.min(text.len()));
        finding.place = Some(match start {
            Some(start) => {
                let head = &text[..start];
                let line = head.matches('\n').count() + 1;
                let column = head.rsplit('\n').next().map_or(0, |l| l.chars().count()) + 1;
                finding.source_line = text.lines().nth(line - 1).map(str::to_owned);
                Place::at(label, line as u64, column as u32)
            }
            None => Place::file(label),
        });
        finding
    })
}
