//! What a command ends with: rows and outcomes that add up, what was made, what comes next.

use crate::finding::{Findings, Severity};
use crate::plan::{Arises, Carrier, Duty, Outcome, Plan};
use crate::tables::words::long_date;
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;

/// The result of `check`, `run` and `filings`, as `--json`.
#[derive(Debug, Default, Serialize)]
pub struct Summary {
    pub incident: String,
    pub wave: String,
    pub mail_on: String,
    /// The day by which files under `out` judge lateness.
    pub as_of: String,
    /// The day by which `overdue` and `next_deadline` judge it.
    pub judged_on: String,
    pub law_pack: String,
    pub rows: u64,
    /// The wave's rosters; their rows add up to `rows`.
    pub files: Vec<RosterRows>,
    /// Adds up to `rows`.
    pub outcomes: BTreeMap<&'static str, u64>,
    /// Held rows by the code of the finding that holds them; adds up to `outcomes.held`.
    pub held: BTreeMap<&'static str, u64>,
    /// Findings by code.
    pub findings: BTreeMap<&'static str, u64>,
    /// Null before composing.
    pub letters: Option<u64>,
    pub batches: Option<u64>,
    pub pages: Option<u64>,
    pub emails: Option<u64>,
    /// Of the e-mails, those that were written as files to look at.
    pub emails_written: Option<u64>,
    pub filings: Option<u64>,
    pub notices: Option<u64>,
    /// Letters of the wave known to be posted; null before any was.
    pub letters_posted: Option<u64>,
    /// E-mails of the wave that the server took; null before any was sent.
    pub emails_sent: Option<u64>,
    /// Of the filings made, those that are on record as filed; null where none was made.
    pub filings_filed: Option<u64>,
    /// Letters by version, the label first.
    pub versions: BTreeMap<String, u64>,
    pub duties_arising: u64,
    pub overdue: Vec<Deadline>,
    pub next_deadline: Option<Deadline>,
    pub questions: u64,
    pub blocking_questions: u64,
    /// Files and folders that were written.
    pub written: Vec<String>,
}

/// One roster of a wave.
#[derive(Clone, Debug, Serialize)]
pub struct RosterRows {
    /// As the incident names it.
    pub file: String,
    pub rows: u64,
}

/// A duty's due date, short.
#[derive(Clone, Debug, Serialize)]
pub struct Deadline {
    pub duty: String,
    pub recipient: String,
    pub due: String,
    pub days_late: Option<i32>,
}

/// What a command that counts everybody gives back: the summary, and what was found on the way.
#[derive(Serialize)]
#[serde(transparent)]
pub struct Account {
    pub summary: Summary,
    #[serde(skip)]
    pub findings: Findings,
    /// Something was found in the roster when it was last read, though it was not read again.
    #[serde(skip)]
    pub warned_before: bool,
}

impl Account {
    /// The summary with its findings counted.
    pub fn new(mut summary: Summary, findings: Findings) -> Self {
        summary.findings(&findings);
        Self { summary, findings, warned_before: false }
    }

    /// Whether anything must be repaired or looked at, or a duty is late.
    pub fn needs_a_look(&self) -> bool {
        self.warned_before
            || self.findings.at_least(Severity::Warning) > 0
            || !self.summary.overdue.is_empty()
    }
}

impl Summary {
    /// Outcomes of rows; all seven are listed, so that they can be added up.
    pub fn outcomes(&mut self, rows: &BTreeMap<Outcome, u64>) {
        self.outcomes =
            Outcome::ALL.iter().map(|o| (o.label(), rows.get(o).copied().unwrap_or(0))).collect();
        self.rows = self.outcomes.values().sum();
    }

    /// Deadlines and questions of a plan, lateness judged by a day.
    pub fn plan(&mut self, plan: &Plan, judged_on: Date) {
        let arising: Vec<&Duty> = plan.duties.iter().filter(|d| d.arises == Arises::Yes).collect();
        self.duties_arising = arising.len() as u64;
        let mut dated: Vec<(Date, &Duty)> = arising
            .iter()
            .filter(|d| d.carrier != Carrier::Entity && !d.is_done(judged_on))
            .filter_map(|d| Some((d.due?, *d)))
            .collect();
        dated.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.id.cmp(&b.1.id)));
        self.overdue =
            dated.iter().filter(|(due, _)| *due < judged_on).map(|x| short(x, judged_on)).collect();
        self.next_deadline =
            dated.iter().find(|(due, _)| *due >= judged_on).map(|x| short(x, judged_on));
        // One question may be asked by several products.
        let open = plan.questions.iter().filter(|q| q.answer.is_none());
        let open: BTreeMap<&str, bool> = open.map(|q| (q.id.as_str(), q.blocking)).collect();
        self.questions = open.len() as u64;
        self.blocking_questions = open.values().filter(|blocking| **blocking).count() as u64;
        self.law_pack.clone_from(&plan.law_pack);
        self.as_of = plan.as_of.to_string();
        self.judged_on = judged_on.to_string();
    }

    pub fn findings(&mut self, findings: &Findings) {
        self.findings = findings.counts();
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
