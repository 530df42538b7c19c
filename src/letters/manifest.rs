//! The mail run data file: one row per letter, in print order.

use crate::tables::Table;
use serde::Serialize;
use std::io::{self, Write};

/// Lines that the window can show.
const LINES: usize = 6;

/// One letter as printed.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Piece {
    pub piece_id: String,
    pub record_id: String,
    /// File name without `.pdf`.
    pub batch: String,
    /// 1-based within the batch's file.
    pub first_page: u32,
    pub pages: u32,
    /// The version's key.
    pub version: String,
    /// The address lines that show in the window.
    pub lines: Vec<String>,
}

/// The columns that the mail house's machines match on.
const IDENTIFIERS: [&str; 6] = ["piece_id", "record_id", "batch", "first_page", "pages", "version"];

/// Writes `manifest.csv`.
pub struct Manifest<W: Write>(Table<W>);

impl<W: Write> Manifest<W> {
    /// # Errors
    /// Any I/O error.
    pub fn create(out: W) -> io::Result<Self> {
        let lines = (1..=LINES).map(|n| format!("line_{n}"));
        let head: Vec<String> = IDENTIFIERS.map(String::from).into_iter().chain(lines).collect();
        Ok(Self(Table::with_identifiers(out, &head, IDENTIFIERS.len())?))
    }

    /// # Errors
    /// Any I/O error.
    pub fn add(&mut self, piece: &Piece) -> io::Result<()> {
        let (first_page, pages) = (piece.first_page.to_string(), piece.pages.to_string());
        let mut record: Vec<&str> = vec![
            &piece.piece_id,
            &piece.record_id,
            &piece.batch,
            &first_page,
            &pages,
            &piece.version,
        ];
        record.extend((0..LINES).map(|n| piece.lines.get(n).map_or("", String::as_str)));
        self.0.row(record)
    }

    /// # Errors
    /// Any I/O error.
    pub fn finish(self) -> io::Result<W> {
        self.0.finish()
    }
}
