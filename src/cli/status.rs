//! `status`: what is recorded of each wave, and which rows have been held for how long. Reads
//! the ledger alone; no roster is needed.

use super::args::StatusArgs;
use super::email::{Emails, emails};
use super::exit::{Ending, Stop};
use super::filed::{FilingStatus, NoticeStatus, notice_statuses, statuses};
use super::held::remedy;
use super::output::{print, print_json};
use super::sealing::{ALTERED, SealStatus, ledger_stop, seals};
use super::words::{count, long_date, thousands};
use crate::clock;
use crate::finding::{Finding, Findings, Place, Severity};
use crate::ledger::Ledger;
use crate::plan::Outcome;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Row numbers shown of each reason on the terminal; `--json` gives all.
const SHOWN: usize = 10;

/// The ledger's answer, as printed and as `--json`.
#[derive(Serialize)]
struct Status {
    rows: u64,
    /// Whether the ledger's events and sums are what was written; `verify` reads every row besides.
    ledger: Whole,
    /// Over all waves; adds up to `rows`.
    outcomes: BTreeMap<&'static str, u64>,
    last_run: Option<Timestamp>,
    waves: Vec<Wave>,
    /// What was filed, and whether it still holds.
    filings: Vec<FilingStatus>,
    /// Substitute notices posted, and until when they must stay.
    notices: Vec<NoticeStatus>,
}

#[derive(Serialize)]
struct Whole {
    whole: bool,
    events: u64,
    wrong: Vec<String>,
}

#[derive(Serialize)]
struct Wave {
    wave: String,
    rows: u64,
    /// Adds up to `rows`.
    outcomes: BTreeMap<&'static str, u64>,
    last_run: Timestamp,
    /// By reason, the longest held first.
    held: Vec<Reason>,
    /// What was approved, printed and posted.
    seals: Vec<SealStatus>,
    /// Null before any e-mail was sent.
    emails: Option<Emails>,
}

#[derive(Serialize)]
struct Reason {
    reason: String,
    count: u64,
    since: Timestamp,
    days: i32,
    remedy: &'static str,
    rows: Vec<HeldRow>,
}

#[derive(Serialize)]
struct HeldRow {
    row: u64,
    since: Timestamp,
}

pub fn run(args: &StatusArgs) -> Result<Ending, Stop> {
    let status = status(args)?;
    if args.json {
        print_json(&status)?;
    } else {
        print(&text(&status))?;
    }
    if !status.ledger.whole {
        let mut findings = Findings::default();
        for message in &status.ledger.wrong {
            findings.push(
                Finding::new(code!("ledger.altered"), Severity::Error, message.clone())
                    .at(Place::file("ledger.sqlite"))
                    .remedy(ALTERED),
            );
        }
        return Err(Stop::Refused(findings));
    }
    let stale = status.filings.iter().any(|filing| filing.stale);
    Ok(if stale || status.outcomes["held"] > 0 { Ending::Findings } else { Ending::Fine })
}

fn status(args: &StatusArgs) -> Result<Status, Stop> {
    let Some(ledger) = Ledger::look(&args.incident).map_err(ledger_stop)? else {
        return Err(Stop::one(
            code!("ledger.missing"),
            format!("`{}` has no ledger yet", args.incident.display()),
            "run `noticeworks check` on the folder first",
        ));
    };
    let audit = ledger.audit_briefly().map_err(ledger_stop)?;
    let mut waves = Vec::new();
    for recorded in ledger.waves().map_err(ledger_stop)? {
        let known = ledger.outcomes(&recorded.wave).map_err(ledger_stop)?;
        let of = |o: &Outcome| (o.label(), known.get(o.label()).copied().unwrap_or(0));
        let held = ledger.held(&recorded.wave).map_err(ledger_stop)?;
        waves.push(Wave {
            rows: recorded.rows,
            outcomes: Outcome::ALL.iter().map(of).collect(),
            last_run: recorded.at,
            held: by_reason(held),
            seals: seals(&args.incident, &recorded.wave, &ledger)?,
            emails: emails(&ledger, &recorded.wave).map_err(ledger_stop)?,
            wave: recorded.wave,
        });
    }
    let sum = |o: &Outcome| (o.label(), waves.iter().map(|w| w.outcomes[o.label()]).sum());
    Ok(Status {
        ledger: Whole { whole: audit.holds(), events: audit.events, wrong: audit.wrong },
        rows: waves.iter().map(|w| w.rows).sum(),
        outcomes: Outcome::ALL.iter().map(sum).collect(),
        last_run: waves.iter().map(|w| w.last_run).max(),
        waves,
        filings: statuses(&ledger).map_err(ledger_stop)?,
        notices: notice_statuses(&ledger).map_err(ledger_stop)?,
    })
}

