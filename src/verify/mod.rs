//! Proves finished letters: another reader than our writer opens them and holds every page against
//! the spool, the manifest and the seal (45 CFR 164.414(b): who must prove that notices were made).
//!
//! Nothing here is shared with the rooms that make letters. What a piece's number is, what the
//! window shows, what a person is offered: all is stated anew, so that a mistake there cannot hide
//! itself here. What the templates' own words are is read from the templates.

mod batch;
mod codes;
mod content;
mod data_matrix;
mod description;
mod drawn;
mod embedded;
mod expected;
mod faces;
mod fault;
mod file;
mod font;
mod foreign;
mod kin;
mod letter;
mod lexer;
mod listing;
mod manifest;
mod objects;
mod order;
mod outline;
mod pictures;
mod piece;
mod places;
mod prove;
mod readings;
mod roles;
mod run_data;
mod seal;
mod sheet;
mod sheet_codes;
mod signature;
mod task;
mod weight;
mod window;
mod wording;

pub use faces::FontFile;
pub use fault::{CODES, Fault, Faults};
pub use listing::Labels;
pub use pictures::Picture;
pub use places::{Adder, Shown};
pub use prove::{Proof, VerifyError, prove};
pub use seal::Seal;
pub use signature::{Signed, signatures};
pub use task::{Composed, LetterLanguage, Stamp, Task};
pub use wording::Wording;
