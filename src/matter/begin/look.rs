//! A look at a roster before there is an incident: its headings, and what a few columns hold.

use crate::finding::{Finding, Findings};
use crate::incident::RosterChoices;
use crate::matter::refusal::{Doing, Refusal};
use crate::roster::{
    Block, Column, OpenError, Sheets, Source, clean_cell, find_header, fold, may_be, no_header,
    pattern, recognize, sniff, yes_or_no,
};
use std::collections::BTreeMap;
use std::path::Path;

/// Rows read at once.
const ROWS: usize = 2_048;

/// Different values of a column that are still counted; a column with more is no list of kinds.
const KINDS: usize = 200;

/// Values of each column that are compared with what columns hold.
const LOOKED_AT: u64 = 500;

/// One column as it stands in the roster.
pub struct Heading {
    pub index: usize,
    pub text: String,
    pub column: Option<Column>,
    /// Cells that say yes or no; other cells that are not empty.
    pub flags: u64,
    pub others: u64,
    /// Columns whose values these may be, with the cells that fit.
    fits: Vec<(Column, u64)>,
    /// What the first values look like, with their number.
    pub patterns: BTreeMap<String, u64>,
}

impl Heading {
    fn new(index: usize, text: String) -> Self {
        let column = recognize(&text);
        let fits = if column.is_none() {
            Column::ALL.iter().map(|column| (*column, 0)).collect()
        } else {
            Vec::new()
        };
        Self { index, text, column, flags: 0, others: 0, fits, patterns: BTreeMap::new() }
    }

    /// Whether nine of ten values may be what the column holds.
    pub fn may_be(&self, column: Column) -> bool {
        let filled = self.flags + self.others;
        let fit = self.fits.iter().find(|(of, _)| *of == column).map_or(0, |(_, n)| *n);
        filled > 0 && fit * 10 >= filled * 9
    }

    /// No row says anything there.
    pub fn is_empty(&self) -> bool {
        self.flags + self.others == 0
    }

    /// Nothing but yes and no.
    pub fn is_marks(&self) -> bool {
        self.flags > 0 && self.others == 0
    }
}

/// What the roster tells.
pub struct Looked {
    /// As `[[wave]] roster` names it, the sheet included.
    pub roster: String,
    /// Its line, where no heading is known.
    pub header_row: Option<u64>,
    pub headings: Vec<Heading>,
    /// Values of the entity column with their rows; empty when there are too many for ids.
    pub entities: BTreeMap<String, u64>,
    /// Labels of the data elements column with their rows.
    pub labels: BTreeMap<String, u64>,
    rows: u64,
}

/// Reads the whole roster once.
///
/// # Errors
/// A file that is no roster, or has no header; I/O.
pub fn at(path: &Path) -> Result<Looked, Refusal> {
    let whole = path.to_string_lossy().into_owned();
    let (path, sheet) = match whole.rsplit_once('#') {
        Some((file, sheet)) if !path.exists() => (Path::new(file), Some(sheet)),
        _ => (path, None),
    };
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let read = || format!("read `{}`", path.display());
    let choices = RosterChoices::default();
    let sniffed = sniff(path, &name).doing(read)?.map_err(|finding| stop(*finding))?;
    let sheets = Sheets { wanted: sheet, others: &[] };
    let mut source = match Source::open(path, &sniffed, sheets, &choices) {
        Ok(source) => source,
        Err(OpenError::Finding(finding)) => return Err(stop(*finding)),
        Err(OpenError::Io(error)) => return Err(error).doing(read),
    };
    let roster = match sheet.or(source.chosen_sheet()) {
        Some(sheet) => format!("{name}#{sheet}"),
        None => name,
    };
    let mut block = Block::default();
    source.fill(&mut block, ROWS).doing(read)?;
    let known = find_header(&block, &choices);
    let Some(header) = known.or_else(|| unknown_header(&block)) else {
        return Err(stop(no_header(None)));
    };
    let row = block.rows[header];
    let headings = (0..row.len())
        .map(|index| Heading::new(index, clean_cell(block.cell(&row, index)).text.into_owned()))
        .collect();
    let mut looked = Looked {
        roster,
        header_row: known.is_none().then_some(row.line),
        headings,
        entities: BTreeMap::new(),
        labels: BTreeMap::new(),
        rows: 0,
    };
    block.rows.drain(..=header);
    loop {
        looked.rows(&block);
        if !source.fill(&mut block, ROWS).doing(read)? {
            break;
        }
    }
    looked.judge();
    Ok(looked)
}

