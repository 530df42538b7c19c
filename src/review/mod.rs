//! The HTML book a lawyer reads: verdict, the letter once, its pages, plan, findings.
//!
//! One file without anything outside it: no scripts, no fonts or images to fetch. It holds no
//! patient's data: letters are shown for made-up people, findings without their values.

mod block;
mod book;
mod coverage;
mod duties;
mod filings;
mod findings;
mod html;
mod letters;
mod matrix;
mod once;
mod page;
mod paper;
mod questions;
mod sheets;
mod standing;
mod state;
mod summary;
mod timeline;
mod verdict;
mod wall;
mod words;

pub use book::{Book, Changes, FilingEntry, Link, Passage, State, Word};
pub use once::{
    AnswerKind, AnswerRow, Filter, LetterBlock, LetterBook, RequirementRow, VersionRow,
};
pub use page::render;
pub use paper::{not_on_paper, paper};
pub use questions::{ChoiceCard, ItemCard, QuestionCard};
pub use sheets::Sheet;
pub use standing::DutyState;
pub use state::{made_of, restate};
pub use wall::wall;
