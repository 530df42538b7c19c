//! Which cell of a row means what: the roster's own headings, read once, with the values of the
//! first rows where a heading alone leaves it open.

mod finder;
mod heading;
mod made;
mod said;
mod shape;
mod shown;

pub use heading::{find_header, known_headings, recognize, several};
pub use shown::KnownHeadings;

use super::clean::{date, flag};
use super::column::{Column, letter};
use super::source::{Block, Row};
use super::tables::fold;
use crate::finding::{Finding, Findings, Place, Severity};
use crate::incident::{DateOrder, Incident, Marks, RosterChoices};
use finder::Finder;
use made::Made;
use shape::Shape;

/// More columns than any roster has; beyond it the file is something else.
pub const MAX_COLUMNS: usize = 1_000;

/// One roster's header and first rows, for [`Columns::read`].
pub struct Head<'a> {
    /// As written, trimmed.
    pub headers: Vec<String>,
    pub line: u64,
    /// The roster's name.
    pub file: &'a str,
    /// The first rows, the header and what stands above it taken off.
    pub rows: &'a Block,
    /// From a workbook: a cell beside the table is a remark, and dates may count from 1904.
    pub workbook: bool,
    pub epoch_1904: bool,
    /// One of several rosters of a wave: the mapping need not fit each of them.
    pub one_of_several: bool,
}

/// The header of one roster, understood.
pub struct Columns {
    /// As written, trimmed; behind them those of columns that were made.
    pub headers: Vec<String>,
    /// The same as messages show them.
    shown: Vec<String>,
    width: usize,
    of: Vec<Option<u16>>,
    /// Columns that say yes or no for one `[[data_element]]`: cell index, element index.
    pub flags: Vec<(u16, usize)>,
    made: Vec<Made>,
    /// By `[[protection]]`: the cell with the code of those who are offered it.
    pub codes: Vec<Option<u16>>,
    /// Cells beyond the header stand beside a workbook's table.
    pub beside: bool,
    pub order: date::Order,
    pub epoch_1904: bool,
    marks: Marks,
}

impl Columns {
    /// Reads a header row; all that is wrong with it goes to `findings`.
    pub fn read(
        head: Head<'_>,
        incident: &Incident,
        choices: &RosterChoices,
        findings: &mut Findings,
    ) -> Self {
        let known = KnownHeadings::of(incident, choices);
        let columns = Self {
            width: head.headers.len(),
            shown: head.headers.iter().take(MAX_COLUMNS).map(|h| known.show(h)).collect(),
            headers: head.headers.clone(),
            of: vec![None; Column::ALL.len()],
            flags: Vec::new(),
            made: Vec::new(),
            codes: vec![None; incident.protections.len()],
            beside: head.workbook,
            order: date::Order::MonthFirst,
            epoch_1904: head.epoch_1904,
            marks: folded(&choices.marks),
        };
        if columns.headers.len() > MAX_COLUMNS {
            let message = format!("the header has {} columns", columns.headers.len());
            findings.push(
                Finding::new(code!("columns.too_many"), Severity::Error, message)
                    .at(Place { line: Some(head.line), ..Place::file(head.file) })
                    .remedy("keep the columns that the manual names, a thousand at most"),
            );
            return columns;
        }
        let (mut columns, shapes) = Finder::find(columns, head, incident, choices, findings);
        columns.order = match choices.dates {
            Some(DateOrder::Mdy) => date::Order::MonthFirst,
            Some(DateOrder::Dmy) => date::Order::DayFirst,
            None => columns
                .index(Column::DateOfBirth)
                .and_then(|index| shapes.get(columns.source(index)))
                .map_or(date::Order::MonthFirst, Shape::order),
        };
        columns
    }

    /// Cells that a row has in the file.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Where a column stands; beyond [`Columns::width`] it is made of others.
    pub fn index(&self, column: Column) -> Option<usize> {
        self.of[column as usize].map(usize::from)
    }

    pub fn has(&self, column: Column) -> bool {
        self.of[column as usize].is_some()
    }

    /// The canonical column at a cell index.
    pub fn at(&self, index: usize) -> Option<Column> {
        Column::ALL.iter().copied().find(|c| self.index(*c) == Some(index))
    }

    /// The column of the file in which a cell is shown.
    pub fn source(&self, index: usize) -> usize {
        match index.checked_sub(self.width).and_then(|i| self.made.get(i)) {
            Some(made) => made.source().map_or(index, usize::from),
            None => index,
        }
    }

    /// Adds a column that the roster does not have, empty until a repair fills it.
    pub fn give(&mut self, column: Column) -> usize {
        let index = self.headers.len();
        self.headers.push(column.name().to_owned());
        self.made.push(Made::Given);
        self.of[column as usize] = Some(index as u16);
        index
    }

    /// Whether a cell that is made is a repair's own; counted behind [`Columns::width`].
    pub fn is_given(&self, made: usize) -> bool {
        matches!(self.made.get(made), Some(Made::Given))
    }

    /// A heading as messages show it; of a column that a repair gave, its canonical name.
    pub fn shown(&self, index: usize) -> &str {
        let index = self.source(index);
        let heading = match index < self.width {
            true => self.shown.get(index),
            false => self.headers.get(index),
        };
        heading.map_or("", String::as_str)
    }

    /// `H zip`, for a finding's place.
    pub fn cell(&self, index: usize) -> String {
        let column = letter(self.source(index));
        format!("{column} {}", self.shown(index)).trim_end().to_owned()
    }

    /// The cells of a row that are made of others, in order; none without such columns.
    pub fn make(&self, block: &Block, row: &Row) -> Vec<String> {
        self.made.iter().map(|made| made.cell(block, row)).collect()
    }

    /// What a cell of a column of marks says; none if nobody can tell.
    pub fn mark(&self, cell: &str) -> Option<bool> {
        if !self.marks.yes.is_empty() || !self.marks.no.is_empty() {
            let key = cell.trim().to_lowercase();
            if self.marks.yes.contains(&key) {
                return Some(true);
            }
            if self.marks.no.contains(&key) {
                return Some(false);
            }
        }
        flag::mark(cell)
    }
}

fn folded(marks: &Marks) -> Marks {
    let lower = |words: &[String]| words.iter().map(|w| w.trim().to_lowercase()).collect();
    Marks { yes: lower(&marks.yes), no: lower(&marks.no) }
}

/// The incident's data element that a label means: one of its roster labels, its id or the
/// letter's words.
pub fn element_named(incident: &Incident, label: &str) -> Option<usize> {
    let label = fold(label);
    incident.elements.iter().take(64).position(|element| {
        let labels = element.roster.iter().chain([&element.id, &element.letter]);
        labels.into_iter().any(|known| fold(known) == label)
    })
}
