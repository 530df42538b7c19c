//! `export`: a bundle for a regulator, a covered entity or counsel.
//!
//! What each gets is listed in docs/REFERENCE.md. Nobody gets `privileged.toml`: reasons of
//! decisions and harm assessments are counsel's own, and a bundle that would hold a sentence of
//! them is refused.

mod client;
mod counsel;
mod filed;
mod people_told;
mod privileged;
mod recorded;
mod regulator;
mod story;

use crate::export::{Bundle, Lock, wrap};
use crate::files::{self, Pending, Staged};
use crate::finding::Findings;
use crate::folder::IncidentFolder;
use crate::ledger::Ledger;
use crate::matter::open::{Matter, Selection};
use crate::matter::products::locked;
use crate::matter::refusal::{Doing, Refusal};
use crate::matter::seal::earlier;
use crate::matter::seal::earlier::Seal;
use crate::matter::seal::{ledger_stop, signature, unaltered};
use crate::matter::work;
use recorded::Recorded;
use serde::Serialize;
use std::io;
use std::path::{Path, PathBuf};
use story::BundleStory;

/// Everything a bundle is filled from.
pub struct BundleSource<'a> {
    matter: &'a Matter,
    recorded: &'a Recorded,
    story: &'a BundleStory,
    seals: &'a [Seal],
    ledger: &'a Ledger,
}

/// The last line of every page.
const FOOT: &str = "Made by Noticeworks from the incident's own record. PROCEDURE.txt says how to \
    check this bundle without that program. Not legal advice.";

/// Whom a bundle is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Audience {
    Regulator,
    Client,
    Counsel,
}

/// Which bundle, and where it goes.
#[derive(Clone, Debug)]
pub struct ExportRequest {
    pub selection: Selection,
    pub audience: Audience,
    /// A new folder, or a new file.
    pub to: PathBuf,
    /// The covered entity of a client's bundle.
    pub entity: Option<String>,
    /// Only what concerns this state, for a regulator.
    pub jurisdiction: Option<String>,
    /// age keys of the readers.
    pub recipients: Vec<String>,
    /// The passphrase stands on its first line.
    pub passphrase_file: Option<PathBuf>,
}

impl ExportRequest {
    /// Whether the bundle is one file.
    fn packs(&self) -> bool {
        let named = self.to.extension().is_some_and(|end| end == "tar" || end == "age");
        named || !self.recipients.is_empty() || self.passphrase_file.is_some()
    }
}

/// The bundle that was made.
#[derive(Debug, Serialize)]
pub struct ExportAnswer {
    #[serde(rename = "for")]
    pub audience: Audience,
    pub to: PathBuf,
    pub files: u64,
    /// Of the whole bundle, for the reader.
    pub digest: String,
    pub encrypted: bool,
}

/// Makes a bundle.
///
/// # Errors
/// Nothing recorded yet, a place that is taken, a sentence of counsel's own; I/O.
pub fn export(args: &ExportRequest) -> Result<ExportAnswer, Refusal> {
    let (matter, _) = Matter::open(&args.selection)?;
    let _work = work::begin(&matter.folder, "export")?;
    let entity = entity(args, &matter)?;
    let lock = lock(args)?;
    if args.to.exists() {
        return Err(Refusal::one(
            code!("export.exists"),
            format!("`{}` is there already", args.to.display()),
            "name another place, or take the old bundle away",
        ));
    }
    let ledger = Ledger::look(&matter.folder).map_err(ledger_stop)?;
    let Some(ledger) = ledger else {
        return Err(Refusal::one(
            code!("ledger.missing"),
            "nothing is recorded of this incident yet",
            "run `noticeworks run` on the folder first",
        ));
    };
    unaltered(&ledger)?;
    let recorded = Recorded::read(&matter, &ledger)?;
    let story = BundleStory::read(&ledger)?;
    let seals = earlier::all(&matter, &ledger)?;
    let desk = BundleSource {
        matter: &matter,
        recorded: &recorded,
        story: &story,
        seals: &seals,
        ledger: &ledger,
    };
    // Laid down inside the incident folder: what is to be locked must not lie open elsewhere.
    let staged = Staged::create(&IncidentFolder(&matter.folder).export())
        .doing(|| "make a folder for the bundle".into())?;
    let mut bundle = Bundle::new(staged.dir());
    let mut findings = Findings::default();
    match args.audience {
        Audience::Regulator => {
            regulator::fill(&desk, args.jurisdiction.as_deref(), &mut bundle, &mut findings)?;
        }
        Audience::Client => client::fill(&desk, &entity, &mut bundle, &mut findings)?,
        Audience::Counsel => counsel::fill(&desk, &mut bundle)?,
    }
    let finished = bundle.finish().doing(|| format!("write the bundle `{}`", args.to.display()))?;
    privileged::guard(&matter.folder, staged.dir(), &finished.files)?;
    put(&args.to, staged.dir(), &finished.files, &lock, args.packs())?;
    drop(staged);
    Ok(ExportAnswer {
        audience: args.audience,
        to: args.to.clone(),
        files: finished.files.len() as u64,
        digest: finished.digest,
        encrypted: !matches!(lock, Lock::Open),
    })
}

