//! Rows and outcomes that add up, what was made, what comes next: how `check`, `run` and `filings`
//! tell what they did.

use crate::cli::exit::{Ending, Stop};
use crate::cli::output::{print_json, tell, tell_findings};
use crate::finding::{Findings, Severity};
use crate::matter::summary::{Account, Summary};
use crate::tables::words::{count, thousands};
use std::fmt::Write as _;

/// How many overdue duties are shown one by one.
const OVERDUE_SHOWN: usize = 10;

/// Prints findings and summary; the exit code says whether anything must be repaired.
pub fn report(account: &Account, json: bool, show_values: bool) -> Result<Ending, Stop> {
    tell_findings(&account.findings, show_values);
    if json {
        print_json(account)?;
    } else {
        tell(&text(&account.summary, &account.findings));
    }
    Ok(if account.needs_a_look() { Ending::Findings } else { Ending::Fine })
}

/// What a command ends with, for people, on standard error.
pub fn text(summary: &Summary, findings: &Findings) -> String {
    let mut text = String::new();
    let _ = writeln!(
        text,
        "\n{}, wave {}, mail date {}",
        summary.incident, summary.wave, summary.mail_on
    );
    let _ = writeln!(text, "\n{:>11}  rows", thousands(summary.rows));
    for (label, n) in summary.outcomes.iter().filter(|(_, n)| **n > 0) {
        let _ = writeln!(text, "{:>11}  {}", thousands(*n), label.replace('_', " "));
    }
    text.push('\n');
    if let (Some(letters), Some(batches), Some(pages)) =
        (summary.letters, summary.batches, summary.pages)
    {
        let _ = writeln!(
            text,
            "{:>11}  {} marked DRAFT, {}, {}",
            thousands(letters),
            if letters == 1 { "letter" } else { "letters" },
            count(batches, "batch", "batches"),
            count(pages, "page", "pages"),
        );
    }
    for (n, one, many) in [
        (summary.emails, "e-mail, not sent", "e-mails, not sent"),
        (summary.filings, "filing, not filed", "filings, not filed"),
        (summary.notices, "other notice, not sent", "other notices, not sent"),
        (Some(summary.duties_arising), "duty arises", "duties arise"),
        (Some(summary.questions), "question for counsel", "questions for counsel"),
    ] {
        if let Some(n) = n {
            let what = if n == 1 { one } else { many };
            let _ = writeln!(text, "{:>11}  {what}", thousands(n));
        }
    }
    text.push('\n');
    for late in summary.overdue.iter().take(OVERDUE_SHOWN) {
        let days = u64::try_from(late.days_late.unwrap_or(0)).unwrap_or(0);
        let _ = writeln!(
            text,
            "OVERDUE by {} on {}: {} ({})",
            count(days, "day", "days"),
            summary.as_of,
            late.recipient,
            late.duty
        );
    }
    if let Some(more @ 1..) = summary.overdue.len().checked_sub(OVERDUE_SHOWN) {
        let more = count(more as u64, "duty is", "duties are");
        let _ = writeln!(text, "{more} overdue besides; `plan` lists them");
    }
    if let Some(next) = &summary.next_deadline {
        let _ = writeln!(text, "Next deadline: {}, {} ({})", next.due, next.recipient, next.duty);
    }
    if summary.blocking_questions > 0 {
        let blocking = count(summary.blocking_questions, "question waits", "questions wait");
        let _ = writeln!(text, "{blocking} for counsel before approval");
    }
    let held = findings.at_least(Severity::Held);
    if held > 0 {
        let _ = writeln!(text, "{} must be repaired", count(held, "finding", "findings"));
    }
    for file in &summary.files {
        let _ = writeln!(text, "  {file}");
    }
    text
}
