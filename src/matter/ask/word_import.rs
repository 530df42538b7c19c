//! `word import`: what a document that came back would change.

use crate::matter::open::{Matter, Selection};
use crate::matter::refusal::Refusal;
use crate::matter::watcher::Watcher;
use crate::matter::word::{Import, WordImported};
use std::path::PathBuf;

/// A document that came back.
pub struct WordImportRequest {
    pub selection: Selection,
    pub file: PathBuf,
    /// Ids of questions that are answered with yes.
    pub accept: Vec<String>,
}

/// Compares it with what went out and with the templates as they are.
///
/// # Errors
/// A document that cannot be read or is none of this incident; facts, words or a roster that cannot
/// be used; I/O.
pub fn word_changes(request: &WordImportRequest, _: &dyn Watcher) -> Result<WordImported, Refusal> {
    let (matter, _) = Matter::open(&request.selection)?;
    Ok(Import::read(&matter, &request.file, &request.accept)?.told)
}
