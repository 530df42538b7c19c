//! `repair --from`: a list that the client mended comes back and becomes repairs, record by
//! record. It is never a roster: who is not in the roster already is not taken in.

use crate::matter::act::repair::today;
use crate::matter::ask::repairs::{read, shown};
use crate::matter::open::{Matter, Selection};
use crate::matter::people::intake::roster_stop;
use crate::matter::refusal::{Doing, Refusal};
use crate::roster::{KnownHeadings, REPAIRS_FILE, Repair, Repairs, look};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// Which list came back, and who says that it is right.
pub struct FromRequest {
    pub selection: Selection,
    pub file: PathBuf,
    /// Record the repairs; without it they are only shown.
    pub apply: bool,
    pub by: String,
    pub why: String,
    pub show_values: bool,
}

/// What a list that came back changes.
#[derive(Serialize)]
pub struct CameBack {
    pub changes: Vec<CameBackChange>,
    /// Its rows whose record the roster does not have; left out.
    pub unknown_rows: u64,
    /// Records that stand in the list or in the roster several times and differ; left out.
    pub unclear_records: u64,
    /// Its columns that the roster does not have; left out.
    pub other_columns: Vec<String>,
    pub applied: bool,
}

/// One cell. No `Debug`: its values may be personal.
#[derive(Serialize)]
pub struct CameBackChange {
    pub record: String,
    pub column: String,
    pub from: String,
    pub to: String,
}

/// Cells by record and heading; none where rows of one record differ.
type Cells = BTreeMap<String, BTreeMap<String, Option<String>>>;

/// Compares the list with the roster as it is read now, and records what differs if it is asked to.
///
/// # Errors
/// The list cannot be read or has no record ids; the roster cannot be read; I/O.
pub fn repair_from(request: &FromRequest) -> Result<CameBack, Refusal> {
    let (matter, _) = Matter::open(&request.selection)?;
    let repairs = read(&matter.folder)?;
    let list = request.file.canonicalize();
    let list = list.doing(|| format!("read `{}`", request.file.display()))?;
    let (theirs, rows, _) =
        cells(&matter, &[list.display().to_string()], &Repairs::default(), &|_| true)?;
    if theirs.is_empty() {
        return Err(Refusal::one(
            code!("repair.no_ids"),
            format!("`{}` has no column of record ids", request.file.display()),
            "ask for the list with the id column that the roster has",
        ));
    }
    let rosters = matter.wave().roster.all();
    let (ours, _, headings) = cells(&matter, rosters, &repairs, &|id| theirs.contains_key(id))?;
    let other: BTreeSet<&String> = theirs
        .values()
        .flat_map(|row| row.keys())
        .filter(|name| !headings.contains(*name))
        .collect();
    let unknown_rows = theirs.keys().filter(|id| !ours.contains_key(*id)).map(|id| rows[id]).sum();
    let (mut unclear, mut changes) = (BTreeSet::new(), Vec::new());
    for (record, row) in &theirs {
        let Some(own) = ours.get(record) else { continue };
        for (column, to) in row {
            match (own.get(column), to) {
                // A cell of the workbook for mending is guarded against formulas.
                (Some(Some(from)), Some(to))
                    if is_same(from, to) || to.strip_prefix('\'') == Some(from) => {}
                (Some(Some(from)), Some(to)) => {
                    changes.push((record.clone(), column.clone(), from.clone(), to.clone()));
                }
                (Some(_), _) => {
                    unclear.insert(record);
                }
                (None, _) => {}
            }
        }
    }
    if request.apply && !changes.is_empty() {
        let first = repairs.next_number();
        let on = today()?;
        let all = changes.iter().zip(first..).map(|((record, column, from, to), number)| Repair {
            number,
            record: Some(record.clone()),
            rule: None,
            column: Some(column.clone()),
            from: Some(from.clone()),
            to: Some(to.clone()),
            one_person: None,
            two_persons: None,
            by: request.by.clone(),
            on,
            why: request.why.clone(),
        });
        let written = repairs.append(&matter.folder, all.collect(), Vec::new());
        written.doing(|| format!("write `{REPAIRS_FILE}`"))?;
    }
    let show = |value: &str| shown(value, request.show_values);
    let known = KnownHeadings::of(&matter.incident, &matter.incident.roster);
    let heading = |name: &str| match request.show_values {
        true => name.to_owned(),
        false => known.show(name),
    };
    Ok(CameBack {
        changes: changes
            .iter()
            .map(|(record, column, from, to)| CameBackChange {
                record: record.clone(),
                column: heading(column),
                from: show(from),
                to: show(to),
            })
            .collect(),
        unknown_rows,
        unclear_records: unclear.len() as u64,
        other_columns: other.into_iter().map(|name| heading(name)).collect(),
        applied: request.apply,
    })
}

/// How often a record stands there.
type Counts = BTreeMap<String, u64>;

/// The cells of the records wanted, how often each stands there, and all headings.
fn cells(
    matter: &Matter,
    rosters: &[String],
    repairs: &Repairs,
    wanted: &dyn Fn(&str) -> bool,
) -> Result<(Cells, Counts, BTreeSet<String>), Refusal> {
    let (mut cells, mut rows, mut headings) = (Cells::new(), Counts::new(), BTreeSet::new());
    let read = look(&matter.folder, &matter.incident, rosters, repairs, None, &mut |row| {
        if headings.is_empty() || rosters.len() > 1 {
            headings.extend(row.headings.iter().cloned());
        }
        if row.record.is_empty() || !wanted(&row.record) {
            return;
        }
        *rows.entry(row.record.clone()).or_insert(0) += 1;
        let of = cells.entry(row.record).or_default();
        for (heading, cell) in row.headings.iter().zip(row.cells) {
            // A heading that stands there twice names no column.
            if heading.is_empty() || row.headings.iter().filter(|h| *h == heading).count() > 1 {
                continue;
            }
            let cell = cell.unwrap_or_default();
            let kept = of.entry(heading.clone()).or_insert_with(|| Some(cell.clone()));
            if kept.as_ref() != Some(&cell) {
                *kept = None;
            }
        }
    });
    read.map_err(roster_stop)?;
    Ok((cells, rows, headings))
}

/// Whether a cell came back as it was: a spreadsheet writes line breaks in its own way.
fn is_same(from: &str, to: &str) -> bool {
    from == to || from.contains('\r') && from.replace("\r\n", "\n").replace('\r', "\n") == to
}
