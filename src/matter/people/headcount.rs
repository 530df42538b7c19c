//! Everybody counted for who only asks: from the spool while it is what the roster would give, in
//! memory otherwise. Writes nothing into the folder.

use crate::approve::{segments, sha256};
use crate::files::{self, Scratch};
use crate::finding::Findings;
use crate::folder::IncidentFolder;
use crate::incident::EntityIx;
use crate::incident::INCIDENT_FILE;
use crate::letters::Kinds;
use crate::matter::open::Matter;
use crate::matter::people::intake::Intake;
use crate::matter::people::kept_counts::decides;
use crate::matter::people::taking::{How, take};
use crate::matter::products::PROGRAM;
use crate::matter::refusal::{Doing, Refusal};
use crate::matter::seal::rosters_digest;
use crate::plan::Cube;
use crate::roster::Spool;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// The figures of a wave.
pub struct Headcount {
    /// Everybody affected so far, the people of earlier waves included, each counted once.
    pub cube: Cube,
    /// This wave's people by all that their letters turn on.
    pub kinds: Kinds,
    /// Letters that came back, by covered entity.
    pub returned: BTreeMap<EntityIx, u64>,
}

impl Headcount {
    /// Counts everybody and leaves the folder as it is.
    ///
    /// # Errors
    /// A roster that cannot be used as a whole; I/O.
    pub fn of(matter: &Matter, findings: &mut Findings) -> Result<Self, Refusal> {
        // A spool that was altered is no spool: the roster says who is affected.
        if fits(matter)?
            && let Ok(intake) = Intake::open(matter, findings)
        {
            let returned = intake.returned();
            let Intake { cube, kinds, .. } = intake;
            return Ok(Self { cube, kinds, returned });
        }
        let scratch = Scratch::temporary().doing(|| "make a temporary folder".into())?;
        let asked_in = Some(scratch.dir());
        let how = How { findings_csv: None, show_values: false, asked_in };
        let (cube, kinds, returned) = take(matter, findings, &how)?.counts(matter)?;
        Ok(Self { cube, kinds, returned })
    }
}

/// Whether the spool is what the roster, the facts and the law would give now.
fn fits(matter: &Matter) -> Result<bool, Refusal> {
    let wave = &matter.wave().id;
    let Ok(kept) = std::fs::read_to_string(path(matter)) else { return Ok(false) };
    let Ok(spool) = Spool::open(&matter.folder, wave) else { return Ok(false) };
    if MadeOf::read(matter)?.bound(&spool) != Some(kept) || spool.fits(&matter.incident).is_err() {
        return Ok(false);
    }
    let roster = rosters_digest(&matter.folder, matter.wave())?;
    Ok(roster.as_ref() == Some(&spool.info().roster_digest))
}

/// What a spool follows from besides the roster. None for a wave after the first: it turns on what
/// became of the earlier ones.
pub struct MadeOf {
    digest: Option<String>,
    path: PathBuf,
}

impl MadeOf {
    /// What it is now, before the roster is read: what somebody edits meanwhile must not pass for
    /// it.
    ///
    /// # Errors
    /// incident.toml cannot be read.
    pub fn read(matter: &Matter) -> Result<Self, Refusal> {
        let (wave, path) = (matter.wave(), path(matter));
        if matter.incident.waves.iter().any(|other| other.mail_on < wave.mail_on) {
            return Ok(Self { digest: None, path });
        }
        let text = std::fs::read_to_string(IncidentFolder(&matter.folder).incident())
            .doing(|| format!("read `{INCIDENT_FILE}`"))?;
        let day = wave.mail_on.to_string();
        let mut parts = vec![PROGRAM, matter.pack.digest(), &wave.id, &day];
        parts.extend(segments(&text).into_iter().filter(|part| decides(part)).map(str::trim));
        Ok(Self { digest: Some(sha256(parts.join("\n").as_bytes())), path })
    }

    /// The same with the spool; none where it is not kept.
    fn bound(&self, spool: &Spool) -> Option<String> {
        let (digest, info) = (self.digest.as_ref()?, spool.info());
        let parts = [digest, &info.digest, &info.places, &info.roster_digest];
        let bound = sha256(parts.map(String::as_str).join("\n").as_bytes());
        Some(format!("{bound}\n"))
    }

    /// Keeps beside a spool what it was made of.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn keep(&self, spool: &Spool) -> Result<(), Refusal> {
        let doing = || format!("write `{}`", self.path.display());
        match self.bound(spool) {
            Some(text) => files::write(&self.path, text.as_bytes()).doing(doing),
            None => Ok(()),
        }
    }
}

fn path(matter: &Matter) -> PathBuf {
    IncidentFolder(&matter.folder).spool(&matter.wave().id).made_of()
}
