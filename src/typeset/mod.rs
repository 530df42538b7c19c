//! Blocks become lines and lines become pages: shaping, breaking, page rules, window geometry.
//! Knows nothing of law or files.
//!
//! The way of a letter: `paragraph` sets spans as lines (words by `shaper`, ends of lines by
//! `breaks` and `fit`), `blocks`, `list` and `table` stack lines as the rows of a section's `galley`,
//! `paginate` distributes the rows of all galleys over pages, `head`, `address` and `running`
//! add what stands around them. [`Typesetter`] keeps the galleys and
//! pages that many letters share.

mod address;
mod bidi;
mod blocks;
mod breaks;
mod error;
mod faces;
mod fit;
mod fonts;
mod frame;
mod galley;
mod gauge;
mod head;
mod kept;
mod line;
mod list;
mod page;
mod paginate;
mod paragraph;
mod running;
mod shaper;
mod shared;
mod style;
mod table;
mod typesetter;
mod window;

pub use address::{AddressFit, Clearance};
pub use error::*;
pub use fonts::*;
pub use frame::*;
pub use gauge::Gauge;
pub use page::*;
pub use style::*;
pub use typesetter::Typesetter;
pub use window::*;
