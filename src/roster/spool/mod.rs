//! The spool: cleaned, merged people in a fixed order, as every later command reads them.

mod crew;
mod line;
mod lines;
mod proof;
mod reader;
mod writer;

pub use line::{decode, encode};
pub use lines::Lines;
pub use reader::{People, Spool, SpoolError, whole_line};
pub use writer::Writer;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// What is known of a written spool; kept beside it as `spool/<wave>.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpoolInfo {
    /// `spool/<wave>.csv`.
    #[serde(skip)]
    pub path: PathBuf,
    /// SHA-256, hex, over the people in their order, row numbers left out: the same people in a
    /// roster of another order give the same digest.
    pub digest: String,
    /// SHA-256, hex, over the row numbers in that order.
    pub places: String,
    /// Records, one for each row of the roster.
    pub rows: u64,
    /// The roster as the incident names it.
    pub roster: String,
    /// SHA-256 of the roster file, hex; of several, over theirs.
    pub roster_digest: String,
    /// Of several rosters each with its rows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<(String, u64)>,
    /// Where its rows stand in a spreadsheet.
    #[serde(default, skip_serializing_if = "Lines::is_empty")]
    pub lines: Lines,
    /// The mail date by which ages were reckoned.
    pub as_of: Date,
    /// Ids that the records' numbers stand for, in order.
    pub entities: Vec<String>,
    pub strands: Vec<String>,
    pub elements: Vec<String>,
}

impl SpoolInfo {
    /// Of several rosters the one that a row of the wave is of, and its row there; none where there
    /// is only one.
    pub fn place(&self, row: u64) -> Option<(&str, u64)> {
        let mut row = row;
        for (file, rows) in &self.files {
            if row <= *rows {
                return Some((file, row));
            }
            row -= rows;
        }
        None
    }

    /// The roster that a row of the wave is of, and the row that a spreadsheet shows there; the row
    /// there where the spreadsheet's is not known.
    pub fn shown(&self, row: u64) -> (&str, u64) {
        let (file, own) = self.place(row).unwrap_or((&self.roster, row));
        (file, self.lines.of(row).unwrap_or(own))
    }
}
