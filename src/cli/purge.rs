//! `purge`: takes personal data away when nobody needs it any longer, and keeps the proof.
//!
//! Documentation is kept for six years from when it was made or was last in effect (45 CFR
//! 164.530(j)(2), which 164.414(a) applies to breach notices), and whoever must prove that the
//! notices were made bears that burden (164.414(b)). So what goes are names, addresses and letters;
//! what stays is the record: the ledger, the seals with their lists and statements, the incident's
//! facts.

use super::args::PurgeArgs;
use super::exit::{Doing, Ending, Stop};
use super::output::{print, print_json};
use super::words::{count, long_date};
use crate::clock;
use crate::incident::{self, Incident};
use crate::ledger::Ledger;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};

/// 45 CFR 164.530(j)(2).
const YEARS: i32 = 6;

/// Folders of the incident that hold people.
const FOLDERS: [&str; 3] = ["spool", "out", "export"];

/// Files of a seal's inputs that name nobody and stay with it.
const KEPT: [&str; 2] = ["incident.toml", "templates"];

/// Something to be taken away.
struct Target {
    path: PathBuf,
    /// Within the incident folder.
    name: String,
    files: u64,
    bytes: u64,
}

pub fn run(args: &PurgeArgs) -> Result<Ending, Stop> {
    let (incident, _) = incident::load(&args.incident).map_err(Stop::Configuration)?;
    let folder =
        args.incident.canonicalize().doing(|| format!("open `{}`", args.incident.display()))?;
    let doing = || "read `ledger.sqlite`".to_owned();
    let ledger = Ledger::look(&folder).map_err(io::Error::other).doing(doing)?;
    let last = last_day(&incident, ledger.as_ref())?;
    let due = last.checked_add(YEARS.years()).unwrap_or(Date::MAX);
    if incident.litigation_hold {
        return Err(Stop::refused(
            code!("purge.litigation_hold"),
            "the incident is under a litigation hold: nothing may be destroyed",
            "when counsel has lifted the hold, take `litigation_hold` out of incident.toml",
        ));
    }
    let today = clock::today();
    if today < due {
        return Err(Stop::refused(
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
        let names: Vec<&str> = targets.iter().map(|t| t.name.as_str()).collect();
        let body = json!({
            "last": last.to_string(), "due": due.to_string(), "by": args.by,
            "removed": names, "files": targets.iter().map(|t| t.files).sum::<u64>(),
        });
        let recorded = Ledger::open(&folder).and_then(|mut l| l.append_event("purged", &body));
        recorded.map_err(io::Error::other).doing(|| "record it in `ledger.sqlite`".into())?;
    }
    if args.json {
        let list: Vec<Value> = targets
            .iter()
            .map(|t| json!({"path": t.name, "files": t.files, "bytes": t.bytes}))
            .collect();
        print_json(&json!({
            "done": args.yes, "last": last.to_string(), "due": due.to_string(), "targets": list,
        }))?;
    } else {
        print(&text(args, &targets, last))?;
    }
    Ok(Ending::Fine)
}

/// The last day on which anything was recorded or is said to have been mailed.
fn last_day(incident: &Incident, ledger: Option<&Ledger>) -> Result<Date, Stop> {
    let doing = || "read `ledger.sqlite`".to_owned();
    let day = |moment: Timestamp| moment.to_zoned(TimeZone::UTC).date();
    let mut last = incident.waves.iter().map(|w| *w.mail_on).max().unwrap_or(Date::MIN);
    let Some(ledger) = ledger else { return Ok(last) };
    for wave in ledger.waves().map_err(io::Error::other).doing(doing)? {
        last = last.max(day(wave.at));
    }
    for event in ledger.events(None).map_err(io::Error::other).doing(doing)? {
        if let Ok(at) = event.at.parse() {
            last = last.max(day(at));
        }
        let body: Value = serde_json::from_str(&event.body).unwrap_or_default();
        for key in ["on", "posted", "returned", "remailed"] {
            if let Some(on) = body[key].as_str().and_then(|on| on.parse().ok()) {
                last = last.max(on);
            }
        }
    }
    Ok(last)
}

/// What holds people, in the order in which it goes.
fn targets(folder: &Path, incident: &Incident, rosters: bool) -> Result<Vec<Target>, Stop> {
    let mut names: Vec<String> = FOLDERS.iter().map(|name| (*name).to_owned()).collect();
    names.extend(FOLDERS.iter().flat_map(|name| [format!(".{name}.new"), format!(".{name}.old")]));
    let doing = || "look through the incident folder".to_owned();
    for seal in list(&folder.join("sealed")).doing(doing)? {
        for input in list(&folder.join("sealed").join(&seal).join("inputs")).doing(doing)? {
            if !KEPT.contains(&input.as_str()) {
                names.push(format!("sealed/{seal}/inputs/{input}"));
            }
        }
    }
    if rosters {
        for wave in &incident.waves {
            let path = folder.join(&wave.roster);
            // What lies elsewhere, or only seems to lie here, is not this folder's to destroy.
            let inside = path.canonicalize().is_ok_and(|real| real.starts_with(folder));
            if path.exists() && !inside {
                return Err(Stop::refused(
                    code!("purge.outside"),
                    format!("the roster `{}` lies outside the incident folder", wave.roster),
                    "destroy it where it lies, then purge without --rosters",
                ));
            }
            names.push(wave.roster.clone());
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

fn text(args: &PurgeArgs, targets: &[Target], last: Date) -> String {
    let mut text = format!("Last in use on {}\n\n", long_date(last));
    if targets.is_empty() {
        text.push_str("There is nothing left to remove.\n");
        return text;
    }
    text.push_str(if args.yes { "Removed:\n" } else { "Would be removed:\n" });
    for target in targets {
        let files = count(target.files, "file", "files");
        let _ =
            writeln!(text, "  {} ({files}, {})", target.name, count(target.bytes, "byte", "bytes"));
    }
    text.push_str("\nKept: ledger.sqlite, incident.toml, privileged.toml, the seals with their lists and statements\n");
    if !args.rosters {
        text.push_str("The rosters stay; add --rosters to remove those that incident.toml names\n");
    }
    if !args.yes {
        text.push_str("\nNothing was removed. Add --yes to do it\n");
    }
    text
}
