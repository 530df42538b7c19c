//! What the review book shows, as data; whoever runs the command fills it.

use super::{LetterBook, QuestionCard, Sheet};
use crate::finding::Findings;
use crate::plan::{Outcome, Plan};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// One wave of an incident, ready to be read by counsel.
#[derive(Clone)]
pub struct Book {
    /// The incident's title, or its id.
    pub title: String,
    pub incident_id: String,
    /// The wave's id.
    pub wave: String,
    pub sender: String,
    /// Names of the covered entities, in the incident's order.
    pub entities: Vec<String>,
    /// The first day on which anybody knew.
    pub discovered: Option<Date>,
    /// The date printed on the letters.
    pub mail_on: Option<Date>,
    /// Duties, questions, what is not covered; also the day it is drawn up for and the law pack.
    pub plan: Plan,
    /// Whether what the book shows is approved.
    pub state: State,
    /// SHA-256, hex, over all that the letters were made from; says later whether they are what was
    /// approved.
    pub made_of: String,
    /// Rows of the roster; the outcomes add up to it. Zero before there is a roster.
    pub rows: u64,
    pub outcomes: BTreeMap<Outcome, u64>,
    pub letters: u64,
    /// None before the letters are composed.
    pub pages: Option<u64>,
    pub emails: u64,
    pub filings: Vec<FilingEntry>,
    pub findings: Findings,
    /// The letter, once.
    pub letter: LetterBook,
    /// The plan's questions, those of a kind together, in the order in which they are shown.
    pub questions: Vec<QuestionCard>,
    /// Letters that stand for the rest, as they print.
    pub sheets: Vec<Sheet>,
    /// The outlines of the glyphs on the sheets, as SVG of our own making.
    pub outlines: String,
    /// Where a letter of every version is; relative to the book's folder, may be empty.
    pub proofs: String,
    /// What became otherwise since the last approval, if it did.
    pub changes: Option<Changes>,
    /// `noticeworks 0.1.0`.
    pub program: String,
}

/// Whether what a book shows is approved. Seals are named as `approve` prints them, each with its
/// root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// Nobody approved the wave yet.
    Draft,
    /// One of two approvers did.
    Waiting(String),
    Approved(String),
    /// Something else was approved than what the book shows.
    Differs(String),
}

/// A filing and its files.
#[derive(Clone, Debug, Default)]
pub struct FilingEntry {
    /// `California Attorney General`.
    pub name: String,
    /// `CA`, `US-HIPAA`.
    pub jurisdiction: String,
    /// What still stands in its way, or how it is submitted; may be empty.
    pub note: String,
    /// When it was filed, under which number, and whether that holds; empty while it was not.
    pub filed: String,
    /// What was filed is no longer so.
    pub stale: bool,
    /// What changed since, line by line.
    pub changes: Vec<String>,
    pub files: Vec<Link>,
}

/// A file beside the book.
#[derive(Clone, Debug, Default)]
pub struct Link {
    pub label: String,
    /// Relative to the book's own folder: `../filings/states/ca-ag.pdf`.
    pub href: String,
}

/// What became otherwise since something was approved.
#[derive(Clone, Default)]
pub struct Changes {
    /// `w1-1 (root 3f9a...)`.
    pub seal: String,
    pub people: Vec<String>,
    pub duties: Vec<String>,
    pub words: Vec<Passage>,
}

/// A block of the letter that reads otherwise, word by word.
#[derive(Clone)]
pub struct Passage {
    /// The section's name.
    pub section: String,
    /// BCP 47.
    pub language: String,
    /// Pieces that have it now; where it is gone, that had it.
    pub pieces: u64,
    pub words: Vec<(Word, String)>,
}

/// What became of some words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    Same,
    Gone,
    New,
}
