//! `repair add` and `repair undo`: a correction recorded, or taken back; the roster stays as it is.

use crate::clock;
use crate::matter::ask::repairs::read;
use crate::matter::open::{Matter, Selection};
use crate::matter::people::intake::roster_stop;
use crate::matter::refusal::{Doing, Refusal};
use crate::roster::{REPAIRS_FILE, Repair, Repairs, Rule, Undo, look};
use std::collections::BTreeSet;
use std::path::Path;
use toml::value::Datetime;

/// What is to be corrected.
#[derive(Clone)]
pub enum Wanted {
    /// A cell of one record.
    Record {
        record: String,
        column: String,
        from: Option<String>,
        to: String,
    },
    /// A cell of every row that a rule fits.
    Rows {
        rule: Rule,
        column: String,
        from: Option<String>,
        to: String,
    },
    /// The second record goes into the first.
    OnePerson([String; 2]),
    TwoPersons([String; 2]),
}

/// A correction with who makes it and why.
pub struct AddRequest {
    pub selection: Selection,
    pub wanted: Wanted,
    pub by: String,
    pub why: String,
}

/// What was recorded.
pub struct Added {
    pub number: u32,
    /// Rows of the roster that it concerns now.
    pub rows: u64,
    /// The first of them: roster, and row as a spreadsheet shows it.
    pub place: Option<(String, u64)>,
}

/// Records a correction that fits the roster as it is.
///
/// # Errors
/// No such row or column; a value that stands there already; I/O.
pub fn add(request: &AddRequest) -> Result<Added, Refusal> {
    let (matter, _) = Matter::open(&request.selection)?;
    let repairs = read(&matter.folder)?;
    let mut repair = Repair {
        number: repairs.next_number(),
        record: None,
        rule: None,
        column: None,
        from: None,
        to: None,
        one_person: None,
        two_persons: None,
        by: request.by.clone(),
        on: today()?,
        why: request.why.clone(),
    };
    let found = match &request.wanted {
        Wanted::Record { record, column, from, to } => {
            let found = Found::of(&matter, &repairs, column, None, &[record])?;
            repair.from = Some(found.from(from.as_deref(), to)?);
            repair.record = Some(record.clone());
            (repair.column, repair.to) = (Some(column.clone()), Some(to.clone()));
            found
        }
        Wanted::Rows { rule, column, from, to } => {
            let found = Found::of(&matter, &repairs, column, Some(rule), &[])?;
            repair.from.clone_from(from);
            repair.rule = Some(rule.clone());
            (repair.column, repair.to) = (Some(column.clone()), Some(to.clone()));
            found
        }
        Wanted::OnePerson(two) | Wanted::TwoPersons(two) => {
            let found = Found::of(&matter, &repairs, "record_id", None, &[&two[0], &two[1]])?;
            match request.wanted {
                Wanted::OnePerson(_) => repair.one_person = Some(two.clone()),
                _ => repair.two_persons = Some(two.clone()),
            }
            found
        }
    };
    let number = repair.number;
    let written = repairs.append(&matter.folder, vec![repair], Vec::new());
    written.doing(|| format!("write `{REPAIRS_FILE}`"))?;
    Ok(Added { number, rows: found.rows, place: found.place })
}

/// Takes one repair back; what it was and who made it stays on record.
///
/// # Errors
/// There is none of this number, or it is undone; I/O.
pub fn undo(folder: &Path, number: u32, by: &str, why: &str) -> Result<(), Refusal> {
    let repairs = read(folder)?;
    if !repairs.standing().any(|repair| repair.number == number) {
        return Err(Refusal::one(
            code!("repair.unknown"),
            format!("there is no repair {number} to undo, or it is undone already"),
            "name one that `noticeworks repair` lists",
        ));
    }
    let undo = Undo { repair: number, by: by.to_owned(), on: today()?, why: why.to_owned() };
    let written = repairs.append(folder, Vec::new(), vec![undo]);
    written.doing(|| format!("write `{REPAIRS_FILE}`"))
}

/// Today as the file writes it.
///
/// # Errors
/// Never in this calendar's years.
pub fn today() -> Result<Datetime, Refusal> {
    let today = clock::today().to_string().parse().map_err(std::io::Error::other);
    today.doing(|| "write today's date".to_owned())
}

/// The rows that a repair concerns.
struct Found {
    rows: u64,
    place: Option<(String, u64)>,
    /// What they say in the column.
    values: BTreeSet<String>,
}

impl Found {
    fn of(
        matter: &Matter,
        repairs: &Repairs,
        column: &str,
        rule: Option<&Rule>,
        records: &[&String],
    ) -> Result<Self, Refusal> {
        let mut found = Self { rows: 0, place: None, values: BTreeSet::new() };
        let mut asked = vec![column.to_owned()];
        asked.extend(rule.map(|rule| rule.column.clone()));
        let mut seen = BTreeSet::new();
        let mut known = vec![false; asked.len()];
        let rosters = matter.wave().roster.all();
        let read =
            look(&matter.folder, &matter.incident, rosters, repairs, Some(&asked), &mut |row| {
                for (known, cell) in known.iter_mut().zip(&row.cells) {
                    *known |= cell.is_some();
                }
                let fits = match rule {
                    Some(rule) => row.cells[1].as_deref() == Some(rule.value.trim()),
                    None => records.contains(&&row.record),
                };
                if !fits {
                    return;
                }
                seen.insert(row.record);
                found.rows += 1;
                found.place.get_or_insert_with(|| (row.file.to_owned(), row.line));
                found.values.extend(row.cells.into_iter().next().flatten());
            });
        read.map_err(roster_stop)?;
        if let Some(at) = known.iter().position(|known| !known) {
            return Err(Refusal::one(
                code!("repair.nowhere"),
                format!("the roster has no column `{}`", asked[at]),
                "name a column by its heading, or by its canonical name such as `zip`",
            ));
        }
        if let Some(absent) = records.iter().find(|record| !seen.contains(**record)) {
            return Err(Refusal::one(
                code!("repair.nowhere"),
                format!("the roster has no record `{absent}`"),
                "write the record id as the client's list has it, or mend rows by `--where COLUMN=VALUE`",
            ));
        }
        if found.rows == 0 {
            return Err(Refusal::one(
                code!("repair.nowhere"),
                "no row of the roster fits `--where`",
                "write the value as the client's list has it",
            ));
        }
        Ok(found)
    }

    /// What the record's cell says now.
    fn from(&self, said: Option<&str>, to: &str) -> Result<String, Refusal> {
        let from = match said {
            Some(said) if self.values.contains(said.trim()) => said.trim(),
            Some(_) => {
                return Err(Refusal::one(
                    code!("repair.nowhere"),
                    "the cell does not say what `--from` names",
                    "leave `--from` out, or write the value as the client's list has it",
                ));
            }
            None if self.values.len() > 1 => {
                return Err(Refusal::one(
                    code!("repair.several_values"),
                    format!("the record's {} rows say different things in this column", self.rows),
                    "say with `--from` what the cell to mend says now",
                ));
            }
            None => self.values.first().map_or("", String::as_str),
        };
        if from == to.trim() {
            return Err(Refusal::one(
                code!("repair.says_so"),
                "the roster says that already",
                "nothing",
            ));
        }
        Ok(from.to_owned())
    }
}
