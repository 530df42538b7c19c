//! The letter, once: what its parts are, as whoever fills the book gives them.

use crate::document::{Block, SectionStyle};
use std::collections::BTreeSet;

/// Every distinct block of the letters, who reads it, and which requirements it meets.
#[derive(Clone, Default)]
pub struct LetterBook {
    pub pieces: u64,
    /// The versions, the one that most people get first.
    pub versions: Vec<VersionRow>,
    /// In the order of the letter.
    pub blocks: Vec<LetterBlock>,
    pub requirements: Vec<RequirementRow>,
    /// By what the letter can be narrowed: one group for states, recipients and so on.
    pub filters: Vec<Filter>,
}

/// A version and what stands in it.
#[derive(Clone)]
pub struct VersionRow {
    /// `adult, with Sentinel Example ID, Harbor Health System`.
    pub label: String,
    pub key: String,
    pub pieces: u64,
    /// Positions of its blocks.
    pub blocks: Vec<usize>,
}

/// One block of text.
#[derive(Clone)]
pub struct LetterBlock {
    /// For anchors: letters, digits and `-`.
    pub id: String,
    /// The section's name: `en/what-happened`.
    pub section: String,
    pub style: SectionStyle,
    /// BCP 47.
    pub language: String,
    pub block: Block,
    /// `templates/letter/en/opening.md:3`.
    pub place: String,
    pub pieces: u64,
    pub versions: u64,
    /// What tells its readers from others, in words: `California`, `not: minors`.
    pub chips: Vec<String>,
    /// Positions in [`Filter::values`] of those who read it, by filter; none where all do.
    pub readers: Vec<Option<BTreeSet<usize>>>,
    /// Positions of the requirements it meets, and of prohibitions it breaks.
    pub meets: Vec<usize>,
    pub breaks: Vec<usize>,
}

/// Something by which the letter can be narrowed.
#[derive(Clone)]
pub struct Filter {
    /// For anchors: `state`.
    pub id: String,
    /// `State`.
    pub name: String,
    /// As readers see them.
    pub values: Vec<String>,
}

/// A requirement and the answers of the letters.
#[derive(Clone)]
pub struct RequirementRow {
    /// The jurisdiction's name.
    pub jurisdiction: String,
    pub cite: String,
    /// The content's id.
    pub content: String,
    /// `required`, `prohibited`, `customary`.
    pub rule: String,
    pub answers: Vec<AnswerRow>,
    /// What lifts it, or what a rule on looks asks; may be empty.
    pub note: String,
}

/// How some pieces answer a requirement.
#[derive(Clone)]
pub struct AnswerRow {
    pub answer: AnswerKind,
    /// `met`, `missing`.
    pub words: String,
    pub pieces: u64,
    /// Positions of the versions.
    pub versions: Vec<usize>,
}

/// Whether an answer is one that counsel must look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AnswerKind {
    Gap,
    /// A person must read it.
    Judged,
    Fine,
}

impl RequirementRow {
    /// The gravest of its answers.
    pub fn gravest(&self) -> AnswerKind {
        self.answers.iter().map(|answer| answer.answer).min().unwrap_or(AnswerKind::Fine)
    }
}
