//! A document as it came back: paragraphs as they read once every tracked change is accepted, with
//! whoever changed what.

/// Who made a tracked change or a comment, and when.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct By {
    pub author: String,
    /// `2026-09-18`; empty where the file does not say.
    pub day: String,
}

/// A character as it reads in the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Char {
    /// A line break is `\n`.
    pub c: char,
    pub bold: bool,
    pub italic: bool,
    /// Who put it there, where that was tracked: a position in [`Returned::people`].
    pub by: Option<usize>,
}

/// Text that a tracked change took out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// Before which character it stood.
    pub at: usize,
    pub text: String,
    pub by: usize,
}

/// A bookmark and the characters that it covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    pub name: String,
    pub from: usize,
    pub to: usize,
}

/// Where a paragraph stands in a table; all positions from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InTable {
    pub table: usize,
    pub row: usize,
    pub cell: usize,
}

/// A paragraph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paragraph {
    /// The style's name as people see it, in small letters.
    pub style: String,
    /// 1 for the highest heading; none for text.
    pub heading: Option<u8>,
    /// It has a number or a bullet of a list.
    pub listed: bool,
    pub place: Option<InTable>,
    pub chars: Vec<Char>,
    pub cuts: Vec<Cut>,
    pub marks: Vec<Mark>,
    /// Who made a paragraph of its own out of it, where that was tracked.
    pub by: Option<usize>,
}

impl Paragraph {
    /// What it says.
    pub fn text(&self) -> String {
        self.chars.iter().map(|c| c.c).collect()
    }

    /// Whether nothing is to be read in it.
    pub fn is_blank(&self) -> bool {
        self.chars.iter().all(|c| c.c.is_whitespace())
    }
}

/// A remark in the margin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    pub by: By,
    pub text: String,
    /// The words that it stands at.
    pub on: String,
    /// The paragraph that it begins in.
    pub paragraph: Option<usize>,
    /// Somebody marked it as done.
    pub done: bool,
}

/// What a document holds that is no text of its body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Foreign {
    /// A macro; it is not run.
    Macro,
    /// A picture, drawing or embedded file.
    Object,
    /// Text of another file that would be taken in by a word processor.
    OtherFile,
    /// A link to a template, picture or file elsewhere; it is not followed.
    Outside,
    Footnote,
    /// A formula.
    Formula,
}

/// A document that came back.
#[derive(Clone, Debug, Default)]
pub struct Returned {
    pub paragraphs: Vec<Paragraph>,
    pub comments: Vec<Comment>,
    /// Everybody who tracked a change.
    pub people: Vec<By>,
    /// Bookmarks whose words were all taken out by a tracked change, and by whom.
    pub emptied: Vec<(String, usize)>,
    /// What else it holds, with the paragraph where it stands, each kind once a paragraph.
    pub foreign: Vec<(Foreign, Option<usize>)>,
}
