//! Which cell of a row means what: the roster's own headings, read once, with the values of the
//! first rows where a heading alone leaves it open.

mod heading;
mod made;
mod said;
mod shape;
mod shown;

pub use heading::{find_header, known_headings, recognize, several};
pub use shown::KnownHeadings;

use heading::listed;

use super::clean::{date, flag};
use super::column::{Column, letter};
use super::source::{Block, Row};
use super::tables::fold;
use crate::finding::{Finding, Findings, Place, Severity};
use crate::incident::{COLUMN_PATTERNS, DateOrder, Headings, Incident, Marks, RosterChoices};
use made::{Made, Part};
use shape::Shape;
use std::collections::BTreeSet;

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
        let shapes = (0..columns.width).map(|i| Shape::of(head.rows, i)).collect();
        let mut finder = Finder {
            taken: vec![false; columns.width],
            left_out: BTreeSet::new(),
            shapes,
            columns,
            head,
            incident,
            choices,
            findings,
        };
        finder.mapped();
        finder.recognised();
        finder.several_in_one();
        finder.codes();
        finder.flags();
        finder.glued();
        finder.require();
        let Finder { mut columns, shapes, .. } = finder;
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

/// One header on its way to [`Columns`].
struct Finder<'a, 'f> {
    columns: Columns,
    head: Head<'a>,
    shapes: Vec<Shape>,
    /// Columns of the file whose meaning is settled.
    taken: Vec<bool>,
    /// Canonical columns that the incident says this roster does not have.
    left_out: BTreeSet<Column>,
    incident: &'a Incident,
    choices: &'a RosterChoices,
    findings: &'f mut Findings,
}

impl Finder<'_, '_> {
    fn place(&self, cell: Option<usize>) -> Place {
        Place {
            line: Some(self.head.line),
            cell: cell.map(|i| self.columns.cell(i)),
            ..Place::file(self.head.file)
        }
    }

    fn heading(&self, index: usize) -> &str {
        self.columns.headers.get(index).map_or("", String::as_str)
    }

    /// What `[roster]` says of the columns.
    fn mapped(&mut self) {
        for (name, headings) in &self.choices.columns {
            let pattern = COLUMN_PATTERNS.iter().copied().find(|pattern| pattern == name);
            let column = Column::named(name);
            if pattern.is_none() && column.is_none() {
                self.say_unknown(name);
                continue;
            }
            if headings.all().is_empty() {
                self.left_out.extend(column);
                continue;
            }
            let mut found = Vec::new();
            for heading in headings.all() {
                match self.named(heading, column) {
                    Some(index) => found.push(index as u16),
                    None if self.head.one_of_several => {}
                    None => self.say_missing(heading, name),
                }
            }
            let Some(first) = found.first().copied() else { continue };
            if let Some(pattern) = pattern {
                self.split(first, pattern);
            } else if let Some(column) = column {
                let index = match headings {
                    Headings::Joined(_) if found.len() > 1 => {
                        self.make(Made::Joined(found.clone()))
                    }
                    _ => first,
                };
                self.columns.of[column as usize] = Some(index);
            }
            for index in found {
                self.taken[usize::from(index)] = true;
            }
        }
        for heading in &self.choices.ignore {
            for index in 0..self.columns.width {
                if fold(&self.columns.headers[index]) == fold(heading) {
                    self.taken[index] = true;
                }
            }
        }
    }

    /// The column of this heading; of several the first that is not taken and whose values can be
    /// what is looked for.
    fn named(&self, heading: &str, column: Option<Column>) -> Option<usize> {
        let key = fold(heading);
        let exact = |i: &usize| self.columns.headers[*i] == heading;
        let same = |i: &usize| fold(&self.columns.headers[*i]) == key && !key.is_empty();
        let fits = |i: &usize| {
            let marks = column.is_some_and(Column::is_never_a_mark) && self.shapes[*i].is_marks();
            !self.taken[*i] && !marks
        };
        let all = 0..self.columns.width;
        all.clone()
            .find(|i| exact(i) && fits(i))
            .or_else(|| all.clone().find(|i| same(i) && fits(i)))
            .or_else(|| all.clone().find(exact))
            .or_else(|| all.clone().find(same))
    }

    fn make(&mut self, made: Made) -> u16 {
        let of: Vec<&str> = match &made {
            Made::Joined(of) | Made::Either(of) => {
                of.iter().map(|i| self.heading(usize::from(*i))).collect()
            }
            Made::Part { of, .. } => vec![self.heading(usize::from(*of))],
            Made::Given => Vec::new(),
        };
        let heading = of.join(" + ");
        self.columns.headers.push(heading);
        self.columns.made.push(made);
        (self.columns.headers.len() - 1) as u16
    }

    /// Takes a column apart; what another column says already stays.
    fn split(&mut self, of: u16, pattern: &'static str) {
        for part in made::parts(pattern) {
            let column = match part {
                Part::First => Column::FirstName,
                Part::Middle => Column::MiddleName,
                Part::Last => Column::LastName,
                Part::City => Column::City,
                Part::State => Column::State,
                Part::Zip => Column::Zip,
            };
            if self.columns.has(column) || self.left_out.contains(&column) {
                continue;
            }
            let index = self.make(Made::Part { of, pattern, part: *part });
            self.columns.of[column as usize] = Some(index);
        }
        self.taken[usize::from(of)] = true;
    }

