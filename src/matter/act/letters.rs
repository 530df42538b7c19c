//! `letters`: finals of what was approved, or drafts.

use crate::approve::{Canon, List, leaf};
use crate::clock;
use crate::files::hex;
use crate::finding::{Finding, Findings, Severity};
use crate::folder::{LetterFiles, OutFolder};
use crate::ledger::What;
use crate::ledger::{Ledger, Printing, Residence};
use crate::letters::{BatchWatch, Printed, Version, Watch};
use crate::matter::compose::with_writer::{Composing, composing};
use crate::matter::delay::not_before;
use crate::matter::open::{Matter, Selection};
use crate::matter::products::{self, PdfWriter};
use crate::matter::refusal::{Doing, Refusal};
use crate::matter::seal::differing;
use crate::matter::seal::standing::{SealStanding, roster_changed, standing};
use crate::matter::seal::{Sealed, fence, ledger_stop, seal_stop};
use crate::matter::watcher::Watcher;
use crate::matter::work;
use crate::roster::Person;
use crate::tables::words::count;
use crate::typeset::Laid;
use jiff::civil::Date;
use rayon::prelude::*;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// Which letters to print.
#[derive(Clone, Debug, Default)]
pub struct LettersRequest {
    pub selection: Selection,
    /// Batches made at once; none: one for each processor core.
    pub jobs: Option<usize>,
    pub writer: PdfWriter,
}

/// The letters that were printed.
#[derive(Debug, Serialize)]
pub struct LettersAnswer {
    pub wave: String,
    /// Marked DRAFT: not approved, or changed since.
    pub draft: bool,
    pub letters: u64,
    pub pages: u64,
    pub batches: u64,
    pub folder: PathBuf,
    /// Of finals, the seals with batches that are not known to be posted.
    pub seals: Vec<ToBePosted>,
    /// The day before which finals must not be posted, if it is yet to come: the mail date, or the
    /// one after a law-enforcement hold.
    pub not_before: Option<Date>,
    /// Besides those that the watcher was told before the work.
    #[serde(skip)]
    pub findings: Findings,
}

/// The batches of one seal.
#[derive(Debug, Serialize)]
pub struct ToBePosted {
    pub seal: u32,
    pub batches: u64,
}

/// Finals of what was approved; drafts where nothing was, or where it changed.
///
/// # Errors
/// A composed letter that is not the sealed one; configuration; I/O.
pub fn letters(args: &LettersRequest, watcher: &dyn Watcher) -> Result<LettersAnswer, Refusal> {
    let (matter, mut findings) = Matter::open(&args.selection)?;
    let _work = work::begin(&matter.folder, "letters")?;
    let mut ledger = Ledger::open(&matter.folder).map_err(ledger_stop)?;
    matter.keys.kept()?;
    let print = products::PrintOptions::of(args.writer, args.jobs)?;
    match standing(&matter, &ledger)? {
        SealStanding::Sealed(seals) => {
            roster_changed(&matter)?.into_iter().for_each(|finding| findings.push(finding));
            let hold = fence::hold(&matter, &mut ledger)?;
            let (mut made, mut to_be_posted) = (Vec::new(), Vec::new());
            let mut states = BTreeSet::new();
            for sealed in &seals {
                let posted = posted_before(&ledger, sealed, &mut findings)?;
                let printed = finals(&matter, sealed, &mut ledger, print, watcher)?;
                let (seal, batches) = (sealed.record.number, printed.batches);
                if batches > posted {
                    to_be_posted.push(ToBePosted { seal, batches });
                }
                made.push(printed);
                let seal = sealed.record.id;
                states.extend(ledger.states_printed(seal, None).map_err(ledger_stop)?);
            }
            hold.remember(&ledger).map_err(fence::fenced)?;
            let not_before = not_before(&matter, clock::today(), &states);
            let answer = answer(&matter, &made, false, findings)?;
            Ok(LettersAnswer { not_before, seals: to_be_posted, ..answer })
        }
        SealStanding::Open { waiting } => {
            let why = match waiting {
                true => {
                    "a second person has yet to approve this wave: the letters are marked DRAFT"
                }
                false => "nobody has approved this wave: the letters are marked DRAFT",
            };
            let remedy = "review them, then run `noticeworks approve`";
            findings.push(Finding::new(code!("seal.none"), Severity::Warning, why).remedy(remedy));
            drafts(&matter, print, &findings, watcher)
        }
        SealStanding::Drifted(drifted) => {
            let (sealed, drift) = *drifted;
            let why =
                differing::tell(&matter, &ledger, &sealed, &drift, Severity::Warning, watcher);
            findings.extend(why);
            drafts(&matter, print, &findings, watcher)
        }
    }
}

