//! Whether what was approved still is what would be sent, and if not, what changed.

use super::now::{file_digest, now};
use super::piece::{Found, compose_one};
use super::{Sealed, ledger_stop};
use crate::approve::{Canon, Change, Drift, Word, changed_words, leaf, person_digest};
use crate::cli::exit::Stop;
use crate::cli::images::Images;
use crate::cli::intake::{Intake, spool_stop};
use crate::cli::matter::Matter;
use crate::cli::press::{self, Words};
use crate::cli::products;
use crate::finding::{Finding, Findings, Severity};
use crate::ledger::{Ledger, SealState};
use crate::letters::{BatchWatch, Version, Watch};
use crate::plan::outcome;
use crate::roster::{Person, Spool, spool_path};
use crate::typeset::Laid;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::sync::Mutex;

/// Versions whose changed words are shown.
const SHOWN: usize = 6;

/// A wave's standing.
pub enum Standing {
    /// Nobody approved it yet; or one of two approvers only.
    Open { waiting: bool },
    /// Approved and as it was.
    Sealed(Vec<Sealed>),
    /// Approved, but something changed since.
    Drifted(Box<(Sealed, Drift)>),
}

/// # Errors
/// Refused if a seal itself was altered; I/O.
pub fn standing(matter: &Matter, ledger: &Ledger) -> Result<Standing, Stop> {
    let seals = Sealed::all(matter, ledger)?;
    if seals.is_empty() {
        let all = ledger.seals(&matter.wave().id).map_err(ledger_stop)?;
        let waiting = all.iter().any(|seal| seal.state == SealState::Waiting);
        return Ok(Standing::Open { waiting });
    }
    let mut kept = Vec::new();
    for sealed in seals {
        let drift = drift_of(matter, &sealed)?;
        if !drift.is_none() {
            return Ok(Standing::Drifted(Box::new((sealed, drift))));
        }
        kept.push(sealed);
    }
    Ok(Standing::Sealed(kept))
}

/// Refuses unless the seal holds.
///
/// # Errors
/// Refused, with what changed.
pub fn whole(matter: &Matter, sealed: &Sealed) -> Result<(), Stop> {
    let drift = drift_of(matter, sealed)?;
    match drift.is_none() {
        true => Ok(()),
        false => Err(Stop::Refused(tell(matter, sealed, &drift, Severity::Error))),
    }
}

/// What changed since a seal was made.
///
/// # Errors
/// The inputs cannot be read.
pub fn drift_of(matter: &Matter, sealed: &Sealed) -> Result<Drift, Stop> {
    let statement = &sealed.folder.statement;
    let (now, _) = now(matter)?;
    let mut drift = Drift::between(statement, &now);
    let (was, is) = (&statement.spool, &now.spool);
    let name = || format!("spool/{}.csv", crate::roster::wave_file_name(&statement.wave));
    if is.csv.is_empty() || is.toml.is_empty() {
        drift.changes.push(Change::Removed(name()));
    } else if (&was.csv, &was.toml) != (&is.csv, &is.toml) {
        // A new check is no drift while the people under the seal are the same. That it was one
        // shows in the roster: the spool is of the file as it lies there.
        let roster = file_digest(&matter.folder.join(&matter.wave().roster))?;
        let checked_anew = roster.as_deref() == Some(&is.roster);
        if !checked_anew || !same_people(matter, sealed)? {
            drift.changes.push(Change::Changed(name()));
        }
    }
    Ok(drift)
}

/// Whether everybody whose piece is under the seal is still in the spool as they were.
fn same_people(matter: &Matter, sealed: &Sealed) -> Result<bool, Stop> {
    let Ok(spool) = Spool::open(&matter.folder, &matter.wave().id) else { return Ok(false) };
    if spool.fits(&matter.incident).is_err() {
        return Ok(false);
    }
    let mut scratch = Vec::new();
    let mut of = |person: &Person| short(&person_digest(person, &mut scratch));
    let was = sealed.matter(matter)?;
    let mut missing = HashSet::new();
    for person in Spool::open(&was.folder, &was.wave().id)
        .and_then(|spool| spool.people())
        .map_err(spool_stop)?
    {
        let person = person.map_err(spool_stop)?;
        let planned = outcome(&person, &was.incident);
        if planned.mails() || planned.emails() {
            missing.insert(of(&person));
        }
    }
    let Ok(people) = spool.people() else { return Ok(false) };
    for person in people {
        let Ok(person) = person else { return Ok(false) };
        missing.remove(&of(&person));
    }
    Ok(missing.is_empty())
}

