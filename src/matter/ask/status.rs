//! `status`: what is recorded of each wave, and which rows have been held for how long. Reads
//! the ledger alone; no roster is needed.

use crate::clock;
use crate::incident;
use crate::ledger::Ledger;
use crate::matter::ask::seals::seals;
use crate::matter::filed::{notice_statuses, statuses};
use crate::matter::held::remedy;
use crate::matter::keys::{self, Scheme};
use crate::matter::mail::emails;
use crate::matter::post::unreached;
use crate::matter::refusal::Refusal;
use crate::matter::seal::ledger_stop;
use crate::matter::seal::unaltered::altered;
use crate::matter::watcher::Watcher;
use crate::plan::Outcome;
use crate::roster::Spool;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::PathBuf;

pub use crate::matter::ask::seals::SealStatus;
pub use crate::matter::filed::{FilingStatus, NoticeStatus};
pub use crate::matter::mail::Emails;
pub use crate::matter::post::{NextStep, Unreached};
pub use crate::matter::seal::approved::Approved;
pub use crate::matter::seal::signature::Signature;

/// Whose ledger is asked.
pub struct StatusRequest {
    /// The folder with incident.toml and the ledger.
    pub incident: PathBuf,
}

/// The ledger's answer.
#[derive(Serialize)]
pub struct Status {
    pub rows: u64,
    /// Whether the ledger's events and sums are what was written; `verify` reads every row besides.
    pub ledger: Whole,
    /// Under what the keys of records and the numbers of pieces are made.
    pub keys: Scheme,
    /// Over all waves; adds up to `rows`.
    pub outcomes: BTreeMap<&'static str, u64>,
    pub last_run: Option<Timestamp>,
    pub waves: Vec<WaveStatus>,
    /// What was filed, and whether it still holds.
    pub filings: Vec<FilingStatus>,
    /// Substitute notices posted, and until when they must stay.
    pub notices: Vec<NoticeStatus>,
    /// People whose letters came back and were not sent again, by covered entity.
    pub unreached: Vec<Unreached>,
}

#[derive(Serialize)]
pub struct Whole {
    pub whole: bool,
    pub events: u64,
    pub wrong: Vec<String>,
}

#[derive(Serialize)]
pub struct WaveStatus {
    pub wave: String,
    pub rows: u64,
    /// Adds up to `rows`.
    pub outcomes: BTreeMap<&'static str, u64>,
    pub last_run: Timestamp,
    /// By reason, the longest held first.
    pub held: Vec<Reason>,
    /// What was approved, printed and posted.
    pub seals: Vec<SealStatus>,
    /// Null before any e-mail was sent.
    pub emails: Option<Emails>,
}

#[derive(Serialize)]
pub struct Reason {
    pub reason: String,
    pub count: u64,
    pub since: Timestamp,
    pub days: i32,
    pub remedy: &'static str,
    pub rows: Vec<HeldRow>,
}

#[derive(Serialize)]
pub struct HeldRow {
    /// The roster, where the wave has several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The row that a spreadsheet shows.
    pub row: u64,
    pub since: Timestamp,
}

impl Status {
    /// Why nothing may go on with this ledger: it is not what was written.
    pub fn altered(&self) -> Option<Refusal> {
        altered(&self.ledger.wrong)
    }

    /// Whether a row is held, a filing no longer says what is so, a signature does not hold, or
    /// somebody's letter came back.
    pub fn needs_a_look(&self) -> bool {
        let seals = self.waves.iter().flat_map(|wave| &wave.seals);
        let wrong = seals.flat_map(|seal| &seal.approvals).any(|by| !by.wrong.is_empty());
        wrong
            || self.filings.iter().any(|filing| filing.stale)
            || self.outcomes["held"] > 0
            || !self.unreached.is_empty()
    }
}

