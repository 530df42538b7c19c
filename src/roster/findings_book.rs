//! `findings.xlsx`: the rows of `findings.csv` as a workbook, for the client who repairs the
//! roster: header frozen, a filter on every column.

use super::private;
use crate::folder::workbook_beside;
use crate::tables::{Cell, Sheet, book};
use jiff::civil::Date;
use std::fs;
use std::io;
use std::path::Path;

/// Rows of a sheet, the header and a last remark not counted; a spreadsheet ends at 1,048,576.
const MAX_ROWS: u32 = 1_000_000;

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
    let path = workbook_beside(csv);
    let part = private::unfinished(&path);
    let written = fill(csv, &part, as_of);
    if written.is_err() {
        let _ = fs::remove_file(&part);
    }
    private::finish(&written?, &part, &path)
}

fn fill(csv: &Path, part: &Path, as_of: Date) -> io::Result<fs::File> {
    let mut file = private::file(part)?;
    book(csv, as_of, &mut file, |sheet| rows(csv, sheet))?;
    Ok(file)
}

fn rows(csv: &Path, sheet: &mut Sheet) -> io::Result<()> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_path(csv)?;
    sheet.name("Findings")?;
    sheet.widths(WIDTHS)?;
    let (mut next, mut left_out) = (0, 0u64);
    for record in reader.records() {
        let record = record?;
        if next > MAX_ROWS {
            left_out += 1;
            continue;
        }
        sheet.row(record.iter().enumerate().map(|(column, cell)| {
            let number = NUMBERS.contains(&column).then(|| cell.parse().ok()).flatten();
            number.map_or(Cell::Text(cell), Cell::Number)
        }))?;
        next += 1;
    }
    if left_out > 0 {
        let remark = format!("{left_out} more rows stand in findings.csv");
        sheet.row([Cell::Text(&remark)])?;
    }
    sheet.filter()
}
