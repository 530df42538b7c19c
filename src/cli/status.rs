//! `status`: what is recorded of each wave, and which rows have been held for how long.

use crate::cli::args::StatusArgs;
use crate::cli::exit::{Ending, Stop};
use crate::cli::output::{print, print_json};
use crate::cli::progress::Bars;
use crate::matter::ask::status::{
    FilingStatus, HeldRow, SealStatus, Status, StatusRequest, Unreached, day, status,
};
use crate::matter::keys::Scheme;
use crate::tables::words::{count, long_date, thousands};
use std::fmt::Write as _;

/// Row numbers shown of each reason on the terminal; `--json` gives all.
const SHOWN: usize = 10;

pub fn run(args: &StatusArgs) -> Result<Ending, Stop> {
    let request = StatusRequest { incident: args.incident.clone() };
    let status = status(&request, &Bars::default())?;
    if args.json {
        print_json(&status)?;
    } else {
        print(&text(&status))?;
    }
    match status.altered() {
        Some(refusal) => Err(refusal.into()),
        None if status.needs_a_look() => Ok(Ending::Findings),
        None => Ok(Ending::Fine),
    }
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
        wave.seals.iter().for_each(|of| seal(of, &mut text));
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
            let number = |held: &HeldRow| match &held.file {
                Some(file) => format!("{} of {file}", held.row),
                None => held.row.to_string(),
            };
            let mut numbers: Vec<String> = group.rows.iter().take(SHOWN).map(number).collect();
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
    if !status.unreached.is_empty() {
        text.push_str("People whose letters came back:\n");
        status.unreached.iter().for_each(|of| unreached(of, &mut text));
        text.push('\n');
    }
    if !status.filings.is_empty() {
        text.push_str("Filings:\n");
        status.filings.iter().for_each(|of| filing(of, &mut text));
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
    text.push_str(match status.keys {
        Scheme::Keyed => "",
        Scheme::New => "Keys: the next `check` makes them under a secret of this folder\n",
        Scheme::Unkeyed => {
            "Keys: made without a secret, as the program that sealed this folder did; they stay so\n"
        }
        Scheme::Lost => "Keys: `ledger.secret`, under which they were made, is gone or another\n",
    });
    if status.waves.is_empty() {
        text.push_str("No wave is recorded yet; run `noticeworks check`\n");
    }
    text
}

/// Who is still to be reached, and what remains to be done by when.
fn unreached(of: &Unreached, text: &mut String) {
    let people = count(of.people, "person", "people");
    let days = count(u64::from(of.days.unsigned_abs()), "day", "days");
    let since = long_date(of.since);
    let states: Vec<String> = of
        .states
        .iter()
        .map(|(state, n)| format!("{n} {}", if state.is_empty() { "elsewhere" } else { state }))
        .collect();
    let _ = writeln!(
        text,
        "\n  {}: {people} ({}), for {days} (since {since})",
        of.name,
        states.join(", ")
    );
    for step in &of.steps {
        let duty = step.duty.as_ref().map(|duty| format!(" (`{duty}`)")).unwrap_or_default();
        let due = step.due.map(|due| format!(", due {}", long_date(due))).unwrap_or_default();
        let _ = writeln!(text, "    {}{duty}{due}", step.says);
        for made in &step.texts {
            let _ = writeln!(text, "      made: {made}");
        }
    }
}

/// A seal: what was approved, and how far it is.
fn seal(seal: &SealStatus, text: &mut String) {
    let letters = |n| count(n, "letter", "letters");
    let emails = count(seal.emails, "e-mail", "e-mails");
    let _ = writeln!(
        text,
        "Seal {}: {} and {emails}, {}",
        seal.seal,
        letters(seal.letters),
        seal.state
    );
    for approval in &seal.approvals {
        let _ = writeln!(text, "    approved by {}", approval.text());
    }
    let _ = writeln!(text, "    root {}", seal.root);
    let batches = count(seal.printed_batches, "batch", "batches");
    let _ = writeln!(text, "    printed {} in {batches}", letters(seal.printed_letters));
    let batches = count(seal.posted_batches, "batch", "batches");
    let _ = writeln!(text, "    posted {} in {batches}", letters(seal.posted_letters));
    if seal.returned_letters > 0 {
        let _ = writeln!(text, "    returned {}", letters(seal.returned_letters));
    }
    for change in &seal.changes {
        let _ = writeln!(text, "    since then: {change}");
    }
    text.push('\n');
}

/// A filing on record, and what has changed since.
fn filing(filing: &FilingStatus, text: &mut String) {
    let kind = if filing.amends { "amended" } else { "filed" };
    let on = long_date(filing.filed_on);
    let _ = writeln!(text, "  {}: {kind} on {on}, number {}", filing.duty, filing.number);
    if filing.stale {
        let as_of = filing.as_of.map(long_date).unwrap_or_default();
        let _ = writeln!(text, "    STALE by the figures of {as_of}:");
        for change in &filing.changes {
            let _ = writeln!(text, "      {}", change.line());
        }
    }
}