/// Says which batches that are printed once more were posted before; how many they are.
fn posted_before(
    ledger: &Ledger,
    sealed: &Sealed,
    findings: &mut Findings,
) -> Result<u64, Refusal> {
    let deliveries = ledger.deliveries(sealed.record.id).map_err(ledger_stop)?;
    let posted: BTreeSet<u32> = deliveries
        .iter()
        .filter(|delivery| delivery.what == What::Posted)
        .filter_map(|delivery| delivery.batch)
        .collect();
    if posted.is_empty() {
        return Ok(0);
    }
    let batches = count(posted.len() as u64, "batch", "batches");
    let folder = OutFolder::letters_of(sealed.record.number);
    let message = format!(
        "{batches} in `{folder}` {} posted before; what is printed now is a copy for the file",
        if posted.len() == 1 { "was" } else { "were" }
    );
    findings.push(
        Finding::new(code!("letters.posted_before"), Severity::Warning, message)
            .remedy("do not post it again; a single letter is printed again with `--piece`"),
    );
    Ok(posted.len() as u64)
}

/// The letters of the folder as it is, marked DRAFT.
fn drafts(
    matter: &Matter,
    print: products::PrintOptions,
    why: &Findings,
    watcher: &dyn Watcher,
) -> Result<LettersAnswer, Refusal> {
    // Said first: what was changed may be what stops the drafts.
    watcher.found(why);
    let mut findings = Findings::default();
    let printed = composing(matter, None, &mut findings, |with| {
        let Composing { intake, writer, fonts, images, .. } = *with;
        products::letters(matter, intake, writer, fonts, images, print, watcher)
    })?;
    answer(matter, &[printed], true, findings)
}

/// The letters under one seal, from the sealed inputs, each proved to be the sealed one.
fn finals(
    live: &Matter,
    sealed: &Sealed,
    ledger: &mut Ledger,
    print: products::PrintOptions,
    watcher: &dyn Watcher,
) -> Result<Printed, Refusal> {
    let matter = sealed.matter(live)?;
    let beside = beside(live, sealed, ledger)?;
    let watch = Prover { matter: &matter, sealed, residents: Mutex::default() };
    let staged = products::stage(&live.out, &OutFolder::letters_of(sealed.record.number))?;
    let counts = sealed.folder.statement.counts.clone();
    let printed = composing(&matter, Some(counts), &mut Findings::default(), |with| {
        let Composing { intake, writer, fonts, images, .. } = *with;
        let mut press = products::press(&matter, writer, fonts, images, "", print.jobs);
        press.backend = print.backend;
        press.watch = Some(&watch);
        let dir = Some(staged.dir());
        let printed = products::print_but(&matter, intake, writer, &press, dir, &beside, watcher);
        if intake.deals_codes() && printed.is_ok() {
            products::codes(&matter, intake, writer, staged.dir())?;
        }
        printed.map_err(refused)
    })?;
    if printed.letters != sealed.record.letters {
        let message = format!(
            "{} were composed where {} were approved",
            count(printed.letters, "letter", "letters"),
            sealed.record.letters
        );
        return Err(Refusal::refused(code!("seal.incomplete"), message, "approve the wave anew"));
    }
    let printings = printings(staged.dir(), &watch)?;
    products::commit(staged)?;
    ledger
        .record_printings(sealed.record.id, &sealed.record.wave, sealed.record.number, &printings)
        .map_err(ledger_stop)?;
    Ok(printed)
}

/// Pieces that are under earlier seals of the wave.
pub fn beside(live: &Matter, sealed: &Sealed, ledger: &Ledger) -> Result<HashSet<String>, Refusal> {
    let mut pieces = HashSet::new();
    let earlier = &sealed.folder.statement.beside;
    for other in Sealed::all(live, ledger)?.iter().filter(|s| earlier.contains(&s.record.number)) {
        let lists: Vec<String> = other.folder.lists().map(str::to_owned).collect();
        for name in lists.iter().filter(|name| name.starts_with("batch-")) {
            let list = other.folder.list(name).map_err(seal_stop)?;
            pieces.extend(
                list.leaves.into_iter().map(|leaf| leaf.file.trim_end_matches(".txt").to_owned()),
            );
        }
    }
    Ok(pieces)
}

/// A letter that is not the sealed one is a refusal, not an I/O error.
fn refused(stop: Refusal) -> Refusal {
    match stop {
        Refusal::Io { error, .. } if error.get_ref().is_some_and(|e| e.is::<NotSealed>()) => {
            let remedy = "use the program version that approved it, or approve the wave anew";
            Refusal::refused(code!("seal.not_the_letter"), error.to_string(), remedy)
        }
        other => other,
    }
}

/// Composed anew, a letter differs from the sealed one.
#[derive(Debug, thiserror::Error)]
#[error("letter {1} of batch {0} is not the one that was approved")]
struct NotSealed(usize, usize);

