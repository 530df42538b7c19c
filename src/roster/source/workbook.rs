//! XLSX workbooks: one sheet's values as text, as a CSV export would have them.

use super::Block;
use super::unpacked::unpacked_size;
use crate::finding::{Finding, Place, Severity};
use crate::roster::columns::{MAX_COLUMNS, find_header};
use calamine::{Data, DataRef, Reader, Xlsx};
use std::collections::VecDeque;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

/// Rows in each block kept.
const ROWS: usize = 4096;

/// A sheet of a million rows unpacks to about half of this.
const MAX_UNPACKED: u64 = 2 << 30;

/// Spreadsheets shrink by 10 to 20; a hundredfold of much data is an attack.
const MAX_RATIO: u64 = 150;

pub struct Workbook {
    blocks: VecDeque<Block>,
    /// The sheet, where there are several and none was asked for.
    pub chosen: Option<String>,
}

impl Workbook {
    pub fn open(path: &Path, sheet: Option<&str>) -> Result<Self, Box<Finding>> {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let refuse = |code, message: String, remedy: &str| {
            let finding = Finding::new(code, Severity::Error, message);
            Box::new(finding.at(Place::file(&name)).remedy(remedy))
        };
        let damaged = || {
            refuse(
                code!("file.damaged_workbook"),
                "the workbook cannot be read".to_owned(),
                "open it in a spreadsheet program and save it as XLSX or CSV UTF-8",
            )
        };
        let (packed, unpacked) = unpacked_size(path).ok_or_else(damaged)?;
        let swollen = unpacked > (50 << 20) && unpacked / packed.max(1) > MAX_RATIO;
        if unpacked > MAX_UNPACKED || swollen {
            return Err(refuse(
                code!("file.swollen_workbook"),
                format!("the workbook would unpack to {} MB", unpacked >> 20),
                "export the sheet as CSV UTF-8",
            ));
        }
        // The format is a maze of XML; whatever its reader does on a damaged one, the command
        // must end with a finding.
        let read = || -> Result<Self, Box<Finding>> {
            let file = BufReader::new(File::open(path).map_err(|_| damaged())?);
            let mut book: Xlsx<_> = Xlsx::new(file).map_err(|_| damaged())?;
            let sheets = book.sheet_names();
            if let Some(wanted) = sheet {
                if !sheets.iter().any(|name| name == wanted) {
                    return Err(refuse(
                        code!("file.no_such_sheet"),
                        format!("the workbook has no sheet `{wanted}`"),
                        &format!("write one of `{}` after the `#`", sheets.join("`, `")),
                    ));
                }
                let blocks = read_sheet(&mut book, wanted).ok_or_else(damaged)?;
                return Ok(Self { blocks, chosen: None });
            }
            for name in &sheets {
                let blocks = read_sheet(&mut book, name).ok_or_else(damaged)?;
                if sheets.len() == 1 {
                    return Ok(Self { blocks, chosen: None });
                }
                if blocks.front().is_some_and(|first| find_header(first).is_some()) {
                    return Ok(Self { blocks, chosen: Some(name.clone()) });
                }
            }
            Ok(Self { blocks: VecDeque::new(), chosen: None })
        };
        std::panic::catch_unwind(std::panic::AssertUnwindSafe(read))
            .unwrap_or_else(|_| Err(damaged()))
    }

    pub fn fill(&mut self, block: &mut Block, _rows: usize) -> bool {
        match self.blocks.pop_front() {
            Some(next) => {
                *block = next;
                true
            }
            None => false,
        }
    }
}

/// All rows of a sheet; none if it is damaged.
fn read_sheet(book: &mut Xlsx<BufReader<File>>, name: &str) -> Option<VecDeque<Block>> {
    let mut cells = book.worksheet_cells_reader(name).ok()?;
    let mut rows = Rows::default();
    while let Some(cell) = cells.next_cell().ok()? {
        let (row, column) = cell.get_position();
        if column as usize <= MAX_COLUMNS {
            rows.put(row, column, &text(cell.get_value()));
        }
    }
    Some(rows.finish())
}

/// Cells in reading order become rows; a sheet leaves empty cells and rows out.
#[derive(Default)]
struct Rows {
    done: VecDeque<Block>,
    block: Block,
    /// Row number and the cells so far.
    current: Option<(u32, Vec<String>)>,
    /// Cells of the widest row yet: shorter rows are filled up to the header's width.
    width: usize,
}

impl Rows {
    fn put(&mut self, row: u32, column: u32, value: &str) {
        if self.current.as_ref().is_some_and(|(at, _)| *at != row) {
            self.end_row();
        }
        let (_, cells) = self.current.get_or_insert_with(|| (row, Vec::new()));
        let column = column as usize;
        if cells.len() <= column {
            cells.resize(column + 1, String::new());
        }
        value.clone_into(&mut cells[column]);
    }

    fn end_row(&mut self) {
        let Some((row, mut cells)) = self.current.take() else { return };
        // A row of formatted but empty cells is no row.
        if cells.iter().all(String::is_empty) {
            return;
        }
        self.width = self.width.max(cells.len());
        cells.resize(self.width, String::new());
        let start = self.block.start_row();
        for cell in &cells {
            self.block.push(cell.as_bytes());
            self.block.end_cell();
        }
        self.block.end_row(start, u64::from(row) + 1, None);
        if self.block.rows.len() == ROWS {
            self.done.push_back(std::mem::take(&mut self.block));
        }
    }

    fn finish(mut self) -> VecDeque<Block> {
        self.end_row();
        if !self.block.rows.is_empty() {
            self.done.push_back(self.block);
        }
        self.done
    }
}

/// A value as a CSV export would write it; dates as `2026-09-18`, without a time of day.
fn text(value: &DataRef<'_>) -> String {
    match Data::from(value.clone()) {
        Data::String(text) => text,
        Data::Int(number) => number.to_string(),
        Data::Float(number) => plain_number(number),
        Data::Bool(yes) => if yes { "Y" } else { "N" }.to_owned(),
        Data::DateTime(moment) if moment.is_datetime() => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        Data::DateTime(moment) => plain_number(moment.as_f64()),
        Data::DateTimeIso(text) | Data::DurationIso(text) => text,
        Data::Error(error) => error.to_string(),
        Data::Empty => String::new(),
        // Later kinds of value are written as their program shows them.
        #[allow(unreachable_patterns)]
        other => other.to_string(),
    }
}

fn plain_number(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e15 {
        format!("{number:.0}")
    } else {
        number.to_string()
    }
}
