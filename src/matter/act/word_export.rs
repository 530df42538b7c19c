//! `word export`: the letter, the notices or a regulator's letter as a Word document.

use crate::files;
use crate::matter::open::{Matter, Selection};
use crate::matter::refusal::{Doing, Refusal};
use crate::matter::watcher::Watcher;
use crate::matter::word::{WordProduct, exported};
use crate::matter::work;
use serde::Serialize;
use std::path::PathBuf;

/// What goes out, and where to.
pub struct WordExportRequest {
    pub selection: Selection,
    pub to: PathBuf,
    pub product: WordProduct,
    /// Code of the language, `en`.
    pub language: String,
    /// Without the notes on law and readers: for the client and for regulators.
    pub clean: bool,
}

/// What went out.
#[derive(Serialize)]
pub struct WordExported {
    /// By it the document is known again.
    pub sent: String,
    pub product: WordProduct,
    pub language: String,
    pub paragraphs: u64,
    pub written: Vec<String>,
}

/// Writes the document, and keeps beside the incident what it said.
///
/// # Errors
/// A language without templates; facts, words or a roster that cannot be used; I/O.
pub fn word_export(request: &WordExportRequest, _: &dyn Watcher) -> Result<WordExported, Refusal> {
    let (matter, _) = Matter::open(&request.selection)?;
    let _work = work::begin(&matter.folder, "word export")?;
    let (bytes, sent) = exported(&matter, request.product, &request.language, request.clean)?;
    sent.keep(&matter.folder)?;
    files::write(&request.to, &bytes).doing(|| format!("write `{}`", request.to.display()))?;
    Ok(WordExported {
        sent: sent.id,
        product: sent.product,
        language: sent.language,
        paragraphs: sent.pieces.len() as u64,
        written: vec![request.to.display().to_string()],
    })
}
