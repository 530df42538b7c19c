//! A look at a roster before there is an incident: its headings, and what a few columns hold.

use crate::cli::exit::{Doing, Stop};
use crate::finding::{Finding, Findings};
use crate::roster::{
    Block, Column, OpenError, Source, clean_cell, find_header, recognise, sniff, yes_or_no,
};
use std::collections::BTreeMap;
use std::path::Path;

/// Rows read at once.
const ROWS: usize = 2_048;

/// Different values of a column that are still counted; a column with more is no list of kinds.
const KINDS: usize = 200;

/// One column as it stands in the roster.
pub struct Heading {
    pub index: usize,
    pub text: String,
    pub column: Option<Column>,
    /// Cells that say yes or no; other cells that are not empty.
    pub flags: u64,
    pub others: u64,
}

/// What the roster tells.
pub struct Looked {
    /// As `[[wave]] roster` names it, the sheet included.
    pub roster: String,
    pub headings: Vec<Heading>,
    /// Values of the entity column with their rows; empty when there are too many for ids.
    pub entities: BTreeMap<String, u64>,
    /// Labels of the data elements column with their rows.
    pub labels: BTreeMap<String, u64>,
}

/// Reads the whole roster once.
///
/// # Errors
/// A file that is no roster, or has no header; I/O.
pub fn at(path: &Path) -> Result<Looked, Stop> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let read = || format!("read `{}`", path.display());
    let sniffed = sniff(path, &name).doing(read)?.map_err(|finding| stop(*finding))?;
    let mut source = match Source::open(path, &sniffed, None) {
        Ok(source) => source,
        Err(OpenError::Finding(finding)) => return Err(stop(*finding)),
        Err(OpenError::Io(error)) => return Err(error).doing(read),
    };
    let roster = match source.chosen_sheet() {
        Some(sheet) => format!("{name}#{sheet}"),
        None => name,
    };
    let mut block = Block::default();
    source.fill(&mut block, ROWS).doing(read)?;
    let Some(header) = find_header(&block) else {
        return Err(Stop::one(
            code!("columns.no_header"),
            "no row among the first 20 looks like a header",
            "write the columns' names into the first row; docs/REFERENCE.md lists them",
        ));
    };
    let row = block.rows[header];
    let headings = (0..row.len())
        .map(|index| {
            let text = clean_cell(block.cell(&row, index)).text.into_owned();
            let column = recognise(&text);
            Heading { index, text, column, flags: 0, others: 0 }
        })
        .collect();
    let mut looked =
        Looked { roster, headings, entities: BTreeMap::new(), labels: BTreeMap::new() };
    block.rows.drain(..=header);
    loop {
        looked.rows(&block);
        if !source.fill(&mut block, ROWS).doing(read)? {
            break;
        }
    }
    if looked.entities.len() > KINDS {
        looked.entities.clear();
    }
    Ok(looked)
}

impl Looked {
    fn rows(&mut self, block: &Block) {
        for row in block.rows.iter().filter(|row| row.fault.is_none()) {
            for heading in &mut self.headings {
                let cell = block.cell(row, heading.index);
                if cell.is_empty() || !matters(heading.column) {
                    continue;
                }
                let cell = clean_cell(cell).text;
                match heading.column {
                    _ if cell.is_empty() => {}
                    Some(Column::Entity) => count(&mut self.entities, &cell),
                    Some(Column::DataElements) => {
                        for label in cell.split([';', '|']).map(str::trim) {
                            count(&mut self.labels, label);
                        }
                    }
                    _ if yes_or_no(&cell).is_some() => heading.flags += 1,
                    _ => heading.others += 1,
                }
            }
        }
    }
}

fn matters(column: Option<Column>) -> bool {
    matches!(column, None | Some(Column::Entity | Column::DataElements))
}

fn count(kinds: &mut BTreeMap<String, u64>, kind: &str) {
    if kind.is_empty() || kinds.len() > KINDS && !kinds.contains_key(kind) {
        return;
    }
    *kinds.entry(kind.to_owned()).or_default() += 1;
}

fn stop(finding: Finding) -> Stop {
    let mut findings = Findings::default();
    findings.push(finding);
    Stop::Configuration(findings)
}
