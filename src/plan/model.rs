//! The nouns of a plan.

use crate::incident::{EntityIx, StrandIx};
use crate::law::{Clock, Comparator, Confidence, DutyKind};
use crate::roster::{ElementSet, Population, Recipient};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is planned for a row. Every row has exactly one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    ToMail,
    ToEmail,
    ToMailAndEmail,
    Merged,
    Substitute,
    Held,
    Excluded,
}

impl Outcome {
    pub const ALL: [Outcome; 7] = [
        Outcome::ToMail,
        Outcome::ToEmail,
        Outcome::ToMailAndEmail,
        Outcome::Merged,
        Outcome::Substitute,
        Outcome::Held,
        Outcome::Excluded,
    ];

    /// As in files and `--json`.
    pub fn label(self) -> &'static str {
        match self {
            Outcome::ToMail => "to_mail",
            Outcome::ToEmail => "to_email",
            Outcome::ToMailAndEmail => "to_mail_and_email",
            Outcome::Merged => "merged",
            Outcome::Substitute => "substitute",
            Outcome::Held => "held",
            Outcome::Excluded => "excluded",
        }
    }

    /// Whether a letter is printed.
    pub fn mails(self) -> bool {
        matches!(self, Outcome::ToMail | Outcome::ToMailAndEmail)
    }

    /// Whether an e-mail is made.
    pub fn emails(self) -> bool {
        matches!(self, Outcome::ToEmail | Outcome::ToMailAndEmail)
    }
}

/// A cell of the cube: people who are alike for every count. Merged rows are not people.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Cell {
    pub entity: EntityIx,
    pub strand: StrandIx,
    /// USPS code; empty for foreign or unknown.
    pub jurisdiction: String,
    pub elements: ElementSet,
    pub population: Population,
    pub recipient: Recipient,
    pub outcome: Outcome,
}

/// A person's part with one of several covered entities.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Share {
    pub entity: EntityIx,
    pub strand: StrandIx,
    pub elements: ElementSet,
    pub population: Population,
    pub recipient: Recipient,
}

/// All counts of a wave; every figure of every product is a sum over it.
#[derive(Clone, Debug, Default)]
pub struct Cube {
    pub cells: BTreeMap<Cell, u64>,
    /// Rows by outcome, the merged ones included; adds up to the roster's rows.
    pub rows: BTreeMap<Outcome, u64>,
    /// People of held rows that name no covered entity; they are counted with the first one.
    pub unplaced: u64,
    /// People who stand under several covered entities: their state, once for each covered entity
    /// what their cells have in common with others, and how many they are. A covered entity counts
    /// each (45 CFR 164.408); a state counts its residents, each once.
    pub shared: BTreeMap<(String, Vec<Share>), u64>,
    /// True when counts stem from `[[estimate]]`s: duties become `possible`.
    pub estimated: bool,
}

/// Whether a duty arises.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Arises {
    Yes,
    No,
    /// Depends on counts or facts that are not known yet.
    Possible,
}

impl Serialize for Arises {
    /// `true`, `false` or `"possible"`.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Arises::Yes => serializer.serialize_bool(true),
            Arises::No => serializer.serialize_bool(false),
            Arises::Possible => serializer.serialize_str("possible"),
        }
    }
}

/// Who carries a duty out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Carrier {
    Sender,
    /// The covered entity acts for itself.
    Entity,
    Undecided,
}

