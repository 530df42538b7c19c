//! `confirm`, told.

use crate::cli::args::{ConfirmArgs, ConfirmLettersArgs, ConfirmNoticeArgs, ConfirmWhat};
use crate::cli::exit::{Ending, Stop};
use crate::cli::output::{print, tell_findings};
use crate::finding::Severity;
use crate::matter::act::confirm::{ConfirmRequest, confirm};
use crate::matter::act::confirm_notice::{ConfirmNoticeRequest, confirm_notice};
use crate::tables::words::{count, long_date};

pub fn run(args: &ConfirmArgs) -> Result<Ending, Stop> {
    match &args.what {
        ConfirmWhat::Letters(args) => letters(args),
        ConfirmWhat::Notice(args) => notice(args),
    }
}

fn letters(args: &ConfirmLettersArgs) -> Result<Ending, Stop> {
    let answer = confirm(&ConfirmRequest {
        selection: (&args.folder).into(),
        batch: args.batch.clone(),
        piece: args.piece.clone(),
        posted: args.posted,
        returned: args.returned,
        remailed: args.remailed,
        evidence: args.evidence.clone(),
        by: args.by.clone(),
        seal: args.seal,
    })?;
    print(&format!(
        "Recorded{}: {} {} on {}, shown by {} (SHA-256 {})\n",
        if answer.before { " before" } else { "" },
        match &args.piece {
            Some(piece) => piece.clone(),
            None => count(answer.batches, "batch", "batches"),
        },
        answer.what.label(),
        long_date(answer.on),
        answer.evidence.name,
        answer.evidence.sha256,
    ))?;
    tell_findings(&answer.findings, false);
    Ok(match answer.findings.at_least(Severity::Warning) {
        0 => Ending::Fine,
        _ => Ending::Findings,
    })
}

fn notice(args: &ConfirmNoticeArgs) -> Result<Ending, Stop> {
    let (now, findings) = confirm_notice(&ConfirmNoticeRequest {
        selection: (&args.folder).into(),
        id: args.id.clone(),
        posted: args.posted,
        taken_down: args.taken_down,
        evidence: args.evidence.clone(),
        by: args.by.clone(),
    })?;
    let mut text = String::from("Recorded:\n");
    if let Some(now) = &now {
        now.tell(&mut text);
    }
    print(&text)?;
    tell_findings(&findings, false);
    let short = now.is_some_and(|now| now.days_short > 0);
    Ok(if short || findings.at_least(Severity::Warning) > 0 {
        Ending::Findings
    } else {
        Ending::Fine
    })
}
