//! A file that came back, line by line.

use super::key::{Key, barcode, piece};
use super::layout::{Layout, LayoutForm, Layouts, Span, plain};
use super::line::{Malformed, NewAddress, ReturnedLine, Told};
use crate::finding::Finding;
use crate::incident::RosterChoices;
use crate::roster::{Block, OpenError, Row, Sheets, Source, sniff};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

/// Rows read at once.
const ROWS: usize = 4_096;

/// Rows in which a heading is looked for.
const HEAD: usize = 20;

/// What a file holds. `lines` and `malformed` are all its lines but headers and empty ones.
#[derive(Default)]
pub struct ReturnedFile {
    pub lines: Vec<ReturnedLine>,
    pub malformed: Vec<Malformed>,
    /// How many records the header tells of, where it does.
    pub told: Option<u64>,
}

impl ReturnedFile {
    pub fn count(&self) -> u64 {
        (self.lines.len() + self.malformed.len()) as u64
    }
}

/// Why a file cannot be read as a whole.
pub enum ReadError {
    Finding(Box<Finding>),
    /// No column names a letter.
    NoColumn,
    Io(io::Error),
}

impl From<io::Error> for ReadError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// Reads a file by a layout. `on` stands for the day where a line has none; `today` is the last day
/// that can have come.
///
/// # Errors
/// A file that cannot be read as a whole.
pub fn read(
    path: &Path,
    layouts: &Layouts,
    layout: &Layout,
    on: Option<Date>,
    today: Date,
) -> Result<ReturnedFile, ReadError> {
    let reader = Reader { layouts, layout, on, today };
    match layout.form {
        LayoutForm::Fixed => reader.fixed(path),
        LayoutForm::Table => reader.table(path),
    }
}

/// The layout that a file looks like; none for a file without a line.
///
/// # Errors
/// A file that cannot be read as a whole.
pub fn fitting<'l>(path: &Path, layouts: &'l Layouts) -> Result<Option<&'l Layout>, ReadError> {
    let mut head = Vec::new();
    File::open(path)?.take(1 << 14).read_to_end(&mut head)?;
    if let Some(layout) = layouts.fixed(&head) {
        return Ok(Some(layout));
    }
    let (mut found, mut rows) = (None, 0);
    each_row(path, &mut |block, row| {
        let cells: Vec<String> = (0..row.len()).map(|at| block.cell(row, at).to_owned()).collect();
        rows += 1;
        if rows <= HEAD && found.is_none_or(|layout: &Layout| layout.marks.is_empty()) {
            found = layouts.table(&cells);
        }
        Ok(())
    })?;
    Ok(found)
}

struct Reader<'l> {
    layouts: &'l Layouts,
    layout: &'l Layout,
    on: Option<Date>,
    today: Date,
}

