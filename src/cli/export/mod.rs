//! `export`: a bundle for a regulator, a covered entity or counsel.
//!
//! What each gets is listed in docs/REFERENCE.md. Nobody gets `privileged.toml`: reasons of
//! decisions and harm assessments are counsel's own, and a bundle that would hold a sentence of
//! them is refused.

mod client;
mod counsel;
mod filed;
mod privileged;
mod recorded;
mod regulator;
mod story;

use super::args::{Audience, ExportArgs};
use super::exit::{Doing, Ending, Stop};
use super::locked;
use super::matter::Matter;
use super::output::{print, print_json};
use super::seals::{self, Seal};
use super::words::count;
use crate::export::{Bundle, Lock, wrap};
use crate::files::{self, Pending, Staged};
use crate::finding::Findings;
use crate::ledger::Ledger;
use recorded::Recorded;
use serde_json::json;
use std::io;
use std::path::Path;
use story::Story;

/// Everything a bundle is filled from.
struct Desk<'a> {
    matter: &'a Matter,
    recorded: &'a Recorded,
    story: &'a Story,
    seals: &'a [Seal],
    ledger: &'a Ledger,
}

/// The last line of every page.
const FOOT: &str = "Made by Noticeworks from the incident's own record. PROCEDURE.txt says how to \
    check this bundle without that program. Not legal advice.";

pub fn run(args: &ExportArgs) -> Result<Ending, Stop> {
    let (matter, _) = Matter::open(&args.folder)?;
    let entity = entity(args, &matter)?;
    let lock = lock(args)?;
    if args.to.exists() {
        return Err(Stop::one(
            code!("export.exists"),
            format!("`{}` is there already", args.to.display()),
            "name another place, or take the old bundle away",
        ));
    }
    let doing = || "read `ledger.sqlite`".to_owned();
    let ledger = Ledger::look(&matter.folder).map_err(io::Error::other).doing(doing)?;
    let Some(ledger) = ledger else {
        return Err(Stop::one(
            code!("ledger.missing"),
            "nothing is recorded of this incident yet",
            "run `noticeworks run` on the folder first",
        ));
    };
    ledger.verify_chain().map_err(io::Error::other).doing(doing)?;
    let recorded = Recorded::read(&matter, &ledger)?;
    let story = Story::read(&ledger)?;
    let seals = seals::all(&matter, &ledger)?;
    let desk = Desk {
        matter: &matter,
        recorded: &recorded,
        story: &story,
        seals: &seals,
        ledger: &ledger,
    };
    // Laid down inside the incident folder: what is to be locked must not lie open elsewhere.
    let staged = Staged::create(&matter.folder.join("export"))
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
    let finished = bundle.finish().doing(|| "write the bundle".into())?;
    privileged::guard(&matter.folder, staged.dir(), &finished.files)?;
    put(&args.to, staged.dir(), &finished.files, &lock, args.packs())?;
    drop(staged);
    let files = finished.files.len() as u64;
    if args.json {
        print_json(&json!({
            "for": args.audience.name(),
            "to": args.to,
            "files": files,
            "digest": finished.digest,
            "encrypted": !matches!(lock, Lock::Open),
        }))?;
    } else {
        print(&format!(
            "{}: {}\nDigest {}\n\nGive the digest to the reader by another way than the bundle. How to check it stands in PROCEDURE.txt\n",
            args.to.display(),
            count(files, "file", "files"),
            finished.digest
        ))?;
    }
    Ok(Ending::Fine)
}

/// The covered entity that a client's bundle is for.
fn entity(args: &ExportArgs, matter: &Matter) -> Result<String, Stop> {
    let known: Vec<&str> = matter.incident.entities.iter().map(|e| e.id.as_str()).collect();
    let of = |id: &str| known.contains(&id).then(|| id.to_owned());
    match (args.audience, &args.entity) {
        (Audience::Client, Some(id)) => of(id).ok_or_else(|| {
            Stop::one(
                code!("export.entity"),
                format!("incident.toml has no covered entity `{id}`"),
                format!("choose one of {}", known.join(", ")),
            )
        }),
        (Audience::Client, None) if known.len() == 1 => Ok(known[0].to_owned()),
        (Audience::Client, None) => Err(Stop::one(
            code!("export.entity"),
            "a client's bundle holds one covered entity's people",
            format!("name it with --entity: {}", known.join(", ")),
        )),
        (_, Some(_)) => Err(Stop::one(
            code!("export.entity"),
            "only a client's bundle is of one covered entity",
            "leave --entity out, or export --for client",
        )),
        (_, None) => Ok(String::new()),
    }
}

fn lock(args: &ExportArgs) -> Result<Lock, Stop> {
    let Some(file) = &args.passphrase_file else {
        return Ok(match args.recipient.is_empty() {
            true => Lock::Open,
            false => Lock::Recipients(args.recipient.clone()),
        });
    };
    let text = std::fs::read_to_string(file).doing(|| format!("read `{}`", file.display()))?;
    let words = text.lines().next().unwrap_or_default().trim_end().to_owned();
    if words.chars().count() < 12 {
        return Err(Stop::one(
            code!("export.passphrase"),
            "the passphrase has fewer than 12 characters",
            "write a longer one on the first line of the file",
        ));
    }
    Ok(Lock::Passphrase(words))
}

/// Puts the bundle where it goes, whole or not at all.
fn put(to: &Path, from: &Path, list: &[String], lock: &Lock, packed: bool) -> Result<(), Stop> {
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

/// A seal without what it was made from: root, statement and lists, which name nobody.
fn seal(desk: &Desk<'_>, bundle: &mut Bundle) -> Result<(), Stop> {
    for sealed in desk.seals {
        let doing = || format!("read the seal `{}`", sealed.name());
        let under = format!("seals/{}", sealed.name());
        let root = std::fs::read(sealed.dir.join("root.txt")).doing(doing)?;
        bundle
            .add(
                &format!("{under}/ROOT"),
                format!("{}\n", crate::approve::sha256(&root)).as_bytes(),
            )
            .doing(doing)?;
        bundle.add(&format!("{under}/root.txt"), &root).doing(doing)?;
        let text = String::from_utf8_lossy(&root);
        for file in text.lines().filter_map(|line| line.split_once("  ")).map(|(_, file)| file) {
            bundle.copy(&format!("{under}/{file}"), &sealed.dir.join(file)).doing(doing)?;
        }
    }
    Ok(())
}
