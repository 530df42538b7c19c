//! The incident's words as a Word document, and what comes back of it.

mod document;
mod english;
mod imported;
mod readers;
mod returned;
mod sent;
mod told;
mod trial;

pub use document::{WordProduct, exported};
pub use english::{Outdated, outdated, remember};
pub use imported::{Import, WordImported};
pub use sent::Sent;
pub use told::{Told, ToldComment};