/// Entity and jurisdiction -> pieces, by batch.
type Residents = BTreeMap<u32, BTreeMap<(String, String), u64>>;

/// Proves every letter against its batch's list, and counts whose they are.
struct Prover<'p> {
    matter: &'p Matter,
    sealed: &'p Sealed,
    residents: Mutex<Residents>,
}

struct Proving<'p> {
    prover: &'p Prover<'p>,
    batch: usize,
    list: List,
    at: usize,
    canon: Canon,
    /// Of the letter seen last.
    digest: String,
    residents: BTreeMap<(String, String), u64>,
}

impl Watch for Prover<'_> {
    fn batch(&self, batch: usize) -> io::Result<Box<dyn BatchWatch + '_>> {
        let list = self.sealed.folder.list(&format!("batch-{batch:04}")).unwrap_or_default();
        Ok(Box::new(Proving {
            prover: self,
            batch,
            list,
            at: 0,
            canon: Canon::default(),
            digest: String::new(),
            residents: BTreeMap::new(),
        }))
    }
}

impl BatchWatch for Proving<'_> {
    fn letter(
        &mut self,
        piece: &str,
        person: &Person,
        version: &Version,
        laid: &Laid,
    ) -> io::Result<()> {
        let digest = hex(&leaf(self.canon.text(piece, person, &version.key, laid)));
        let sealed = self.list.leaves.get(self.at);
        self.at += 1;
        let same = sealed.is_some_and(|sealed| {
            sealed.digest == digest && sealed.file.strip_suffix(".txt") == Some(piece)
        });
        if !same {
            return Err(io::Error::other(NotSealed(self.batch, self.at)));
        }
        let entity = &self.prover.matter.incident[person.whose()].id;
        let key = (entity.clone(), person.jurisdiction.clone());
        *self.residents.entry(key).or_default() += 1;
        self.digest = digest;
        Ok(())
    }

    fn digest(&self) -> Option<&str> {
        Some(&self.digest)
    }

    fn done(self: Box<Self>) -> io::Result<()> {
        if self.at != self.list.leaves.len() {
            return Err(io::Error::other(NotSealed(self.batch, self.at + 1)));
        }
        if let Ok(mut all) = self.prover.residents.lock() {
            all.insert(self.batch as u32, self.residents);
        }
        Ok(())
    }
}

/// Each batch's file with its digest and whose letters are in it.
fn printings(dir: &Path, prover: &Prover<'_>) -> Result<Vec<(Printing, Vec<Residence>)>, Refusal> {
    let files = LetterFiles(dir.into());
    let doing = || "read the manifest".to_owned();
    let mut sums: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    let mut csv = csv::Reader::from_path(files.manifest()).map_err(io::Error::from).doing(doing)?;
    for record in csv.records() {
        let record = record.map_err(io::Error::from).doing(doing)?;
        let pages: u64 = record.get(4).and_then(|n| n.parse().ok()).unwrap_or(0);
        let sum = sums.entry(record.get(2).unwrap_or_default().to_owned()).or_default();
        *sum = (sum.0 + 1, sum.1 + pages);
    }
    let digests: Vec<_> = sums
        .par_iter()
        .map(|(name, _)| crate::matter::seal::statement_of_folder::file_digest(&files.pdf(name)))
        .collect();
    let mut residents = match prover.residents.lock() {
        Ok(mut residents) => std::mem::take(&mut *residents),
        Err(_) => Residents::new(),
    };
    let mut found = Vec::new();
    for ((name, (pieces, pages)), digest) in sums.into_iter().zip(digests) {
        let batch = name.rsplit('-').next().and_then(|n| n.parse().ok()).unwrap_or(0);
        let of = residents.remove(&batch).unwrap_or_default();
        let of = of.into_iter().map(|((entity, jurisdiction), pieces)| Residence {
            entity,
            jurisdiction,
            pieces,
        });
        let printing = Printing {
            batch,
            file: format!("{name}.pdf"),
            sha256: digest?.unwrap_or_default(),
            pieces,
            pages,
        };
        found.push((printing, of.collect()));
    }
    Ok(found)
}

fn answer(
    matter: &Matter,
    made: &[Printed],
    draft: bool,
    findings: Findings,
) -> Result<LettersAnswer, Refusal> {
    let out = OutFolder(&matter.out);
    let sum = |of: fn(&Printed) -> u64| made.iter().map(of).sum::<u64>();
    Ok(LettersAnswer {
        wave: matter.wave().id.clone(),
        draft,
        letters: sum(|p| p.letters),
        pages: sum(|p| p.pages),
        batches: sum(|p| p.batches),
        folder: match draft {
            true => out.product(products::drafts_folder(matter)?),
            false => out.product(OutFolder::LETTERS),
        },
        seals: Vec::new(),
        not_before: None,
        findings,
    })
}
