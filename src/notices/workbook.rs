//! A list as a workbook, for people who open lists in a spreadsheet.

use crate::tables::{Cell, Sheet};
use jiff::civil::Date;
use std::io::{self, Cursor};
use std::path::Path;

/// A workbook is held in memory while it is written: longer lists stay CSV.
const MOST_ROWS: u64 = 100_000;

/// Widths in characters.
const WIDTH: u32 = 18;

/// Reads a finished list and gives it as XLSX; none where the list is too long.
///
/// # Errors
/// Any I/O error.
pub fn workbook(csv: &Path, rows: u64, as_of: Date) -> io::Result<Option<Vec<u8>>> {
    if rows > MOST_ROWS {
        return Ok(None);
    }
    write(csv, as_of).map(Some)
}

fn write(csv: &Path, as_of: Date) -> io::Result<Vec<u8>> {
    let mut sheet = Sheet::new(as_of, None)?;
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_path(csv)?;
    let mut widths = Some(());
    for record in reader.records() {
        let record = record?;
        if widths.take().is_some() {
            sheet.widths(record.iter().map(|_| WIDTH))?;
        }
        sheet.row(record.iter().map(Cell::Text))?;
    }
    let mut book = Cursor::new(Vec::new());
    sheet.finish(&mut book)?;
    Ok(book.into_inner())
}
