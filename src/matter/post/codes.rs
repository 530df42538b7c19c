//! `codes`: what a monitoring vendor is told of its enrollment codes, and what it tells of them.

use crate::approve::sha256;
use crate::files;
use crate::finding::Findings;
use crate::folder::IncidentFolder;
use crate::ledger::event::{ActivationsImported, Event};
use crate::ledger::{Ledger, SealState, What};
use crate::letters::Counts;
use crate::matter::compose::letter_words::{self, LetterWords};
use crate::matter::open::{Matter, Selection};
use crate::matter::people::intake::{Addressed, Intake, spool_stop};
use crate::matter::post::imported::{ListedLine, no_layout, unreadable};
use crate::matter::refusal::{Doing, Refusal};
use crate::matter::seal::{Sealed, evidence, fence, ledger_stop};
use crate::matter::work;
use crate::postal::{CodeCell, CodeLayout, same_code};
use crate::roster::{Spool, SpoolError};
use crate::tables::Table;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io;
use std::path::{Path, PathBuf};

/// Where the list of codes goes.
pub struct CodesRequest {
    pub selection: Selection,
    /// A new CSV file.
    pub to: PathBuf,
    /// The vendor's layout; none for the shipped one.
    pub layout: Option<PathBuf>,
}

#[derive(Debug, Default, Serialize)]
pub struct CodesAnswer {
    pub file: PathBuf,
    /// Codes of people in sealed waves.
    pub dealt: u64,
    /// Codes of the vendor's files that nobody has.
    pub unused: u64,
}

/// Which file of activations.
pub struct ActivationsRequest {
    pub selection: Selection,
    pub file: PathBuf,
    pub layout: Option<PathBuf>,
    pub by: String,
}

/// Every line is in one of `activated`, `unknown`, `repeated` and `malformed`.
#[derive(Debug, Default, Serialize)]
pub struct ActivationsAnswer {
    pub lines: u64,
    /// Codes activated that were not told of before.
    pub activated: u64,
    /// Codes that nobody was given.
    pub unknown: u64,
    pub repeated: u64,
    pub malformed: u64,
    /// Codes that people were given; activated ones over all files.
    pub dealt: u64,
    pub activated_so_far: u64,
    pub listed: Vec<ListedLine>,
}

/// One person's code.
struct DealtCode {
    code: String,
    protection: usize,
    wave: String,
    piece: String,
    posted: String,
}

fn layout(path: Option<&Path>) -> Result<Option<CodeLayout>, Refusal> {
    path.map(|path| CodeLayout::read(path).map_err(|error| no_layout(error, path))).transpose()
}

/// Writes which codes were dealt and which were not, in the vendor's layout.
///
/// # Errors
/// A file that is there; a layout with a mistake; a seal that was altered; I/O.
pub fn codes(request: &CodesRequest) -> Result<CodesAnswer, Refusal> {
    let to = &request.to;
    if to.exists() {
        let message = format!("`{}` is there already", to.display());
        return Err(Refusal::one(code!("export.exists"), message, "name a new file"));
    }
    let own = layout(request.layout.as_deref())?;
    let layout = own.as_ref().unwrap_or_else(|| CodeLayout::shipped());
    let (matter, _) = Matter::open_first(&request.selection)?;
    let dealt = dealt(&matter)?;
    let mut answer = CodesAnswer { file: to.clone(), ..CodesAnswer::default() };
    let doing = || format!("write `{}`", to.display());
    let head: Vec<&str> = layout.columns.iter().map(|column| column.heading.as_str()).collect();
    let mut table = Table::create(Vec::new(), &head).doing(doing)?;
    let incident = &matter.incident;
    let mut row = |of: Option<&DealtCode>, code: &str, protection: usize| {
        let offer = &incident.protections[protection];
        let cells = layout.columns.iter().map(|column| match column.holds {
            CodeCell::Code => code.to_owned(),
            CodeCell::Status => if of.is_some() { "dealt" } else { "unused" }.to_owned(),
            CodeCell::Provider => offer.provider.clone(),
            CodeCell::Months => offer.months.to_string(),
            CodeCell::EnrollBy => offer.enroll_by.to_string(),
            CodeCell::Wave => of.map_or(String::new(), |of| of.wave.clone()),
            CodeCell::Piece => of.map_or(String::new(), |of| of.piece.clone()),
            CodeCell::Posted => of.map_or(String::new(), |of| of.posted.clone()),
        });
        table.row(cells.collect::<Vec<_>>()).doing(doing)
    };
    for of in &dealt {
        row(Some(of), &of.code, of.protection)?;
        answer.dealt += 1;
    }
    let given: BTreeSet<&str> = dealt.iter().map(|of| of.code.as_str()).collect();
    let mut unheard = Findings::default();
    let pools = crate::letters::CodePools::load(
        &matter.folder,
        incident,
        crate::letters::GivenCodes::of(Vec::new()),
        &mut unheard,
    );
    for (protection, code) in pools.all() {
        if !given.contains(code) {
            row(None, code, protection)?;
            answer.unused += 1;
        }
    }
    let bytes = table.finish().doing(doing)?;
    files::write(to, &bytes).doing(doing)?;
    Ok(answer)
}