/// The first row that may be a header of unknown names: words only, above rows with numbers.
fn unknown_header(block: &Block) -> Option<usize> {
    let filled = |at: usize| {
        let row = &block.rows[at];
        (0..row.len()).map(move |i| block.cell(row, i).trim()).filter(|cell| !cell.is_empty())
    };
    let is_data = |cell: &str| {
        cell.contains('@')
            || cell.len() > 40
            || may_be(Column::Zip, cell)
            || may_be(Column::DateOfBirth, cell)
            || cell.chars().filter(char::is_ascii_digit).count() > 2
    };
    let at = (0..block.rows.len().min(20)).find(|at| filled(*at).count() >= 3)?;
    let plain = !filled(at).any(is_data) && block.rows.len() > at + 1;
    (plain && filled(at + 1).any(|cell| cell.bytes().any(|b| b.is_ascii_digit()))).then_some(at)
}

impl Looked {
    fn rows(&mut self, block: &Block) {
        for row in block.rows.iter().filter(|row| row.fault.is_none()) {
            self.rows += 1;
            for heading in &mut self.headings {
                let cell = block.cell(row, heading.index);
                if cell.is_empty() {
                    continue;
                }
                let cell = clean_cell(cell).text;
                match heading.column {
                    _ if cell.is_empty() => continue,
                    Some(Column::Entity) => count(&mut self.entities, &cell),
                    Some(Column::DataElements) => {
                        for label in cell.split([';', '|']).map(str::trim) {
                            count(&mut self.labels, label);
                        }
                    }
                    // Once it is no column of marks, a known column is settled.
                    Some(_) if heading.others > 0 => continue,
                    _ => {}
                }
                match yes_or_no(&cell) {
                    Some(_) => heading.flags += 1,
                    None => heading.others += 1,
                }
                if heading.flags + heading.others <= LOOKED_AT {
                    for (column, fit) in &mut heading.fits {
                        *fit += u64::from(may_be(*column, &cell));
                    }
                    *heading.patterns.entry(pattern(&cell)).or_default() += 1;
                } else if heading.column.is_none() {
                    // Later values only tell marks from data.
                    heading.fits.iter_mut().for_each(|(_, fit)| *fit += 1);
                }
            }
        }
    }

    /// What the values say against the headings.
    fn judge(&mut self) {
        let known =
            |looked: &Self, column| looked.headings.iter().any(|h| h.column == Some(column));
        let has_id = known(self, Column::RecordId);
        let each = self.entities.len() > KINDS
            || (self.entities.len() > 1 && self.entities.len() as u64 == self.rows);
        for heading in &mut self.headings {
            match heading.column {
                // Marks under the name of a column say that this kind of information was exposed.
                Some(column) if column.is_never_a_mark() && heading.is_marks() => {
                    heading.column = None;
                }
                // One number for each row is the person's.
                Some(Column::Entity) if each && fold(&heading.text).ends_with("id") => {
                    heading.column = (!has_id).then_some(Column::RecordId);
                    self.entities.clear();
                }
                _ => {}
            }
        }
        if self.entities.len() > KINDS {
            self.entities.clear();
        }
    }
}

fn count(kinds: &mut BTreeMap<String, u64>, kind: &str) {
    if kind.is_empty() || kinds.len() > KINDS && !kinds.contains_key(kind) {
        return;
    }
    *kinds.entry(kind.to_owned()).or_default() += 1;
}

fn stop(finding: Finding) -> Refusal {
    let mut findings = Findings::default();
    findings.push(finding);
    Refusal::Configuration(findings)
}
