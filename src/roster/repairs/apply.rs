//! Repairs as they meet the rows of one roster.

use super::{FILE, Repair, Repairs};
use crate::finding::{Finding, Findings, Place, Severity};
use crate::roster::clean::text;
use crate::roster::column::Column;
use crate::roster::columns::Columns;
use crate::roster::order::record_digest;
use crate::roster::source::{Block, Row};
use crate::roster::tables::fold;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// One correction of a cell, its columns found in a roster.
struct Change {
    number: u32,
    at: usize,
    from: Option<String>,
    to: String,
}

/// A roster's repairs, ready to be applied.
#[derive(Default)]
pub struct Ready {
    changes: Vec<Change>,
    by_record: HashMap<String, Vec<usize>>,
    /// Cell, value and the change.
    rules: Vec<(usize, String, usize)>,
    /// Records that a repair names.
    named: HashSet<String>,
    /// By record: the one that it is joined to, and the repair.
    joined: HashMap<String, (u64, u32)>,
    /// Repairs whose column the roster lacks.
    no_column: BTreeSet<u32>,
}

/// How repairs fitted.
#[derive(Default)]
pub struct Fits {
    each: BTreeMap<u32, Fitted>,
    seen: HashSet<String>,
    /// Rows joined to another record, with the repair.
    pub joined: Vec<(u64, u32)>,
    /// Repairs of which a roster has no column; by how many rosters.
    no_column: BTreeMap<u32, usize>,
}

/// How one repair fitted.
#[derive(Clone, Copy, Default)]
pub struct Fitted {
    /// Cells that were mended.
    pub mended: u64,
    /// Cells that say already what they should.
    pub right: u64,
    /// Cells that say something else.
    pub other: u64,
}

impl Fits {
    pub fn merge(&mut self, other: Fits) {
        for (number, fitted) in other.each {
            let each = self.each.entry(number).or_default();
            each.mended += fitted.mended;
            each.right += fitted.right;
            each.other += fitted.other;
        }
        self.seen.extend(other.seen);
        self.joined.extend(other.joined);
    }

    pub fn lacks(&mut self, ready: &Ready) {
        for number in &ready.no_column {
            *self.no_column.entry(*number).or_default() += 1;
        }
    }

    /// Tells the repairs that no longer fit. With several waves a record may be another wave's.
    pub fn tell(&self, repairs: &Repairs, rosters: usize, waves: usize, findings: &mut Findings) {
        let absent = if waves > 1 { Severity::Note } else { Severity::Warning };
        for repair in repairs.standing() {
            let number = repair.number;
            let fitted = self.each.get(&number).copied().unwrap_or_default();
            let pair = repair.one_person.iter().chain(&repair.two_persons).flatten();
            let mut ids = repair.record.iter().chain(pair);
            let told = if self.no_column.get(&number) == Some(&rosters) {
                Some((
                    code!("repair.no_column"),
                    Severity::Warning,
                    "names a column that the roster does not have",
                ))
            } else if ids.any(|id| !self.seen.contains(id)) {
                Some((
                    code!("repair.no_record"),
                    absent,
                    "names a record that the roster does not have",
                ))
            } else if repair.column.is_none() || fitted.mended > 0 {
                None
            } else if fitted.right > 0 {
                Some((
                    code!("repair.not_needed"),
                    Severity::Note,
                    "is not needed: the roster says it right",
                ))
            } else if fitted.other > 0 {
                Some((
                    code!("repair.other_value"),
                    Severity::Warning,
                    "finds another value than the one it corrects, which stays as it is",
                ))
            } else {
                Some((code!("repair.no_row"), absent, "fits no row"))
            };
            if let Some((code, severity, words)) = told {
                findings.push(
                    Finding::new(code, severity, format!("repair {number} {words}"))
                        .at(Place::file(FILE))
                        .remedy(format!("look at the row; `noticeworks repair undo {number}` takes the repair back")),
                );
            }
        }
    }
}

impl Ready {
    /// Finds the columns of a roster that repairs speak of; a canonical column that it lacks is
    /// added, empty.
    pub fn of(repairs: &Repairs, columns: &mut Columns) -> Self {
        let mut ready = Self::default();
        for repair in repairs.standing() {
            ready.add(repair, columns);
        }
        ready
    }

