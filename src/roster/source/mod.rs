//! The roster file, whatever it is written in, as blocks of cells in UTF-8.

mod block;
mod decode;
mod delimited;
mod sniff;
mod stamp;
mod unpacked;
mod workbook;

pub use block::{Block, Fault, Row};
pub use sniff::{Encoding, Kind, Sniffed, sniff};
pub use stamp::Stamp;

use crate::finding::Finding;
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

impl Source {
    /// Opens a file that [`sniff`] has looked at. `sheet` names a workbook's sheet; without it
    /// the first one with a roster's
    /// header counts.
    pub fn open(path: &Path, sniffed: &Sniffed, sheet: Option<&str>) -> Result<Self, OpenError> {
        match sniffed.kind {
            Kind::Workbook => workbook::Workbook::open(path, sheet)
                .map(Self::Workbook)
                .map_err(OpenError::Finding),
            Kind::Text(encoding) => {
                let text = decode::reader(std::fs::File::open(path)?, encoding);
                Ok(Self::Delimited(delimited::Delimited::new(text)?))
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

    /// Fills `block` with the next rows; false when there are none left.
    pub fn fill(&mut self, block: &mut Block, rows: usize) -> std::io::Result<bool> {
        block.clear();
        match self {
            Self::Delimited(source) => source.fill(block, rows),
            Self::Workbook(source) => Ok(source.fill(block, rows)),
        }
    }
}