impl Reader<'_> {
    fn fixed(&self, path: &Path) -> Result<ReturnedFile, ReadError> {
        let mut contents = ReturnedFile::default();
        let mut number = 0;
        each_record(path, self.layout.length, &mut |record| {
            number += 1;
            self.record(number, record, &mut contents);
        })?;
        Ok(contents)
    }

    fn record(&self, number: u64, record: &[u8], contents: &mut ReturnedFile) {
        // An older system's end of the file is no record.
        if record.iter().all(|b| b.is_ascii_whitespace() || *b == 0x1a) {
            return;
        }
        let starts = |starts: &[String]| starts.iter().any(|s| record.starts_with(s.as_bytes()));
        if starts(&self.layout.header) {
            let told = self.layout.records.map(|span| text(record, span));
            contents.told = told.and_then(|told| told.parse().ok()).or(contents.told);
            return;
        }
        let whole = record.len() == self.layout.length;
        if !whole || !starts(&self.layout.detail) {
            let why = match whole {
                true => "its first character is of no kind of record".to_owned(),
                false => format!("{} characters in place of {}", record.len(), self.layout.length),
            };
            contents.malformed.push(Malformed { number, why });
            return;
        }
        let field = |name: &str| {
            self.layout.fields.get(name).map_or(String::new(), |span| text(record, *span))
        };
        self.take(number, &field, contents);
    }

    fn table(&self, path: &Path) -> Result<ReturnedFile, ReadError> {
        let mut contents = ReturnedFile::default();
        let mut columns: Option<BTreeMap<String, usize>> = None;
        let mut before: Vec<(u64, Vec<String>)> = Vec::new();
        each_row(path, &mut |block, row| {
            let cells: Vec<String> =
                (0..row.len()).map(|at| block.cell(row, at).trim().to_owned()).collect();
            if cells.iter().all(String::is_empty) {
                return Ok(());
            }
            if columns.is_none() {
                match self.heading(&cells) {
                    Some(found) => {
                        // What stands above a heading is a title.
                        before.clear();
                        columns = Some(found);
                    }
                    None if before.len() < HEAD && !names_a_letter(&cells) => {
                        before.push((row.line, cells));
                    }
                    None if names_a_letter(&cells) => {
                        // A list without a heading: the cell says itself what it is.
                        for (number, cells) in before.drain(..) {
                            self.bare(number, &cells, &mut contents);
                        }
                        columns = Some(BTreeMap::new());
                        self.bare(row.line, &cells, &mut contents);
                    }
                    None => return Err(ReadError::NoColumn),
                }
                return Ok(());
            }
            match columns.as_ref().filter(|columns| !columns.is_empty()) {
                None => self.bare(row.line, &cells, &mut contents),
                Some(_) if row.fault.is_some() => contents.malformed.push(Malformed {
                    number: row.line,
                    why: "the line cannot be split into cells".to_owned(),
                }),
                Some(columns) => {
                    let field = |name: &str| {
                        let at = columns.get(name);
                        at.and_then(|at| cells.get(*at)).map_or(String::new(), String::clone)
                    };
                    self.take(row.line, &field, &mut contents);
                }
            }
            Ok(())
        })?;
        match columns {
            Some(_) => Ok(contents),
            None if before.is_empty() => Ok(contents),
            None => Err(ReadError::NoColumn),
        }
    }

    /// Which field stands in which column, if the row is a heading.
    fn heading(&self, cells: &[String]) -> Option<BTreeMap<String, usize>> {
        let columns = columns(cells, &self.layout.headings);
        let named = columns.contains_key("imb") || columns.contains_key("reference");
        (named && !names_a_letter(cells)).then_some(columns)
    }

    /// A row of a list without a heading.
    fn bare(&self, number: u64, cells: &[String], contents: &mut ReturnedFile) {
        let found = cells.iter().find(|cell| piece(cell).is_some() || barcode(cell).is_some());
        let day = cells.iter().find(|cell| day(cell).is_some());
        let word = cells.iter().find(|cell| self.layouts.reason(LayoutForm::Table, cell).is_some());
        let field = |name: &str| match name {
            "reference" | "imb" => found.cloned().unwrap_or_default(),
            "on" => day.cloned().unwrap_or_default(),
            "code" => word.cloned().unwrap_or_default(),
            _ => String::new(),
        };
        self.take(number, &field, contents);
    }

    fn take(&self, number: u64, field: &dyn Fn(&str) -> String, contents: &mut ReturnedFile) {
        match self.line(number, field) {
            Ok(line) => contents.lines.push(line),
            Err(why) => contents.malformed.push(Malformed { number, why }),
        }
    }

    fn line(&self, number: u64, field: &dyn Fn(&str) -> String) -> Result<ReturnedLine, String> {
        let (imb, reference) = (field("imb"), field("reference"));
        let key = piece(&reference)
            .or_else(|| piece(&imb))
            .map(Key::Piece)
            .or_else(|| barcode(&imb).or_else(|| barcode(&reference)).map(Key::Barcode));
        let empty = |text: &str| text.chars().all(|c| matches!(c, ' ' | '0'));
        let key = key.ok_or_else(|| match empty(&imb) && empty(&reference) {
            true => "no reference and no barcode".to_owned(),
            false => "what should name the letter is neither a reference nor a barcode".to_owned(),
        })?;
        let written = field("on");
        let on = match (day(&written), self.on) {
            (Some(day), _) => day,
            (None, Some(on)) if empty(&written) => on,
            (None, None) if empty(&written) => return Err("no day; say one with `--on`".to_owned()),
            _ => return Err("the day cannot be read".to_owned()),
        };
        if on > self.today {
            return Err("the day has not come yet".to_owned());
        }
        let has_code = self.layout.fields.contains_key("code")
            || self.layout.headings.get("code").is_some_and(|names| !names.is_empty());
        let code = field("code");
        let reason = has_code.then(|| self.layouts.reason(self.layout.form, &code)).flatten();
        let action = self.layout.action.get(field("action").as_str());
        let told =
            action.or(reason.and_then(|reason| reason.told.as_ref())).unwrap_or(&self.layout.told);
        let told = Told::parse(told).unwrap_or(Told::Returned);
        let reason = match reason {
            Some(reason) => reason.id.clone(),
            None if code.trim().is_empty() => String::new(),
            None => "other".to_owned(),
        };
        let mut address = NewAddress {
            line: field("line"),
            city: field("city"),
            state: field("state"),
            zip: field("zip"),
        };
        if address.line.is_empty() {
            address.line = field("number");
        }
        let address = Some(address).filter(NewAddress::is_whole);
        Ok(ReturnedLine { number, key, told, reason, on, address })
    }
}

