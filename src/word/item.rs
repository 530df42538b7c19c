//! What counsel did to one place: a change that can be made, or a question.

use super::piece::{Atom, Role};
use serde::Serialize;
use std::ops::Range;

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemKind {
    /// Words replaced, added or left out in a paragraph.
    Words,
    /// Bold or italic, on or off.
    Emphasis,
    Added,
    Removed,
    Moved,
    /// One paragraph became several.
    Split,
    /// Several paragraphs became one.
    Joined,
    /// A gray line, which is not printed.
    Note,
    /// Something that is no text: a picture, a footnote.
    Foreign,
}

/// Why nobody but a person can say what is meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "reason", content = "of", rename_all = "snake_case")]
pub enum Doubt {
    /// These placeholders would no longer be filled in.
    PlaceholderLost(Vec<String>),
    /// Nobody knows what to fill in for these.
    PlaceholderUnknown(Vec<String>),
    /// It reaches over the border of a branch.
    AcrossBorder,
    /// The template has changed at the same place since the document went out; what it says now.
    Conflict(String),
    /// No paragraph would meet these requirements.
    RequirementLost(Vec<String>),
    /// A law prescribes these words; its citations.
    Prescribed(Vec<String>),
    /// Nobody knows which requirement a new paragraph meets.
    NoRequirement,
    /// It speaks of readers who are not the only ones to get it.
    OtherReaders(String),
    /// It stands where no template can put it.
    Misplaced,
    /// Markdown cannot say it, or the result would not read as the document does.
    Unwritable,
    /// A gray line is not part of the letter.
    NoteEdited,
    /// It is no text.
    NoText,
    /// Filled in from the facts, which are edited elsewhere.
    Filled(Vec<String>),
}

/// A stretch of words, before and after.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Op {
    Same,
    Out,
    In,
}

/// Part of a change, to be shown word by word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Stretch {
    pub op: Op,
    pub text: String,
}

/// Atoms of the pieces as they stand that others take the place of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hunk {
    pub now: Range<usize>,
    pub with: Vec<Atom>,
}

/// How the templates change. Positions point into the pieces as they stand now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// In one piece, or in neighbors seen as one.
    Words {
        first: usize,
        last: usize,
        hunks: Vec<Hunk>,
    },
    Remove {
        piece: usize,
    },
    /// A new paragraph or item beside a piece.
    Insert {
        beside: usize,
        after: bool,
        role: Role,
        text: String,
    },
    /// To stand directly behind another piece of its file.
    Move {
        piece: usize,
        after: usize,
    },
}

/// One change or question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub kind: ItemKind,
    /// None for a change that can be made as it is.
    pub doubt: Option<Doubt>,
    /// Which piece it concerns, among those that stand now.
    pub piece: Option<usize>,
    pub was: String,
    pub is: String,
    pub words: Vec<Stretch>,
    /// Who made it, where that was tracked: positions in the document's people.
    pub by: Vec<usize>,
    /// What making it would do; none where only a person can do it.
    pub edit: Option<Edit>,
}