/// The codes of everyone under a valid seal, over all waves.
fn dealt(matter: &Matter) -> Result<Vec<DealtCode>, Refusal> {
    let mut all = Vec::new();
    let Some(ledger) = Ledger::look(&matter.folder).map_err(ledger_stop)? else { return Ok(all) };
    let mut seen = BTreeSet::new();
    for record in ledger.all_seals().map_err(ledger_stop)? {
        if record.state != SealState::Valid {
            continue;
        }
        let posted: BTreeMap<u32, String> = ledger
            .deliveries(record.id)
            .map_err(ledger_stop)?
            .into_iter()
            .filter(|delivery| delivery.what == What::Posted)
            .filter_map(|delivery| Some((delivery.batch?, delivery.on.to_string())))
            .collect();
        let sealed = Sealed::open(matter, record)?;
        of_seal(matter, &sealed, &posted, &mut seen, &mut all)?;
    }
    Ok(all)
}

fn of_seal(
    live: &Matter,
    sealed: &Sealed,
    posted: &BTreeMap<u32, String>,
    seen: &mut BTreeSet<String>,
    all: &mut Vec<DealtCode>,
) -> Result<(), Refusal> {
    let matter = sealed.matter(live)?;
    match Spool::open(&matter.folder, &matter.wave().id) {
        Err(SpoolError::Missing(_)) => return Ok(()),
        other => drop(other.map_err(spool_stop)?),
    }
    // What is wrong was told when the letters were made.
    let mut unheard = Findings::default();
    let intake = Intake::open(&matter, &mut unheard)?;
    let fonts = letter_words::fonts(&matter, &mut unheard);
    let words = LetterWords::load(&matter)?;
    let writer = words.writer_counting(&matter.incident, &matter, Counts::new(), &fonts)?;
    let mut batches: HashMap<String, u32> = HashMap::new();
    for name in sealed.folder.lists() {
        let batch = name.strip_prefix("batch-").and_then(|number| number.parse().ok());
        let Some(batch) = batch else { continue };
        let list = sealed.folder.list(name).map_err(crate::matter::seal::seal_stop)?;
        let pieces = list.leaves.into_iter();
        batches.extend(pieces.map(|leaf| (leaf.file.trim_end_matches(".txt").to_owned(), batch)));
    }
    for addressed in intake.people(&matter, &writer)? {
        let Addressed { person, .. } = addressed.map_err(spool_stop)?;
        let Some(protection) = writer.protection(&person) else { continue };
        if person.activation_code.is_empty() || !writer.needs_code(&person) {
            continue;
        }
        let piece = writer.reference(&person);
        let Some(batch) = batches.get(&piece) else { continue };
        if !seen.insert(person.activation_code.clone()) {
            continue;
        }
        all.push(DealtCode {
            code: person.activation_code.clone(),
            protection,
            wave: matter.wave().id.clone(),
            piece,
            posted: posted.get(batch).cloned().unwrap_or_default(),
        });
    }
    Ok(())
}

const HEAD: [&str; 2] = ["piece", "activated"];

