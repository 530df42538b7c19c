//! A monitoring vendor's lists: how codes are written for it, and how its activations are read.

use super::layout::{LayoutError, plain};
use super::line::Malformed;
use super::read::{ReadError, columns, day, each_row};
use crate::finding::Severity;
use crate::written::{self, TextFile};
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

/// The vendor's layout; `codes.toml` says what each key means.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodeLayout {
    #[serde(rename = "column")]
    pub columns: Vec<CodeColumn>,
    pub activations: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodeColumn {
    pub heading: String,
    pub holds: CodeCell,
}

/// What a column of the list holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CodeCell {
    Code,
    Status,
    Provider,
    Months,
    EnrollBy,
    Wave,
    Piece,
    Posted,
}

/// A code that somebody activated.
pub struct Activation {
    pub number: u64,
    pub code: String,
    pub on: Option<Date>,
}

static SHIPPED: LazyLock<CodeLayout> =
    LazyLock::new(|| toml::from_str(include_str!("codes.toml")).expect("shipped codes.toml"));

impl CodeLayout {
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    /// A vendor's own layout.
    ///
    /// # Errors
    /// [`LayoutError`]
    pub fn read(path: &Path) -> Result<Self, LayoutError> {
        let text = std::fs::read_to_string(path).map_err(LayoutError::Io)?;
        let file = TextFile::new(&path.display().to_string(), text);
        let remedy = "write it as docs/REFERENCE.md describes the layout of codes";
        let code = code!("returns.layout");
        let finding = |finding| LayoutError::Finding(Box::new(finding));
        let layout: Self = written::value(&file, code, remedy).map_err(finding)?;
        if layout.columns.iter().any(|column| column.holds == CodeCell::Code)
            && layout.activations.contains_key("code")
        {
            return Ok(layout);
        }
        let message = "no column holds the code, or nothing says how activations name it";
        Err(finding(file.finding(code, Severity::Error, &(0..0), message, remedy)))
    }

    /// Reads a file of activations: each with its line, and the lines that name no code.
    ///
    /// # Errors
    /// A file that cannot be read as a whole.
    pub fn activations(&self, path: &Path) -> Result<(Vec<Activation>, Vec<Malformed>), ReadError> {
        let (mut all, mut malformed) = (Vec::new(), Vec::new());
        let mut at: Option<(usize, Option<usize>)> = None;
        let mut looked = 0;
        each_row(path, &mut |block, row| {
            let cells: Vec<String> =
                (0..row.len()).map(|at| block.cell(row, at).trim().to_owned()).collect();
            if cells.iter().all(String::is_empty) {
                return Ok(());
            }
            let Some((code, on)) = at else {
                let found = columns(&cells, &self.activations);
                at = found.get("code").map(|code| (*code, found.get("on").copied()));
                looked += 1;
                return if looked > 20 { Err(ReadError::NoColumn) } else { Ok(()) };
            };
            let cell = |at: usize| cells.get(at).cloned().unwrap_or_default();
            let number = row.line;
            if row.fault.is_some() || cell(code).is_empty() {
                malformed.push(Malformed { number, why: "the line names no code".to_owned() });
                return Ok(());
            }
            let on = on.and_then(|on| day(&cell(on)));
            all.push(Activation { number, code: cell(code), on });
            Ok(())
        })?;
        match at {
            Some(_) => Ok((all, malformed)),
            None => Err(ReadError::NoColumn),
        }
    }
}

/// A code as it is compared: people and vendors write blanks and small letters into it.
pub fn same_code(code: &str) -> String {
    plain(code).replace(' ', "")
}
