//! Who is still to be reached after letters came back: by covered entity and state, since when, and
//! what remains to be done by when.

use super::addresses::new_addresses;
use crate::clock;
use crate::finding::Findings;
use crate::folder::OutFolder;
use crate::incident::Incident;
use crate::law::DutyKind;
use crate::ledger::{Ledger, SealState, What};
use crate::matter::ask::plan::{PlanRequest, plan};
use crate::matter::open::{Matter, Selection};
use crate::matter::people::intake::Intake;
use crate::matter::refusal::Refusal;
use crate::matter::seal::ledger_stop;
use crate::matter::watcher::Unwatched;
use crate::plan::{Arises, Duty};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::Path;

/// People of one covered entity whose letters came back and were not sent again.
#[derive(Debug, Serialize)]
pub struct Unreached {
    /// The covered entity's id.
    pub entity: String,
    pub name: String,
    pub people: u64,
    /// By state; adds up to `people`.
    pub states: BTreeMap<String, u64>,
    /// The day on which the first of these letters came back.
    pub since: Date,
    pub days: i32,
    /// People for whom the post gave a new address.
    pub new_addresses: u64,
    pub steps: Vec<NextStep>,
}

/// What remains to be done.
#[derive(Debug, Serialize)]
pub struct NextStep {
    /// `remail` or `substitute`.
    pub step: &'static str,
    /// The duty of the plan that asks for it.
    pub duty: Option<String>,
    pub says: String,
    pub due: Option<Date>,
    pub days_left: Option<i32>,
    /// Texts that were made for it, in the folder of products.
    pub texts: Vec<String>,
}

/// The wave mailed last that was counted: it knows of everyone so far.
///
/// # Errors
/// The ledger cannot be read.
pub fn latest_counted(incident: &Incident, ledger: &Ledger) -> Result<Option<String>, Refusal> {
    let counted = ledger.waves().map_err(ledger_stop)?.into_iter().map(|of| of.wave);
    let order = |wave: &String| incident.wave_order(wave);
    Ok(counted.filter(|wave| order(wave).is_some()).max_by_key(order))
}

/// Letters that came back and were not sent again, each with the day.
fn came_back(ledger: &Ledger) -> Result<BTreeMap<String, Date>, Refusal> {
    let mut pieces = BTreeMap::new();
    for seal in ledger.all_seals().map_err(ledger_stop)? {
        if seal.state != SealState::Valid {
            continue;
        }
        for delivery in ledger.deliveries(seal.id).map_err(ledger_stop)? {
            let Some(piece) = delivery.piece else { continue };
            match delivery.what {
                What::Returned => drop(pieces.insert(piece, delivery.on)),
                What::Remailed => drop(pieces.remove(&piece)),
                What::Posted => {}
            }
        }
    }
    Ok(pieces)
}

/// By covered entity; nobody while nothing came back, or where the folder's people are gone.
///
/// # Errors
/// The ledger or a spool cannot be read.
pub fn unreached(folder: &Path, ledger: &Ledger) -> Result<Vec<Unreached>, Refusal> {
    let pieces = came_back(ledger)?;
    if pieces.is_empty() {
        return Ok(Vec::new());
    }
    let selection = Selection { incident: folder.to_owned(), ..Selection::default() };
    let (first, _) = Matter::open_first(&selection)?;
    let wave = latest_counted(&first.incident, ledger)?;
    let (matter, _) = Matter::open(&Selection { wave, ..selection.clone() })?;
    // After a purge only the record is left, and it names nobody.
    let Ok(intake) = Intake::open(&matter, &mut Findings::default()) else {
        return Ok(Vec::new());
    };
    let known = new_addresses(folder)?;
    let mut by_entity: BTreeMap<String, Unreached> = BTreeMap::new();
    let today = clock::today();
    intake.each_told(&matter, &mut |wave, person, _| {
        let Some(entity) = person.entity.map(|at| &matter.incident[at]) else { return };
        let piece = matter.piece_of(wave, &person.record_id, &entity.id, "mail");
        let Some(on) = pieces.get(&piece) else { return };
        let of = by_entity.entry(entity.id.clone()).or_insert_with(|| Unreached {
            entity: entity.id.clone(),
            name: entity.name.clone(),
            people: 0,
            states: BTreeMap::new(),
            since: *on,
            days: 0,
            new_addresses: 0,
            steps: Vec::new(),
        });
        of.people += 1;
        *of.states.entry(person.jurisdiction.clone()).or_default() += 1;
        of.since = of.since.min(*on);
        of.days = (today - of.since).get_days().max(0);
        of.new_addresses += u64::from(known.contains_key(&piece));
    })?;
    if by_entity.is_empty() {
        return Ok(Vec::new());
    }
    // What cannot be planned is told by `plan` itself.
    let selection = Selection { wave: Some(matter.wave().id.clone()), ..selection };
    let planned = plan(&PlanRequest { selection, as_of: Some(today) }, &Unwatched).ok();
    let duties = planned.map(|answer| answer.plan.duties).unwrap_or_default();
    let mut all: Vec<Unreached> = by_entity.into_values().collect();
    for of in &mut all {
        of.steps.push(again(of, folder));
        let owed = duties.iter().filter(|duty| {
            duty.kind == DutyKind::Substitute
                && duty.arises != Arises::No
                && duty.entities.contains(&of.entity)
        });
        let entity = of.entity.clone();
        of.steps.extend(owed.map(|duty| substitute(duty, &entity, &matter, today)));
    }
    Ok(all)
}

/// Letters go out again under one approval.
fn again(of: &Unreached, folder: &Path) -> NextStep {
    let known = match of.new_addresses {
        0 => "no new address is known yet".to_owned(),
        n if n == of.people => "the post gave a new address for each".to_owned(),
        n => format!("the post gave a new address for {n}"),
    };
    let says = format!(
        "send the letters again ({known}): `noticeworks wave {} --kind remail --mail-on <day>`",
        folder.display()
    );
    NextStep { step: "remail", duty: None, says, due: None, days_left: None, texts: Vec::new() }
}

fn substitute(duty: &Duty, entity: &str, matter: &Matter, today: Date) -> NextStep {
    // Each covered entity's notices have a folder of their own.
    let folder = OutFolder(&matter.out).product(OutFolder::NOTICES).join(entity);
    let mut texts: Vec<String> = std::fs::read_dir(&folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with("substitute-"))
        .map(|name| format!("{}/{entity}/{name}", OutFolder::NOTICES))
        .collect();
    texts.sort();
    let possible = match duty.arises {
        Arises::Yes => "",
        _ => "possible: ",
    };
    NextStep {
        step: "substitute",
        duty: Some(duty.id.clone()),
        says: format!("{possible}substitute notice: {}", duty.timing),
        due: duty.due,
        days_left: duty.due.map(|due| (due - today).get_days()),
        texts,
    }
}
