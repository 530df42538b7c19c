//! `withdraw`: people who turned out not to be affected leave every count from now on.

use crate::clock;
use crate::finding::{Finding, Findings, Severity};
use crate::incident;
use crate::ledger::{Delivery, Ledger, SealState, What};
use crate::matter::act::withdrawn_rows::WithdrawnRows;
use crate::matter::open::{Matter, Selection};
use crate::matter::people::intake::roster_stop;
use crate::matter::people::since::withdrawals;
use crate::matter::refusal::{Doing, Refusal};
use crate::matter::seal::{Sealed, ledger_stop, not_in_future, seal_stop};
use crate::matter::work;
use crate::roster::{Repairs, WITHDRAWN_FILE, Withdrawal, fold, look};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Who is withdrawn.
pub struct WithdrawRequest {
    pub incident: PathBuf,
    /// Record ids as a roster has them.
    pub records: Vec<String>,
    /// A list of more of them, with a column of record ids.
    pub from: Option<PathBuf>,
    /// The covered entity, where a record id stands for people of several.
    pub entity: Option<String>,
    /// The day on which it was found out; none for today.
    pub on: Option<Date>,
    pub by: String,
    pub why: String,
    /// They were affected all the same: takes earlier withdrawals back.
    pub undo: bool,
}

/// What was recorded.
#[derive(Serialize)]
pub struct WithdrawAnswer {
    pub undone: bool,
    pub people: Vec<Withdrawn>,
    /// The wave mailed last, whose filings count everyone.
    pub wave: Option<String>,
}

/// One person with one covered entity.
#[derive(Serialize)]
pub struct Withdrawn {
    pub record: String,
    pub entity: String,
    /// Their records in other waves' rosters.
    pub also: Vec<String>,
    /// What was made for them under a seal.
    pub letters: Vec<LetterOut>,
}

/// A letter under a seal.
#[derive(Serialize)]
pub struct LetterOut {
    pub wave: String,
    pub piece: String,
    /// As in the file's name.
    pub batch: u32,
    /// None while it is not known to have been posted.
    pub posted_on: Option<Date>,
}

/// Records that people were not affected, or that they were after all.
///
/// # Errors
/// A record that nobody has, or several have; a list that cannot be read; nothing is recorded then.
pub fn withdraw(request: &WithdrawRequest) -> Result<WithdrawAnswer, Refusal> {
    let (incident, _) = incident::load(&request.incident).map_err(Refusal::Configuration)?;
    let mut matters = Vec::new();
    for wave in &incident.waves {
        let selection = Selection {
            incident: request.incident.clone(),
            wave: Some(wave.id.clone()),
            ..Selection::default()
        };
        matters.push(Matter::open(&selection)?.0);
    }
    let Some(first) = matters.first() else {
        let remedy = "write a `[[wave]]` into incident.toml first";
        return Err(Refusal::one(code!("withdrawn.unknown"), "there is no wave", remedy));
    };
    for (what, text) in [("by", &request.by), ("why", &request.why)] {
        if text.trim().is_empty() {
            let message = format!("`--{what}` is empty");
            let remedy = "the record must say who found out and why";
            return Err(Refusal::one(code!("withdrawn.unsaid"), message, remedy));
        }
    }
    let _work = work::begin(&first.folder, "withdraw")?;
    let on = request.on.unwrap_or_else(clock::today);
    not_in_future(on)?;
    let wanted = wanted(request, first)?;
    let rows = WithdrawnRows::find(&matters, &wanted.keys().collect())?;
    let known = withdrawals(&request.incident)?;
    let ledger = Ledger::look(&request.incident).map_err(ledger_stop)?;
    let seals = seals(&matters, ledger.as_ref())?;
    let mut against = Findings::default();
    let (mut people, mut records) = (Vec::new(), Vec::new());
    for (record, entity) in &wanted {
        let entities = rows.entities(record, entity.as_ref());
        let mut refuse = |code, message: String, remedy: &str| {
            against.push(Finding::new(code, Severity::Error, message).remedy(remedy));
        };
        let entity = match entities.as_slice() {
            [] => {
                let message = format!("no wave that was checked has the record `{record}`");
                let remedy = "write the record id as the roster has it";
                refuse(code!("withdrawn.unknown"), message, remedy);
                continue;
            }
            [one] => (*one).clone(),
            _ => {
                let message =
                    format!("the record `{record}` stands for people of several covered entities");
                refuse(code!("withdrawn.unclear"), message, "name one with `--entity`");
                continue;
            }
        };
        if known.has(&entity, record) != request.undo {
            let message = match request.undo {
                true => format!("the record `{record}` is not withdrawn"),
                false => format!("the record `{record}` is withdrawn already"),
            };
            refuse(code!("withdrawn.twice"), message, "leave it out");
            continue;
        }
        let also = rows.also(record, &entity);
        let mut letters = Vec::new();
        for record in std::iter::once(record).chain(&also) {
            out(&seals, record, &entity, &mut letters)?;
        }
        records.push(Withdrawal {
            record: record.clone(),
            entity: entity.clone(),
            also: also.clone(),
            on: toml_day(on)?,
            by: request.by.trim().to_owned(),
            why: request.why.trim().to_owned(),
            undo: request.undo,
        });
        people.push(Withdrawn { record: record.clone(), entity, also, letters });
    }
    if against.has_errors() {
        return Err(Refusal::Configuration(against));
    }
    let written = known.append(&request.incident, records);
    written.doing(|| format!("write `{WITHDRAWN_FILE}`"))?;
    let counted = match &ledger {
        Some(ledger) => ledger.waves().map_err(ledger_stop)?,
        None => Vec::new(),
    };
    let last = counted.into_iter().map(|of| of.wave).max_by_key(|wave| incident.wave_order(wave));
    Ok(WithdrawAnswer { undone: request.undo, people, wave: last })
}

