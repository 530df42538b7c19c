//! Rows and outcomes that add up, what was made, what comes next: how `check`, `run` and `filings`
//! tell what they did.

use crate::cli::brief;
use crate::cli::exit::{Ending, Stop};
use crate::cli::output::{columns, print_json, tell, tell_findings};
use crate::folder::FINDINGS;
use crate::matter::summary::{Account, Summary};
use crate::tables::words::{count, thousands};
use std::fmt::Write as _;

/// How many overdue duties are shown one by one.
const OVERDUE_SHOWN: usize = 10;

/// How many lines a command tells unless `--details` is asked for.
const LINES: usize = 40;

/// Prints findings and summary; the exit code says whether anything must be repaired.
pub fn report(
    account: &Account,
    json: bool,
    show_values: bool,
    details: bool,
) -> Result<Ending, Stop> {
    if details {
        tell_findings(&account.findings, show_values);
        if !json {
            tell(&text(&account.summary));
        }
    } else {
        let lines = brief(account, json, show_values, columns());
        tell(&lines.iter().map(|line| format!("{line}\n")).collect::<String>());
    }
    if json {
        print_json(account)?;
    }
    Ok(if account.needs_a_look() { Ending::Findings } else { Ending::Fine })
}

/// At most 40 lines: what was found, and unless it is printed as JSON, the summary.
pub fn brief(account: &Account, json: bool, show_values: bool, width: usize) -> Vec<String> {
    let Account { summary, findings, .. } = account;
    let told = |lines| brief::findings(findings, &summary.held, show_values, width, lines);
    let long: Vec<String> = if json {
        Vec::new()
    } else {
        text(summary).trim_matches('\n').lines().map(str::to_owned).collect()
    };
    let end = whereabouts(account, width);
    let fixed = brief::height(&end, width);
    let room = |summary: &[String]| LINES.saturating_sub(fixed + brief::height(summary, width));
    let mut whole = told(usize::MAX);
    if !whole.is_empty() && !long.is_empty() {
        whole.push(String::new());
    }
    let mut lines = if brief::height(&whole, width) <= room(&long) {
        [whole, long].concat()
    } else {
        let short = if json { long } else { short(summary, width) };
        [told(room(&short)), short].concat()
    };
    lines.extend(end);
    lines
}

/// Where everything stands, if there is anything.
fn whereabouts(account: &Account, width: usize) -> Vec<String> {
    if account.findings.is_empty() {
        return Vec::new();
    }
    let csv = account.summary.written.iter().find(|file| file.ends_with(FINDINGS));
    let place = csv.map_or(String::new(), |csv| format!("Every row: {csv} and findings.xlsx. "));
    let text =
        format!("{place}In full: `--details`. What a code means: `noticeworks explain CODE`");
    brief::wrapped("", "", &text, width)
}

/// The summary in a few lines.
fn short(summary: &Summary, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut push = |text: String| lines.extend(brief::wrapped("", "", &text, width));
    push(heading(summary));
    let outcomes = summary.outcomes.iter().filter(|(_, n)| **n > 0);
    let outcomes: Vec<String> = outcomes
        .map(|(label, n)| format!("{} {}", thousands(*n), label.replace('_', " ")))
        .collect();
    push(format!("{}: {}", count(summary.rows, "row", "rows"), outcomes.join(", ")));
    let made: Vec<String> =
        made(summary).into_iter().map(|(n, what)| format!("{} {what}", thousands(n))).collect();
    push(made.join("; "));
    if !summary.overdue.is_empty() {
        push(format!(
            "{} overdue on {}; `plan` lists them",
            count(summary.overdue.len() as u64, "duty is", "duties are"),
            summary.judged_on
        ));
    }
    for line in ahead(summary) {
        push(line);
    }
    lines
}

fn heading(summary: &Summary) -> String {
    format!("{}, wave {}, mail date {}", summary.incident, summary.wave, summary.mail_on)
}

