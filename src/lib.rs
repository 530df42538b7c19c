//! Noticeworks: from a patient roster and an incident's facts to every notice that a
//! health-data breach obliges an organization to send.
//!
//! Data flows one way; each module is a room that owns one part of the work and knows
//! nothing of what its neighbors keep to themselves (`tests/it/rooms.rs` enforces the
//! arrows). `docs/DESIGN.md` says why the house is built like this.
//!
//! From the street to the cellar; a room may know what lies below it:
//!
//! - faces: `cli`, `workbench`
//! - one incident folder at work: `matter`
//! - products, which do not know one another: `letters`, `filings`, `notices`, `email`, `export`,
//!   `review`
//! - judgment: `plan`
//! - words out to a word processor and back: `word`
//! - the page: `document`, `typeset`, `pdf`, `docx`, and `barcode` for machines
//! - proof, which shares no code with the writers: `verify`
//! - facts: `incident`, `law`, `roster`
//! - what comes back: `postal`
//! - record: `ledger`, `approve`, `sending`
//! - ground: `files`, `folder`, `finding`, `tables`, `crew`, `markup`, `written`, `clock`

// First, since every room writes `code!`.
#[macro_use]
pub mod finding;

pub mod approve;
pub mod barcode;
pub mod cli;
pub mod clock;
pub mod crew;
pub mod document;
pub mod docx;
pub mod email;
pub mod export;
pub mod files;
pub mod filings;
pub mod folder;
pub mod incident;
pub mod law;
pub mod ledger;
pub mod letters;
pub mod markup;
pub mod matter;
pub mod notices;
pub mod pdf;
pub mod plan;
pub mod postal;
pub mod review;
pub mod roster;
pub mod sending;
pub mod tables;
pub mod typeset;
pub mod verify;
pub mod word;
pub mod workbench;
pub mod written;