/// Letters whose codes were activated, each with the day, as far as the vendor told it.
fn activated(folder: &Path) -> Result<BTreeMap<String, String>, Refusal> {
    let path = IncidentFolder(folder).activated();
    let doing = || format!("read `{}`", path.display());
    let mut known = BTreeMap::new();
    if path.exists() {
        let mut reader = csv::Reader::from_path(&path).map_err(io::Error::from).doing(doing)?;
        for row in reader.records() {
            let row = row.map_err(io::Error::from).doing(doing)?;
            let cell = |at: usize| row.get(at).unwrap_or_default().to_owned();
            known.insert(cell(0), cell(1));
        }
    }
    Ok(known)
}

/// Reads a vendor's file of activations and counts them. The same file twice changes nothing.
///
/// # Errors
/// A file or layout that cannot be used as a whole; a folder that may not record; I/O.
pub fn activations(request: &ActivationsRequest) -> Result<ActivationsAnswer, Refusal> {
    let own = layout(request.layout.as_deref())?;
    let layout = own.as_ref().unwrap_or_else(|| CodeLayout::shipped());
    let (matter, _) = Matter::open_first(&request.selection)?;
    let evidence = evidence(&request.file)?;
    let read = layout.activations(&request.file);
    let (all, malformed) = read.map_err(|error| unreadable(error, &request.file))?;
    let _work = work::begin(&matter.folder, "codes activations")?;
    let mut ledger = Ledger::open(&matter.folder).map_err(ledger_stop)?;
    let hold = fence::hold(&matter, &mut ledger)?;
    let dealt = dealt(&matter)?;
    let by_code: HashMap<String, &DealtCode> =
        dealt.iter().map(|of| (same_code(&of.code), of)).collect();
    let mut known = activated(&matter.folder)?;
    let mut answer = ActivationsAnswer { dealt: dealt.len() as u64, ..Default::default() };
    let list = |line: u64, fate: &'static str, why: &str| ListedLine {
        line,
        fate,
        // A code is as good as money: it stands in no list but the vendor's.
        names: String::new(),
        why: why.to_owned(),
    };
    for one in &all {
        let of = by_code.get(&same_code(&one.code));
        match of.map(|of| known.contains_key(&of.piece)) {
            None => {
                answer.unknown += 1;
                answer.listed.push(list(one.number, "unknown", "nobody was given this code"));
            }
            Some(true) => {
                answer.repeated += 1;
                answer.listed.push(list(one.number, "repeated", "it was told of before"));
            }
            Some(false) => {
                answer.activated += 1;
                let day = one.on.map(|on| on.to_string()).unwrap_or_default();
                known.insert(of.map(|of| of.piece.clone()).unwrap_or_default(), day);
            }
        }
    }
    for bad in &malformed {
        answer.malformed += 1;
        answer.listed.push(list(bad.number, "malformed", &bad.why));
    }
    answer.listed.sort_by_key(|listed| listed.line);
    answer.lines = (all.len() + malformed.len()) as u64;
    answer.activated_so_far = known.len() as u64;
    let path = IncidentFolder(&matter.folder).activated();
    let doing = || format!("write `{}`", path.display());
    let mut table = Table::with_identifiers(Vec::new(), &HEAD, 1).doing(doing)?;
    for (piece, on) in &known {
        table.row([piece, on]).doing(doing)?;
    }
    let bytes = table.finish().doing(doing)?;
    let digest = sha256(&bytes);
    // A kill may have left the list without its event.
    if answer.activated > 0 || (path.exists() && last_list(&ledger)? != Some(digest.clone())) {
        files::make_dir(&matter.folder.join(crate::folder::RETURNED)).doing(doing)?;
        files::write(&path, &bytes).doing(doing)?;
        let event = Event::ActivationsImported(ActivationsImported {
            evidence,
            lines: answer.lines,
            activated_so_far: answer.activated_so_far,
            list: digest,
            by: request.by.trim().to_owned(),
        });
        ledger.append_event(&event).map_err(ledger_stop)?;
        hold.remember(&ledger).map_err(fence::fenced)?;
    }
    Ok(answer)
}

/// The digest of the list as it was last recorded.
fn last_list(ledger: &Ledger) -> Result<Option<String>, Refusal> {
    let events = ledger.events().map_err(ledger_stop)?;
    Ok(events.into_iter().rev().find_map(|recorded| match recorded.event {
        Event::ActivationsImported(of) => Some(of.list),
        _ => None,
    }))
}
