//! The private lists beside notices, written in one pass over the people.

use super::notice::{Notice, NoticeKind};
use super::people_row::{EarlierLetter, OTHER_MEANS, PEOPLE, other_means, people};
use super::words::Words;
use crate::files::{Pending, make_dir};
use crate::incident::{EntityIx, Incident};
use crate::plan::Outcome;
use crate::roster::{Person, Recipient};
use crate::tables::Table;
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
    entity: EntityIx,
    path: PathBuf,
    csv: Table<Pending>,
    rows: u64,
}

/// All lists of one wave.
pub struct Lists<'a> {
    incident: &'a Incident,
    words: &'a Words,
    open: Vec<Open>,
}

impl<'a> Lists<'a> {
    /// The lists that the notices need, by the name of their CSV.
    pub fn wanted(notices: &[Notice], incident: &Incident, words: &Words) -> Vec<PathBuf> {
        notices.iter().filter_map(|n| need(n, incident, words)).map(|need| need.path).collect()
    }

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
            let Some(Need { kind, entity, path }) = need(notice, incident, words) else { continue };
            make_dir(&dir.join(&notice.folder))?;
            let path = dir.join(path);
            let head: &[&str] = match kind {
                ListKind::People => &PEOPLE,
                ListKind::OtherMeans => &OTHER_MEANS,
            };
            let csv = Table::create(Pending::create(&path)?, head)?;
            open.push(Open { kind, entity, path, csv, rows: 0 });
        }
        Ok(Self { incident, words, open })
    }

    /// Whether any list is being written.
    pub fn is_empty(&self) -> bool {
        self.open.is_empty()
    }

    /// Adds a person to the lists of their own covered entity and to no other, with the letter that
    /// an earlier mailing sent them.
    ///
    /// # Errors
    /// Any I/O error.
    pub fn add(
        &mut self,
        person: &Person,
        outcome: Outcome,
        before: Option<&EarlierLetter>,
    ) -> io::Result<()> {
        if !person.standing.is_somebody() || outcome == Outcome::Merged {
            return Ok(());
        }
        for list in self.open.iter_mut().filter(|list| Some(list.entity) == person.entity) {
            let row = match list.kind {
                ListKind::People => people(person, outcome, before, self.incident, self.words),
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
            list.csv.row(row)?;
            list.rows += 1;
        }
        Ok(())
    }

    /// Gives the files their names: kind, covered entity, path, people listed.
    ///
    /// # Errors
    /// Any I/O error.
    pub fn finish(self) -> io::Result<Vec<(ListKind, EntityIx, PathBuf, u64)>> {
        let mut done = Vec::new();
        for list in self.open {
            list.csv.finish()?.commit()?;
            done.push((list.kind, list.entity, list.path, list.rows));
        }
        Ok(done)
    }
}

/// A list that goes beside a notice.
struct Need {
    kind: ListKind,
    entity: EntityIx,
    /// Below the folder of notices.
    path: PathBuf,
}

fn need(notice: &Notice, incident: &Incident, words: &Words) -> Option<Need> {
    let (kind, name) = match notice.kind {
        NoticeKind::CoveredEntity => (ListKind::People, "people"),
        NoticeKind::SubstituteFew => (ListKind::OtherMeans, "other_means"),
        _ => return None,
    };
    let entity = incident.entity_index(notice.entity.as_ref()?)?;
    let file = format!("{}.csv", words.pick(&words.file, name));
    let path = Path::new(&notice.folder).join(file);
    Some(Need { kind, entity, path })
}
