//! `filings record`: a filing was really made. What it said, day, number and evidence become an
//! event of the chain, against which later figures are held.

use crate::filings::{Filed, Forms, Stated};
use crate::finding::Findings;
use crate::ledger::{Event, Ledger, Made, Product, event};
use crate::matter::delay::{delays, of_law};
use crate::matter::filed::{filed, made_in_order};
use crate::matter::open::{Matter, Selection};
use crate::matter::refusal::Refusal;
use crate::matter::seal::{evidence, fence, ledger_stop, not_in_future};
use crate::matter::watcher::Watcher;
use jiff::civil::Date;
use serde::Serialize;
use serde_json::{Map, Value};
use std::path::PathBuf;

/// A filing that was really made.
pub struct RecordFilingRequest {
    pub selection: Selection,
    /// Its duty, or one that it discharges too.
    pub id: String,
    /// The day on which it was submitted.
    pub on: Date,
    /// The regulator's number for it.
    pub number: String,
    /// A file that shows it.
    pub evidence: PathBuf,
    /// People as the receipt shows them.
    pub count: Option<u64>,
    /// The regulator really was told the number of `count`, though the filing says another.
    pub as_filed: bool,
    /// It amended what was filed before.
    pub amends: bool,
    pub by: String,
}

/// What was recorded.
#[derive(Serialize)]
pub struct RecordFilingAnswer {
    pub recipient: String,
    pub amends: bool,
    pub on: Date,
    pub number: String,
    /// People as the regulator was told.
    pub people: u64,
    /// The file that shows it, without folders.
    pub evidence: String,
    pub sha256: String,
    /// A hold that stood on the day.
    #[serde(skip)]
    pub findings: Findings,
}

/// Records that a filing was made, as its sheet was last written.
///
/// # Errors
/// No such filing was made, or it contradicts what is recorded; a folder that may not record; I/O.
pub fn record_filing(
    request: &RecordFilingRequest,
    _: &dyn Watcher,
) -> Result<RecordFilingAnswer, Refusal> {
    let (matter, _) = Matter::open_first(&request.selection)?;
    let mut ledger = Ledger::open(&matter.folder).map_err(ledger_stop)?;
    let stated = find(request, &ledger, &matter)?;
    not_in_future(request.on)?;
    if request.number.trim().is_empty() {
        return Err(Refusal::one(
            code!("filing.no_number"),
            "the number of the submission is empty",
            "write the number on the receipt, or how the regulator was reached, such as `letter`",
        ));
    }
    let evidence = evidence(&request.evidence)?;
    let known = filed(&ledger).map_err(ledger_stop)?;
    let before = known.iter().rev().find(|filed| filed.stated.is_about(&stated));
    repeated(request, &stated, before)?;
    let stated = counted(request, stated)?;
    let event = Event::Filed(event::Filed {
        stated: written(&stated)?,
        on: request.on,
        number: request.number.trim().to_owned(),
        amends: request.amends,
        evidence: evidence.clone(),
        by: request.by.trim().to_owned(),
    });
    let hold = fence::hold(&matter, &mut ledger)?;
    ledger.append_event(&event).map_err(ledger_stop)?;
    hold.remember(&ledger).map_err(fence::fenced)?;
    let broken = of_law(delays(&matter, request.on), &stated.jurisdiction);
    let broken = broken.map(|delay| delay.broken("the filing was made", request.on));
    Ok(RecordFilingAnswer {
        findings: broken.unwrap_or_default(),
        people: stated.told(),
        recipient: stated.recipient,
        amends: request.amends,
        on: request.on,
        number: request.number.trim().to_owned(),
        evidence: evidence.name,
        sha256: evidence.sha256,
    })
}

/// What a filing stated, as the event keeps it.
fn written(stated: &Stated) -> Result<Map<String, Value>, Refusal> {
    match serde_json::to_value(stated) {
        Ok(Value::Object(map)) => Ok(map),
        Ok(_) => Ok(Map::new()),
        Err(error) => Err(Refusal::Io { what: "write the event".into(), error: error.into() }),
    }
}

/// The filing as last made, by its duty or one that it discharges too.
fn find(
    request: &RecordFilingRequest,
    ledger: &Ledger,
    matter: &Matter,
) -> Result<Stated, Refusal> {
    let wanted =
        |made: &&Made| request.selection.wave.as_ref().is_none_or(|wave| *wave == made.wave);
    let made =
        made_in_order(ledger, Product::Filing, Some(&matter.incident)).map_err(ledger_stop)?;
    let all: Vec<Stated> = made
        .iter()
        .filter(wanted)
        .filter_map(|made| serde_json::from_value(made.body.clone()).ok())
        .collect();
    let named = |stated: &&Stated| stated.duty == request.id || stated.also.contains(&request.id);
    let Some(stated) = all.iter().rev().find(named) else {
        let mut ids: Vec<&str> = all.iter().map(|stated| stated.duty.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        let remedy = match ids.as_slice() {
            [] => "make the filings first: `noticeworks filings`".to_owned(),
            ids => format!("choose one of {}", ids.join(", ")),
        };
        let message = format!("no filing `{}` was made", request.id);
        return Err(Refusal::one(code!("filing.unknown"), message, remedy));
    };
    if stated.standing == "undelegated" {
        return Err(Refusal::refused(
            code!("filing.draft"),
            format!("`{}` is a draft: nobody has decided who files it", request.id),
            "write the delegation into incident.toml, make the filings again, then record",
        ));
    }
    Ok(stated.clone())
}

/// A filing is made once; what follows amends it.
fn repeated(
    request: &RecordFilingRequest,
    stated: &Stated,
    before: Option<&Filed>,
) -> Result<(), Refusal> {
    match before {
        Some(filed) if !request.amends => {
            let message = format!(
                "`{}` is recorded as filed on {} under number {}",
                request.id, filed.on, filed.number
            );
            Err(Refusal::refused(
                code!("filing.recorded_twice"),
                message,
                "leave it; if this was its addendum, supplement or update, add `--amends`",
            ))
        }
        Some(filed) if filed.stated.changes(stated, &Forms::shipped().0.words).is_empty() => {
            Err(Refusal::refused(
                code!("filing.nothing_changed"),
                format!("nothing has changed since `{}` was filed on {}", request.id, filed.on),
                "make the filings of today first: `noticeworks filings`",
            ))
        }
        None if request.amends => Err(Refusal::refused(
            code!("filing.nothing_to_amend"),
            format!("no filing of `{}` is recorded that this could amend", request.id),
            "record the first one without `--amends`",
        )),
        _ => Ok(()),
    }
}

/// The number on the receipt must be one that the filing states, unless it is said that the
/// regulator really was told another.
fn counted(request: &RecordFilingRequest, mut stated: Stated) -> Result<Stated, Refusal> {
    let Some(told) = request.count else { return Ok(stated) };
    let numbers = stated.numbers();
    if numbers.contains(&told) {
        return Ok(stated);
    }
    if !request.as_filed {
        let known: Vec<String> = numbers.iter().map(u64::to_string).collect();
        return Err(Refusal::refused(
            code!("filing.count_contradicts"),
            format!(
                "the receipt says {told}, the filing made of the ledger says {}",
                known.join(" and ")
            ),
            "look at the receipt again; if the regulator really was told so, add `--as-filed`: the \
             filing is then stale, and its amendment is made",
        ));
    }
    stated.count = told;
    if let Some(answer) = stated.answers.iter_mut().find(|answer| answer.people) {
        answer.value = told.to_string();
    }
    Ok(stated)
}
