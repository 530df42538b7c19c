//! Pages become PDF bytes: tagged (PDF/UA-1, PDF/A-2a), fonts subset, in batches. Knows nothing
//! of what a letter is.
//!
//! [`BatchWriter`] streams: each [`Laid`](crate::typeset::Laid) is written as it is added, what
//! many letters have in common is written once, and fonts come last, when the glyphs are known.
//! [`write_single`] is the same writer for one document. With the cargo feature `printpdf`,
//! `write_with_printpdf` writes the same pages with an independent library, for comparison.

mod batch;
mod content;
mod deflate;
mod embed;
mod error;
mod face;
mod icc;
mod image;
mod lattice;
mod link;
mod meta;
mod object;
mod outline;
mod page_tree;
mod parent_tree;
mod plan;
#[cfg(feature = "printpdf")]
mod printpdf_backend;
mod remembered;
mod run;
mod sink;
mod structure;
mod to_unicode;
mod xmp;
mod xref;

pub use batch::{BatchWriter, Finished, PageRange, write_single};
pub use error::PdfError;
pub use meta::Meta;
#[cfg(feature = "printpdf")]
pub use printpdf_backend::write_with_printpdf;
