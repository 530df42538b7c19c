//! Reads a wave's roster and writes its spool.

use super::Person;
use super::earlier::{Again, EarlierWave};
use super::findings_file::FindingsFile;
use super::reading::Reading;
use super::source::{OpenError, Source, Stamp, sniff};
use super::spool::SpoolInfo;
use crate::finding::{Finding, Findings, Place, Severity};
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
    /// Sees everybody as they go into the spool, in its order, some at a time; and who of them
    /// stands in an earlier wave already.
    pub witness: Option<&'a Witness<'a>>,
}

/// What came of a roster.
pub struct Intake {
    /// Rows read, the header not counted; as many records are in the spool.
    pub rows: u64,
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

/// Reads the wave's roster in the incident folder and writes the wave's spool.
///
/// # Errors
/// `Refused` when the file or its columns cannot be used: an earlier spool stays as it was.
pub fn read(
    folder: &Path,
    incident: &Incident,
    wave: &Wave,
    options: &Options<'_>,
) -> Result<Intake, IntakeError> {
    let (name, sheet) = match wave.roster.rsplit_once('#') {
        Some((name, sheet)) if !folder.join(&wave.roster).exists() => (name, Some(sheet)),
        _ => (wave.roster.as_str(), None),
    };
    let path = folder.join(name);
    let at_roster = |source| IntakeError::Io { path: path.clone(), source };
    let refused = |finding: Finding| {
        let mut findings = Findings::default();
        findings.push(finding);
        IntakeError::Refused(findings)
    };
    if !path.exists() {
        return Err(refused(
            Finding::new(
                code!("file.missing"),
                Severity::Error,
                format!("there is no roster `{name}`"),
            )
            .at(Place::file("incident.toml"))
            .remedy("put the roster into the incident folder, or correct `roster` of the wave"),
        ));
    }
    if !path.is_file() {
        let what = if path.is_dir() { "folder" } else { "pipe or device" };
        let message = format!("the roster `{name}` is a {what}");
        return Err(refused(
            Finding::new(code!("file.no_file"), Severity::Error, message)
                .at(Place::file("incident.toml"))
                .remedy("name a CSV or XLSX file; a roster is read twice, so a pipe will not do"),
        ));
    }
    let stamp = Stamp::of(&path).map_err(at_roster)?;
    let sniffed = sniff(&path, name).map_err(at_roster)?.map_err(|finding| refused(*finding))?;
    let source = Source::open(&path, &sniffed, sheet).map_err(|error| match error {
        OpenError::Finding(finding) => refused(*finding),
        OpenError::Io(source) => at_roster(source),
    })?;
    let sniffed = &sniffed;
    Reading { folder, incident, wave, options, name, path: &path, sniffed, stamp }.run(source)
}
