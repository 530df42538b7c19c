//! The page beside sample letters: in what the letters differ that are not shown.

use super::filing::Filing;
use super::summary::{heading, paragraph, section, table, text};
use crate::document::Document;
use crate::tables::words::thousands;

/// Letters that differ alike from the sample that stands for them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NotShown {
    /// Ids of `samples_` words: `entity`, `language`.
    pub differs: Vec<&'static str>,
    /// Versions of the letter.
    pub letters: u64,
    /// People who get one of them.
    pub people: u64,
}

impl Filing {
    /// The page; none where every letter is shown.
    pub fn sample_list(&self, rows: &[NotShown]) -> Option<Document> {
        if rows.is_empty() {
            return None;
        }
        let words = &self.words;
        let word = |id: &str| words.page(&format!("samples_{id}"));
        let row = |row: &NotShown| {
            let differs: Vec<String> = row.differs.iter().map(|id| word(id)).collect();
            [differs.join("; "), thousands(row.letters), thousands(row.people)]
                .map(|cell| text(&cell))
                .to_vec()
        };
        let header = ["differs", "letters", "people"].map(|id| text(&word(id))).to_vec();
        let title = word("title");
        let blocks = vec![
            heading(1, &title),
            paragraph(&word("lead")),
            table(header, rows.iter().map(row).collect()),
        ];
        let sections = vec![section("sample-list", blocks)];
        Some(Document { lang: words.page("lang"), title, sections })
    }
}
