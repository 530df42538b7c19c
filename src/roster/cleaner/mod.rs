//! One row's cells become one person: every field cleaned, every problem noted, one standing.

mod cells;
mod contact;
mod exposed;
mod footer;
mod known;
mod names;
mod place;
mod remarks;
mod who;

use super::clean::garbled::{self, Of};
use super::clean::{markup, name, text};
use super::column::Column;
use super::columns::Columns;
use super::earlier::Again;
use super::note::RowNote;
use super::problem::{self, Problem};
use super::release::Releases;
use super::repairs::{Fits, Ready};
use super::source::{Block, Fault, NO_RESULT, Row};
use super::tables::{self, fold};
use super::tally::Tally;
use super::told::Told;
use super::{AddressKind, ElementSet, Person, Population, Recipient, Standing};
use crate::finding::{Code, Severity};
use crate::incident::{Incident, ProtectionRecipient};
use crate::tables::begins_formula;
use jiff::civil::Date;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Longer values do not fit a letter.
const MAX_PRINTED: usize = 200;

/// What cleaning a row needs to know; one for all workers.
pub struct Rules<'a> {
    pub columns: &'a Columns,
    pub as_of: Date,
    labels: HashMap<String, usize>,
    entities: HashMap<String, u16>,
    entity_count: usize,
    strands: HashMap<String, u16>,
    strand_elements: Vec<ElementSet>,
    /// By protection: to whom it is offered, and for which kinds of data; none for all.
    offers: Vec<(Vec<Recipient>, ElementSet)>,
    majority: HashMap<&'static str, u8>,
    majority_unknown: u8,
    releases: &'a Releases,
    told: &'a Told,
    repairs: &'a Ready,
}

impl<'a> Rules<'a> {
    pub fn new(
        incident: &Incident,
        columns: &'a Columns,
        as_of: Date,
        majority: &dyn Fn(&str) -> u8,
        releases: &'a Releases,
        told: &'a Told,
        repairs: &'a Ready,
    ) -> Self {
        let mut labels = HashMap::new();
        for (index, element) in incident.elements.iter().take(64).enumerate().rev() {
            let known = element.roster.iter().chain([&element.id, &element.letter]);
            labels.extend(known.map(|label| (fold(label), index)));
        }
        let mut entities = HashMap::new();
        for (index, entity) in incident.entities.iter().enumerate().rev() {
            entities.insert(fold(&entity.name), index as u16);
        }
        for (index, entity) in incident.entities.iter().enumerate() {
            entities.insert(fold(&entity.id), index as u16);
        }
        let strands =
            incident.strands.iter().enumerate().map(|(i, s)| (fold(&s.id), i as u16)).collect();
        let strand_elements = incident
            .strands
            .iter()
            .map(|s| s.elements.iter().filter_map(|id| labels.get(&fold(id)).copied()).collect())
            .collect();
        let offers = incident.protections.iter().map(|offer| {
            let to = offer.recipients.iter().map(|recipient| match recipient {
                ProtectionRecipient::Adult => Recipient::Adult,
                ProtectionRecipient::Minor => Recipient::ParentOrGuardian,
            });
            let of = |id: &String| incident.elements.iter().position(|e| e.id == *id);
            (to.collect(), offer.offered_for.iter().filter_map(of).collect())
        });
        Self {
            columns,
            as_of,
            offers: offers.collect(),
            labels,
            entities,
            entity_count: incident.entities.len(),
            strands,
            strand_elements,
            majority: tables::STATES.iter().map(|(code, _)| (*code, majority(code))).collect(),
            majority_unknown: majority(""),
            releases,
            told,
            repairs,
        }
    }

    /// The protection that the person is offered: the first whose recipients and data they are
    /// among.
    fn offer(&self, person: &Person) -> Option<usize> {
        self.offers.iter().position(|(to, of)| {
            to.contains(&person.recipient) && (of.is_empty() || of.intersects(person.elements))
        })
    }

    fn majority(&self, state: &str) -> u8 {
        self.majority.get(state).copied().unwrap_or(self.majority_unknown)
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
            unknown_labels: HashMap::new(),
            remarks: BTreeMap::new(),
            again: Again::default(),
            released: BTreeSet::new(),
            labels_seen: HashMap::new(),
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
        let mut person = at.unread();
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
            return at.settle(person);
        }
        let width = at.rules().columns.width();
        let cells = || (0..row.len()).map(|i| block.cell(row, i).trim());
        let nothing = |cell: &str| cell.is_empty() || text::is_nothing(cell);
        if cells().all(nothing) {
            return at.excluded(person, &problem::ROW_EMPTY);
        }
        if footer::is_footer(cells(), width, number) {
            return at.excluded(person, &problem::ROW_FOOTER);
        }
        let headers = || at.rules().columns.headers.iter().take(width);
        if row.len() >= width
            && cells().take(width).zip(headers()).all(|(cell, header)| is_heading(cell, header))
        {
            return at.excluded(person, &problem::ROW_HEADER_AGAIN);
        }
        if row.len() > width && cells().skip(width).any(|c| !c.is_empty()) {
            if !at.rules().columns.beside {
                at.note(&problem::ROW_RAGGED, None, "");
                return at.settle(person);
            }
            at.note(&problem::ROW_BESIDE, None, "");
        }
        if row.len() < width {
            if !at.is_aligned() {
                at.note(&problem::ROW_RAGGED, None, "");
                return at.settle(person);
            }
            at.note(&problem::ROW_SHORT, None, "");
        }
        for index in 0..row.len().min(width) {
            let cell = block.cell(row, index);
            at.cleaner.tally.add(index, cell);
        }
        at.fill(&mut person);
        at.settle(person)
    }
}

/// Whether a cell repeats a heading, in whatever case, a joined file's mark before it.
fn is_heading(cell: &str, header: &str) -> bool {
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
        let record_id = self.unread().record_id;
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

    /// A person of whom only the record id is known.
    fn unread(&self) -> Person {
        let id = text::clean(self.raw(Column::RecordId)).text;
        let usable = !id.is_empty() && id.len() <= 100 && self.row.fault != Some(Fault::Encoding);
        Person {
            row: self.number,
            record_id: if usable { id.into_owned() } else { format!("row-{}", self.number) },
            entity: if self.rules().entity_count > 1 { Person::UNPLACED } else { 0 },
            strand: 0,
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
            language: "en".to_owned(),
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

    fn excluded(&mut self, mut person: Person, problem: &'static Problem) -> Person {
        self.note(problem, None, "");
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
