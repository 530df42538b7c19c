//! New addresses that files from the post gave: kept by the reference of the letter, for the mailing
//! that goes out again.

use crate::files;
use crate::folder::IncidentFolder;
use crate::matter::refusal::{Doing, Refusal};
use crate::postal::NewAddress;
use crate::tables::Table;
use std::collections::BTreeMap;
use std::io;
use std::path::Path;

const HEAD: [&str; 5] = ["piece", "address", "city", "state", "zip"];

/// The new addresses that are known, by reference.
///
/// # Errors
/// A list that cannot be read.
pub fn new_addresses(folder: &Path) -> Result<BTreeMap<String, NewAddress>, Refusal> {
    let path = IncidentFolder(folder).new_addresses();
    let doing = || format!("read `{}`", path.display());
    let mut known = BTreeMap::new();
    if !path.exists() {
        return Ok(known);
    }
    let mut reader = csv::Reader::from_path(&path).map_err(io::Error::from).doing(doing)?;
    for row in reader.records() {
        let row = row.map_err(io::Error::from).doing(doing)?;
        let cell = |at: usize| row.get(at).unwrap_or_default().to_owned();
        let address = NewAddress { line: cell(1), city: cell(2), state: cell(3), zip: cell(4) };
        known.insert(cell(0), address);
    }
    Ok(known)
}

/// Keeps further addresses; a later one takes an earlier one's place.
///
/// # Errors
/// I/O.
pub fn keep(folder: &Path, further: BTreeMap<String, NewAddress>) -> Result<(), Refusal> {
    let mut all = new_addresses(folder)?;
    all.extend(further);
    let path = IncidentFolder(folder).new_addresses();
    let doing = || format!("write `{}`", path.display());
    let mut table = Table::with_identifiers(Vec::new(), &HEAD, 1).doing(doing)?;
    for (piece, NewAddress { line, city, state, zip }) in &all {
        table.row([piece, line, city, state, zip]).doing(doing)?;
    }
    files::write(&path, &table.finish().doing(doing)?).doing(doing)
}
