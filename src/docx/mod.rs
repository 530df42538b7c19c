//! DOCX (ECMA-376): the package that is written, and what somebody's word processor sends back.
//!
//! Knows nothing of letters: paragraphs, their styles, bookmarks, comments and tracked changes.

mod body;
mod marks;
mod package;
mod reading;
mod returned;
mod unpack;
mod writing;

pub use package::{Package, package};
pub use reading::read;
pub use returned::*;
pub use unpack::Unreadable;
pub use writing::{run, text};
