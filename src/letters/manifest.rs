//! The mail run data file: one row per letter, in print order.

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

/// Writes `manifest.csv`.
pub struct Manifest<W: Write>(csv::Writer<W>);

impl<W: Write> Manifest<W> {
    /// # Errors
    /// Any I/O error.
    pub fn create(out: W) -> io::Result<Self> {
        let mut csv = csv::Writer::from_writer(out);
        let mut header: Vec<String> =
            ["piece_id", "record_id", "batch", "first_page", "pages", "version"]
                .map(String::from)
                .into();
        header.extend((1..=LINES).map(|n| format!("line_{n}")));
        csv.write_record(&header)?;
        Ok(Self(csv))
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
        Ok(self.0.write_record(&record)?)
    }

    /// # Errors
    /// Any I/O error.
    pub fn finish(self) -> io::Result<W> {
        self.0.into_inner().map_err(csv::IntoInnerError::into_error)
    }
}
