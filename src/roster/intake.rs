//! Reads a wave's roster and writes its spool, unless somebody only asks.

use super::Person;
use super::earlier::{Again, EarlierWave};
use super::findings_file::FindingsFile;
use super::opened::Opened;
use super::reading::Reading;
use super::repairs::{self, Repairs};
use super::spool::SpoolInfo;
use crate::finding::Findings;
use crate::incident::{Incident, Wave};
use jiff::civil::Date;
use std::io;
use std::path::{Path, PathBuf};

/// Looks on while a spool is written.
pub type Witness<'w> = dyn Fn(&[Person], &Again) + Sync + 'w;

/// How a roster is read.
pub struct Options<'a> {
    /// The mail date, by which ages are reckoned.
    pub as_of: Date,
    /// The age of majority in a state, by USPS code; also asked for the unknown state, `""`.
    pub majority: &'a dyn Fn(&str) -> u8,
    /// Where every finding of every row goes, a workbook of the same rows beside it; nowhere if
    /// none.
    pub findings_csv: Option<&'a Path>,
    /// Whether that file shows the values concerned.
    pub show_values: bool,
    /// Waves mailed before this one, whose people are not written to again.
    pub earlier: &'a [EarlierWave],
    /// Who was told in an earlier wave is written to all the same: a remailing or a correction.
    pub again: bool,
    /// Somebody only asks: no spool is written, and what is sorted on the way lies in this folder.
    pub asked_in: Option<&'a Path>,
    /// The folder below which the spool is written, where it is not the incident's.
    pub spool_in: Option<&'a Path>,
    /// Sees everybody as they go into the spool, in its order, some at a time; and who of them
    /// stands in an earlier wave already.
    pub witness: Option<&'a Witness<'a>>,
}

/// What came of a roster.
pub struct Intake {
    /// Rows read, the header not counted; as many records are in the spool.
    pub rows: u64,
    /// The same by roster, in the wave's order.
    pub files: Vec<(String, u64)>,
    pub spool: SpoolInfo,
    pub findings: Findings,
    /// Who of the earlier waves stands in this roster too.
    pub again: Again,
    /// The findings of every row, if [`Options::findings_csv`] asked for them: further ones may
    /// be added, and the file has its name once it is finished.
    pub file: Option<FindingsFile>,
}

/// Why no spool was written.
#[derive(Debug, thiserror::Error)]
pub enum IntakeError {
    /// The roster as a whole cannot be used; among the findings is at least one error.
    #[error("the roster cannot be used")]
    Refused(Findings),
    #[error("cannot work with `{path}`")]
    Io { path: PathBuf, source: io::Error },
}

/// Reads the wave's rosters in the incident folder and writes the wave's spool, unless
/// [`Options::asked_in`] says that somebody only asks.
///
/// # Errors
/// `Refused` when the file or its columns cannot be used: an earlier spool stays as it was.
pub fn read(
    folder: &Path,
    incident: &Incident,
    wave: &Wave,
    options: &Options<'_>,
) -> Result<Intake, IntakeError> {
    let several = wave.roster.all().len() > 1;
    let mut findings = Findings::default();
    let mut files = Vec::new();
    let read = Repairs::read(folder)
        .map_err(|source| IntakeError::Io { path: folder.join(repairs::FILE), source })?;
    let repairs = read.unwrap_or_else(|finding| {
        findings.push(*finding);
        Repairs::default()
    });
    for roster in wave.roster.all() {
        match Opened::open(folder, incident, roster, several) {
            Ok(opened) => files.push(opened),
            Err(IntakeError::Refused(refused)) => findings.extend(refused),
            Err(error) => return Err(error),
        }
    }
    if findings.has_errors() {
        return Err(IntakeError::Refused(findings));
    }
    Reading { folder, incident, wave, options, repairs: &repairs }.run(files)
}
