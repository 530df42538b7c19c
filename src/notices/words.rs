//! The small words of notices: `templates/notice/en/words.toml`.

use super::notice_writer::shipped;
use super::order::read;
use crate::document::TemplateSet;
use crate::finding::Findings;
use crate::tables::words::grouped;
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// Dates, titles, marks and the values of lists; code holds none.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    pub lang: String,
    date: String,
    months: Vec<String>,
    thousands: String,
    and: String,
    /// What is printed in place of a sensitive kind of information.
    pub sensitive: String,
    pub page_of: String,
    /// By which a text shows that it speaks for itself: we, our.
    first_person: Vec<String>,
    /// Stamped on drafts.
    pub draft: String,
    /// Stamped on what rests on estimates.
    pub preliminary: String,
    /// Titles and file names by kind of notice: `{entity}`, `{state}`, `{sender}`.
    pub title: BTreeMap<String, String>,
    pub file: BTreeMap<String, String>,
    /// Banners of notices that are not firm.
    pub standing: BTreeMap<String, String>,
    /// Values in lists of people.
    pub list: BTreeMap<String, String>,
    /// Kinds of duty by their everyday name.
    pub duty: BTreeMap<String, String>,
}

impl Words {
    /// The shipped words, or those of `own`, the incident's `templates/notice`.
    ///
    /// # Errors
    /// Everything wrong with the files.
    pub fn load(own: Option<&Path>) -> Result<Self, Findings> {
        let set = TemplateSet::load(shipped(), own)?;
        read(&set, "en/words.toml").map_err(|finding| {
            let mut findings = Findings::default();
            findings.push(finding);
            findings
        })
    }

    /// A day in words.
    pub fn date(&self, date: Date) -> String {
        let month = self.months.get(date.month() as usize - 1).map_or("", String::as_str);
        self.date
            .replace("{month}", month)
            .replace("{day}", &date.day().to_string())
            .replace("{year}", &date.year().to_string())
    }

    /// `1,234`.
    pub fn number(&self, n: u64) -> String {
        grouped(n, &self.thousands)
    }

    /// `a, b, and c`.
    pub fn join(&self, list: &[String]) -> String {
        match list {
            [] => String::new(),
            [one] => one.clone(),
            [one, two] => format!("{one} {} {two}", self.and),
            [rest @ .., last] => format!("{}, {} {last}", rest.join(", "), self.and),
        }
    }

    /// Whether a text speaks in the first person.
    pub(super) fn speaks_itself(&self, text: &str) -> bool {
        let mut words = text.split(|c: char| !c.is_alphanumeric());
        words.any(|word| self.first_person.iter().any(|own| own.eq_ignore_ascii_case(word)))
    }

    /// A word of a table, or its id where the file lacks it.
    pub(super) fn pick(&self, table: &BTreeMap<String, String>, id: &str) -> String {
        table.get(id).cloned().unwrap_or_else(|| id.to_owned())
    }
}
