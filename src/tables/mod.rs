//! What stands in tables that people read: rows that no spreadsheet runs, counts and dates in
//! words, digests.

mod guard;
mod table;
pub mod words;
mod workbook;

pub use guard::{begins_formula, safe_cell};
pub use table::Table;
pub use workbook::{Cell, Sheet};
