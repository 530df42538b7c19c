//! `pieces export`: every letter and e-mail of every wave, with what became of each: the list that
//! regulators and class counsel ask for.
//!
//! People come from the spools in their order, one at a time; of each letter sixteen bytes are held.

use super::fates::{Fates, Numbers};
use crate::files::{self, Pending};
use crate::folder::OutFolder;
use crate::ledger::{Ledger, Printing, SealState, What};
use crate::matter::open::{Matter, Selection};
use crate::matter::people::intake::spool_stop;
use crate::matter::refusal::{Doing, Refusal};
use crate::matter::seal::{Sealed, ledger_stop, seal_stop};
use crate::matter::watcher::Watcher;
use crate::plan::Outcome;
use crate::roster::{Person, Spool, SpoolError};
use crate::tables::{Cell, Sheet, Table};
use jiff::tz::TimeZone;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io;
use std::path::{Path, PathBuf};

/// The columns. It holds no name and no address.
pub const HEAD: [&str; 20] = [
    "record_id",
    "entity",
    "state",
    "wave",
    "channel",
    "piece",
    "version",
    "seal",
    "batch",
    "outcome",
    "printed",
    "posted",
    "accepted",
    "bounced",
    "returned",
    "reason",
    "remailed",
    "substitute",
    "evidence",
    "evidence_sha256",
];

/// Rows that a workbook holds besides its heading.
const MOST: u64 = 1_048_575;

/// Where the list goes.
pub struct PiecesRequest {
    pub selection: Selection,
    /// A new file, `.csv` or `.xlsx`.
    pub to: PathBuf,
}

/// What was written.
#[derive(Debug, Default, Serialize)]
pub struct PiecesAnswer {
    pub file: PathBuf,
    pub rows: u64,
    pub letters: u64,
    pub emails: u64,
    /// People whom only a substitute notice reaches.
    pub substitute: u64,
    /// People who were not written to: held, left out, or approved by nobody yet.
    pub not_written_to: u64,
}

/// Writes the list of every piece.
///
/// # Errors
/// A file that is there; more rows than a workbook holds; a seal or ledger that was altered; I/O.
pub fn pieces(request: &PiecesRequest, watcher: &dyn Watcher) -> Result<PiecesAnswer, Refusal> {
    let to = &request.to;
    if to.exists() {
        return Err(Refusal::one(
            code!("export.exists"),
            format!("`{}` is there already", to.display()),
            "name a new file",
        ));
    }
    let (matter, _) = Matter::open_first(&request.selection)?;
    let book = to.extension().is_some_and(|end| end.eq_ignore_ascii_case("xlsx"));
    let doing = || format!("write `{}`", to.display());
    let mut answer = PiecesAnswer { file: to.clone(), ..PiecesAnswer::default() };
    if book {
        let scratch = files::Scratch::temporary().doing(doing)?;
        let as_of = *matter.wave().mail_on;
        let mut sheet = Sheet::new(as_of, Some(scratch.dir())).doing(doing)?;
        sheet.row(HEAD.map(Cell::Text)).doing(doing)?;
        every(&matter, watcher, &mut answer, &mut |row, rows| {
            if rows > MOST {
                return Err(too_many());
            }
            sheet.row(row.iter().map(|cell| Cell::Text(cell))).doing(doing)
        })?;
        let mut bytes = io::Cursor::new(Vec::new());
        sheet.finish(&mut bytes).doing(doing)?;
        files::write(to, bytes.get_ref()).doing(doing)?;
    } else {
        let mut table = Table::create(Pending::create(to).doing(doing)?, &HEAD).doing(doing)?;
        every(&matter, watcher, &mut answer, &mut |row, _| table.row(row).doing(doing))?;
        table.finish().doing(doing)?.commit().doing(doing)?;
    }
    Ok(answer)
}

fn too_many() -> Refusal {
    Refusal::one(
        code!("export.too_many"),
        format!("there are more pieces than the {MOST} rows that a workbook holds"),
        "write a CSV file",
    )
}

/// Takes a row and the number of rows so far, it included.
type EachRow<'f> = dyn FnMut(&[String; 20], u64) -> Result<(), Refusal> + 'f;

