//! The filings product: HHS and state reports, figures from the cube, forms as data.
//!
//! A form (`forms/*.toml`) is a list of fields, each mapped to slots of one internal record;
//! the record is computed from incident, cube and plan, so that every filing and every letter
//! agree. What the incident lacks is listed with the key to add and is never invented.

mod addressee;
mod amend;
mod answer;
mod coverage;
mod decisions;
mod docx;
mod elements;
mod fact;
mod facts;
mod filed;
mod filing;
mod fill;
mod form;
mod forms;
mod keys;
mod letter;
mod make;
mod occasion;
mod pick;
mod plain;
mod questions;
mod record;
mod reports;
mod required;
mod sample_list;
mod schema;
mod sentences;
mod sheet;
mod slot;
mod slots;
mod summary;
mod words;

pub use addressee::{Addressee, Addressees};
pub use answer::{Answer, Choice, State};
pub use coverage::{Coverage, coverage};
pub use docx::docx;
pub use elements::ElementGroups;
pub use filed::{Change, Filed, Saying, Stated};
pub use filing::{
    Basis, Counts, FiledDuty, Filing, FilingFile, FilingStanding, Folder, FormUsed, History,
};
pub use form::{
    Amendment, DateFormat, DependsOn, Field, FieldBlock, FieldKind, FieldOption, Form, Repeat,
    Samples, Screen,
};
pub use forms::Forms;
pub use letter::{Letter, LetterDesk, address_questions};
pub use make::{make, make_on};
pub use occasion::{Occasion, Posted, Reach};
pub use questions::questions;
pub use reports::left_to_entities;
pub use sample_list::NotShown;
pub use slot::SlotKind;
pub use slots::Slot;
pub use words::Words;