/// The day as TOML has it.
fn toml_day(on: Date) -> Result<toml::value::Datetime, Refusal> {
    on.to_string().parse().map_err(std::io::Error::other).doing(|| format!("write the day {on}"))
}

/// The records asked for, each with its covered entity if one is named.
fn wanted(
    request: &WithdrawRequest,
    matter: &Matter,
) -> Result<BTreeMap<String, Option<String>>, Refusal> {
    let mut wanted: BTreeMap<String, Option<String>> =
        request.records.iter().map(|id| (id.clone(), request.entity.clone())).collect();
    if let Some(list) = &request.from {
        let path = list.canonicalize().doing(|| format!("read `{}`", list.display()))?;
        if let Some(rows) = short_list(&path) {
            for (record, entity) in rows {
                wanted.insert(record, request.entity.clone().or(entity));
            }
            return Ok(by_id(matter, wanted));
        }
        let asked = ["record_id".to_owned(), "entity".to_owned()];
        let rosters = [path.display().to_string()];
        let mut ids = 0u64;
        let read = look(
            &matter.folder,
            &matter.incident,
            &rosters,
            &Repairs::default(),
            Some(&asked),
            &mut |row| {
                if !row.record.is_empty() {
                    ids += 1;
                    let own = row.cells.get(1).cloned().flatten().filter(|cell| !cell.is_empty());
                    wanted.insert(row.record, request.entity.clone().or(own));
                }
            },
        );
        read.map_err(roster_stop)?;
        if ids == 0 {
            return Err(Refusal::one(
                code!("withdrawn.no_ids"),
                format!("`{}` has no record ids", list.display()),
                "give it a column `record_id` with the ids that the rosters have",
            ));
        }
    }
    Ok(by_id(matter, wanted))
}

/// A CSV of two columns or one is no roster: its first line names them.
fn short_list(path: &Path) -> Option<Vec<(String, Option<String>)>> {
    let mut csv = csv::Reader::from_path(path).ok()?;
    let head = csv.headers().ok()?.clone();
    let at = |name: &str| head.iter().position(|heading| fold(heading) == fold(name));
    let (record, entity) = (at("record_id")?, at("entity"));
    if head.len() > 2 {
        return None;
    }
    let mut rows = Vec::new();
    for row in csv.records() {
        let row = row.ok()?;
        let cell = |at: usize| row.get(at).map(str::trim).filter(|cell| !cell.is_empty());
        if let Some(record) = cell(record) {
            rows.push((record.to_owned(), entity.and_then(cell).map(str::to_owned)));
        }
    }
    (!rows.is_empty()).then_some(rows)
}

/// A list names covered entities as rosters do: by id or by name.
fn by_id(
    matter: &Matter,
    mut wanted: BTreeMap<String, Option<String>>,
) -> BTreeMap<String, Option<String>> {
    for named in wanted.values_mut().flatten() {
        let known = matter.incident.entities.iter().find(|e| e.id == *named || e.name == *named);
        if let Some(known) = known {
            named.clone_from(&known.id);
        }
    }
    wanted
}

/// A valid seal, and what is recorded of its letters.
struct Under<'m> {
    matter: &'m Matter,
    sealed: Sealed,
    deliveries: Vec<Delivery>,
}

/// The valid seals of all waves.
fn seals<'m>(matters: &'m [Matter], ledger: Option<&Ledger>) -> Result<Vec<Under<'m>>, Refusal> {
    let mut seals = Vec::new();
    let Some(ledger) = ledger else { return Ok(seals) };
    for matter in matters {
        for seal in ledger.seals(&matter.wave().id).map_err(ledger_stop)? {
            if seal.state != SealState::Valid {
                continue;
            }
            let deliveries = ledger.deliveries(seal.id).map_err(ledger_stop)?;
            seals.push(Under { matter, sealed: Sealed::open(matter, seal)?, deliveries });
        }
    }
    Ok(seals)
}

/// The letters to a record that stand under valid seals.
fn out(
    seals: &[Under<'_>],
    record: &str,
    entity: &str,
    letters: &mut Vec<LetterOut>,
) -> Result<(), Refusal> {
    for Under { matter, sealed, deliveries } in seals {
        let wave = &matter.wave().id;
        let piece = matter.piece_of(wave, record, entity, "mail");
        let Some((list, ..)) = sealed.folder.find(&piece).map_err(seal_stop)? else { continue };
        let batch = list.rsplit('-').next().and_then(|n| n.parse().ok()).unwrap_or(0);
        let posted = deliveries
            .iter()
            .find(|d| d.what == What::Posted && d.batch == Some(batch))
            .map(|d| d.on);
        letters.push(LetterOut { wave: wave.clone(), piece, batch, posted_on: posted });
    }
    Ok(())
}
