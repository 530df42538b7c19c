//! What became of each line of a file, kept in the incident folder.

use crate::folder::{IncidentFolder, RETURNED};
use crate::matter::refusal::{Doing, Refusal};
use crate::postal::Told;
use jiff::civil::Date;
use std::collections::HashSet;
use std::io;
use std::path::Path;

/// Columns of a list. It holds no name and no address.
pub const HEAD: [&str; 7] = ["line", "fate", "piece", "told", "on", "reason", "why"];

/// What became of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    Matched,
    Unknown,
    Repeated,
    Malformed,
}

impl Fate {
    pub fn label(self) -> &'static str {
        match self {
            Fate::Matched => "matched",
            Fate::Unknown => "unknown",
            Fate::Repeated => "repeated",
            Fate::Malformed => "malformed",
        }
    }
}

/// What earlier lists tell besides returned letters, which the ledger knows.
///
/// # Errors
/// A list that cannot be read.
pub fn told_before(folder: &Path) -> Result<HashSet<(String, Told, Date)>, Refusal> {
    let mut told = HashSet::new();
    if !folder.join(RETURNED).is_dir() {
        return Ok(told);
    }
    for number in 1.. {
        let path = IncidentFolder(folder).returned_list(number);
        if !path.exists() {
            break;
        }
        let doing = || format!("read `{}`", path.display());
        let mut reader = csv::Reader::from_path(&path).map_err(io::Error::from).doing(doing)?;
        for row in reader.records() {
            let row = row.map_err(io::Error::from).doing(doing)?;
            let cell = |at: usize| row.get(at).unwrap_or_default();
            let what = Told::parse(cell(3)).filter(|what| *what != Told::Returned);
            let matched = cell(1) == Fate::Matched.label();
            if let (true, Some(what), Ok(on)) = (matched, what, cell(4).parse()) {
                told.insert((cell(2).to_owned(), what, on));
            }
        }
    }
    Ok(told)
}