    fn add(&mut self, repair: &Repair, columns: &mut Columns) {
        let number = repair.number;
        if let Some([into, other]) = &repair.one_person {
            self.named.extend([into.clone(), other.clone()]);
            self.joined.insert(other.clone(), (record_digest(into), number));
        }
        self.named.extend(repair.two_persons.iter().flatten().cloned());
        self.named.extend(repair.record.clone());
        let (Some(column), Some(to)) = (&repair.column, &repair.to) else { return };
        let Some(at) = place(columns, column, true) else {
            self.no_column.insert(number);
            return;
        };
        let change = self.changes.len();
        if let Some(record) = &repair.record {
            self.by_record.entry(record.clone()).or_default().push(change);
        }
        if let Some(rule) = &repair.rule {
            let Some(says) = place(columns, &rule.column, false) else {
                self.no_column.insert(number);
                return;
            };
            self.rules.push((says, rule.value.trim().to_owned(), change));
        }
        let from = repair.from.as_ref().map(|from| from.trim().to_owned());
        self.changes.push(Change { number, at, from, to: to.trim().to_owned() });
    }

    pub fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.named.is_empty()
    }

    /// The record that this one is joined to, by its digest, and the repair that says so.
    pub fn joined(&self, record: &str) -> Option<(u64, u32)> {
        self.joined.get(record).copied()
    }

    /// A row's repaired cells and those made of them; none where nothing changes.
    pub fn apply(
        &self,
        columns: &Columns,
        block: &Block,
        row: &Row,
        fits: &mut Fits,
    ) -> Option<(Block, Vec<String>)> {
        if self.is_empty() || row.fault.is_some() {
            return None;
        }
        let width = columns.width();
        let mut made = columns.make(block, row);
        let raw = |at: usize| match at.checked_sub(width) {
            Some(made_at) => made.get(made_at).map_or("", |cell| cell.trim()),
            None => block.cell(row, at).trim(),
        };
        let id = columns.index(Column::RecordId).map_or("", raw);
        let id = text::clean(id).text.into_owned();
        if self.named.contains(&id) && !fits.seen.contains(&id) {
            fits.seen.insert(id.clone());
        }
        let mut due: Vec<usize> = self.by_record.get(&id).cloned().unwrap_or_default();
        if due.is_empty() && !self.rules.iter().any(|(at, value, _)| raw(*at) == value) {
            return None;
        }
        let mut cells: Vec<String> =
            (0..row.len()).map(|i| block.cell(row, i).to_owned()).collect();
        let mut changed = false;
        due.extend(self.rules.iter().map(|(_, _, change)| *change));
        due.sort_unstable();
        for index in due {
            let change = &self.changes[index];
            let rule = self.rules.iter().find(|(_, _, of)| *of == index);
            if rule.is_some_and(|(at, value, _)| says(&cells, &made, width, *at) != value) {
                continue;
            }
            let now = says(&cells, &made, width, change.at);
            let fitted = fits.each.entry(change.number).or_default();
            if now == change.to {
                fitted.right += 1;
            } else if change.from.as_deref().is_some_and(|from| from != now) {
                fitted.other += 1;
            } else {
                fitted.mended += 1;
                changed = true;
                match change.at.checked_sub(width) {
                    Some(at) => made[at].clone_from(&change.to),
                    None => {
                        if cells.len() <= change.at {
                            cells.resize(change.at + 1, String::new());
                        }
                        cells[change.at].clone_from(&change.to);
                        let kept = made;
                        made = self.made_anew(columns, &cells, row.line, &kept);
                    }
                }
            }
        }
        changed.then(|| (one_row(&cells, row.line), made))
    }

    /// What is made of repaired cells; what a repair gave stays.
    fn made_anew(
        &self,
        columns: &Columns,
        cells: &[String],
        line: u64,
        kept: &[String],
    ) -> Vec<String> {
        let block = one_row(cells, line);
        let mut made = columns.make(&block, &block.rows[0]);
        for (index, cell) in made.iter_mut().enumerate() {
            if columns.is_given(index) {
                kept[index].clone_into(cell);
            }
        }
        made
    }
}

fn one_row(cells: &[String], line: u64) -> Block {
    let mut block = Block::default();
    let start = block.start_row();
    for cell in cells {
        block.push(cell.as_bytes());
        block.end_cell();
    }
    block.end_row(start, line, None);
    block
}

/// A cell of the file or one that is made.
fn says<'c>(cells: &'c [String], made: &'c [String], width: usize, at: usize) -> &'c str {
    let cell = match at.checked_sub(width) {
        Some(made_at) => made.get(made_at),
        None => cells.get(at),
    };
    cell.map_or("", |cell| cell.trim())
}

/// Where a column stands, by its heading or its canonical name.
pub fn place(columns: &mut Columns, name: &str, add: bool) -> Option<usize> {
    let width = columns.width();
    let headers = &columns.headers[..width];
    let same = |header: &String| fold(header) == fold(name) && !fold(name).is_empty();
    headers
        .iter()
        .position(|header| header == name)
        .or_else(|| headers.iter().position(same))
        .or_else(|| {
            let column = Column::named(name)?;
            columns.index(column).or_else(|| add.then(|| columns.give(column)))
        })
}
