//! Blocks become lines and lines become pages: shaping, breaking, page rules, window geometry.
//! Knows nothing of law or files.

mod page;

pub use page::*;
