//! The private lists beside notices, written in one pass over the people.

use super::notice::{Notice, NoticeKind};
use super::people_row::{OTHER_MEANS, PEOPLE, other_means, people};
use super::words::Words;
use crate::files::{Pending, make_dir};
use crate::incident::Incident;
use crate::plan::Outcome;
use crate::roster::{Person, Recipient};
use std::io;
use std::path::{Path, PathBuf};

/// What a list is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListKind {
    /// Everybody of a covered entity (45 CFR 164.410(c)(1)).
    People,
    /// Those to be reached by telephone or other means (45 CFR 164.404(d)(2)(i)).
    OtherMeans,
}

/// One list in the making.
struct Open {
    kind: ListKind,
    entity: u16,
    path: PathBuf,
    csv: csv::Writer<Pending>,
    rows: u64,
}

/// All lists of one wave.
pub struct Lists<'a> {
    incident: &'a Incident,
    words: &'a Words,
    open: Vec<Open>,
}

impl<'a> Lists<'a> {
    /// Starts the lists that the notices need, below `dir`.
    ///
    /// # Errors
    /// Any I/O error.
    pub fn create(
        dir: &Path,
        notices: &[Notice],
        incident: &'a Incident,
        words: &'a Words,
    ) -> io::Result<Self> {
        let mut open = Vec::new();
        for notice in notices {
            let kind = match notice.kind {
                NoticeKind::CoveredEntity => ListKind::People,
                NoticeKind::SubstituteFew => ListKind::OtherMeans,
                _ => continue,
            };
            let named = |e: &crate::incident::CoveredEntity| Some(&e.id) == notice.entity.as_ref();
            let Some(entity) = incident.entities.iter().position(named) else { continue };
            let (name, columns) = match kind {
                ListKind::People => (words.pick(&words.file, "people"), &PEOPLE[..]),
                ListKind::OtherMeans => (words.pick(&words.file, "other_means"), &OTHER_MEANS[..]),
            };
            let folder = dir.join(&notice.folder);
            make_dir(&folder)?;
            let path = folder.join(format!("{name}.csv"));
            let mut csv = csv::Writer::from_writer(Pending::create(&path)?);
            csv.write_record(columns)?;
            let entity = u16::try_from(entity).unwrap_or(u16::MAX);
            open.push(Open { kind, entity, path, csv, rows: 0 });
        }
        Ok(Self { incident, words, open })
    }

    /// Whether any list is being written.
    pub fn is_empty(&self) -> bool {
        self.open.is_empty()
    }

    /// Adds a person to the lists of their own covered entity and to no other.
    ///
    /// # Errors
    /// Any I/O error.
    pub fn add(&mut self, person: &Person, outcome: Outcome) -> io::Result<()> {
        if !person.standing.is_somebody() || outcome == Outcome::Merged {
            return Ok(());
        }
        for list in self.open.iter_mut().filter(|list| list.entity == person.entity) {
            let row = match list.kind {
                ListKind::People => people(person, outcome, self.incident, self.words),
                // The kin of the dead need no substitute notice.
                ListKind::OtherMeans
                    if outcome == Outcome::Substitute
                        && person.recipient != Recipient::Estate
                        && person.population.is_patient() =>
                {
                    other_means(person, self.incident, self.words)
                }
                ListKind::OtherMeans => continue,
            };
            list.csv.write_record(row.iter().map(|cell| safe_cell(cell)))?;
            list.rows += 1;
        }
        Ok(())
    }

    /// Gives the files their names: kind, covered entity, path, people listed.
    ///
    /// # Errors
    /// Any I/O error.
    pub fn finish(self) -> io::Result<Vec<(ListKind, u16, PathBuf, u64)>> {
        let mut done = Vec::new();
        for list in self.open {
            list.csv.into_inner().map_err(csv::IntoInnerError::into_error)?.commit()?;
            done.push((list.kind, list.entity, list.path, list.rows));
        }
        Ok(done)
    }
}

/// What would start a formula in a spreadsheet.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A cell that no spreadsheet runs as a formula.
pub fn safe_cell(cell: &str) -> String {
    if cell.starts_with(FORMULA) { format!("'{cell}") } else { cell.to_owned() }
}

/// The cell as it was before [`safe_cell`].
pub(super) fn plain(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(FORMULA) => rest,
        _ => cell,
    }
}
