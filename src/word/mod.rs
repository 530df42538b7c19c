//! Words out to a word processor and back: templates become pieces that people edit, a document that
//! came back is compared with what went out and with what the templates say now, and each difference
//! becomes a change or a question.

mod back;
mod compare;
mod edit;
mod inline;
mod item;
mod labels;
mod likeness;
mod look;
mod matching;
mod pairs;
mod piece;
mod source;
mod structure;
mod tags;
mod three_way;
mod whole;
mod write;
mod written;

pub use compare::{Compared, Sides, compare};
pub use edit::{Applied, apply};
pub use inline::markdown;
pub use item::{Doubt, Edit, Hunk, Item, ItemKind, Op, Stretch};
pub use labels::Labels;
pub use likeness::differing_lines;
pub use piece::{Atom, Kind, Piece, Place, Role, normal, text_of};
pub use source::pieces;
pub use write::{Manuscript, NOTE_STYLE, Note, NoteKind, bookmark, marked, write};