/// What is recorded of each wave.
///
/// # Errors
/// There is no ledger, or it cannot be read.
pub fn status(request: &StatusRequest, _: &dyn Watcher) -> Result<Status, Refusal> {
    let Some(ledger) = Ledger::look(&request.incident).map_err(ledger_stop)? else {
        return Err(Refusal::one(
            code!("ledger.missing"),
            format!("`{}` has no ledger yet", request.incident.display()),
            "run `noticeworks check` on the folder first",
        ));
    };
    let audit = ledger.audit_briefly().map_err(ledger_stop)?;
    let mut waves = Vec::new();
    for recorded in ledger.waves().map_err(ledger_stop)? {
        let known = ledger.outcomes(&recorded.wave).map_err(ledger_stop)?;
        let of = |o: &Outcome| (o.label(), known.get(o.label()).copied().unwrap_or(0));
        // The ledger counts the wave's rows; the spool knows which a spreadsheet shows.
        let spool = Spool::open(&request.incident, &recorded.wave).ok();
        let held = ledger.held(&recorded.wave).map_err(ledger_stop)?;
        let held = held.into_iter().map(|(row, reason, since)| {
            let Some(info) = spool.as_ref().map(Spool::info) else {
                return (reason, HeldRow { file: None, row, since });
            };
            let (file, row) = info.shown(row);
            let file = (!info.files.is_empty()).then(|| file.to_owned());
            (reason, HeldRow { file, row, since })
        });
        waves.push(WaveStatus {
            rows: recorded.rows,
            outcomes: Outcome::ALL.iter().map(of).collect(),
            last_run: recorded.at,
            held: by_reason(held),
            seals: seals(&request.incident, &recorded.wave, &ledger)?,
            emails: emails(&ledger, &recorded.wave).map_err(ledger_stop)?,
            wave: recorded.wave,
        });
    }
    // Without its facts a folder still says what is recorded.
    let incident = incident::load(&request.incident).ok().map(|(incident, _)| incident);
    let whole = audit.holds();
    let sum = |o: &Outcome| (o.label(), waves.iter().map(|w| w.outcomes[o.label()]).sum());
    Ok(Status {
        ledger: Whole { whole, events: audit.events, wrong: audit.wrong },
        keys: keys::scheme_of(&request.incident)?,
        rows: waves.iter().map(|w| w.rows).sum(),
        outcomes: Outcome::ALL.iter().map(sum).collect(),
        last_run: waves.iter().map(|w| w.last_run).max(),
        waves,
        filings: statuses(&ledger, incident.as_ref()).map_err(ledger_stop)?,
        notices: notice_statuses(&ledger).map_err(ledger_stop)?,
        // Without its facts the folder names no covered entity.
        unreached: match incident.is_some() && whole {
            true => unreached(&request.incident, &ledger)?,
            false => Vec::new(),
        },
    })
}

/// Groups held rows by reason: the reason with the oldest row first, in it the oldest row first.
fn by_reason(held: impl Iterator<Item = (String, HeldRow)>) -> Vec<Reason> {
    let mut reasons: BTreeMap<String, Vec<HeldRow>> = BTreeMap::new();
    for (reason, row) in held {
        reasons.entry(reason).or_default().push(row);
    }
    let today = day(clock::now());
    let mut groups: Vec<Reason> = reasons
        .into_iter()
        .map(|(reason, mut rows)| {
            rows.sort_by(|a, b| (a.since, &a.file, a.row).cmp(&(b.since, &b.file, b.row)));
            let since = rows[0].since;
            Reason {
                count: rows.len() as u64,
                since,
                days: (today - day(since)).get_days().max(0),
                remedy: remedy(&reason),
                rows,
                reason,
            }
        })
        .collect();
    groups.sort_by(|a, b| (a.since, &a.reason).cmp(&(b.since, &b.reason)));
    groups
}

/// The day of a moment, as the ledger keeps time.
pub fn day(moment: Timestamp) -> Date {
    moment.to_zoned(TimeZone::UTC).date()
}
