//! Workbooks (XLSX, and XLS, XLSB, ODS where they can be read): one sheet's values as text, as a CSV export would have them.

use super::book_file::{File, Shown};
use super::unpacked::unpacked_size;
use super::{Block, Sheets, hidden};
use crate::finding::Finding;
use crate::incident::{HiddenRows, RosterChoices};
use crate::roster::columns::{MAX_COLUMNS, find_header};
use calamine::{
    Data, DataRef, Ods, Reader, SheetType, SheetVisible, Sheets as Book, Xls, Xlsb, Xlsx,
};
use std::collections::VecDeque;
use std::io::{BufReader, Read};
use std::path::Path;

type BookFile = BufReader<std::fs::File>;

/// Rows in each block kept.
const ROWS: usize = 4096;

/// A sheet of a million rows unpacks to about half of this.
const MAX_UNPACKED: u64 = 2 << 30;

/// Spreadsheets shrink by 10 to 20; a hundredfold of much data is an attack.
const MAX_RATIO: u64 = 150;

/// What stands for a formula that has no result yet: whoever wrote the workbook never calculated.
pub const NO_RESULT: &str = "#NO RESULT!";

pub struct Workbook {
    blocks: VecDeque<Block>,
    /// The sheet, where there are several and none was asked for.
    pub chosen: Option<String>,
    /// Other sheets with people, and hidden rows.
    pub findings: Vec<Finding>,
    pub epoch_1904: bool,
}

/// Opens the workbook with the reader of its kind.
fn book(file: &File<'_>) -> Option<Book<BookFile>> {
    let bytes = || std::fs::File::open(file.path).ok().map(BufReader::new);
    if file.old {
        return Xls::new(bytes()?).ok().map(Book::Xls);
    }
    let xlsx = Xlsx::new(bytes()?).map(Book::Xlsx).ok();
    let xlsx = xlsx.filter(|book| !book.sheet_names().is_empty());
    xlsx.or_else(|| Xlsb::new(bytes()?).map(Book::Xlsb).ok())
        .or_else(|| Ods::new(bytes()?).map(Book::Ods).ok())
}

impl Workbook {
    pub fn open(
        path: &Path,
        sheets: Sheets<'_>,
        choices: &RosterChoices,
    ) -> Result<Self, Box<Finding>> {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let mut head = [0; 4];
        let read = std::fs::File::open(path).and_then(|mut file| file.read_exact(&mut head));
        let file = File { path, name, old: read.is_ok() && head == [0xd0, 0xcf, 0x11, 0xe0] };
        if !file.old {
            let (packed, unpacked) = unpacked_size(path).ok_or_else(|| file.damaged())?;
            let swollen = unpacked > (50 << 20) && unpacked / packed.max(1) > MAX_RATIO;
            if unpacked > MAX_UNPACKED || swollen {
                return Err(file.refuse(
                    code!("file.swollen_workbook"),
                    format!("the workbook would unpack to {} MB", unpacked >> 20),
                    "export the sheet as CSV UTF-8",
                ));
            }
        }
        // The formats are a maze; whatever their readers do on a damaged file, the command must
        // end with a finding.
        let read = || Self::read(&file, sheets, choices);
        std::panic::catch_unwind(std::panic::AssertUnwindSafe(read))
            .unwrap_or_else(|_| Err(file.damaged()))
    }