/// Groups held rows by reason: the reason with the oldest row first, in it the oldest row first.
fn by_reason(held: Vec<(u64, String, Timestamp)>) -> Vec<Reason> {
    let mut reasons: BTreeMap<String, Vec<HeldRow>> = BTreeMap::new();
    for (row, reason, since) in held {
        reasons.entry(reason).or_default().push(HeldRow { row, since });
    }
    let today = day(clock::now());
    let mut groups: Vec<Reason> = reasons
        .into_iter()
        .map(|(reason, mut rows)| {
            rows.sort_by_key(|held| (held.since, held.row));
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

fn day(moment: Timestamp) -> Date {
    moment.to_zoned(TimeZone::UTC).date()
}

fn text(status: &Status) -> String {
    let mut text = String::new();
    for wave in &status.waves {
        let last = long_date(day(wave.last_run));
        let rows = count(wave.rows, "row", "rows");
        let _ = writeln!(text, "Wave {}: {rows}, last run {last}\n", wave.wave);
        for (label, n) in wave.outcomes.iter().filter(|(_, n)| **n > 0) {
            let _ = writeln!(text, "{:>11}  {}", thousands(*n), label.replace('_', " "));
        }
        text.push('\n');
        wave.seals.iter().for_each(|seal| seal.tell(&mut text));
        if let Some(emails) = &wave.emails {
            text.push_str(&emails.text());
        }
        if !wave.held.is_empty() {
            text.push_str("Held rows, the longest held first:\n");
        }
        for group in &wave.held {
            let rows = count(group.count, "row", "rows");
            let days = count(u64::from(group.days.unsigned_abs()), "day", "days");
            let since = long_date(day(group.since));
            let _ = writeln!(text, "\n  {}: {rows}, for {days} (since {since})", group.reason);
            let mut numbers: Vec<String> =
                group.rows.iter().take(SHOWN).map(|held| held.row.to_string()).collect();
            if group.rows.len() > SHOWN {
                numbers.push(format!("and {} more", group.rows.len() - SHOWN));
            }
            let noun = if group.count == 1 { "row" } else { "rows" };
            let _ = writeln!(text, "    {noun} {}", numbers.join(", "));
            if !group.remedy.is_empty() {
                let _ = writeln!(text, "    {}", group.remedy);
            }
        }
        if !wave.held.is_empty() {
            text.push('\n');
        }
    }
    if !status.filings.is_empty() {
        text.push_str("Filings:\n");
        status.filings.iter().for_each(|filing| filing.tell(&mut text));
        text.push('\n');
    }
    if !status.notices.is_empty() {
        text.push_str("Notices on home pages:\n");
        status.notices.iter().for_each(|notice| notice.tell(&mut text));
        text.push('\n');
    }
    let ledger = &status.ledger;
    let _ = match (ledger.whole, ledger.events) {
        (true, 0) => writeln!(text, "Ledger: whole, no event yet"),
        (true, n) => {
            let events = count(n, "event", "events");
            writeln!(text, "Ledger: whole, {events}, each bound to the one before")
        }
        (false, _) => writeln!(text, "Ledger: ALTERED"),
    };
    if status.waves.is_empty() {
        text.push_str("No wave is recorded yet; run `noticeworks check`\n");
    }
    text
}
