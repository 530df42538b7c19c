//! A list as a workbook, for people who open lists in a spreadsheet.

use super::lists::plain;
use jiff::civil::Date;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};
use std::io;
use std::path::Path;

/// A workbook is held in memory while it is written: longer lists stay CSV.
const MOST_ROWS: u64 = 100_000;

/// Widths in characters.
const WIDTH: f64 = 18.0;

/// Reads a finished list and gives it as XLSX; none where the list is too long. Every cell is
/// text: ZIP codes keep their zeros and nothing is a formula.
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
    let failed = |error: XlsxError| io::Error::other(error);
    let mut book = Workbook::new();
    let (year, month, day) = (as_of.year(), as_of.month(), as_of.day());
    let made = ExcelDateTime::from_ymd(
        u16::try_from(year).unwrap_or(1970),
        u8::try_from(month).unwrap_or(1),
        u8::try_from(day).unwrap_or(1),
    );
    book.set_properties(&DocProperties::new().set_creation_datetime(&made.map_err(failed)?));
    let sheet = book.add_worksheet();
    let bold = Format::new().set_bold();
    let text = Format::new().set_num_format("@");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_path(csv)?;
    let mut columns = 0;
    for (row, record) in reader.records().enumerate() {
        let record = record?;
        let row = u32::try_from(row).unwrap_or(u32::MAX);
        for (column, cell) in record.iter().enumerate() {
            let column = u16::try_from(column).unwrap_or(u16::MAX);
            columns = columns.max(column);
            let format = if row == 0 { &bold } else { &text };
            sheet.write_string_with_format(row, column, plain(cell), format).map_err(failed)?;
        }
    }
    for column in 0..=columns {
        sheet.set_column_width(column, WIDTH).map_err(failed)?;
    }
    sheet.set_freeze_panes(1, 0).map_err(failed)?;
    book.save_to_buffer().map_err(failed)
}