    /// Headings that mean a column. Exact canonical names first, so that `name` beside
    /// `full_name` cannot win over it; what is only nearly a known heading last.
    fn recognised(&mut self) {
        for find in [Column::named as fn(&str) -> Option<Column>, listed, recognize] {
            for index in 0..self.columns.width {
                if self.taken[index] {
                    continue;
                }
                let heading = self.heading(index).to_owned();
                let Some(column) = find(&heading) else { continue };
                let Some(column) = self.judged(index, &heading, column) else { continue };
                if self.left_out.contains(&column) {
                    self.taken[index] = element_named(self.incident, &heading).is_none();
                    continue;
                }
                match self.columns.of[column as usize] {
                    Some(first) => self.again(column, first, index),
                    None => {
                        self.columns.of[column as usize] = Some(index as u16);
                        self.taken[index] = true;
                    }
                }
            }
        }
    }

    /// Another heading for a column that has one already.
    fn again(&mut self, column: Column, first: u16, index: usize) {
        let mapped = self.choices.columns.contains_key(column.name());
        match column {
            // What the incident maps is settled; the other one may still be marks.
            _ if mapped => {}
            // A mark and a day of death: either tells it.
            Column::Deceased => {
                let mut of = match usize::from(first).checked_sub(self.columns.width) {
                    Some(made) => match &self.columns.made[made] {
                        Made::Either(of) => of.clone(),
                        _ => vec![first],
                    },
                    None => vec![first],
                };
                of.push(index as u16);
                self.columns.of[column as usize] = Some(self.make(Made::Either(of)));
                self.taken[index] = true;
            }
            // Exports number people in several ways: the one that tells them apart counts.
            Column::RecordId => {
                if !self.shapes[usize::from(first)].is_unique() && self.shapes[index].is_unique() {
                    self.columns.of[column as usize] = Some(index as u16);
                    self.taken[usize::from(first)] = false;
                    self.taken[index] = true;
                }
            }
            _ if listed(self.heading(index)).is_none() => {}
            _ => {
                self.say_twice(column, first.into(), index);
                self.taken[index] = true;
            }
        }
    }

    /// What a heading means once its values were looked at; none if it is no such column.
    fn judged(&self, index: usize, heading: &str, column: Column) -> Option<Column> {
        let shape = &self.shapes[index];
        let element = element_named(self.incident, heading).is_some();
        // A name such as `Si` is no mark; three of them are.
        let enough = shape.filled >= 3 || column == Column::Email;
        if column.is_never_a_mark()
            && (shape.is_marks() && enough || shape.may_be_marks() && element)
        {
            return None;
        }
        if element && shape.filled == 0 && column.is_never_a_mark() && self.twice(column, index) {
            return None;
        }
        if column == Column::Entity && fold(heading).ends_with("id") {
            let known = |value: &str| {
                let value = fold(value);
                self.incident
                    .entities
                    .iter()
                    .any(|e| fold(&e.id) == value || fold(&e.name) == value)
            };
            if shape.filled > 0 && shape.is_unique() && !shape.values().any(known) {
                let free =
                    !self.columns.has(Column::RecordId) && !self.twice(Column::RecordId, index);
                return free.then_some(Column::RecordId);
            }
        }
        Some(column)
    }

    /// Whether another heading means this column too.
    fn twice(&self, column: Column, index: usize) -> bool {
        (0..self.columns.width)
            .any(|other| other != index && recognize(self.heading(other)) == Some(column))
    }

    /// `City, State ZIP` in one column, where its parts have none of their own.
    fn several_in_one(&mut self) {
        for index in 0..self.columns.width {
            if self.taken[index] {
                continue;
            }
            if let Some(pattern) = several(self.heading(index)) {
                self.split(index as u16, pattern);
            }
        }
    }

    /// The columns that `[[protection]] code_column` names.
    fn codes(&mut self) {
        for (number, protection) in self.incident.protections.iter().enumerate() {
            let Some(name) = &protection.code_column else { continue };
            let found = match self.named(name, None) {
                Some(index) => Some(index),
                None => Column::named(name).and_then(|column| self.columns.index(column)),
            };
            match found {
                Some(index) => {
                    if let Some(taken) = self.taken.get_mut(index) {
                        *taken = true;
                    }
                    self.columns.codes[number] = Some(index as u16);
                }
                None => self.say_no_codes(name),
            }
        }
    }

    /// Yes/no columns of the incident's kinds of information; what is left is told.
    fn flags(&mut self) {
        for index in 0..self.columns.width {
            let heading = self.heading(index).to_owned();
            if self.taken[index] || heading.is_empty() {
                continue;
            }
            let shape = &self.shapes[index];
            // A second address is an address, also where addresses are a kind of information.
            let data = recognize(&heading).is_some_and(Column::is_never_a_mark)
                && shape.filled > 0
                && !shape.may_be_marks();
            match element_named(self.incident, &heading).filter(|_| !data) {
                Some(element) => self.columns.flags.push((index as u16, element)),
                None => self.say_unused(index),
            }
        }
    }
}
