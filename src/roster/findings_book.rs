//! `findings.xlsx`: the rows of `findings.csv` as a workbook, for the client who repairs the
//! roster: header frozen, a filter on every column, no cell that could run as a formula.

use super::private;
use jiff::civil::Date;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use std::fs;
use std::io;
use std::path::Path;

/// Rows of a sheet, the header and a last remark not counted; a spreadsheet ends at 1,048,576.
const MAX_ROWS: u32 = 1_000_000;

/// Characters of a cell; a spreadsheet ends at 32,767.
const MAX_CELL: usize = 32_000;

/// Widths of file, row, line, column, heading, code, severity, problem, suggestion, value.
const WIDTHS: [u32; 10] = [18, 9, 9, 8, 18, 26, 10, 60, 60, 30];

/// Columns that hold numbers, for sorting.
const NUMBERS: [usize; 2] = [1, 2];

/// Writes `findings.xlsx` beside a finished `findings.csv`. `as_of` is the workbook's date of
/// making, so that equal findings give equal files.
///
/// # Errors
/// I/O; the former workbook stays as it was.
pub fn write(csv: &Path, as_of: Date) -> io::Result<()> {
    let path = csv.with_extension("xlsx");
    let part = private::unfinished(&path);
    let written = fill(csv, &part, as_of);
    if written.is_err() {
        let _ = fs::remove_file(&part);
    }
    private::finish(&written?, &part, &path)
}

fn fill(csv: &Path, part: &Path, as_of: Date) -> io::Result<fs::File> {
    let mut book = Workbook::new();
    let year = u16::try_from(as_of.year()).unwrap_or(1900);
    let (month, day) = (as_of.month().unsigned_abs(), as_of.day().unsigned_abs());
    let made = ExcelDateTime::from_ymd(year, month, day).map_err(other)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    // Rows wait in a nameless file on the disk that holds the people anyway.
    if let Some(parent) = part.parent().filter(|p| !p.as_os_str().is_empty()) {
        book.set_tempdir(parent).map_err(other)?;
    }
    rows(csv, book.add_worksheet_with_constant_memory().map_err(other)?)?;
    let mut file = private::file(part)?;
    book.save_to_writer(&mut file).map_err(other)?;
    Ok(file)
}

fn rows(csv: &Path, sheet: &mut Worksheet) -> io::Result<()> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_path(csv)?;
    let bold = Format::new().set_bold();
    sheet.set_name("Findings").map_err(other)?;
    sheet.set_freeze_panes(1, 0).map_err(other)?;
    for (column, width) in (0..).zip(WIDTHS) {
        sheet.set_column_width(column, width).map_err(other)?;
    }
    let (mut next, mut left_out, mut width) = (0, 0u64, 1);
    for record in reader.records() {
        let record = record?;
        if next > MAX_ROWS {
            left_out += 1;
            continue;
        }
        width = record.len();
        for (index, cell) in record.iter().enumerate() {
            let column = index as u16;
            match cell.parse::<u32>() {
                Ok(number) if NUMBERS.contains(&index) => sheet.write_number(next, column, number),
                _ if next == 0 => sheet.write_string_with_format(next, column, cell, &bold),
                _ => sheet.write_string(next, column, printable(cell)),
            }
            .map_err(other)?;
        }
        next += 1;
    }
    if left_out > 0 {
        let remark = format!("{left_out} more rows stand in findings.csv");
        sheet.write_string(next, 0, remark).map_err(other)?;
    }
    let last = next.saturating_sub(1);
    sheet.autofilter(0, 0, last, width.saturating_sub(1) as u16).map_err(other)?;
    Ok(())
}

/// A cell without what XML cannot hold.
fn printable(cell: &str) -> String {
    cell.chars().take(MAX_CELL).map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}

fn other(error: XlsxError) -> io::Error {
    match error {
        XlsxError::IoError(error) => error,
        error => io::Error::other(error),
    }
}
