//! `purge`: takes personal data away when nobody needs it any longer, and keeps the proof.
//!
//! Documentation is kept for six years from when it was made or was last in effect (45 CFR
//! 164.530(j)(2), which 164.414(a) applies to breach notices), and whoever must prove that the
//! notices were made bears that burden (164.414(b)). So what goes are names, addresses and letters;
//! what stays is the record: the ledger, the seals with their lists and statements, the incident's
//! facts.

use crate::clock;
use crate::folder::{
    EXPORT, INCIDENT, IncidentFolder, OUT, REPAIRS, RETURNED, SEALED, SECRET, SPOOL, SealFiles,
    TEMPLATES,
};
use crate::incident::{self, Incident};
use crate::ledger::Ledger;
use crate::ledger::event::{Event, Purged};
use crate::matter::refusal::{Doing, Refusal};
use crate::matter::seal::ledger_stop;
use crate::tables::words::long_date;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde::Serialize;
use std::io;
use std::path::{Path, PathBuf};

/// 45 CFR 164.530(j)(2).
const YEARS: i32 = 6;

/// Folders of the incident that hold people.
const FOLDERS: [&str; 4] = [SPOOL, OUT, EXPORT, RETURNED];

/// Files of a seal's inputs that name nobody and stay with it.
const KEPT: [&str; 2] = [INCIDENT, TEMPLATES];

/// What to take away.
#[derive(Clone, Debug, Default)]
pub struct PurgeRequest {
    /// The incident folder.
    pub incident: PathBuf,
    /// Really; else only what would go is told.
    pub yes: bool,
    pub by: String,
    /// The rosters that incident.toml names too.
    pub rosters: bool,
}

/// What was taken away, or would be.
#[derive(Debug, Serialize)]
pub struct PurgeAnswer {
    pub done: bool,
    /// The day on which the record was last in use.
    pub last: Date,
    /// The day until which it is kept.
    pub due: Date,
    pub targets: Vec<Target>,
}

/// Something to be taken away.
#[derive(Debug, Serialize)]
pub struct Target {
    #[serde(skip)]
    path: PathBuf,
    /// Within the incident folder.
    #[serde(rename = "path")]
    pub name: String,
    pub files: u64,
    pub bytes: u64,
}

/// Takes personal data away, or tells what would go.
///
/// # Errors
/// Too early, a litigation hold, a roster outside the folder; I/O.
pub fn purge(args: &PurgeRequest) -> Result<PurgeAnswer, Refusal> {
    let (incident, _) = incident::load(&args.incident).map_err(Refusal::Configuration)?;
    let folder =
        args.incident.canonicalize().doing(|| format!("open `{}`", args.incident.display()))?;
    let ledger = Ledger::look(&folder).map_err(ledger_stop)?;
    let last = last_day(&incident, ledger.as_ref())?;
    let due = last.checked_add(YEARS.years()).unwrap_or(Date::MAX);
    if incident.litigation_hold {
        return Err(Refusal::refused(
            code!("purge.litigation_hold"),
            "the incident is under a litigation hold: nothing may be destroyed",
            "when counsel has lifted the hold, take `litigation_hold` out of incident.toml",
        ));
    }
    let today = clock::today();
    if today < due {
        return Err(Refusal::refused(
            code!("purge.too_early"),
            format!(
                "the record was last in use on {} and is kept until {}",
                long_date(last),
                long_date(due)
            ),
            "wait until then; 45 CFR 164.530(j)(2) asks for six years",
        ));
    }
    let targets = targets(&folder, &incident, args.rosters)?;
    if args.yes {
        for target in &targets {
            take(&target.path).doing(|| format!("remove `{}`", target.name))?;
        }
        let event = Event::Purged(Purged {
            last,
            due,
            by: args.by.clone(),
            removed: targets.iter().map(|t| t.name.clone()).collect(),
            files: targets.iter().map(|t| t.files).sum(),
        });
        let recorded = Ledger::open(&folder).and_then(|mut l| l.append_event(&event));
        recorded.map_err(io::Error::other).doing(|| "record it in `ledger.sqlite`".into())?;
    }
    Ok(PurgeAnswer { done: args.yes, last, due, targets })
}

