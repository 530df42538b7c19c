//! A change or question as it is told: word by word, by whom, who reads it, what the law says.

use super::readers::{Meets, Readers, WhoReads};
use crate::docx::{By, Comment, Returned};
use crate::files;
use crate::word::{Doubt, Item, ItemKind, Piece, Stretch};
use serde::Serialize;
use sha2::{Digest, Sha256};

/// A change or a question.
#[derive(Clone, Debug, Serialize)]
pub struct Told {
    /// Stays the same as long as the document and the templates do.
    pub id: String,
    pub kind: ItemKind,
    /// The template and its line; empty and null where it has none.
    pub file: String,
    pub line: Option<u32>,
    pub was: String,
    pub now: String,
    pub words: Vec<Stretch>,
    /// Who made it and on which day, where that was tracked.
    pub by: Vec<Author>,
    /// Who reads it.
    pub readers: String,
    /// How many letters have it; null where nobody counts.
    pub letters: Option<u64>,
    /// The requirements that the paragraph meets.
    pub law: Vec<Meets>,
    /// Of a question: why it is one, and what is asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub doubt: Option<Doubt>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub question: String,
    /// Whether `--accept` with this id makes the change all the same.
    pub can_accept: bool,
}

/// Who made a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Author {
    pub author: String,
    /// `2026-09-18`; empty where the document does not say.
    pub day: String,
}

impl From<&By> for Author {
    fn from(by: &By) -> Self {
        Self { author: by.author.clone(), day: by.day.clone() }
    }
}

/// A remark in the margin.
#[derive(Clone, Debug, Serialize)]
pub struct ToldComment {
    pub author: String,
    pub day: String,
    pub text: String,
    /// The words that it stands at.
    pub on: String,
    pub file: String,
    pub line: Option<u32>,
    pub done: bool,
}

impl ToldComment {
    pub fn new(comment: &Comment, piece: Option<&Piece>) -> Self {
        Self {
            author: comment.by.author.clone(),
            day: comment.by.day.clone(),
            text: comment.text.clone(),
            on: comment.on.clone(),
            file: piece.map_or(String::new(), |p| p.file.clone()),
            line: piece.map(|p| p.at.line),
            done: comment.done,
        }
    }
}

/// Where an item is told.
pub struct Context<'a> {
    pub now: &'a [Piece],
    pub returned: &'a Returned,
    pub readers: Option<&'a Readers>,
}

impl Context<'_> {
    /// An item in words.
    pub fn told(&self, item: &Item) -> Told {
        let piece = item.piece.map(|at| &self.now[at]);
        let reads = match (piece, self.readers) {
            (Some(piece), Some(readers)) => readers.of(piece),
            _ => WhoReads::default(),
        };
        Told {
            id: self.id(item, piece),
            kind: item.kind,
            file: piece.map_or(String::new(), |p| p.file.clone()),
            line: piece.map(|p| p.at.line),
            was: item.was.clone(),
            now: item.is.clone(),
            words: item.words.clone(),
            by: item.by.iter().map(|at| Author::from(&self.returned.people[*at])).collect(),
            readers: piece.map_or(String::new(), |p| reads.text(p, self.readers)),
            letters: self.readers.and(piece).map(|_| reads.pieces),
            law: reads.meets.iter().cloned().collect(),
            question: item.doubt.as_ref().map_or(String::new(), |doubt| question(item.kind, doubt)),
            doubt: item.doubt.clone(),
            can_accept: item.doubt.is_some() && item.edit.is_some(),
        }
    }

    fn id(&self, item: &Item, piece: Option<&Piece>) -> String {
        let file = piece.map_or("", |p| p.file.as_str());
        let parts = [
            file,
            &item.was,
            &item.is,
            &format!("{:?}{:?}{:?}", item.kind, item.words, item.doubt),
        ];
        let digest = files::hex(&Sha256::digest(parts.join("\u{1f}").as_bytes()));
        format!("{}-{}", if item.doubt.is_some() { "q" } else { "c" }, &digest[..6])
    }
}

/// What a person is asked.
fn question(kind: ItemKind, doubt: &Doubt) -> String {
    let list =
        |ids: &[String]| ids.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ");
    match doubt {
        Doubt::PlaceholderLost(names) if names.is_empty() => {
            "a line that is printed on a condition is gone; take it out of the template if that is meant".into()
        }
        Doubt::PlaceholderLost(names) => {
            format!("{} would no longer be filled in; is that meant?", list(names))
        }
        Doubt::Filled(names) => format!(
            "{} comes from incident.toml; write the new words there",
            list(names)
        ),
        Doubt::PlaceholderUnknown(names) => {
            format!("nobody knows what to fill in for {}; write the words or a known placeholder", list(names))
        }
        Doubt::AcrossBorder => {
            "the edit reaches over the border of a branch; say in the template which readers get which words".into()
        }
        Doubt::Conflict(now) if now.is_empty() => {
            "the template has changed here since the document went out; which words hold?".into()
        }
        Doubt::Conflict(now) => format!(
            "the template has changed here since the document went out and says `{now}`; which words hold?"
        ),
        Doubt::RequirementLost(ids) => {
            format!("nothing else in this place would meet {}; may it go?", list(ids))
        }
        Doubt::Prescribed(cites) => {
            format!("these words are prescribed: {}; may they differ?", cites.join("; "))
        }
        Doubt::NoRequirement => {
            "which requirement does the new paragraph meet? Accepted, it stands as a courtesy".into()
        }
        Doubt::OtherReaders(whom) => {
            format!("the new words speak of {whom}, and other readers get them too; for whom are they meant?")
        }
        Doubt::Misplaced if kind == ItemKind::Moved => {
            "the paragraph moved to where no template puts it; move its template or say where it belongs".into()
        }
        Doubt::Misplaced => "this cannot be placed in a template; change the template by hand".into(),
        Doubt::Unwritable => {
            "the template cannot say this as it stands; change the template by hand".into()
        }
        Doubt::NoteEdited => "a gray note was changed; notes are not part of the letter. What is meant?".into(),
        Doubt::NoText => "the document has something here that is no text; is it needed?".into(),
    }
}
