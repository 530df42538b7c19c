//! A list as a workbook, for people who open lists in a spreadsheet.

use crate::tables::{Cell, Sheet, book};
use jiff::civil::Date;
use std::io::{self, Seek, Write};
use std::path::Path;

/// A spreadsheet opens longer lists too slowly to be of use: they stay CSV.
const MOST_ROWS: u64 = 100_000;

/// Widths in characters.
const WIDTH: u32 = 18;

/// Whether a list of so many rows gets a workbook.
pub fn has_workbook(rows: u64) -> bool {
    rows <= MOST_ROWS
}

/// Reads a finished list and writes it as XLSX.
///
/// # Errors
/// Any I/O error.
pub fn workbook<W: Write + Seek + Send>(csv: &Path, as_of: Date, out: W) -> io::Result<()> {
    book(csv, as_of, out, |sheet| rows(csv, sheet))
}

fn rows(csv: &Path, sheet: &mut Sheet) -> io::Result<()> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_path(csv)?;
    let mut widths = Some(());
    for record in reader.records() {
        let record = record?;
        if widths.take().is_some() {
            sheet.widths(record.iter().map(|_| WIDTH))?;
        }
        sheet.row(record.iter().map(Cell::Text))?;
    }
    Ok(())
}