/// What a mail house sends back of its run: every barcode with the reference of its letter; and how
/// many rows name only one of them.
///
/// # Errors
/// A file that cannot be read as a whole.
pub fn barcodes(
    path: &Path,
    layouts: &Layouts,
    each: &mut dyn FnMut(String, String),
) -> Result<u64, ReadError> {
    let (mut at, mut lone): (Option<(usize, usize)>, u64) = (None, 0);
    let mut looked = 0;
    each_row(path, &mut |block, row| {
        let cells: Vec<String> =
            (0..row.len()).map(|at| block.cell(row, at).trim().to_owned()).collect();
        let Some((imb, reference)) = at else {
            let found = columns(&cells, layouts.run_headings());
            at = found.get("imb").copied().zip(found.get("reference").copied());
            looked += 1;
            return if looked > HEAD { Err(ReadError::NoColumn) } else { Ok(()) };
        };
        let cell = |at: usize| cells.get(at).map(String::as_str).unwrap_or_default();
        match (barcode(cell(imb)), piece(cell(reference))) {
            (Some(barcode), Some(piece)) => each(barcode, piece),
            _ => lone += 1,
        }
        Ok(())
    })?;
    match at {
        Some(_) => Ok(lone),
        None => Err(ReadError::NoColumn),
    }
}

/// Records by their line ends; where there are none, by their length.
fn each_record(path: &Path, length: usize, each: &mut dyn FnMut(&[u8])) -> io::Result<()> {
    let mut input = BufReader::with_capacity(1 << 18, File::open(path)?);
    let lines = input.fill_buf()?.contains(&b'\n');
    let mut record = Vec::new();
    loop {
        record.clear();
        match lines {
            true => input.read_until(b'\n', &mut record)?,
            false => input.by_ref().take(length.max(1) as u64).read_to_end(&mut record)?,
        };
        if record.is_empty() {
            return Ok(());
        }
        let line = record.strip_suffix(b"\n").unwrap_or(&record);
        each(line.strip_suffix(b"\r").unwrap_or(line));
    }
}

pub(super) fn each_row(
    path: &Path,
    each: &mut dyn FnMut(&Block, &Row) -> Result<(), ReadError>,
) -> Result<(), ReadError> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let sniffed = sniff(path, &name)?.map_err(ReadError::Finding)?;
    let source = Source::open(path, &sniffed, Sheets::default(), &RosterChoices::default());
    let mut source = match source {
        Ok(source) => source,
        Err(OpenError::Finding(finding)) => return Err(ReadError::Finding(finding)),
        Err(OpenError::Io(error)) => return Err(ReadError::Io(error)),
    };
    let mut block = Block::default();
    while source.fill(&mut block, ROWS)? {
        for row in &block.rows {
            each(&block, row)?;
        }
    }
    Ok(())
}

/// The column of each field whose heading a row has; an earlier name before a later one.
pub(super) fn columns(
    cells: &[String],
    headings: &BTreeMap<String, Vec<String>>,
) -> BTreeMap<String, usize> {
    let cells: Vec<String> = cells.iter().map(|cell| plain(cell)).collect();
    let at = |names: &Vec<String>| {
        names.iter().find_map(|name| cells.iter().position(|cell| cell == name))
    };
    let named = headings.iter().filter_map(|(field, names)| Some((field.clone(), at(names)?)));
    named.collect()
}

fn names_a_letter(cells: &[String]) -> bool {
    cells.iter().any(|cell| piece(cell).is_some() || barcode(cell).is_some())
}

/// A field's characters without blanks around them.
fn text(record: &[u8], span: Span) -> String {
    let from = span.at - 1;
    let bytes = record.get(from..(from + span.length).min(record.len())).unwrap_or_default();
    String::from_utf8_lossy(bytes).trim().to_owned()
}

/// A day as USPS files and American lists write it, with or without a time behind it.
pub(super) fn day(text: &str) -> Option<Date> {
    let text = text.trim();
    let first = text.split([' ', 'T']).next().unwrap_or_default();
    let number = |text: &str| text.parse::<i16>().ok();
    if first.len() == 8 && first.bytes().all(|b| b.is_ascii_digit()) {
        return date(number(&first[..4])?, number(&first[4..6])?, number(&first[6..])?);
    }
    let parts: Vec<&str> = first.split(['-', '/', '.']).collect();
    let [a, b, c] = parts[..] else { return None };
    match (a.len(), c.len()) {
        (4, _) => date(number(a)?, number(b)?, number(c)?),
        (_, 4) => date(number(c)?, number(a)?, number(b)?),
        (_, 2) => date(2000 + number(c)?, number(a)?, number(b)?),
        _ => None,
    }
}

fn date(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}