    fn read(
        file: &File<'_>,
        sheets: Sheets<'_>,
        choices: &RosterChoices,
    ) -> Result<Self, Box<Finding>> {
        let mut book = book(file).ok_or_else(|| file.damaged())?;
        let all: Vec<(String, bool)> = book
            .sheets_metadata()
            .iter()
            .filter(|sheet| sheet.typ == SheetType::WorkSheet)
            .map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible))
            .collect();
        let mut workbook = Self {
            blocks: VecDeque::new(),
            chosen: None,
            findings: Vec::new(),
            epoch_1904: match &book {
                Book::Xlsx(book) => book.has_1904_epoch(),
                Book::Xls(book) => book.has_1904_epoch(),
                Book::Xlsb(book) => book.has_1904_epoch(),
                _ => false,
            },
        };
        let wanted = sheets.wanted.or(choices.sheet.as_deref());
        if let Some(wanted) = wanted.filter(|wanted| !all.iter().any(|(name, _)| name == wanted)) {
            let names: Vec<&str> = all.iter().map(|(name, _)| name.as_str()).collect();
            return Err(file.refuse(
                code!("file.no_such_sheet"),
                format!("the workbook has no sheet `{wanted}`"),
                &format!("write one of `{}` after the `#`", names.join("`, `")),
            ));
        }
        let mut chosen: Option<(String, bool)> = None;
        let mut people = Vec::new();
        let mut loose = Vec::new();
        for (name, hidden) in &all {
            let named = wanted.map(|wanted| wanted == name);
            let elsewhere = named == Some(false) && sheets.others.contains(&name.as_str());
            if elsewhere {
                continue;
            }
            let keep = named.unwrap_or(chosen.is_none());
            let sheet = read_sheet(&mut book, name, keep).ok_or_else(|| file.damaged())?;
            let header = sheet.blocks.front().and_then(|first| find_header(first, choices));
            let rows = match header {
                Some(header) => sheet.rows.saturating_sub(header as u64 + 1),
                None => sheet.wide,
            };
            if named == Some(true) || (named.is_none() && chosen.is_none() && header.is_some()) {
                workbook.blocks = sheet.blocks;
                chosen = Some((name.clone(), *hidden));
            } else if named.is_none() && all.len() == 1 {
                workbook.blocks = sheet.blocks;
            }
            let shown = Shown { name: name.clone(), rows, hidden: *hidden };
            match header {
                Some(_) if rows > 0 => people.push(shown),
                None if rows > 0 => loose.push(shown),
                _ => {}
            }
        }
        let hidden_count = choices.hidden_rows == Some(HiddenRows::Read);
        if wanted.is_none() {
            if people.len() > 1 {
                return Err(file.several(&people));
            }
            if let Some((name, true)) = &chosen
                && !hidden_count
            {
                return Err(file.hidden_sheet(name, &people));
            }
            workbook.chosen =
                chosen.as_ref().map(|(name, _)| name.clone()).filter(|_| all.len() > 1);
        }
        let name = chosen.map(|(name, _)| name);
        people.extend(loose);
        people.retain(|sheet| Some(&sheet.name) != name.as_ref());
        if !people.is_empty() {
            workbook.findings.push(file.others(&people));
        }
        if let (Some(name), Book::Xlsx(_)) = (&name, &book) {
            let hidden = hidden::rows(file.path, name).unwrap_or(0);
            workbook.findings.extend((hidden > 0).then(|| file.hidden_rows(hidden, hidden_count)));
        } else if !hidden_count {
            workbook.findings.push(file.hidden_unseen());
        }
        Ok(workbook)
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

/// What a sheet holds.
struct Sheet {
    /// All of it, or its first rows.
    blocks: VecDeque<Block>,
    rows: u64,
    /// Rows of four cells and more.
    wide: u64,
}

/// All rows of a sheet, or only the first ones and their number; none if it is damaged.
fn read_sheet(book: &mut Book<BookFile>, name: &str, keep: bool) -> Option<Sheet> {
    let mut rows = Rows { keep, ..Rows::default() };
    let Book::Xlsx(book) = book else {
        let range = book.worksheet_range(name).ok()?;
        let (top, left) = range.start().unwrap_or_default();
        for (row, column, value) in range.used_cells() {
            let (row, column) = (top + row as u32, left + column as u32);
            if column as usize <= MAX_COLUMNS {
                rows.put(row, column, &text(value));
            }
        }
        return Some(rows.finish());
    };
    let mut cells = book.worksheet_cells_reader(name).ok()?;
    while let Some(cell) = cells.next_cell_with_formula_metadata().ok()? {
        let (row, column) = cell.pos;
        if column as usize > MAX_COLUMNS {
            continue;
        }
        match (cell.value, cell.formula) {
            (DataRef::Empty, Some(_)) => rows.put(row, column, NO_RESULT),
            (value, _) => rows.put(row, column, &text(&Data::from(value))),
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
    /// Whether all rows are wanted, or their number is enough.
    keep: bool,
    rows: u64,
    wide: u64,
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
        self.rows += 1;
        self.wide += u64::from(cells.iter().filter(|cell| !cell.is_empty()).count() >= 4);
        if !self.keep && !self.done.is_empty() {
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

    fn finish(mut self) -> Sheet {
        self.end_row();
        if !self.block.rows.is_empty() {
            self.done.push_back(self.block);
        }
        Sheet { blocks: self.done, rows: self.rows, wide: self.wide }
    }
}

/// A value as a CSV export would write it; dates as `2026-09-18`, without a time of day.
fn text(value: &Data) -> String {
    match value {
        Data::String(text) => text.clone(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => plain_number(*number),
        Data::Bool(yes) => if *yes { "Y" } else { "N" }.to_owned(),
        Data::DateTime(moment) if moment.is_datetime() => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        Data::DateTime(moment) => plain_number(moment.as_f64()),
        // Other spreadsheets write a day with its time.
        Data::DateTimeIso(text) => match text.split_once('T') {
            Some((day, _)) if day.len() == 10 => day.to_owned(),
            _ => text.clone(),
        },
        Data::DurationIso(text) => text.clone(),
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