/// What was made and what arises, counted.
fn made(summary: &Summary) -> Vec<(u64, String)> {
    let mut made = Vec::new();
    if let (Some(letters), Some(batches), Some(pages)) =
        (summary.letters, summary.batches, summary.pages)
    {
        let what = format!(
            "{} marked DRAFT, {}, {}",
            if letters == 1 { "letter" } else { "letters" },
            count(batches, "batch", "batches"),
            count(pages, "page", "pages"),
        );
        made.push((letters, what));
    }
    if let Some(posted) = summary.letters_posted {
        let what = if posted == 1 { "letter of this wave" } else { "letters of this wave" };
        made.push((posted, format!("{what} posted")));
    }
    for (n, done, (one, many), (said, not)) in [
        (summary.emails, summary.emails_sent, ("e-mail", "e-mails"), ("sent", "not sent")),
        (summary.filings, summary.filings_filed, ("filing", "filings"), ("filed", "not filed")),
    ] {
        let Some(n) = n else { continue };
        let what = if n == 1 { one } else { many };
        made.push((
            n,
            match done.unwrap_or(0) {
                0 => format!("{what}, {not}"),
                done if done >= n => format!("{what}, {said}"),
                done => format!("{what}, {} of them {said}", thousands(done)),
            },
        ));
    }
    if let (Some(all), Some(written)) = (summary.emails, summary.emails_written)
        && written < all
    {
        let what = if written == 1 { "e-mail" } else { "e-mails" };
        made.push((written, format!("{what} written as samples")));
    }
    for (n, one, many) in [
        (summary.notices, "other notice, not sent", "other notices, not sent"),
        (Some(summary.duties_arising), "duty arises", "duties arise"),
        (Some(summary.questions), "question for counsel", "questions for counsel"),
    ] {
        if let Some(n) = n {
            made.push((n, if n == 1 { one } else { many }.to_owned()));
        }
    }
    made
}

/// What comes next.
fn ahead(summary: &Summary) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(next) = &summary.next_deadline {
        lines.push(format!("Next deadline: {}, {} ({})", next.due, next.recipient, next.duty));
    }
    if summary.judged_on != summary.as_of && summary.filings.is_some() {
        lines.push(format!(
            "Lateness is judged here by {}, in the files by {}",
            summary.judged_on, summary.as_of
        ));
    }
    if summary.blocking_questions > 0 {
        let blocking = count(summary.blocking_questions, "question waits", "questions wait");
        lines.push(format!("{blocking} for counsel before approval"));
    }
    lines
}

/// What a command ends with, for people, on standard error.
pub fn text(summary: &Summary) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "\n{}", heading(summary));
    let _ = writeln!(text, "\n{:>11}  rows", thousands(summary.rows));
    for (label, n) in summary.outcomes.iter().filter(|(_, n)| **n > 0) {
        let _ = writeln!(text, "{:>11}  {}", thousands(*n), label.replace('_', " "));
    }
    text.push('\n');
    for (n, what) in made(summary) {
        let _ = writeln!(text, "{:>11}  {what}", thousands(n));
    }
    text.push('\n');
    for late in summary.overdue.iter().take(OVERDUE_SHOWN) {
        let days = u64::try_from(late.days_late.unwrap_or(0)).unwrap_or(0);
        let _ = writeln!(
            text,
            "OVERDUE by {} on {}: {} ({})",
            count(days, "day", "days"),
            summary.judged_on,
            late.recipient,
            late.duty
        );
    }
    if let Some(more @ 1..) = summary.overdue.len().checked_sub(OVERDUE_SHOWN) {
        let more = count(more as u64, "duty is", "duties are");
        let _ = writeln!(text, "{more} overdue besides; `plan` lists them");
    }
    for line in ahead(summary) {
        let _ = writeln!(text, "{line}");
    }
    for file in &summary.written {
        let _ = writeln!(text, "  {file}");
    }
    text
}
