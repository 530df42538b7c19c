//! What a command ends with: rows and outcomes that add up, what was made, what comes next.

use crate::finding::{Findings, Severity};
use crate::plan::{Arises, Carrier, Duty, Outcome, Plan};
use crate::tables::words::{count, long_date, thousands};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// How many overdue duties are shown one by one.
const OVERDUE_SHOWN: usize = 10;

/// The result of `check` and `run`, as printed and as `--json`.
#[derive(Debug, Default, Serialize)]
pub struct Summary {
    pub incident: String,
    pub wave: String,
    pub mail_on: String,
    pub as_of: String,
    pub law_pack: String,
    pub rows: u64,
    /// Adds up to `rows`.
    pub outcomes: BTreeMap<&'static str, u64>,
    /// Findings by code.
    pub findings: BTreeMap<&'static str, u64>,
    /// Null before composing.
    pub letters: Option<u64>,
    pub batches: Option<u64>,
    pub pages: Option<u64>,
    pub emails: Option<u64>,
    pub filings: Option<u64>,
    pub notices: Option<u64>,
    /// Letters by version, the label first.
    pub versions: BTreeMap<String, u64>,
    pub duties_arising: u64,
    pub overdue: Vec<Deadline>,
    pub next_deadline: Option<Deadline>,
    pub questions: u64,
    pub blocking_questions: u64,
    /// Where the files are.
    pub files: Vec<String>,
}

/// A duty's due date, short.
#[derive(Clone, Debug, Serialize)]
pub struct Deadline {
    pub duty: String,
    pub recipient: String,
    pub due: String,
    pub days_late: Option<i32>,
}

impl Summary {
    /// Outcomes of rows; all seven are listed, so that they can be added up.
    pub fn outcomes(&mut self, rows: &BTreeMap<Outcome, u64>) {
        self.outcomes =
            Outcome::ALL.iter().map(|o| (o.label(), rows.get(o).copied().unwrap_or(0))).collect();
        self.rows = self.outcomes.values().sum();
    }

    /// Deadlines and questions of a plan as of a day.
    pub fn plan(&mut self, plan: &Plan, as_of: Date) {
        let arising: Vec<&Duty> = plan.duties.iter().filter(|d| d.arises == Arises::Yes).collect();
        self.duties_arising = arising.len() as u64;
        let mut dated: Vec<(Date, &Duty)> = arising
            .iter()
            .filter(|d| d.carrier != Carrier::Entity && !d.is_done(as_of))
            .filter_map(|d| Some((d.due?, *d)))
            .collect();
        dated.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.id.cmp(&b.1.id)));
        self.overdue =
            dated.iter().filter(|(due, _)| *due < as_of).map(|x| short(x, as_of)).collect();
        self.next_deadline = dated.iter().find(|(due, _)| *due >= as_of).map(|x| short(x, as_of));
        let open: Vec<_> = plan.questions.iter().filter(|q| q.answer.is_none()).collect();
        self.questions = open.len() as u64;
        self.blocking_questions = open.iter().filter(|q| q.blocking).count() as u64;
        self.law_pack.clone_from(&plan.law_pack);
        self.as_of = as_of.to_string();
    }

    pub fn findings(&mut self, findings: &Findings) {
        self.findings = findings.counts();
    }

    /// For people, on standard error.
    pub fn text(&self, findings: &Findings) -> String {
        let mut text = String::new();
        let _ =
            writeln!(text, "\n{}, wave {}, mail date {}", self.incident, self.wave, self.mail_on);
        let _ = writeln!(text, "\n{:>11}  rows", thousands(self.rows));
        for (label, n) in self.outcomes.iter().filter(|(_, n)| **n > 0) {
            let _ = writeln!(text, "{:>11}  {}", thousands(*n), label.replace('_', " "));
        }
        text.push('\n');
        if let (Some(letters), Some(batches), Some(pages)) =
            (self.letters, self.batches, self.pages)
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
            (self.emails, "e-mail, not sent", "e-mails, not sent"),
            (self.filings, "filing, not filed", "filings, not filed"),
            (self.notices, "other notice, not sent", "other notices, not sent"),
            (Some(self.duties_arising), "duty arises", "duties arise"),
            (Some(self.questions), "question for counsel", "questions for counsel"),
        ] {
            if let Some(n) = n {
                let what = if n == 1 { one } else { many };
                let _ = writeln!(text, "{:>11}  {what}", thousands(n));
            }
        }
        text.push('\n');
        for late in self.overdue.iter().take(OVERDUE_SHOWN) {
            let days = u64::try_from(late.days_late.unwrap_or(0)).unwrap_or(0);
            let _ = writeln!(
                text,
                "OVERDUE by {} on {}: {} ({})",
                count(days, "day", "days"),
                self.as_of,
                late.recipient,
                late.duty
            );
        }
        if let Some(more @ 1..) = self.overdue.len().checked_sub(OVERDUE_SHOWN) {
            let more = count(more as u64, "duty is", "duties are");
            let _ = writeln!(text, "{more} overdue besides; `plan` lists them");
        }
        if let Some(next) = &self.next_deadline {
            let _ =
                writeln!(text, "Next deadline: {}, {} ({})", next.due, next.recipient, next.duty);
        }
        if self.blocking_questions > 0 {
            let blocking = count(self.blocking_questions, "question waits", "questions wait");
            let _ = writeln!(text, "{blocking} for counsel before approval");
        }
        let held = findings.at_least(Severity::Held);
        if held > 0 {
            let _ = writeln!(text, "{} must be repaired", count(held, "finding", "findings"));
        }
        for file in &self.files {
            let _ = writeln!(text, "  {file}");
        }
        text
    }
}

fn short((due, duty): &(Date, &Duty), as_of: Date) -> Deadline {
    let late = (as_of - *due).get_days();
    Deadline {
        duty: duty.id.clone(),
        recipient: duty.recipient.clone(),
        due: long_date(*due),
        days_late: (late > 0).then_some(late),
    }
}
