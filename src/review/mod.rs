//! The HTML book a lawyer reads: summary, plan, findings, one letter of each version.
//!
//! One file without anything outside it: no scripts, no fonts or images to fetch. It holds no
//! patient's data: letters are shown for made-up people, findings without their values.

mod book;
mod duties;
mod filings;
mod findings;
mod html;
mod letters;
mod page;
mod questions;
mod standing;
mod state;
mod summary;
mod timeline;
mod words;

pub use book::{Book, FilingEntry, LetterVersion, Link, State};
pub use page::render;
pub use standing::DutyState;
pub use state::{made_of, restate};
