//! What a print run made: its batches in their order, and the lists beside them.

use super::manifest::{Manifest, Piece};
use super::print::Press;
use super::run_data::{RunData, SheetRows};
use super::stream::Stream;
use super::version::Version;
use crate::files::{self, Pending};
use crate::finding::Finding;
use crate::folder::LetterFiles;
use crate::roster::Person;
use std::collections::{BTreeMap, HashMap};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Letters by version and by the jurisdiction of the people written to.
pub type VersionStates = BTreeMap<Arc<Version>, BTreeMap<String, u64>>;

/// Counts one letter.
pub fn count_letter(states: &mut VersionStates, version: &Arc<Version>, jurisdiction: &str) {
    if !states.contains_key(version) {
        states.insert(version.clone(), BTreeMap::new());
    }
    let Some(of) = states.get_mut(version) else { return };
    match of.get_mut(jurisdiction) {
        Some(n) => *n += 1,
        None => {
            of.insert(jurisdiction.to_owned(), 1);
        }
    }
}

/// What was printed.
#[derive(Default)]
pub struct Printed {
    pub letters: u64,
    pub pages: u64,
    pub batches: u64,
    /// Letters by version.
    pub versions: BTreeMap<Arc<Version>, u64>,
    /// The same letters by version and jurisdiction (USPS code; empty for foreign or unknown).
    pub states: VersionStates,
    /// People whose letter could not be composed, with the reason.
    pub held: Vec<(Person, Finding)>,
}

/// One finished batch.
pub struct Done {
    pub pieces: Vec<Piece>,
    pub pages: u64,
    pub versions: BTreeMap<Arc<Version>, u64>,
    pub states: VersionStates,
    pub held: Vec<(Person, Finding)>,
    /// Rows whose letters have more or fewer sheets than the batch, with how many.
    pub others: Vec<(u64, u32)>,
    /// None if no letter was written.
    pub stream: Option<Stream>,
    /// As many as pieces, where files are written.
    pub sheets: Vec<SheetRows>,
    /// The file's name and its SHA-256, hex.
    pub file: Option<(String, String)>,
}

/// Finished batches in their order, and the lists of them.
pub struct Collected {
    printed: Printed,
    lists: Option<Lists>,
    /// Rows whose letters belong into batches of other letters, with their sheets.
    pub others: HashMap<u64, u32>,
}

/// The lists beside the letters' files.
struct Lists {
    dir: PathBuf,
    manifest: Manifest<Pending>,
    run_data: RunData<Pending>,
    /// Files of letters and their digests.
    files: Vec<(String, String)>,
}

impl Collected {
    /// # Errors
    /// Any I/O error.
    pub fn new(press: &Press<'_>, dir: Option<&Path>) -> io::Result<Self> {
        let lists = dir.map(|dir| Lists::create(press, dir)).transpose()?;
        Ok(Self { printed: Printed::default(), lists, others: HashMap::new() })
    }

    /// Takes the next batch.
    ///
    /// # Errors
    /// Any I/O error.
    pub fn add(&mut self, batch: Done) -> io::Result<()> {
        let printed = &mut self.printed;
        printed.letters += batch.pieces.len() as u64;
        printed.pages += batch.pages;
        printed.batches += u64::from(!batch.pieces.is_empty());
        for (version, n) in batch.versions {
            *printed.versions.entry(version).or_default() += n;
        }
        for (version, states) in batch.states {
            let of = printed.states.entry(version).or_default();
            states.into_iter().for_each(|(state, n)| *of.entry(state).or_default() += n);
        }
        if let (Some(lists), Some(stream)) = (&mut self.lists, &batch.stream) {
            batch.pieces.iter().try_for_each(|piece| lists.manifest.add(piece))?;
            for (piece, rows) in batch.pieces.iter().zip(&batch.sheets) {
                lists.run_data.add(stream, piece, rows)?;
            }
            lists.files.extend(batch.file);
        }
        printed.held.extend(batch.held);
        self.others.extend(batch.others);
        Ok(())
    }

    /// Gives the lists their names.
    ///
    /// # Errors
    /// Any I/O error.
    pub fn finish(self) -> io::Result<Printed> {
        if let Some(lists) = self.lists {
            lists.finish()?;
        }
        Ok(self.printed)
    }
}

impl Lists {
    fn create(press: &Press<'_>, dir: &Path) -> io::Result<Self> {
        let files = LetterFiles(dir.into());
        let writer = press.writer;
        let (job, paper) = (writer.job(), writer.incident.mail.paper_gsm);
        let run_data = Pending::create(&files.run_data())?;
        Ok(Self {
            dir: dir.into(),
            manifest: Manifest::create(Pending::create(&files.manifest())?)?,
            run_data: RunData::create(run_data, job, press.duplex, paper)?,
            files: Vec::new(),
        })
    }

    /// `SHA256SUMS` covers what the mail house gets: letters, manifest, run data.
    fn finish(self) -> io::Result<()> {
        self.manifest.finish()?.commit()?;
        self.run_data.finish()?.commit()?;
        let mut sums = String::new();
        for (name, digest) in self.files {
            sums.push_str(&format!("{digest}  {name}\n"));
        }
        for name in [LetterFiles::MANIFEST, LetterFiles::RUN_DATA] {
            let digest = files::sha256(&self.dir.join(name))?;
            sums.push_str(&format!("{digest}  {name}\n"));
        }
        files::write(&LetterFiles(self.dir).sums(), sums.as_bytes())
    }
}
