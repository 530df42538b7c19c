//! One row's cells become one person: every field cleaned, every problem noted, one standing.

mod cells;
mod contact;
mod exposed;
mod footer;
mod known;
mod names;
mod place;
mod remarks;
mod rules;
mod who;

pub use exposed::{known_labels, unknown_in};
pub use rules::Rules;

use super::clean::garbled::{self, Of};
use super::clean::signs::Signs;
use super::clean::{markup, name, text};
use super::column::Column;
use super::earlier::Again;
use super::note::RowNote;
use super::problem::{self, Problem};
use super::repairs::Fits;
use super::source::{Block, Fault, NO_RESULT, Row};
use super::tables::{self, fold};
use super::tally::Tally;
use super::{AddressKind, ElementSet, Person, Population, Recipient, Standing};
use crate::finding::{Code, Severity};
use crate::incident::{EntityIx, StrandIx};
use crate::tables::begins_formula;
use foldhash::HashMap;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// Longer values do not fit a letter.
const MAX_PRINTED: usize = 200;

/// Rows that are counted, and the first of them as a spreadsheet shows it.
#[derive(Clone, Copy, Default)]
pub struct Counted {
    pub rows: u64,
    pub first: u64,
}

impl Counted {
    fn add(&mut self, line: u64) {
        self.merge(Self { rows: 1, first: line });
    }

    pub fn merge(&mut self, other: Self) {
        self.first = match (self.rows, other.rows) {
            (0, _) => other.first,
            (_, 0) => self.first,
            _ => self.first.min(other.first),
        };
        self.rows += other.rows;
    }
}

/// Cleans rows on one thread.
pub struct Cleaner<'a> {
    rules: &'a Rules<'a>,
    /// What is in each column, for telling data from kinds of data.
    pub tally: Tally,
    pub notes: Vec<RowNote>,
    /// Labels that no data element has, and how often.
    pub unknown_labels: HashMap<String, u64>,
    /// Phrases in addresses on which nobody decided, and how often.
    pub remarks: BTreeMap<&'static str, u64>,
    /// Rows whose city is none of their ZIP code's.
    pub other_cities: Counted,
    /// Who of earlier waves was seen again.
    pub again: Again,
    /// Numbers of the decisions that released a row.
    pub released: BTreeSet<usize>,
    labels_seen: HashMap<String, exposed::Labels>,
    /// How the repairs fitted.
    pub fits: Fits,
}

impl<'a> Cleaner<'a> {
    pub fn new(rules: &'a Rules<'a>) -> Self {
        Self {
            rules,
            tally: Tally::new(rules.columns.headers.len()),
            notes: Vec::new(),
            unknown_labels: HashMap::default(),
            remarks: BTreeMap::new(),
            other_cities: Counted::default(),
            again: Again::default(),
            released: BTreeSet::new(),
            labels_seen: HashMap::default(),
            fits: Fits::default(),
        }
    }

    /// Whom a repair joins this record to.
    pub fn joined(&self, record_id: &str) -> Option<(u64, u32)> {
        self.rules.repairs.joined(record_id)
    }

    /// The person of one row; `number` counts the data rows from 1.
    pub fn clean(&mut self, block: &Block, row: &Row, number: u64) -> Person {
        let rules = self.rules;
        let repaired = rules.repairs.apply(rules.columns, block, row, &mut self.fits);
        let (block, row) = match &repaired {
            Some((block, _)) => (block, &block.rows[0]),
            None => (block, row),
        };
        let anew;
        let made = match &repaired {
            Some((_, made)) => made,
            None => {
                anew = rules.columns.make(block, row);
                &anew
            }
        };
        let mut at = RowAt { cleaner: self, block, row, number, made, held: None, hide: false };
        if let Some(fault) = row.fault {
            at.note(
                match fault {
                    Fault::UnclosedQuote => &problem::ROW_UNCLOSED_QUOTE,
                    Fault::TooLong => &problem::ROW_TOO_LONG,
                    Fault::Encoding => &problem::ROW_ENCODING,
                },
                None,
                "",
            );
            return at.unreadable();
        }
        let width = at.rules().columns.width();
        let cells = || (0..row.len()).map(|i| block.cell(row, i).trim());
        let nothing = |cell: &str| cell.is_empty() || text::is_nothing(cell);
        if cells().all(nothing) {
            return at.excluded(&problem::ROW_EMPTY);
        }
        if footer::is_footer(cells(), width, number) {
            return at.excluded(&problem::ROW_FOOTER);
        }
        if number == 1 && footer::are_types(cells()) {
            return at.excluded(&problem::ROW_HEADER_AGAIN);
        }
        let headers = || at.rules().columns.headers.iter().take(width);
        if row.len() >= width
            && cells().take(width).zip(headers()).all(|(cell, header)| is_heading(cell, header))
        {
            return at.excluded(&problem::ROW_HEADER_AGAIN);
        }
        if row.len() > width && cells().skip(width).any(|c| !c.is_empty()) {
            if !at.rules().columns.beside {
                at.note(&problem::ROW_RAGGED, None, "");
                return at.unreadable();
            }
            at.note(&problem::ROW_BESIDE, None, "");
        }
        if row.len() < width {
            if !at.is_aligned() {
                at.note(&problem::ROW_RAGGED, None, "");
                return at.unreadable();
            }
            at.note(&problem::ROW_SHORT, None, "");
        }
        for index in 0..row.len().min(width) {
            let cell = block.cell(row, index);
            at.cleaner.tally.add(index, cell);
        }
        let mut person = at.nobody();
        at.fill(&mut person);
        at.settle(person)
    }
}

