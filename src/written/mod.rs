//! What people write: a TOML file read with all its mistakes, each with line, column, the line itself
//! and what to write instead.
//!
//! [`TextFile`] points into a file. [`read`] makes a value of one or tells every mistake; [`value`] is
//! for small files of which the first mistake is enough. The incident's own file is compared with a
//! schema that knows more than a type can say (`incident::shapes`), on the same [`TextFile`].

mod reading;
mod stand_ins;
mod text_file;

pub use reading::{Codes, Read, read, value};
pub use text_file::TextFile;
