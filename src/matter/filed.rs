//! What the ledger knows of filings and notices: read for products and `status`, kept for later.

use crate::filings::{self, Change, Filed, Filing, Forms, Occasion, Posted, Reach, Stated};
use crate::finding::Findings;
use crate::incident::{Day, Incident};
use crate::ledger::{Event, Ledger, LedgerError, Made, Product, Recorded, event};
use crate::matter::open::Matter;
use crate::matter::refusal::{Doing, Refusal};
use crate::matter::seal::ledger_stop;
use crate::notices::Notice;
use crate::plan::{Cube, Plan};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io;
use std::path::Path;

fn reading() -> String {
    "read `ledger.sqlite`".to_owned()
}

fn failed(error: LedgerError) -> io::Error {
    io::Error::other(error)
}

/// Everything recorded as filed, in order.
pub fn filed(ledger: &Ledger) -> Result<Vec<Filed>, LedgerError> {
    let mut all = Vec::new();
    for Recorded { seq, event, .. } in ledger.events()? {
        let Event::Filed(filed) = event else { continue };
        let unreadable = |_| LedgerError::UnreadableEvent { seq, kind: "filed".to_owned() };
        let stated = serde_json::from_value(Value::Object(filed.stated)).map_err(unreadable)?;
        let event::Filed { on, number, amends, .. } = filed;
        all.push(Filed { stated, on, number, amends });
    }
    Ok(all)
}

/// The same for a folder; nothing where there is no ledger yet.
pub fn filed_in(folder: &Path) -> Result<Vec<Filed>, Refusal> {
    match Ledger::look(folder).map_err(ledger_stop)? {
        Some(ledger) => filed(&ledger).map_err(ledger_stop),
        None => Ok(Vec::new()),
    }
}

/// Letters posted by a day; none where nothing was ever confirmed.
pub fn posted(folder: &Path, incident: &Incident, by: Date) -> Result<Option<Posted>, Refusal> {
    let Some(ledger) = Ledger::look(folder).map_err(failed).doing(reading)? else {
        return Ok(None);
    };
    if !ledger.anything_posted().map_err(failed).doing(reading)? {
        return Ok(None);
    }
    let mut posted = Posted::default();
    for (of, on) in ledger.posted(by).map_err(failed).doing(reading)? {
        if let Some(entity) = incident.entity_index(&of.entity) {
            let whose = (entity, of.jurisdiction);
            posted.days.entry(whose.clone()).or_default().insert(Day(on));
            *posted.letters.entry(whose).or_default() += of.pieces;
        }
    }
    Ok(Some(posted))
}

/// The latest wave mailed after this one that was counted already: it counts everybody of this one
/// too, so that regulators are told its figures.
///
/// # Errors
/// The ledger cannot be read.
pub fn later_wave(matter: &Matter) -> Result<Option<String>, Refusal> {
    let Some(ledger) = Ledger::look(&matter.folder).map_err(failed).doing(reading)? else {
        return Ok(None);
    };
    let own = matter.incident.wave_order(&matter.wave().id);
    let counted = ledger.waves().map_err(failed).doing(reading)?;
    let placed =
        counted.into_iter().filter_map(|of| Some((matter.incident.wave_order(&of.wave)?, of.wave)));
    let later = placed.filter(|(order, _)| Some(*order) > own).max();
    Ok(later.map(|(_, wave)| wave))
}

/// What was last made, the wave mailed last behind: it speaks for every wave before it.
///
/// # Errors
/// The ledger cannot be read.
pub fn made_in_order(
    ledger: &Ledger,
    product: Product,
    incident: Option<&Incident>,
) -> Result<Vec<Made>, LedgerError> {
    let mut made = ledger.made(product)?;
    made.sort_by_key(|made| incident.and_then(|incident| incident.wave_order(&made.wave)));
    Ok(made)
}

/// The filings of a plan as of a day; the questions that they leave to counsel join the plan's.
/// `reached`: whom each wave so far writes to, if anybody was counted.
///
/// # Errors
/// A ledger that cannot be read.
pub fn drawn_up(
    matter: &Matter,
    cube: &Cube,
    reached: Option<BTreeMap<String, Reach>>,
    plan: &mut Plan,
    as_of: Date,
    findings: &mut Findings,
) -> Result<Vec<Filing>, Refusal> {
    let (forms, formed) = Forms::shipped();
    findings.extend(formed);
    let occasion = Occasion {
        wave: Some(matter.wave().id.clone()),
        posted: posted(&matter.folder, &matter.incident, as_of)?,
        filed: filed_in(&matter.folder)?,
        later: later_wave(matter)?,
        reached,
        ..Occasion::on(as_of)
    };
    // The cube holds the people of earlier waves too: regulators are told totals.
    let (made, found) = filings::make_on(&matter.incident, cube, plan, &forms, &occasion);
    findings.extend(found);
    plan.questions.extend(filings::questions(&made));
    let contacts = matter.pack.contacts();
    plan.questions.extend(filings::address_questions(&matter.incident, contacts, &made));
    plan.questions.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(made)
}

/// The first day on which each covered entity's breach was reported to HHS.
///
/// # Errors
/// An event that cannot be read: a deadline that rests on it would be wrong. A ledger that cannot
/// be opened at all is told where something is written to it.
pub fn told_hhs_in(folder: &Path) -> Result<BTreeMap<String, Date>, Refusal> {
    let Ok(Some(ledger)) = Ledger::look(folder) else { return Ok(BTreeMap::new()) };
    match filed(&ledger) {
        Ok(filed) => Ok(told_hhs(&filed)),
        Err(error) if error.is_of_event() => Err(ledger_stop(error)),
        Err(_) => Ok(BTreeMap::new()),
    }
}

