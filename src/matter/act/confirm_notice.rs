//! `confirm notice`: a substitute notice stands on a home page, and must stand there long enough
//! (45 CFR 164.404(d)(2)(ii)).

use crate::finding::Findings;
use crate::ledger::event::{Event, NoticePosted};
use crate::ledger::{Ledger, Product};
use crate::matter::delay::delays;
use crate::matter::filed::{NoticeMade, NoticeStatus, notice_statuses};
use crate::matter::open::{Matter, Selection};
use crate::matter::refusal::Refusal;
use crate::matter::seal::{evidence, fence, ledger_stop, not_in_future};
use jiff::civil::Date;
use std::path::PathBuf;

/// What happened to which notice.
#[derive(Clone, Debug, Default)]
pub struct ConfirmNoticeRequest {
    pub selection: Selection,
    /// The notice, by a duty that it serves.
    pub id: String,
    /// The first day on which the home page showed it.
    pub posted: Option<Date>,
    pub taken_down: Option<Date>,
    pub evidence: PathBuf,
    pub by: String,
}

/// Records that a notice was posted or taken down; gives what is on record of it now, and whether
/// law enforcement had asked to wait: a home page tells everybody.
///
/// # Errors
/// Days that do not fit what is on record; no evidence; I/O.
pub fn confirm_notice(
    args: &ConfirmNoticeRequest,
) -> Result<(Option<NoticeStatus>, Findings), Refusal> {
    if args.posted.is_none() && args.taken_down.is_none() {
        return Err(Refusal::one(
            code!("confirm.nothing"),
            "the command does not say what happened",
            "write `--posted` or `--taken-down` with the day",
        ));
    }
    let (matter, _) = Matter::open_first(&args.selection)?;
    let mut ledger = Ledger::open(&matter.folder).map_err(ledger_stop)?;
    let (id, made) = find(&ledger, &args.id)?;
    for day in [args.posted, args.taken_down].into_iter().flatten() {
        not_in_future(day)?;
    }
    let known = notice_statuses(&ledger).map_err(ledger_stop)?;
    let known = known.into_iter().find(|known| known.notice == id);
    let refuse = |code, message: String, remedy: &str| Err(Refusal::refused(code, message, remedy));
    if let (Some(known), Some(_)) = (&known, args.posted) {
        let message = format!("`{id}` is recorded as posted on {}", known.posted_on);
        return refuse(code!("notice.posted_twice"), message, "leave `--posted` out");
    }
    let posted = args.posted.or(known.as_ref().map(|known| known.posted_on));
    match (posted, args.taken_down) {
        (None, _) => {
            let message = format!("`{id}` is not recorded as posted");
            return refuse(
                code!("notice.not_posted"),
                message,
                "write `--posted` with the day too",
            );
        }
        (Some(posted), Some(down)) if down < posted => {
            let message = format!("taken down on {down}, before it was posted on {posted}");
            return refuse(code!("notice.days"), message, "look at the days again");
        }
        _ => {}
    }
    if let Some(day) = known.as_ref().and_then(|known| known.taken_down_on)
        && args.taken_down.is_some()
    {
        let message = format!("`{id}` is recorded as taken down on {day}");
        return refuse(code!("notice.posted_twice"), message, "leave `--taken-down` out");
    }
    let evidence = evidence(&args.evidence)?;
    let event = Event::NoticePosted(NoticePosted {
        notice: id.clone(),
        title: made.title,
        duties: made.duties,
        entity: made.entity,
        days: made.days,
        posted: args.posted,
        taken_down: args.taken_down,
        evidence,
        by: args.by.trim().to_owned(),
    });
    let hold = fence::hold(&matter, &mut ledger)?;
    ledger.append_event(&event).map_err(ledger_stop)?;
    hold.remember(&ledger).map_err(fence::fenced)?;
    let statuses = notice_statuses(&ledger).map_err(ledger_stop)?;
    let broken = args.posted.and_then(|on| {
        let delay = delays(&matter, on).into_iter().max_by_key(|delay| delay.until)?;
        Some(delay.broken("the notice was posted", on))
    });
    let status = statuses.into_iter().find(|status| status.notice == id);
    Ok((status, broken.unwrap_or_default()))
}

/// The notice as last made, by a duty that it serves.
fn find(ledger: &Ledger, id: &str) -> Result<(String, NoticeMade), Refusal> {
    let made = ledger.made(Product::Notice).map_err(ledger_stop)?;
    let all: Vec<(String, NoticeMade)> = made
        .into_iter()
        .filter_map(|made| Some((made.id, serde_json::from_value(made.body).ok()?)))
        .collect();
    let found = all.iter().rev().find(|(_, made)| made.duties.iter().any(|duty| duty == id));
    found.cloned().ok_or_else(|| {
        let mut ids: Vec<&str> = all.iter().map(|(id, _)| id.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        Refusal::one(
            code!("notice.unknown"),
            format!("no notice `{id}` to be posted was made"),
            match ids.as_slice() {
                [] => "make the notices first: `noticeworks filings`".to_owned(),
                ids => format!("choose one of {}", ids.join(", ")),
            },
        )
    })
}
