//! The letter, once: every distinct block of a wave's letters a single time, in the order of the
//! letter, with who reads it and which requirements of law it meets.
//!
//! Eight hundred versions of a letter are made of a few hundred blocks. Counsel reads blocks.

mod assemble;
mod canon;
mod gather;
mod meets;
mod order;
mod turns;

pub use turns::{Has, Turn};

use crate::document::{Block, SectionStyle};
use crate::finding::Findings;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Everything different in a wave's letters.
///
/// A piece is a letter or an e-mail to one person; both have the same words. People who get both
/// count once.
#[derive(Default, Serialize)]
pub struct LetterOnce {
    /// Pieces of all versions.
    pub pieces: u64,
    /// The versions, the one that most people get first.
    pub versions: Vec<OnceVersion>,
    /// In the order of the letter, languages apart, the incident's own first. Blocks that take one
    /// another's place stand together, the more frequent first.
    pub blocks: Vec<OnceBlock>,
    /// By jurisdiction, statute and content, federal law first.
    pub requirements: Vec<Requirement>,
    /// Letters that cannot be composed.
    #[serde(skip)]
    pub findings: Findings,
}

/// A version of the letter and what it is made of.
#[derive(Serialize)]
pub struct OnceVersion {
    /// As manifests and `coverage` name it.
    pub key: String,
    pub label: String,
    /// The label without the state: versions with the same one differ in states' paragraphs alone.
    pub group: String,
    pub pieces: u64,
    /// BCP 47.
    pub language: String,
    /// `adult`, `parent_or_guardian`, `estate`.
    pub recipient: String,
    /// The covered entity's id.
    pub entity: String,
    /// The strand's id.
    pub strand: String,
    /// Who offers the protection in it; empty for no offer.
    pub protection: String,
    /// USPS code where it has one state's paragraphs only; else empty.
    pub state: String,
    /// Where its readers live (USPS code, empty for unknown or abroad), and how many pieces go there.
    pub states: BTreeMap<String, u64>,
    /// Kinds of information that any of its readers is told of, ids.
    pub elements: BTreeSet<String>,
    /// Positions in [`LetterOnce::blocks`], in the order of this version. A block that only some of
    /// its readers get (because of their kinds of information) is among them.
    pub blocks: Vec<usize>,
}

/// A block of text that at least one piece has.
#[derive(Serialize)]
pub struct OnceBlock {
    /// Stays the same while its words do: `en-what-happened-3fa9c1d2`. Letters, digits and `-`.
    pub id: String,
    /// The section's name: `en/what-happened`, `en/states/me`.
    pub section: String,
    /// BCP 47.
    pub language: String,
    #[serde(skip)]
    pub style: SectionStyle,
    /// The words with their structure, for a made-up person.
    #[serde(skip)]
    pub block: Block,
    /// The words as plain text; of a page break or a figure none.
    pub text: String,
    /// The template file and line it comes from.
    pub file: String,
    pub line: u32,
    pub audience: Audience,
    /// Positions in [`LetterOnce::requirements`] of what it meets.
    pub meets: Vec<usize>,
    /// The same of what is prohibited and stands in it all the same.
    pub breaks: Vec<usize>,
}

/// Who reads a block.
#[derive(Default, Serialize)]
pub struct Audience {
    pub pieces: u64,
    /// Positions in [`LetterOnce::versions`].
    pub versions: Vec<usize>,
    /// Pieces by where the readers live; USPS codes, empty for unknown or abroad.
    pub states: BTreeMap<String, u64>,
    /// `adult`, `parent_or_guardian`, `estate`.
    pub recipients: BTreeSet<String>,
    /// Ids of covered entities.
    pub entities: BTreeSet<String>,
    /// Kinds of information that any reader is told of, ids.
    pub elements: BTreeSet<String>,
    /// What tells its readers from those of the same language who do not get it; empty where
    /// everybody does.
    pub turns_on: Vec<Turn>,
}

/// A rule of law on the contents or the look of letters, and how the letters answer it.
#[derive(Clone, Debug, Serialize)]
pub struct Requirement {
    pub jurisdiction: String,
    pub statute: String,
    pub cite: String,
    /// The content's id.
    pub content: String,
    /// `required`, `prohibited`, `customary`.
    pub rule: String,
    /// Pieces that it reaches, by answer.
    pub pieces: BTreeMap<super::Answer, u64>,
    /// Positions in [`LetterOnce::versions`], by answer.
    pub versions: BTreeMap<super::Answer, BTreeSet<usize>>,
    /// What lifts the rule, where something does.
    pub lifted_by: String,
    /// What a rule on the letter's look asks, and what is there; empty for contents.
    pub asked: String,
}

impl Requirement {
    /// Whether a version lacks what is required, or has what is prohibited.
    pub fn has_gap(&self) -> bool {
        self.pieces.keys().any(|a| matches!(a, super::Answer::Missing | super::Answer::Present))
    }
}