fn told_hhs(filed: &[Filed]) -> BTreeMap<String, Date> {
    let mut days: BTreeMap<String, Date> = BTreeMap::new();
    for report in filed.iter().filter(|report| report.stated.hhs) {
        for entity in &report.stated.entities {
            let day = days.entry(entity.clone()).or_insert(report.on);
            *day = report.on.min(*day);
        }
    }
    days
}

/// A notice that a person posts, as the ledger keeps it.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct NoticeMade {
    pub title: String,
    pub duties: Vec<String>,
    pub entity: Option<String>,
    /// For how long it must stay, days.
    pub days: u32,
}

/// Keeps what the filings and notices of a wave say.
pub fn keep(
    matter: &Matter,
    filings: &[Filing],
    notices: &[Notice],
    as_of: Date,
) -> Result<(), Refusal> {
    let doing = || "write `ledger.sqlite`".to_owned();
    let value = |of: Result<serde_json::Value, serde_json::Error>| of.map_err(io::Error::from);
    let mut ledger = Ledger::open(&matter.folder).map_err(ledger_stop)?;
    let wave = &matter.wave().id;
    let mut made = Vec::new();
    for filing in filings.iter().filter(|filing| !filing.history.amends) {
        let stated = value(serde_json::to_value(filing.stated())).doing(doing)?;
        made.push((filing.duty.id.clone(), stated));
    }
    ledger.keep_made(Product::Filing, wave, as_of, &made).map_err(failed).doing(doing)?;
    let mut made = Vec::new();
    for notice in notices.iter().filter(|notice| notice.web_page.is_some()) {
        let Some(id) = notice.duties.first() else { continue };
        let kept = NoticeMade {
            title: notice.document.title.clone(),
            duties: notice.duties.clone(),
            entity: notice.entity.clone(),
            days: notice.posting_days,
        };
        made.push((id.clone(), value(serde_json::to_value(kept)).doing(doing)?));
    }
    ledger.keep_made(Product::Notice, wave, as_of, &made).map_err(failed).doing(doing)
}

/// A filing on record, for `status`.
#[derive(Serialize)]
pub struct FilingStatus {
    pub duty: String,
    pub recipient: String,
    pub filed_on: Date,
    pub number: String,
    pub amends: bool,
    /// People as stated.
    pub count: u64,
    pub stale: bool,
    /// The day of the figures it was held against; null where none were made since.
    pub as_of: Option<Date>,
    pub changes: Vec<Change>,
    /// The wave whose figures it was held against.
    pub wave: Option<String>,
}

/// Each filing on record, the latest of its matter, held against what was last made for the wave
/// mailed last.
pub fn statuses(
    ledger: &Ledger,
    incident: Option<&Incident>,
) -> Result<Vec<FilingStatus>, LedgerError> {
    let all = filed(ledger)?;
    let made = made_in_order(ledger, Product::Filing, incident)?;
    let (forms, _) = Forms::shipped();
    let mut list = Vec::new();
    for (i, filed) in all.iter().enumerate() {
        if all[i + 1..].iter().any(|later| later.stated.is_about(&filed.stated)) {
            continue;
        }
        let now = made.iter().rev().find_map(|made| {
            let stated: Stated = serde_json::from_value(made.body.clone()).ok()?;
            filed.stated.is_about(&stated).then_some((made, stated))
        });
        let changes =
            now.as_ref().map_or_else(Vec::new, |(_, now)| filed.stated.changes(now, &forms.words));
        let wave = now.as_ref().map(|(made, _)| made.wave.clone());
        list.push(FilingStatus {
            duty: filed.stated.duty.clone(),
            recipient: filed.stated.recipient.clone(),
            filed_on: filed.on,
            number: filed.number.clone(),
            amends: filed.amends,
            count: filed.stated.told(),
            stale: !changes.is_empty(),
            as_of: now.map(|(made, _)| made.as_of),
            changes,
            wave,
        });
    }
    Ok(list)
}

/// A notice that was posted, for `status`.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct NoticeStatus {
    pub notice: String,
    pub title: String,
    pub posted_on: Date,
    pub taken_down_on: Option<Date>,
    /// The last day on which it must stand.
    pub stays_until: Date,
    /// Days by which it was taken down too early.
    pub days_short: i32,
}

/// Each notice on record; what was said last holds.
pub fn notice_statuses(ledger: &Ledger) -> Result<Vec<NoticeStatus>, LedgerError> {
    let mut list: Vec<NoticeStatus> = Vec::new();
    for recorded in ledger.events()? {
        let Event::NoticePosted(seen) = recorded.event else { continue };
        let at = list.iter().position(|known| known.notice == seen.notice);
        let known = match (at, seen.posted) {
            (Some(at), _) => &mut list[at],
            (None, Some(posted)) => {
                list.push(NoticeStatus {
                    notice: seen.notice,
                    title: seen.title,
                    posted_on: posted,
                    taken_down_on: None,
                    stays_until: posted,
                    days_short: 0,
                });
                let last = list.len() - 1;
                &mut list[last]
            }
            (None, None) => continue,
        };
        if let Some(posted) = seen.posted {
            known.posted_on = posted;
        }
        if seen.taken_down.is_some() {
            known.taken_down_on = seen.taken_down;
        }
        known.stays_until = last_day(known.posted_on, i64::from(seen.days));
        known.days_short =
            known.taken_down_on.map_or(0, |day| (known.stays_until - day).get_days().max(0));
    }
    Ok(list)
}

/// The last day of a posting: so many whole days after the day it went up.
pub fn last_day(posted: Date, days: i64) -> Date {
    let span = jiff::Span::new().try_days(days).unwrap_or_default();
    posted.checked_add(span).unwrap_or(posted)
}
