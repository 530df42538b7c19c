//! A roster's cells as they stand after its repairs, for who adds another one. Nothing is written.

use super::apply::place;
use super::{Fits, Ready, Repairs};
use crate::finding::Findings;
use crate::incident::Incident;
use crate::roster::IntakeError;
use crate::roster::clean::text;
use crate::roster::column::Column;
use crate::roster::gather::BLOCK_ROWS;
use crate::roster::opened::Opened;
use crate::roster::source::{Block, Row};
use std::io;
use std::path::Path;

/// Some cells of one row. No `Debug`: they are personal.
pub struct Looked<'l> {
    /// Empty where the roster gives no id.
    pub record: String,
    /// The roster, and the row that a spreadsheet shows.
    pub file: &'l str,
    pub line: u64,
    /// The roster's headings.
    pub headings: &'l [String],
    /// By the columns asked for, or by headings; none where the roster has no such column.
    pub cells: Vec<Option<String>>,
}

/// Shows every row of some rosters, as far as the columns asked for, or all of them.
///
/// # Errors
/// A roster that cannot be read; I/O.
pub fn look(
    folder: &Path,
    incident: &Incident,
    rosters: &[String],
    repairs: &Repairs,
    asked: Option<&[String]>,
    each: &mut dyn FnMut(Looked<'_>),
) -> Result<(), IntakeError> {
    for roster in rosters {
        let mut file = Opened::open(folder, incident, roster, rosters.len() > 1)?;
        let mut findings = Findings::default();
        let path = file.path.clone();
        let at = |source: io::Error| IntakeError::Io { path: path.clone(), source };
        let Some((mut columns, mut block)) = file.head(incident, &mut findings).map_err(at)? else {
            return Err(IntakeError::Refused(findings));
        };
        let ready = Ready::of(repairs, &mut columns);
        let width = columns.width();
        let places: Vec<Option<usize>> = match asked {
            Some(names) => names.iter().map(|name| place(&mut columns, name, true)).collect(),
            None => (0..width).map(Some).collect(),
        };
        let id = columns.index(Column::RecordId);
        let headings = columns.headers[..width].to_vec();
        let mut fits = Fits::default();
        let mut show = |block: &Block, row: &Row, made: &[String]| {
            let cell = |at: usize| match at.checked_sub(width) {
                Some(made_at) => made.get(made_at).map_or("", String::as_str),
                None => block.cell(row, at),
            };
            each(Looked {
                record: id.map_or(String::new(), |at| text::clean(cell(at)).text.into_owned()),
                file: &file.name,
                line: row.line,
                headings: &headings,
                cells: places.iter().map(|at| at.map(|at| cell(at).trim().to_owned())).collect(),
            });
        };
        loop {
            for row in &block.rows {
                match ready.apply(&columns, &block, row, &mut fits) {
                    Some((block, made)) => show(&block, &block.rows[0], &made),
                    None => show(&block, row, &columns.make(&block, row)),
                }
            }
            if !file.source.fill(&mut block, BLOCK_ROWS).map_err(at)? {
                break;
            }
        }
    }
    Ok(())
}