/// One duty: who must be told what by when, and why (or why not).
#[derive(Clone, Debug, Serialize)]
pub struct Duty {
    /// Rule id, for a duty per entity followed by `.` and the entity's id, for media also the
    /// state: `ca-ag`, `hipaa-media.harbor-health.CA`. File names are made of it.
    pub id: String,
    /// The law file's rule id; for `[[duty]]` its own id.
    pub rule: String,
    pub jurisdiction: String,
    /// The covered entity's id; none where the duty covers all of them in one filing.
    pub entity: Option<String>,
    /// The entities whose people are counted, ids.
    pub entities: Vec<String>,
    pub kind: DutyKind,
    pub recipient: String,
    pub arises: Arises,
    pub count: u64,
    /// People who meet the statute's definition, whether or not HIPAA or a condition then leaves
    /// them out of the count.
    #[serde(skip)]
    pub matched: u64,
    pub threshold: u64,
    pub comparator: Comparator,
    /// The last day on which it is in time. Where the letters must wait for it, the day on which
    /// they go out: it must be done before the first of them leaves.
    pub due: Option<Date>,
    /// A day that is better than the last one: where the letters must wait, the business day
    /// before they go out.
    pub recommended: Option<Date>,
    /// Hour deadlines: hours from the clock's start.
    pub due_hours: Option<u32>,
    pub clock: Clock,
    pub clock_started: Option<Date>,
    /// The day on which it was carried out, as far as the incident says: the covered entity was
    /// told (`told_on`).
    pub done_on: Option<Date>,
    pub citation: String,
    pub confidence: Confidence,
    pub carrier: Carrier,
    /// Why, in one sentence; then what the incident says of it.
    pub reason: String,
    /// The law's timing in our words.
    pub timing: String,
    /// Ids of what the notice must contain.
    pub required_content: Vec<String>,
    pub method: String,
    pub url: String,
    pub source: String,
}

/// A question for counsel.
#[derive(Clone, Debug, Serialize)]
pub struct Question {
    /// What `[[decision]] question` names.
    pub id: String,
    pub text: String,
    pub choices: Vec<String>,
    /// The choice taken until counsel decides.
    pub default: String,
    /// Counsel's answer, if decided.
    pub answer: Option<String>,
    pub citation: String,
    /// Approving a wave waits for the answer.
    pub blocking: bool,
}

/// An answer of the short interview, for all organizations that gave it.
#[derive(Clone, Debug, Serialize)]
pub struct Profile {
    /// The key of incident.toml that answers.
    pub key: &'static str,
    pub answer: ProfileAnswer,
    /// Names.
    pub organizations: Vec<String>,
    /// Whether the law pack holds the rules that the answer brings.
    pub covered: bool,
    /// What follows, after the names.
    pub says: String,
    pub citation: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ProfileAnswer {
    Unanswered,
    Yes,
    No,
}

/// The whole plan as of a day.
#[derive(Clone, Debug, Serialize)]
pub struct Plan {
    pub as_of: Date,
    /// The day of the letters.
    pub mail_on: Date,
    /// Counts are estimates: no roster has been read.
    pub estimated: bool,
    /// Version and digest of the law pack.
    pub law_pack: String,
    pub duties: Vec<Duty>,
    pub questions: Vec<Question>,
    /// What the organizations are beside their role, and what follows.
    pub profiles: Vec<Profile>,
    /// What the plan does not cover, sentences.
    pub not_covered: Vec<String>,
}

impl Duty {
    /// Days by which the duty is late on a day, or was when it was carried out; none while it is
    /// not due, or does not arise.
    pub fn overdue_days(&self, on: Date) -> Option<u32> {
        let end = self.done_on.map_or(on, |done| done.min(on));
        let due = self.due.filter(|due| *due < end && self.arises != Arises::No)?;
        u32::try_from(super::calendar::days_between(due, end)).ok()
    }

    /// Whether it has been carried out on a day, as far as the incident says.
    pub fn is_done(&self, on: Date) -> bool {
        self.done_on.is_some_and(|done| done <= on)
    }
}

impl Plan {
    /// What arises, is not left to the covered entity, and is neither done nor in time on a day.
    pub fn overdue(&self, on: Date) -> impl Iterator<Item = &Duty> {
        self.duties.iter().filter(move |duty| {
            duty.arises == Arises::Yes
                && duty.carrier != Carrier::Entity
                && !duty.is_done(on)
                && duty.overdue_days(on).is_some()
        })
    }

    /// The duty with this id.
    pub fn duty(&self, id: &str) -> Option<&Duty> {
        self.duties.iter().find(|duty| duty.id == id)
    }

    /// Residents by USPS code whose information meets a statute's definition, also where HIPAA's
    /// letter stands in for the state's: the number that letters print.
    pub fn residents(&self) -> BTreeMap<String, u64> {
        let mut residents = BTreeMap::<String, u64>::new();
        for duty in self.duties.iter().filter(|duty| duty.kind == DutyKind::Individual) {
            let known = residents.entry(duty.jurisdiction.clone()).or_default();
            *known = (*known).max(duty.count).max(duty.matched);
        }
        residents
    }

    /// The question with this id.
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.questions.iter().find(|question| question.id == id)
    }
}
