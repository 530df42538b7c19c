//! The roster file, whatever it is written in, as blocks of cells in UTF-8.

mod block;
mod book_file;
mod decode;
mod delimited;
mod hidden;
mod pages;
mod sniff;
mod stamp;
mod unpacked;
mod workbook;

pub use block::{Block, Fault, Row};
pub use sniff::{Encoding, Kind, Sniffed, sniff};
pub use stamp::Stamp;
pub use workbook::NO_RESULT;

use crate::finding::Finding;
use crate::incident::{RosterChoices, RosterEncoding};
use std::path::Path;

/// A roster opened for reading: gives its rows block by block, the header among them.
pub enum Source {
    Delimited(delimited::Delimited),
    Workbook(workbook::Workbook),
}

/// Why a file cannot be opened as a roster.
pub enum OpenError {
    Finding(Box<Finding>),
    Io(std::io::Error),
}

impl From<std::io::Error> for OpenError {
    fn from(error: std::io::Error) -> Self {
        Self::Io(error)
    }
}

/// Which of a workbook's sheets is wanted, and which others have a reader of their own.
#[derive(Clone, Copy, Default)]
pub struct Sheets<'a> {
    /// Without it the only sheet with people counts.
    pub wanted: Option<&'a str>,
    /// Sheets of the same file that the incident's waves read as well.
    pub others: &'a [&'a str],
}

impl Source {
    /// Opens a file that [`sniff`] has looked at.
    pub fn open(
        path: &Path,
        sniffed: &Sniffed,
        sheets: Sheets<'_>,
        choices: &RosterChoices,
    ) -> Result<Self, OpenError> {
        match sniffed.kind {
            Kind::Workbook => workbook::Workbook::open(path, sheets, choices)
                .map(Self::Workbook)
                .map_err(OpenError::Finding),
            Kind::Text(encoding) => {
                let encoding = choices.encoding.map_or(encoding, Encoding::from);
                let text = decode::reader(std::fs::File::open(path)?, encoding);
                Ok(Self::Delimited(delimited::Delimited::new(text, choices)?))
            }
        }
    }

    /// The sheet that was read, where a workbook has several and none was asked for.
    pub fn chosen_sheet(&self) -> Option<&str> {
        match self {
            Self::Delimited(_) => None,
            Self::Workbook(book) => book.chosen.as_deref(),
        }
    }

    /// What a workbook tells besides its rows.
    pub fn take_findings(&mut self) -> Vec<Finding> {
        match self {
            Self::Delimited(_) => Vec::new(),
            Self::Workbook(book) => std::mem::take(&mut book.findings),
        }
    }

    pub fn is_workbook(&self) -> bool {
        matches!(self, Self::Workbook(_))
    }

    /// Whether bare numbers of days count from 1904.
    pub fn epoch_1904(&self) -> bool {
        matches!(self, Self::Workbook(book) if book.epoch_1904)
    }

    /// Fills `block` with the next rows; false when there are none left.
    pub fn fill(&mut self, block: &mut Block, rows: usize) -> std::io::Result<bool> {
        block.clear();
        match self {
            Self::Delimited(source) => source.fill(block, rows),
            Self::Workbook(source) => Ok(source.fill(block, rows)),
        }
    }
}

impl From<RosterEncoding> for Encoding {
    fn from(named: RosterEncoding) -> Self {
        match named {
            RosterEncoding::Utf8 => Self::Utf8,
            RosterEncoding::Utf16Le => Self::Utf16Le,
            RosterEncoding::Utf16Be => Self::Utf16Be,
            RosterEncoding::Windows1252 => Self::Windows1252,
            RosterEncoding::Cp850 => Self::Cp850,
            RosterEncoding::MacRoman => Self::MacRoman,
        }
    }
}