/// The covered entity that a client's bundle is for.
fn entity(args: &ExportRequest, matter: &Matter) -> Result<String, Refusal> {
    let known: Vec<&str> = matter.incident.entities.iter().map(|e| e.id.as_str()).collect();
    let of = |id: &str| known.contains(&id).then(|| id.to_owned());
    match (args.audience, &args.entity) {
        (Audience::Client, Some(id)) => of(id).ok_or_else(|| {
            Refusal::one(
                code!("export.entity"),
                format!("incident.toml has no covered entity `{id}`"),
                format!("choose one of {}", known.join(", ")),
            )
        }),
        (Audience::Client, None) if known.len() == 1 => Ok(known[0].to_owned()),
        (Audience::Client, None) => Err(Refusal::one(
            code!("export.entity"),
            "a client's bundle holds one covered entity's people",
            format!("name it with --entity: {}", known.join(", ")),
        )),
        (_, Some(_)) => Err(Refusal::one(
            code!("export.entity"),
            "only a client's bundle is of one covered entity",
            "leave --entity out, or export --for client",
        )),
        (_, None) => Ok(String::new()),
    }
}

fn lock(args: &ExportRequest) -> Result<Lock, Refusal> {
    let Some(file) = &args.passphrase_file else {
        return Ok(match args.recipients.is_empty() {
            true => Lock::Open,
            false => Lock::Recipients(args.recipients.clone()),
        });
    };
    let text = std::fs::read_to_string(file).doing(|| format!("read `{}`", file.display()))?;
    let words = text.lines().next().unwrap_or_default().trim_end().to_owned();
    if words.chars().count() < 12 {
        return Err(Refusal::one(
            code!("export.passphrase"),
            "the passphrase has fewer than 12 characters",
            "write a longer one on the first line of the file",
        ));
    }
    Ok(Lock::Passphrase(words))
}

/// Puts the bundle where it goes, whole or not at all.
fn put(to: &Path, from: &Path, list: &[String], lock: &Lock, packed: bool) -> Result<(), Refusal> {
    let doing = || format!("write `{}`", to.display());
    if packed {
        let name = to.file_name().and_then(|n| n.to_str()).unwrap_or("bundle");
        let name = name.split('.').next().filter(|n| !n.is_empty()).unwrap_or("bundle");
        let mut file = Pending::create(to).doing(doing)?;
        wrap(from, name, list, lock, &mut file).map_err(|error| locked::stop(error, doing()))?;
        return file.commit().doing(doing);
    }
    let staged = Staged::create(to).doing(doing)?;
    for path in list {
        let to = staged.dir().join(path);
        if let Some(parent) = to.parent() {
            files::make_dir(parent).doing(doing)?;
        }
        let mut source = std::fs::File::open(from.join(path)).doing(doing)?;
        io::copy(&mut source, &mut files::create(&to).doing(doing)?).doing(doing)?;
    }
    staged.commit().doing(doing)
}

/// The seals without what they were made from: root, statement and lists, which name nobody, and
/// the signatures over the root with their public keys.
fn seal(desk: &BundleSource<'_>, bundle: &mut Bundle) -> Result<(), Refusal> {
    for sealed in desk.seals {
        let doing = || format!("read the seal `{}`", sealed.name());
        let under = format!("seals/{}", sealed.name());
        let root = std::fs::read(sealed.files.root()).doing(doing)?;
        bundle
            .add(
                &format!("{under}/ROOT"),
                format!("{}\n", crate::approve::sha256(&root)).as_bytes(),
            )
            .doing(doing)?;
        bundle.add(&format!("{under}/root.txt"), &root).doing(doing)?;
        let text = String::from_utf8_lossy(&root);
        for file in text.lines().filter_map(|line| line.split_once("  ")).map(|(_, file)| file) {
            bundle.copy(&format!("{under}/{file}"), &sealed.files.0.join(file)).doing(doing)?;
        }
        for file in signature::files_in(&sealed.files.0).doing(doing)? {
            bundle.copy(&format!("{under}/{file}"), &sealed.files.0.join(&file)).doing(doing)?;
        }
    }
    Ok(())
}
