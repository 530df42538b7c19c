//! Rosters (CSV, XLSX) become the spool: cleaned, merged people in a fixed order.
//!
//! Every row ends as one [`Person`] record of the spool with one [`Standing`]; nothing is
//! skipped. This room knows neither templates nor law.
//!
//! The way of a row: `source` splits the file into cells, `repairs` mends
//! those that somebody corrected, `cleaner` makes a [`Person`] of them,
//! `order` gives the person a place among all others, `sort` brings everybody there, `duplicates`
//! looks at those who stand side by side, `spool` writes them down.

mod clean;
mod cleaner;
mod column;
mod columns;
mod duplicates;
mod earlier;
mod elements;
mod findings_book;
mod findings_file;
mod fitting;
mod gather;
mod identity;
mod intake;
mod likeness;
mod note;
mod opened;
mod order;
mod person;
mod private;
mod problem;
mod reading;
mod release;
mod repairs;
mod sample;
mod sort;
mod source;
mod spellings;
mod spool;
mod strays;
mod tables;
mod tally;
mod tell;
mod told;
mod who;
mod withdrawn;
mod words;
mod zips;

pub use clean::{flag::plain_mark as yes_or_no, text::clean as clean_cell};
pub use column::{Column, letter};
pub use columns::{KnownHeadings, find_header, recognize, several as several_in_one};
pub use earlier::{
    ALREADY_TOLD, Again, EarlierWave, LIKELY_SAME, RowSet, each_earlier, not_recorded,
};
pub use elements::ElementSet;
pub use findings_file::FindingsFile;
pub use fitting::{may_be, pattern};
pub use intake::{Intake, IntakeError, Options, Witness, read};
pub use likeness::human;
pub use opened::no_header;
pub use person::*;
pub use problem::{ALL as PROBLEMS, Problem};
pub use reading::{repaired_digest, whole_digest};
pub use release::{AS_IS, RELEASE};
pub use repairs::{FILE as REPAIRS_FILE, Looked, Repair, RepairState, Repairs, Rule, Undo, look};
pub use sample::{FAULTS as SAMPLE_FAULTS, write_sample};
pub use source::{Block, OpenError, Row, Sheets, Source, sniff};
pub use spellings::{COLUMNS as SPELLING_COLUMNS, Spellings, Suggestion, Why as SpellingWhy};
pub use spool::{People, Spool, SpoolError, SpoolInfo, encode};
pub use tables::{fold, place_line};
pub use told::Differs;
pub use who::Who;
pub use withdrawn::{FILE as WITHDRAWN_FILE, Withdrawal, Withdrawals};
