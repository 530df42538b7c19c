//! The only writer of workbooks: header in bold and frozen, every cell text or a number.

use super::safe_cell;
use jiff::civil::Date;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};
use std::io::{self, Seek, SeekFrom, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// Characters of a cell; a spreadsheet ends at 32,767.
const MAX_CELL: usize = 32_000;

/// Bytes of a list whose workbook is made in memory; the rows of a longer one wait in a nameless
/// file on the disk that holds the list anyway.
const IN_MEMORY: u64 = 1 << 20;

/// Makes a workbook of a list that lies at `csv`: `fill` adds the rows. Memory does not grow with
/// the list.
///
/// # Errors
/// I/O, of `fill` too.
pub fn book<W: Write + Seek + Send>(
    csv: &Path,
    as_of: Date,
    out: W,
    fill: impl FnOnce(&mut Sheet) -> io::Result<()>,
) -> io::Result<()> {
    let parent = csv.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let waiting = (std::fs::metadata(csv)?.len() > IN_MEMORY).then_some(parent);
    let made = || {
        let mut sheet = Sheet::new(as_of, waiting)?;
        fill(&mut sheet)?;
        sheet.finish(out)
    };
    // The library panics where that file cannot be written.
    match catch_unwind(AssertUnwindSafe(made)) {
        Ok(made) => made,
        Err(_) => Err(io::Error::other("the workbook's rows cannot be kept on the disk")),
    }
}

/// One cell of a sheet.
pub enum Cell<'c> {
    Text(&'c str),
    /// Text that wants a look.
    Marked(&'c str),
    Number(u32),
}

/// A workbook of one sheet in the making.
pub struct Sheet {
    book: Workbook,
    next: u32,
    columns: u16,
    bold: Format,
    text: Format,
    marked: Format,
}

impl Sheet {
    /// `as_of` is the workbook's date of making, so that equal lists give equal files. `waiting` is
    /// the folder in whose nameless file rows wait; without one the sheet is held in memory.
    ///
    /// # Errors
    /// I/O.
    pub fn new(as_of: Date, waiting: Option<&Path>) -> io::Result<Self> {
        let mut book = Workbook::new();
        let year = u16::try_from(as_of.year()).unwrap_or(1900);
        let (month, day) = (as_of.month().unsigned_abs(), as_of.day().unsigned_abs());
        let made = ExcelDateTime::from_ymd(year, month, day).map_err(failed)?;
        book.set_properties(&DocProperties::new().set_creation_datetime(&made));
        let sheet = match waiting {
            Some(folder) => {
                book.set_tempdir(folder).map_err(failed)?;
                book.add_worksheet_with_constant_memory().map_err(failed)?
            }
            None => book.add_worksheet(),
        };
        sheet.set_freeze_panes(1, 0).map_err(failed)?;
        let bold = Format::new().set_bold();
        let text = Format::new().set_num_format("@");
        let marked = text.clone().set_background_color(0x00FF_E699);
        Ok(Self { book, next: 0, columns: 0, bold, text, marked })
    }

    /// # Errors
    /// A name that no sheet may have.
    pub fn name(&mut self, name: &str) -> io::Result<()> {
        self.sheet()?.set_name(name).map(drop).map_err(failed)
    }

    /// Widths in characters, from the first column on; before the first row.
    ///
    /// # Errors
    /// I/O.
    pub fn widths(&mut self, widths: impl IntoIterator<Item = u32>) -> io::Result<()> {
        for (column, width) in (0..).zip(widths) {
            self.sheet()?.set_column_width(column, width).map_err(failed)?;
        }
        Ok(())
    }

    /// Adds a row, the header first. Text is text in the workbook too: ZIP codes keep their zeros;
    /// and what would begin a formula is made safe, since the sheet may be saved as CSV.
    ///
    /// # Errors
    /// I/O.
    pub fn row<'c>(&mut self, cells: impl IntoIterator<Item = Cell<'c>>) -> io::Result<()> {
        let row = self.next;
        let format = if row == 0 { &self.bold } else { &self.text };
        let sheet = self.book.worksheet_from_index(0).map_err(failed)?;
        for (column, cell) in (0..).zip(cells) {
            self.columns = self.columns.max(column + 1);
            match cell {
                Cell::Number(number) => sheet.write_number(row, column, number),
                Cell::Text(text) | Cell::Marked(text) => {
                    let format =
                        if matches!(cell, Cell::Marked(_)) { &self.marked } else { format };
                    let text = printable(&safe_cell(text));
                    sheet.write_string_with_format(row, column, text, format)
                }
            }
            .map_err(failed)?;
        }
        self.next += 1;
        Ok(())
    }

    /// Puts a filter on every column.
    ///
    /// # Errors
    /// I/O.
    pub fn filter(&mut self) -> io::Result<()> {
        let (last, columns) = (self.next.saturating_sub(1), self.columns.saturating_sub(1));
        self.sheet()?.autofilter(0, 0, last, columns).map(drop).map_err(failed)
    }

    /// # Errors
    /// What the output gives.
    pub fn finish<W: Write + Seek + Send>(mut self, out: W) -> io::Result<()> {
        let mut out = Steady { out, error: None, place: 0, end: 0 };
        let saved = self.book.save_to_writer(&mut out).map_err(failed);
        out.error.map_or(saved, Err)
    }

    fn sheet(&mut self) -> io::Result<&mut rust_xlsxwriter::Worksheet> {
        self.book.worksheet_from_index(0).map_err(failed)
    }
}

/// Keeps the first error of what it writes to, and takes what follows for written: the library tries
/// to end a file that it could not write, and complains of that on standard error.
struct Steady<W> {
    out: W,
    error: Option<io::Error>,
    place: u64,
    end: u64,
}

impl<W: Write + Seek> Write for Steady<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = match self.error {
            Some(_) => bytes.len(),
            None => self.out.write(bytes).unwrap_or_else(|error| {
                self.error = Some(error);
                bytes.len()
            }),
        };
        self.place += written as u64;
        self.end = self.end.max(self.place);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.error.is_none() {
            self.error = self.out.flush().err();
        }
        Ok(())
    }
}

impl<W: Seek> Seek for Steady<W> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        if self.error.is_none() {
            self.place = self.out.seek(to)?;
            return Ok(self.place);
        }
        let place = match to {
            SeekFrom::Start(place) => Some(place),
            SeekFrom::Current(by) => self.place.checked_add_signed(by),
            SeekFrom::End(by) => self.end.checked_add_signed(by),
        };
        self.place = place.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.place)
    }
}

/// A cell without what XML cannot hold.
fn printable(cell: &str) -> String {
    let kept = |c: char| !c.is_control() || matches!(c, '\n' | '\t');
    let cell = cell.replace("\r\n", "\n");
    cell.chars().take(MAX_CELL).map(|c| if kept(c) { c } else { '\u{fffd}' }).collect()
}

fn failed(error: XlsxError) -> io::Error {
    match error {
        XlsxError::IoError(error) => error,
        error => io::Error::other(error),
    }
}
