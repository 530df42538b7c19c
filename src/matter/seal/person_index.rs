//! Where a person's line stands in a spool, without reading the spool through.

use crate::approve::{Index, IndexMaker};
use crate::files::Scratch;
use crate::folder::SpoolFiles;
use crate::matter::people::intake::spool_stop;
use crate::matter::refusal::{Doing, Refusal};
use crate::roster::{Person, Spool, Standing};
use std::collections::HashSet;
use std::path::{Path, PathBuf};

/// A spool with its index.
pub struct Whereabouts {
    spool: Spool,
    index: Index,
    /// Where the index lies if it was made to be asked only.
    _made: Option<Scratch>,
}

impl Whereabouts {
    /// With the index beside the spool, or one made for this once: who asks changes nothing.
    ///
    /// # Errors
    /// The spool or the index cannot be read.
    pub fn of(spool: Spool) -> Result<Self, Refusal> {
        let (path, of) = (path(&spool), of(&spool));
        let known = Index::open(&path, &of).doing(|| format!("read `{}`", path.display()))?;
        if let Some(index) = known {
            return Ok(Self { spool, index, _made: None });
        }
        let made = Scratch::temporary().doing(|| "make a temporary folder".into())?;
        let index = write(&spool, &made.file("index"), &of)?;
        Ok(Self { spool, index, _made: Some(made) })
    }

    /// Every line of a record, with its number in the spool from 1.
    ///
    /// # Errors
    /// The spool or the index cannot be read.
    pub fn record(&mut self, record: &str) -> Result<Vec<(Person, u32)>, Refusal> {
        self.find(record, |person| person.record_id == record)
    }

    /// The lines that were merged into a row.
    ///
    /// # Errors
    /// The spool or the index cannot be read.
    pub fn merged_into(&mut self, row: u64) -> Result<Vec<Person>, Refusal> {
        let is = |person: &Person| matches!(person.standing, Standing::Merged(into) if into == row);
        Ok(self.find(&into(row), is)?.into_iter().map(|(person, _)| person).collect())
    }

    /// The line of a row that others were merged into.
    ///
    /// # Errors
    /// The spool or the index cannot be read.
    pub fn row(&mut self, row: u64) -> Result<Option<(Person, u32)>, Refusal> {
        Ok(self.find(&at(row), |person| person.row == row)?.pop())
    }

    fn find(
        &mut self,
        name: &str,
        is: impl Fn(&Person) -> bool,
    ) -> Result<Vec<(Person, u32)>, Refusal> {
        let found = self.index.find(name).doing(|| "read the spool's index".into())?;
        let mut people = Vec::new();
        for (offset, number) in found {
            let person = self.spool.at(offset).map_err(spool_stop)?;
            if let Some(person) = person.filter(&is) {
                people.push((person, number));
            }
        }
        Ok(people)
    }
}

/// The index of a spool, made now if it was not.
///
/// # Errors
/// The spool or the index cannot be read or written.
pub fn index(spool: &Spool) -> Result<Index, Refusal> {
    let (path, of) = (path(spool), of(spool));
    let doing = || format!("work with `{}`", path.display());
    match Index::open(&path, &of).doing(doing)? {
        Some(index) => Ok(index),
        None => write(spool, &path, &of),
    }
}

/// Makes the index and opens it.
fn write(spool: &Spool, path: &Path, of: &str) -> Result<Index, Refusal> {
    let doing = || format!("work with `{}`", path.display());
    make(spool)?.write(path, of).doing(doing)?;
    Index::open(path, of).doing(doing)?.ok_or_else(|| Refusal::Io {
        what: doing(),
        error: std::io::Error::other("the index was not written"),
    })
}

fn path(spool: &Spool) -> PathBuf {
    SpoolFiles::at(spool.info().path.clone()).index()
}

/// What the index is of: the people in their order and the roster's rows.
fn of(spool: &Spool) -> String {
    format!("{} {}", spool.digest(), spool.info().roster_digest)
}

fn make(spool: &Spool) -> Result<IndexMaker, Refusal> {
    let mut targets = HashSet::new();
    for person in spool.people().map_err(spool_stop)? {
        if let Standing::Merged(into) = person.map_err(spool_stop)?.standing {
            targets.insert(into);
        }
    }
    let mut index = IndexMaker::default();
    let mut people = spool.people().map_err(spool_stop)?;
    let mut number = 0;
    while let Some(person) = people.next() {
        let person = person.map_err(spool_stop)?;
        number += 1;
        let offset = people.offset();
        index.add(&person.record_id, offset, number);
        if let Standing::Merged(target) = person.standing {
            index.add(&into(target), offset, number);
        }
        if targets.contains(&person.row) {
            index.add(&at(person.row), offset, number);
        }
    }
    Ok(index)
}

/// U+001F stands in no record id.
fn into(row: u64) -> String {
    format!("\u{1f}into {row}")
}

fn at(row: u64) -> String {
    format!("\u{1f}row {row}")
}