/// Every row of the list, in the order of the waves and their spools.
pub fn every(
    matter: &Matter,
    watcher: &dyn Watcher,
    answer: &mut PiecesAnswer,
    each: &mut EachRow<'_>,
) -> Result<(), Refusal> {
    let Some(ledger) = Ledger::look(&matter.folder).map_err(ledger_stop)? else {
        return Err(Refusal::one(
            code!("ledger.missing"),
            "nothing is recorded yet",
            "run `noticeworks check` first",
        ));
    };
    let fates = Fates::read(&ledger)?;
    let ids: Vec<String> = matter.incident.waves.iter().map(|wave| wave.id.clone()).collect();
    for id in ids {
        let selection = Selection {
            incident: matter.folder.clone(),
            wave: Some(id),
            law: matter.law.clone(),
            out: None,
        };
        let (wave, _) = Matter::open(&selection)?;
        of_wave(&wave, &ledger, &fates, watcher, answer, each)?;
    }
    Ok(())
}

/// One seal of a wave, ready to be asked.
struct UnderSeal {
    number: u32,
    letters: Numbers,
    /// By batch.
    printed: BTreeMap<u32, String>,
    posted: HashMap<u32, (String, String, String)>,
    versions: Vec<String>,
}

fn of_wave(
    matter: &Matter,
    ledger: &Ledger,
    fates: &Fates,
    watcher: &dyn Watcher,
    answer: &mut PiecesAnswer,
    each: &mut EachRow<'_>,
) -> Result<(), Refusal> {
    let wave = matter.wave().id.clone();
    let mut outcomes: Vec<u8> = Vec::new();
    let mut take = |row: u64, label: &str| {
        let (row, at) = (row as usize, Outcome::ALL.iter().position(|o| o.label() == label));
        if outcomes.len() <= row {
            outcomes.resize(row + 1, 0);
        }
        outcomes[row] = at.map_or(0, |at| at as u8 + 1);
    };
    let rows = ledger.each_outcome(&wave, &mut take).map_err(ledger_stop)?;
    let Some(rows) = rows else { return Ok(()) };
    let spool = match Spool::open(&matter.folder, &wave) {
        Err(SpoolError::Missing(_)) => return Ok(()),
        other => other.map_err(spool_stop)?,
    };
    let seals = seals(matter, ledger)?;
    watcher.begin("rows", rows);
    for person in spool.people().map_err(spool_stop)? {
        let person = person.map_err(spool_stop)?;
        let at = outcomes.get(person.row as usize).copied().unwrap_or(0);
        let outcome = (at > 0).then(|| Outcome::ALL[usize::from(at) - 1]);
        let Some(outcome) = outcome.filter(|_| person.standing.is_somebody()) else { continue };
        one(matter, &person, outcome, &seals, fates, answer, each)?;
        watcher.advance(1);
    }
    watcher.end();
    Ok(())
}

fn seals(matter: &Matter, ledger: &Ledger) -> Result<Vec<UnderSeal>, Refusal> {
    let mut found = Vec::new();
    for record in ledger.seals(&matter.wave().id).map_err(ledger_stop)? {
        if record.state != SealState::Valid {
            continue;
        }
        let sealed = Sealed::open(matter, record)?;
        let mut letters = Numbers::default();
        let lists: Vec<String> = sealed.folder.lists().map(str::to_owned).collect();
        for name in lists {
            let Some(batch) = name.strip_prefix("batch-").and_then(|n| n.parse().ok()) else {
                continue;
            };
            for leaf in sealed.folder.list(&name).map_err(seal_stop)?.leaves {
                letters.add(leaf.file.trim_end_matches(".txt"), batch);
            }
        }
        letters.sort();
        let id = sealed.record.id;
        let printings: Vec<Printing> = ledger.printed(id).map_err(ledger_stop)?;
        let mut printed = BTreeMap::new();
        for printing in printings {
            let at = ledger.printed_at(id, printing.batch).map_err(ledger_stop)?;
            let day = at.map(|at| at.to_zoned(TimeZone::UTC).date().to_string());
            printed.insert(printing.batch, day.unwrap_or_default());
        }
        let deliveries = ledger.deliveries(id).map_err(ledger_stop)?.into_iter();
        let posted = deliveries
            .filter(|d| d.what == What::Posted)
            .filter_map(|d| {
                Some((d.batch?, (d.on.to_string(), d.evidence.name, d.evidence.sha256)))
            })
            .collect();
        let number = sealed.record.number;
        let manifest = OutFolder(&matter.out).letters(&OutFolder::letters_of(number)).manifest();
        let versions = versions(&manifest, &mut letters)?;
        found.push(UnderSeal { number, letters, printed, posted, versions });
    }
    Ok(found)
}

