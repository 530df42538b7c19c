//! What a run of letters is held against: the seal, or for drafts the ledger's outcomes.

use super::words::{OWN, general, help_lines, tongues};
use crate::cli::args::{Folder, VerifyArgs};
use crate::cli::exit::{Doing, Stop};
use crate::cli::intake::spool_stop;
use crate::cli::matter::Matter;
use crate::cli::products::STAMP;
use crate::cli::progress;
use crate::cli::sealing::{Sealed, Sums, ledger_stop};
use crate::cli::seals::Seal;
use crate::ledger::Ledger;
use crate::plan::Outcome;
use crate::roster::{RowSet, Spool};
use crate::verify::{self, Proof, Stamp, Task, VerifyError, prove};
use std::collections::BTreeMap;
use std::thread;

/// What one folder of letters is held against.
pub struct Of {
    pub seal: Option<verify::Seal>,
    pub digests: BTreeMap<String, String>,
    pub sums: Option<Sums>,
    pub mailed: RowSet,
    pub total: u64,
}

/// Proves one folder of letters.
pub fn one(args: &VerifyArgs, matter: &Matter, folder: &str, of: Of) -> Result<Proof, Stop> {
    let dir = matter.out.join(folder);
    if !dir.join("manifest.csv").is_file() {
        return Err(Stop::one(
            code!("verify.no_letters"),
            format!("there are no letters in `{}`", dir.display()),
            "make them first: `noticeworks run` makes drafts, `noticeworks letters` finals",
        ));
    }
    let spool = Spool::open(&matter.folder, &matter.wave().id).map_err(spool_stop)?;
    spool.fits(&matter.incident).map_err(spool_stop)?;
    let task = Task {
        incident: &matter.incident,
        wave: matter.wave(),
        spool: &spool,
        letters: &dir,
        folder: &matter.folder,
        mailed: of.mailed,
        tongues: tongues(matter)?,
        own_language: OWN,
        lines: help_lines(matter)?,
        general: general(matter),
        stamp: if args.draft { Stamp::Present(STAMP) } else { Stamp::Absent(STAMP) },
        seal: of.seal,
        digests: of.digests,
        sums: of.sums,
        boilerplate: std::fs::read_to_string(matter.folder.join("incident.toml"))
            .doing(|| "read `incident.toml`".into())?,
        jobs: jobs(args),
    };
    let bar = progress::bar("letters", of.total);
    let proof = prove(&task, &|n| bar.inc(n)).map_err(|error| match error {
        VerifyError::Spool(error) => spool_stop(error),
        VerifyError::Io(error) => Stop::Io { what: "read the letters".into(), error },
    });
    bar.finish_and_clear();
    proof
}

pub fn jobs(args: &VerifyArgs) -> usize {
    args.jobs.unwrap_or_else(|| thread::available_parallelism().map_or(1, usize::from))
}

/// What was approved is what the letters must agree with, whatever was edited since. A sealed copy
/// that was touched is a fault and is still read.
pub fn sealed_matter(
    args: &VerifyArgs,
    live: &Matter,
    seal: &Seal,
    broken: &mut Vec<String>,
) -> Result<(Matter, Option<Sealed>), Stop> {
    let opened = Sealed::open(live, seal.record.clone());
    match opened.and_then(|sealed| Ok((sealed.matter(live)?, Some(sealed)))) {
        Err(Stop::Refused(findings)) => {
            broken.extend(findings.iter().map(|finding| finding.message.clone()));
            let law = seal.inputs().join("law");
            let folder = Folder {
                incident: seal.inputs(),
                out: Some(live.out.clone()),
                wave: Some(seal.record.wave.clone()),
                law: law.is_dir().then_some(law).or_else(|| args.folder.law.clone()),
            };
            Ok((Matter::open(&folder)?.0, None))
        }
        other => other,
    }
}

/// The rows that are to get a letter, and how many.
pub fn mailed(ledger: Option<&Ledger>, wave: &str) -> Result<(RowSet, u64), Stop> {
    let (mut rows, mut many) = (RowSet::default(), 0);
    let mut add = |row, outcome: &str| {
        if Outcome::ALL.iter().any(|o| o.mails() && o.label() == outcome) {
            rows.insert(row);
            many += 1;
        }
    };
    if let Some(ledger) = ledger {
        ledger.each_outcome(wave, &mut add).map_err(ledger_stop)?;
    }
    Ok((rows, many))
}