/// The drift as findings: each input; each version with how many pieces and which words.
pub fn tell(matter: &Matter, sealed: &Sealed, drift: &Drift, severity: Severity) -> Findings {
    let mut findings = Findings::default();
    let seal = format!("{}-{}", sealed.record.wave, sealed.record.number);
    for change in &drift.changes {
        let message = format!(
            "{} {} after wave {} was approved",
            change.name(),
            change.verb(),
            matter.wave().id
        );
        findings.push(Finding::new("seal.drifted", severity, message).remedy(format!(
            "undo it (`sealed/{seal}/inputs` has what was approved), or approve anew"
        )));
    }
    match compare(matter, sealed) {
        Ok(compared) => compared.tell(severity, &mut findings),
        // The folder cannot even be composed: that is said, and the seal is broken anyway.
        Err(Stop::Configuration(more) | Stop::Refused(more)) => findings.extend(more),
        Err(_) => {}
    }
    findings
}

/// Pieces of the seal against pieces composed now.
struct Compared {
    /// Version as composed now -> how many letters differ, and the words of one.
    versions: BTreeMap<String, (u64, Vec<Word>)>,
    added: u64,
    gone: u64,
}

impl Compared {
    fn tell(self, severity: Severity, findings: &mut Findings) {
        for (version, (n, words)) in self.versions {
            let letters = if n == 1 { "letter differs" } else { "letters differ" };
            let shown: Vec<String> = words.iter().take(8).map(passage).collect();
            let words = match shown.is_empty() {
                true => "places on the page or the person's record".to_owned(),
                false => shown.join("; "),
            };
            let message = format!("version `{version}`: {n} {letters} from the approved: {words}");
            findings.push(Finding::new("seal.words", severity, message));
        }
        for (n, what) in [(self.added, "not under the seal"), (self.gone, "under the seal gone")] {
            if n > 0 {
                let letters = if n == 1 { "letter" } else { "letters" };
                let message = format!("{n} {letters} {what}");
                findings.push(Finding::new("seal.letters", severity, message));
            }
        }
    }
}

fn passage(word: &Word) -> String {
    match (word.was.as_str(), word.is.as_str()) {
        (was, "") => format!("\u{201c}{was}\u{201d} is gone"),
        ("", is) => format!("\u{201c}{is}\u{201d} is new"),
        (was, is) => format!("\u{201c}{was}\u{201d} is now \u{201c}{is}\u{201d}"),
    }
}

fn compare(matter: &Matter, sealed: &Sealed) -> Result<Compared, Stop> {
    let mut ignored = Findings::default();
    let fonts = press::fonts(matter, &mut ignored);
    let images = Images::load(matter, &mut ignored);
    let mut intake = Intake::open(matter, &mut ignored)?;
    let (plan, _) = matter.plan(&intake.cube, *matter.wave().mail_on);
    let words = Words::load(matter)?;
    let writer = words.writer(matter, &plan, &fonts)?;
    intake.settle_again(matter, &writer, &fonts)?;
    let watch = Comparer { sealed: leaves(sealed)?, seen: Mutex::default() };
    let jobs = std::thread::available_parallelism().map_or(1, usize::from);
    let mut press = products::press(matter, &writer, &fonts, &images, "", jobs);
    press.watch = Some(&watch);
    products::print(matter, &intake, &writer, &press, None)?;
    let seen = watch.seen.into_inner().unwrap_or_default();
    let mut versions = BTreeMap::new();
    for (n, (version, (count, (_, record)))) in seen.changed.into_iter().enumerate() {
        let words = if n < SHOWN {
            let of = |matter: &Matter| compose_one(matter, &Found::Record(&record));
            let was = of(&sealed.matter(matter)?)?;
            let is = of(matter)?;
            was.zip(is).map_or_else(Vec::new, |(was, is)| changed_words(&was.text, &is.text))
        } else {
            Vec::new()
        };
        versions.insert(version, (count, words));
    }
    let gone = (watch.sealed.len() as u64).saturating_sub(seen.known);
    Ok(Compared { versions, added: seen.added, gone })
}