/// The version of each letter, from the manifest beside the letters, where it is still there.
fn versions(manifest: &Path, letters: &mut Numbers) -> Result<Vec<String>, Refusal> {
    let mut names: Vec<String> = Vec::new();
    if !manifest.is_file() {
        return Ok(names);
    }
    let doing = || format!("read `{}`", manifest.display());
    let mut reader = csv::Reader::from_path(manifest).map_err(io::Error::from).doing(doing)?;
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(io::Error::from).doing(doing)? {
        let version = record.get(5).unwrap_or_default();
        let at = names.iter().position(|name| name == version).unwrap_or_else(|| {
            names.push(version.to_owned());
            names.len() - 1
        });
        letters.version(record.get(0).unwrap_or_default(), at as u32 + 1);
    }
    Ok(names)
}

fn one(
    matter: &Matter,
    person: &Person,
    outcome: Outcome,
    seals: &[UnderSeal],
    fates: &Fates,
    answer: &mut PiecesAnswer,
    each: &mut EachRow<'_>,
) -> Result<(), Refusal> {
    let entity = person.entity.map_or("", |at| matter.incident[at].id.as_str());
    let wave = &matter.wave().id;
    let mut row: [String; 20] = Default::default();
    row[0].clone_from(&person.record_id);
    entity.clone_into(&mut row[1]);
    row[2].clone_from(&person.jurisdiction);
    row[3].clone_from(wave);
    outcome.label().clone_into(&mut row[9]);
    let (mut written, mut evidence) = (0, BTreeSet::new());
    if !entity.is_empty() {
        let piece = matter.piece(&person.record_id, entity, "mail");
        for seal in seals {
            let Some((batch, version)) = seal.letters.find(&piece) else { continue };
            let mut row = row.clone();
            "letter".clone_into(&mut row[4]);
            row[5].clone_from(&piece);
            if let Some(name) = version.checked_sub(1).and_then(|at| seal.versions.get(at as usize))
            {
                row[6].clone_from(name);
            }
            row[7] = seal.number.to_string();
            row[8] = format!("batch-{batch:04}");
            row[10] = seal.printed.get(&batch).cloned().unwrap_or_default();
            if let Some((on, name, sha256)) = seal.posted.get(&batch) {
                row[11].clone_from(on);
                evidence.insert((name.clone(), sha256.clone()));
            }
            if let Some(fate) = fates.letters.get(&piece) {
                row[14].clone_from(&fate.returned);
                row[15].clone_from(&fate.reason);
                row[16].clone_from(&fate.remailed);
                evidence.extend(fate.evidence.iter().cloned());
            }
            if !row[14].is_empty() && row[16].is_empty() {
                row[17] = fates.substitute(entity);
            }
            put(&mut row, &evidence, answer, each)?;
            evidence.clear();
            answer.letters += 1;
            written += 1;
        }
        if outcome.emails() || !fates.emails.is_empty() {
            let piece = matter.piece(&person.record_id, entity, "email");
            if let Some(fate) = fates.emails.get(&piece) {
                let mut row = row.clone();
                "email".clone_into(&mut row[4]);
                row[5].clone_from(&piece);
                row[12].clone_from(&fate.accepted);
                row[13].clone_from(&fate.bounced);
                row[15].clone_from(&fate.reason);
                evidence.extend(fate.evidence.iter().cloned());
                put(&mut row, &evidence, answer, each)?;
                evidence.clear();
                answer.emails += 1;
                written += 1;
            }
        }
    }
    if written > 0 {
        return Ok(());
    }
    if outcome == Outcome::Substitute {
        "substitute".clone_into(&mut row[4]);
        row[17] = fates.substitute(entity);
        answer.substitute += 1;
    } else {
        answer.not_written_to += 1;
    }
    put(&mut row, &evidence, answer, each)
}

fn put(
    row: &mut [String; 20],
    evidence: &BTreeSet<(String, String)>,
    answer: &mut PiecesAnswer,
    each: &mut EachRow<'_>,
) -> Result<(), Refusal> {
    let joined =
        |of: fn(&(String, String)) -> &str| evidence.iter().map(of).collect::<Vec<_>>().join("; ");
    row[18] = joined(|(name, _)| name);
    row[19] = joined(|(_, sha256)| sha256);
    answer.rows += 1;
    each(row, answer.rows)
}
