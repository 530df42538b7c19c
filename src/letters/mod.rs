//! The letter product: which version a person gets, its words, and batches of printed letters.

mod batch;
mod choose;
mod context;
mod coverage;
mod exposure;
mod facts;
mod frame;
mod grade;
mod language;
mod manifest;
mod names;
mod order;
mod piece_id;
mod print;
mod rules;
mod sample;
mod trace;
mod version;
mod weak;
mod words;
mod writer;

pub use batch::LARGEST;
pub use coverage::Coverage;
pub use facts::Facts;
pub use grade::{SectionGrade, reading_grade};
pub use order::Order;
pub use piece_id::piece_id;
pub use print::{Press, Printed, VersionStates, cannot_be_set, count_letter};
pub use rules::Rules;
pub use trace::{Answer, Trace, TraceRow};
pub use version::{Facets, Version};
pub use words::Words;
pub use writer::{Counts, Writer, shipped};