/// Piece -> leaf, both shortened to 8 bytes.
fn leaves(sealed: &Sealed) -> Result<HashMap<u64, u64>, Stop> {
    let mut leaves = HashMap::new();
    let lists: Vec<String> = sealed.folder.lists().map(str::to_owned).collect();
    for name in lists.iter().filter(|name| name.starts_with("batch-")) {
        for leaf in sealed.folder.list(name).map_err(super::seal_stop)?.leaves {
            let piece = leaf.file.strip_suffix(".txt").unwrap_or(&leaf.file);
            leaves.insert(short(piece), short(&leaf.digest));
        }
    }
    Ok(leaves)
}

fn short(text: &str) -> u64 {
    let mut hash = DefaultHasher::new();
    text.hash(&mut hash);
    hash.finish()
}

struct Comparer {
    sealed: HashMap<u64, u64>,
    seen: Mutex<Seen>,
}

/// Batch, place in it, record id.
type First = ((usize, usize), String);

#[derive(Default)]
struct Seen {
    /// Version -> how many, and the first of them.
    changed: BTreeMap<String, (u64, First)>,
    known: u64,
    added: u64,
}

struct Comparing<'c> {
    comparer: &'c Comparer,
    batch: usize,
    at: usize,
    canon: Canon,
    scratch: Vec<u8>,
    own: Seen,
}

impl Watch for Comparer {
    fn batch(&self, batch: usize) -> io::Result<Box<dyn BatchWatch + '_>> {
        let (canon, scratch, own) = (Canon::default(), Vec::new(), Seen::default());
        Ok(Box::new(Comparing { comparer: self, batch, at: 0, canon, scratch, own }))
    }
}

impl BatchWatch for Comparing<'_> {
    fn letter(
        &mut self,
        piece: &str,
        person: &Person,
        version: &Version,
        laid: &Laid,
    ) -> io::Result<()> {
        self.at += 1;
        let Some(was) = self.comparer.sealed.get(&short(piece)) else {
            self.own.added += 1;
            return Ok(());
        };
        self.own.known += 1;
        let of = person_digest(person, &mut self.scratch);
        let digest = leaf(self.canon.text(piece, &of, &version.key, laid));
        if *was != short(&crate::roster::hex(&digest)) {
            let first = ((self.batch, self.at), person.record_id.clone());
            self.own.changed.entry(version.key.clone()).or_insert((0, first)).0 += 1;
        }
        Ok(())
    }

    fn done(self: Box<Self>) -> io::Result<()> {
        let Ok(mut all) = self.comparer.seen.lock() else { return Ok(()) };
        all.known += self.own.known;
        all.added += self.own.added;
        for (version, (n, first)) in self.own.changed {
            let known = all.changed.entry(version).or_insert_with(|| (0, first.clone()));
            known.0 += n;
            known.1 = first.min(known.1.clone());
        }
        Ok(())
    }
}

/// Whether the roster of the wave is no longer the one that the spool was made from: worth a
/// word, though the seal is over the spool.
pub fn roster_changed(matter: &Matter) -> Result<Option<Finding>, Stop> {
    let about = spool_path(&matter.folder, &matter.wave().id).with_extension("toml");
    let text = std::fs::read_to_string(about).unwrap_or_default();
    let table: toml::Table = text.parse().unwrap_or_default();
    let known = table.get("roster_digest").and_then(toml::Value::as_str).unwrap_or_default();
    let now = file_digest(&matter.folder.join(&matter.wave().roster))?;
    Ok((now.as_deref() != Some(known)).then(|| {
        let message = format!("`{}` changed after it was checked", matter.wave().roster);
        Finding::new("roster.changed", Severity::Warning, message)
            .remedy("letters are of the people who were approved; put new rows into another wave")
    }))
}