/// The last day on which anything was recorded or is said to have been mailed.
fn last_day(incident: &Incident, ledger: Option<&Ledger>) -> Result<Date, Refusal> {
    let doing = || "read `ledger.sqlite`".to_owned();
    let day = |moment: Timestamp| moment.to_zoned(TimeZone::UTC).date();
    let mut last = incident.waves.iter().map(|w| *w.mail_on).max().unwrap_or(Date::MIN);
    let Some(ledger) = ledger else { return Ok(last) };
    for wave in ledger.waves().map_err(io::Error::other).doing(doing)? {
        last = last.max(day(wave.at));
    }
    for recorded in ledger.events().map_err(ledger_stop)? {
        last = last.max(day(recorded.at));
        last = recorded.event.day().map_or(last, |said| last.max(said));
    }
    Ok(last)
}

/// What holds people, in the order in which it goes.
fn targets(folder: &Path, incident: &Incident, rosters: bool) -> Result<Vec<Target>, Refusal> {
    let mut names: Vec<String> = FOLDERS.iter().map(|name| (*name).to_owned()).collect();
    names.extend(FOLDERS.iter().flat_map(|name| [format!(".{name}.new"), format!(".{name}.old")]));
    let home = IncidentFolder(folder);
    let doing = || "look through the incident folder".to_owned();
    for seal in list(&home.sealed()).doing(doing)? {
        for input in list(&home.seal(&seal).inputs()).doing(doing)? {
            if !KEPT.contains(&input.as_str()) {
                names.push(format!("{SEALED}/{seal}/{}/{input}", SealFiles::INPUTS));
            }
        }
    }
    // Corrections hold what was corrected.
    names.push(REPAIRS.to_owned());
    // Without it nobody finds out by trying whose row or letter a key or number means.
    names.push(SECRET.to_owned());
    if rosters {
        for wave in &incident.waves {
            for roster in wave.roster.files(folder) {
                let path = folder.join(roster);
                // What lies elsewhere, or only seems to lie here, is not this folder's to destroy.
                let inside = path.canonicalize().is_ok_and(|real| real.starts_with(folder));
                if path.exists() && !inside {
                    return Err(Refusal::refused(
                        code!("purge.outside"),
                        format!("the roster `{roster}` lies outside the incident folder"),
                        "destroy it where it lies, then purge without --rosters",
                    ));
                }
                names.push(roster.to_owned());
            }
        }
    }
    let mut targets = Vec::new();
    for name in names {
        let path = folder.join(&name);
        let Ok(kind) = std::fs::symlink_metadata(&path) else { continue };
        let (files, bytes) =
            if kind.is_dir() { size(&path).doing(doing)? } else { (1, kind.len()) };
        targets.push(Target { path, name, files, bytes });
    }
    Ok(targets)
}

/// Names in a folder that is there and is no link, sorted.
fn list(dir: &Path) -> io::Result<Vec<String>> {
    if !std::fs::symlink_metadata(dir).is_ok_and(|kind| kind.is_dir()) {
        return Ok(Vec::new());
    }
    let mut names = Vec::new();
    for entry in std::fs::read_dir(dir)? {
        names.extend(entry?.file_name().into_string());
    }
    names.sort();
    Ok(names)
}

fn size(dir: &Path) -> io::Result<(u64, u64)> {
    let (mut files, mut bytes) = (0, 0);
    for entry in std::fs::read_dir(dir)? {
        let entry = entry?;
        let kind = entry.metadata()?;
        if kind.is_dir() {
            let (f, b) = size(&entry.path())?;
            (files, bytes) = (files + f, bytes + b);
        } else {
            (files, bytes) = (files + 1, bytes + kind.len());
        }
    }
    Ok((files, bytes))
}

/// Removes a file, a folder or a link; never what a link leads to.
fn take(path: &Path) -> io::Result<()> {
    match std::fs::symlink_metadata(path)?.is_dir() {
        true => std::fs::remove_dir_all(path),
        false => std::fs::remove_file(path),
    }
}
