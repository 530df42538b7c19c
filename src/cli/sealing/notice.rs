//! `confirm notice`: a substitute notice stands on a home page, and must stand there long enough
//! (45 CFR 164.404(d)(2)(ii)).

use super::{evidence, fence, ledger_stop, not_in_future};
use crate::cli::args::ConfirmNoticeArgs;
use crate::cli::exit::{Ending, Stop};
use crate::cli::filed::{NOTICE, NoticeMade, notice_statuses};
use crate::cli::matter::Matter;
use crate::cli::output::print;
use crate::ledger::{Ledger, Product};
use serde_json::json;

pub fn notice(args: &ConfirmNoticeArgs) -> Result<Ending, Stop> {
    if args.posted.is_none() && args.taken_down.is_none() {
        return Err(Stop::one(
            code!("confirm.nothing"),
            "the command does not say what happened",
            "write `--posted` or `--taken-down` with the day",
        ));
    }
    let (matter, _) = Matter::open_first(&args.folder)?;
    let mut ledger = Ledger::open(&matter.folder).map_err(ledger_stop)?;
    let (id, made) = find(&ledger, &args.id)?;
    for day in [args.posted, args.taken_down].into_iter().flatten() {
        not_in_future(day)?;
    }
    let known = notice_statuses(&ledger).map_err(ledger_stop)?;
    let known = known.into_iter().find(|known| known.notice == id);
    let refuse = |code, message: String, remedy: &str| Err(Stop::refused(code, message, remedy));
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
    let body = json!({
        "notice": id, "title": made.title, "duties": made.duties, "entity": made.entity,
        "days": made.days,
        "posted": args.posted.map(|day| day.to_string()),
        "taken_down": args.taken_down.map(|day| day.to_string()),
        "evidence": {"name": evidence.name, "sha256": evidence.sha256},
        "by": args.by.trim(),
    });
    let hold = fence::hold(&matter.folder, &mut ledger)?;
    ledger.append_event(NOTICE, &body).map_err(ledger_stop)?;
    hold.remember(&ledger).map_err(fence::fenced)?;
    let mut text = String::from("Recorded:\n");
    let statuses = notice_statuses(&ledger).map_err(ledger_stop)?;
    let now = statuses.iter().find(|status| status.notice == id);
    if let Some(now) = now {
        now.tell(&mut text);
    }
    print(&text)?;
    Ok(if now.is_some_and(|now| now.days_short > 0) { Ending::Findings } else { Ending::Fine })
}

/// The notice as last made, by a duty that it serves.
fn find(ledger: &Ledger, id: &str) -> Result<(String, NoticeMade), Stop> {
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
        Stop::one(
            code!("notice.unknown"),
            format!("no notice `{id}` to be posted was made"),
            match ids.as_slice() {
                [] => "make the notices first: `noticeworks filings`".to_owned(),
                ids => format!("choose one of {}", ids.join(", ")),
            },
        )
    })
}
