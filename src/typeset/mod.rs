//! Blocks become lines and lines become pages: shaping, breaking, page rules, window geometry.
//! Knows nothing of law or files.

mod fonts;
mod frame;
mod page;

pub use fonts::*;
pub use frame::*;
pub use page::*;
