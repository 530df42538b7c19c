//! Rows with what was found in them: by kind, as `check` left it in findings.csv, and one row with
//! all its cells. Values are shapes unless they are asked for.

use crate::folder::OutFolder;
use crate::matter::ask::repairs::{read, shown};
use crate::matter::open::{Matter, Selection};
use crate::matter::people::intake::roster_stop;
use crate::matter::refusal::{Doing, Refusal};
use crate::roster::{letter, look};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io;
use std::path::Path;

/// How many of the findings there are, by code.
#[derive(Clone, Debug, Serialize)]
pub struct Found {
    pub code: String,
    /// As findings.csv writes it: `held`, `warning`.
    pub severity: String,
    pub rows: u64,
}

/// A finding in a row.
#[derive(Clone, Debug, Serialize)]
pub struct RowFinding {
    pub file: String,
    /// As a spreadsheet shows it.
    pub row: u64,
    /// The column's letter; empty where the whole row is meant.
    pub column: String,
    pub heading: String,
    pub code: String,
    pub severity: String,
    pub problem: String,
    pub suggestion: String,
}

/// One row. No `Debug`: its values may be personal.
#[derive(Serialize)]
pub struct WholeRow {
    pub file: String,
    pub row: u64,
    /// Empty where the roster gives no id.
    pub record: String,
    pub cells: Vec<RowCell>,
    pub findings: Vec<RowFinding>,
}

#[derive(Serialize)]
pub struct RowCell {
    pub column: String,
    pub heading: String,
    /// The value, or its shape.
    pub value: String,
    pub empty: bool,
}

/// Every kind of finding in the rows, the gravest and most frequent first; empty before a check.
///
/// # Errors
/// As [`Matter::open`]; I/O.
pub fn kinds(selection: &Selection) -> Result<Vec<Found>, Refusal> {
    let mut kinds: BTreeMap<(String, String), u64> = BTreeMap::new();
    each(selection, &mut |found| {
        *kinds.entry((found.code, found.severity)).or_default() += 1;
    })?;
    let mut kinds: Vec<Found> =
        kinds.into_iter().map(|((code, severity), rows)| Found { code, severity, rows }).collect();
    let weight = |found: &Found| match found.severity.as_str() {
        "error" => 0,
        "held" => 1,
        "question" => 2,
        "warning" => 3,
        _ => 4,
    };
    kinds.sort_by(|a, b| {
        weight(a).cmp(&weight(b)).then(b.rows.cmp(&a.rows)).then(a.code.cmp(&b.code))
    });
    Ok(kinds)
}

/// Findings of one kind, some at a time, and how many there are.
///
/// # Errors
/// As [`kinds`].
pub fn of_kind(
    selection: &Selection,
    code: &str,
    from: usize,
    most: usize,
) -> Result<(Vec<RowFinding>, u64), Refusal> {
    let (mut found, mut total) = (Vec::new(), 0_u64);
    each(selection, &mut |one| {
        if one.code == code {
            let at = usize::try_from(total).unwrap_or(usize::MAX);
            if at >= from && found.len() < most {
                found.push(one);
            }
            total += 1;
        }
    })?;
    Ok((found, total))
}

/// Some rows as the roster has them now, repairs included, each with what was found in it.
///
/// # Errors
/// As [`kinds`]; the roster cannot be read; none of the rows is there.
pub fn rows(
    selection: &Selection,
    wanted: &[(String, u64)],
    show_values: bool,
) -> Result<Vec<WholeRow>, Refusal> {
    let (matter, _) = Matter::open(selection)?;
    let repairs = read(&matter.folder)?;
    let mut found: Vec<WholeRow> = Vec::new();
    let rosters = matter.wave().roster.all();
    let looked = look(&matter.folder, &matter.incident, rosters, &repairs, None, &mut |row| {
        let is = |(file, line): &(String, u64)| file == row.file && *line == row.line;
        if !wanted.iter().any(is) {
            return;
        }
        let cells = row.cells.into_iter().map(Option::unwrap_or_default).enumerate();
        let cells = cells.map(|(at, value)| RowCell {
            column: letter(at),
            heading: row.headings.get(at).cloned().unwrap_or_default(),
            empty: value.is_empty(),
            value: shown(&value, show_values),
        });
        found.push(WholeRow {
            file: row.file.to_owned(),
            row: row.line,
            record: row.record,
            cells: cells.collect(),
            findings: Vec::new(),
        });
    });
    looked.map_err(roster_stop)?;
    if found.is_empty() {
        return Err(Refusal::one(
            code!("rows.none"),
            "the roster has no such row",
            "check the roster again: it may have changed since",
        ));
    }
    each(selection, &mut |one| {
        if let Some(row) = found.iter_mut().find(|row| row.file == one.file && row.row == one.row) {
            row.findings.push(one);
        }
    })?;
    Ok(found)
}

fn each(selection: &Selection, act: &mut dyn FnMut(RowFinding)) -> Result<(), Refusal> {
    let (matter, _) = Matter::open(selection)?;
    let csv = OutFolder(&matter.out).findings();
    if !csv.exists() {
        return Ok(());
    }
    lines(&csv, act).doing(|| format!("read `{}`", csv.display()))
}

fn lines(csv: &Path, act: &mut dyn FnMut(RowFinding)) -> io::Result<()> {
    let mut reader = csv::Reader::from_path(csv)?;
    let head = reader.headers()?.clone();
    let at = |name: &str| head.iter().position(|heading| heading == name).unwrap_or(usize::MAX);
    let [file, row, column, heading, code, severity, problem, suggestion] =
        ["file", "row", "column", "heading", "code", "severity", "problem", "suggestion"].map(at);
    for record in reader.records() {
        let record = record?;
        let cell = |at: usize| record.get(at).unwrap_or_default().to_owned();
        act(RowFinding {
            file: cell(file),
            row: cell(row).parse().unwrap_or(0),
            column: cell(column),
            heading: cell(heading),
            code: cell(code),
            severity: cell(severity),
            problem: cell(problem),
            suggestion: cell(suggestion),
        });
    }
    Ok(())
}
