//! A batch's file in the making, by either of the two PDF writers.

use crate::pdf::{BatchWriter, Finished, Meta, PageRange};
use crate::typeset::{FontSet, Laid};
use std::io::{self, Write};
use std::sync::Arc;

/// Which library writes the letters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PdfBackend {
    /// Our own: tagged (PDF/UA-1, PDF/A-2a), streaming.
    #[default]
    Noticeworks,
    /// `printpdf`: the same words at the same places, neither tagged nor streaming.
    #[cfg(feature = "printpdf")]
    Printpdf,
}

pub(super) enum Pages<W: Write> {
    Noticeworks(Box<BatchWriter<W>>),
    #[cfg(feature = "printpdf")]
    Printpdf {
        out: W,
        fonts: Arc<FontSet>,
        meta: Meta,
        letters: Vec<(Laid, String)>,
        pages: u32,
    },
}

impl<W: Write> Pages<W> {
    /// Starts a file.
    ///
    /// # Errors
    /// What `out` gives.
    pub fn new(backend: PdfBackend, out: W, fonts: Arc<FontSet>, meta: Meta) -> io::Result<Self> {
        Ok(match backend {
            PdfBackend::Noticeworks => {
                Pages::Noticeworks(Box::new(BatchWriter::new(out, fonts, meta)?))
            }
            #[cfg(feature = "printpdf")]
            PdfBackend::Printpdf => {
                Pages::Printpdf { out, fonts, meta, letters: Vec::new(), pages: 0 }
            }
        })
    }

    /// Adds one letter under its id.
    ///
    /// # Errors
    /// Those of [`BatchWriter::add`].
    pub fn add(&mut self, laid: Laid, id: &str) -> io::Result<PageRange> {
        match self {
            Pages::Noticeworks(writer) => writer.add(&laid, id),
            #[cfg(feature = "printpdf")]
            Pages::Printpdf { letters, pages, .. } => {
                let range = PageRange { first_page: *pages + 1, pages: laid.pages.len() as u32 };
                *pages += range.pages;
                letters.push((laid, id.to_owned()));
                Ok(range)
            }
        }
    }

    /// Ends the file.
    ///
    /// # Errors
    /// What `out` gives; for `printpdf` also what a letter's pages give.
    pub fn finish(self) -> io::Result<Finished> {
        match self {
            Pages::Noticeworks(writer) => writer.finish(),
            #[cfg(feature = "printpdf")]
            Pages::Printpdf { out, fonts, meta, letters, .. } => {
                let letters = letters.iter().map(|(laid, id)| (laid, id.as_str()));
                crate::pdf::write_with_printpdf(letters, fonts, &meta, out)
            }
        }
    }
}