/// Whether a cell repeats a heading, in whatever case, a joined file's mark before it.
fn is_heading(cell: &str, header: &str) -> bool {
    let first = |text: &str| text.chars().find(|c| c.is_alphanumeric() || !c.is_ascii());
    if let (Some(a), Some(b)) = (first(cell), first(header))
        && a.is_ascii()
        && b.is_ascii()
        && !a.eq_ignore_ascii_case(&b)
    {
        return false;
    }
    let cell = cell.trim_matches(|c: char| c == '\u{feff}' || c == '"' || c.is_whitespace());
    cell.eq_ignore_ascii_case(header)
        || (cell.len() < 80 && cell.len().abs_diff(header.len()) < 8 && fold(cell) == fold(header))
}

/// One row while it is being cleaned.
struct RowAt<'r, 'a> {
    cleaner: &'r mut Cleaner<'a>,
    block: &'r Block,
    row: &'r Row,
    number: u64,
    /// The cells that are made of others.
    made: &'r [String],
    /// The first reason to hold the row.
    held: Option<Code>,
    /// The address is protected: no value of this row goes into a finding.
    hide: bool,
}

impl<'r, 'a> RowAt<'r, 'a> {
    fn rules(&self) -> &'a Rules<'a> {
        self.cleaner.rules
    }

    fn note(&mut self, problem: &'static Problem, column: Option<Column>, value: &str) {
        let cell = column.and_then(|c| self.rules().columns.index(c));
        self.note_cell(problem, cell, value);
    }

    /// Notes what would hold the row; true if counsel released it from that.
    fn note_released(&mut self, problem: &'static Problem, column: Column, value: &str) -> bool {
        self.note(problem, Some(column), value);
        self.cleaner.notes.last().is_some_and(|note| note.released)
    }

    /// Whether a decision lets this row go on in spite of a problem.
    fn released(&mut self, problem: &Problem) -> bool {
        let releases = self.rules().releases;
        if releases.is_empty() {
            return false;
        }
        let record_id = self.record_id();
        releases.covers(problem.code, &record_id, &mut self.cleaner.released)
    }

    fn note_cell(&mut self, problem: &'static Problem, cell: Option<usize>, value: &str) {
        let asks = matches!(problem.severity, Severity::Held | Severity::Question);
        let released = asks && self.released(problem);
        if problem.severity == Severity::Held && !released {
            self.held.get_or_insert(problem.code);
        }
        let short = || value.chars().take(MAX_PRINTED).collect::<String>().into_boxed_str();
        self.cleaner.notes.push(RowNote {
            problem,
            row: self.number,
            line: self.row.line,
            cell: cell.map(|c| c as u16),
            value: (!self.hide && !value.is_empty()).then(short),
            released,
        });
    }

    /// A column's cell as it stands.
    fn raw(&self, column: Column) -> &'r str {
        match self.rules().columns.index(column) {
            Some(index) => self.cell_at(index),
            None => "",
        }
    }

    /// Whether a short row's cells stand in their columns: state and ZIP code agree.
    fn is_aligned(&self) -> bool {
        let state = tables::state(self.raw(Column::State).trim());
        let zip = self.raw(Column::Zip).trim();
        zip.len() == 5 && state.is_some() && tables::zip_state(zip) == state
    }

    /// What the row is known by: its record id, or its number.
    fn record_id(&self) -> String {
        let id = text::clean(self.raw(Column::RecordId)).text;
        let usable = !id.is_empty() && id.len() <= 100 && self.row.fault != Some(Fault::Encoding);
        if usable { id.into_owned() } else { format!("row-{}", self.number) }
    }

    /// A person of whom nothing but the row's number is known.
    fn nobody(&self) -> Person {
        Person {
            row: self.number,
            record_id: String::new(),
            entity: (self.rules().entity_count <= 1).then_some(EntityIx::FIRST),
            strand: StrandIx::FIRST,
            first_name: String::new(),
            middle_name: String::new(),
            last_name: String::new(),
            suffix: String::new(),
            address: super::Address::default(),
            jurisdiction: String::new(),
            email: String::new(),
            email_consent: false,
            email_consent_on: None,
            date_of_birth: None,
            recipient: Recipient::Adult,
            representative_name: String::new(),
            language: String::new(),
            alt_format: String::new(),
            population: Population::Patient,
            elements: ElementSet::default(),
            activation_code: String::new(),
            prior_record_id: String::new(),
            supplemental: false,
            standing: Standing::Ready,
        }
    }

    /// Every field of a readable row.
    fn fill(&mut self, person: &mut Person) {
        person.address.kind = self.address_kind();
        self.hide = person.address.kind == AddressKind::Protected;
        self.record(person);
        self.place(person);
        self.names(person);
        self.exposed(person);
        self.contact(person);
        let deceased = self.recipient(person);
        self.code(person);
        self.check_lines(person);
        self.reach(person, deceased);
    }

    /// A row of which only the record id is read.
    fn unread(&self) -> Person {
        let (record_id, language) = (self.record_id(), "en".to_owned());
        Person { record_id, language, ..self.nobody() }
    }

    /// A row that nobody could read, held for what was noted.
    fn unreadable(&mut self) -> Person {
        let person = self.unread();
        self.settle(person)
    }

    fn excluded(&mut self, problem: &'static Problem) -> Person {
        self.note(problem, None, "");
        let mut person = self.unread();
        person.standing = Standing::Excluded(problem.code);
        person
    }

    /// The row's standing: held before all else.
    fn settle(&mut self, mut person: Person) -> Person {
        if let Some(code) = self.held {
            person.standing = Standing::Held(code);
        }
        if !self.rules().told.is_empty() && person.standing.is_somebody() {
            self.earlier(&mut person);
        }
        person
    }
}
