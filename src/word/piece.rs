//! What a template is made of for whoever edits it: pieces of words, each with its place in the file.

use serde::{Deserialize, Serialize};
use std::ops::Range;

/// What a stretch of a piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A word, a mark of punctuation or a space: what may be edited.
    Text,
    /// A forced line break.
    Break,
    /// `{{ name }}`: it stays as a whole or goes as a whole.
    Value,
    /// The border of a branch: `‹if: a minor›`.
    Label,
    /// A link or a picture with its words.
    Link,
    /// The border between two paragraphs, where two are looked at as one.
    Border,
}

/// The smallest part of a piece that is compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Atom {
    pub kind: Kind,
    /// As people read it.
    pub text: String,
    #[serde(default, skip_serializing_if = "is_false")]
    pub bold: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    pub italic: bool,
    /// As it stands in the template; of what somebody typed, as it would stand there.
    #[serde(skip)]
    pub source: String,
    /// Who typed it, where that was tracked.
    #[serde(skip)]
    pub by: Option<usize>,
}

fn is_false(value: &bool) -> bool {
    !value
}

impl Atom {
    /// What it is compared by: quotes, dashes and spaces that word processors change on their own are
    /// the same.
    pub fn key(&self) -> (Kind, String) {
        (self.kind, normal(&self.text))
    }

    pub fn is_space(&self) -> bool {
        self.kind == Kind::Text && self.text.chars().all(char::is_whitespace)
    }
}

/// Text without what word processors change on their own.
pub fn normal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}' | '\u{2032}' | '`' => out.push('\''),
            '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{2033}' => out.push('"'),
            '\u{2010}'..='\u{2015}' | '\u{2212}' => out.push('-'),
            '\u{ad}' | '\u{200b}' | '\u{feff}' => {}
            '\u{2026}' => out.push_str("..."),
            c if c.is_whitespace() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// What a piece is on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Heading(u8),
    Paragraph,
    Bullet,
    Number,
    /// A cell of a table: table in the file, row, column.
    Cell(usize, usize, usize),
    Picture,
}

impl Role {
    pub fn is_item(self) -> bool {
        matches!(self, Self::Bullet | Self::Number)
    }

    pub fn is_cell(self) -> bool {
        matches!(self, Self::Cell(..))
    }
}

/// A paragraph, heading, list item or cell of a template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// The template's name: `en/opening`.
    pub file: String,
    pub role: Role,
    pub atoms: Vec<Atom>,
    /// The conditions under which it is printed at all, as the template has them, outermost first.
    pub when: Vec<String>,
    /// Ids of the requirements that its block meets.
    pub satisfies: Vec<String>,
    /// Pieces of one block (the items of a list) have the same number in their file.
    pub block: usize,
    #[serde(skip)]
    pub at: Place,
}

/// Where a piece stands in its file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The line by which findings and coverage name the block.
    pub line: u32,
    /// The bytes of the words.
    pub words: Range<usize>,
    /// The lines to take out with the piece.
    pub lines: Range<usize>,
    /// The line of the block's comment.
    pub comment: Option<Range<usize>>,
    /// What stands before the words on their first line: `- `, `## `.
    pub lead: String,
    /// It is part of a paragraph that goes on: a line that is printed on a condition.
    pub partial: bool,
}

impl Piece {
    /// What people read.
    pub fn text(&self) -> String {
        text_of(&self.atoms)
    }

    /// Whether anything in it may be edited.
    pub fn has_words(&self) -> bool {
        self.atoms.iter().any(|a| a.kind == Kind::Text && a.text.chars().any(char::is_alphanumeric))
    }
}

pub fn text_of(atoms: &[Atom]) -> String {
    atoms.iter().map(|atom| atom.text.as_str()).collect()
}

/// Words, spaces and marks of a text, as they are compared.
pub fn split(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let same: fn(char) -> bool = if c.is_whitespace() && c != '\n' {
            |c| c.is_whitespace() && c != '\n'
        } else if c.is_alphanumeric() {
            char::is_alphanumeric
        } else if c == '.' {
            |c| c == '.'
        } else {
            |_| false
        };
        let mut end = rest.find(|c| !same(c)).unwrap_or(rest.len()).max(c.len_utf8());
        // `child's` is a word; so is `1,500`.
        if c.is_alphanumeric() {
            loop {
                let mut after = rest[end..].chars();
                let (mark, next) = (after.next(), after.next());
                let joins = mark.is_some_and(|m| {
                    matches!(m, '\'' | '\u{2019}')
                        || (matches!(m, ',' | '.')
                            && rest[..end].ends_with(|c: char| c.is_ascii_digit()))
                });
                let goes_on = next.is_some_and(|n| match mark {
                    Some(',' | '.') => n.is_ascii_digit(),
                    _ => n.is_alphanumeric(),
                });
                let (Some(mark), true, true) = (mark, joins, goes_on) else { break };
                end += mark.len_utf8();
                let word = &rest[end..];
                end += word.find(|c: char| !c.is_alphanumeric()).unwrap_or(word.len());
            }
        }
        parts.push(&rest[..end]);
        rest = &rest[end..];
    }
    parts
}
