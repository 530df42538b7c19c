//! What stands in tables that people read: rows that no spreadsheet runs, counts and dates in
//! words, names that tell nothing.

pub mod alike;
mod guard;
mod opaque;
mod table;
pub mod words;
mod workbook;

pub use guard::{begins_formula, safe_cell};
pub use opaque::{Opaque, SECRET};
pub use table::Table;
pub use workbook::{Cell, Sheet, book};
