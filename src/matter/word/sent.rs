//! What went out, kept so that what comes back is compared with it and not with what the templates
//! say by then.

use super::document::WordProduct;
use crate::files;
use crate::folder::IncidentFolder;
use crate::matter::refusal::{Doing, Refusal};
use crate::word::{Note, Piece};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::Path;

/// A document as it went out.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Sent {
    /// A digest of all that follows, eight digits of it; the document's bookmarks carry it.
    #[serde(default)]
    pub id: String,
    pub product: WordProduct,
    pub language: String,
    pub clean: bool,
    pub pieces: Vec<Piece>,
    /// The gray lines.
    pub notes: Vec<String>,
    /// Of a translation: the English templates as they were.
    #[serde(default)]
    pub english: BTreeMap<String, String>,
}

impl Sent {
    pub fn new<'n>(
        product: WordProduct,
        language: &str,
        clean: bool,
        pieces: Vec<Piece>,
        notes: impl Iterator<Item = &'n Note>,
        english: BTreeMap<String, String>,
    ) -> Self {
        let notes = notes.map(|note| note.text.clone()).collect();
        let language = language.to_owned();
        let mut sent = Self { id: String::new(), product, language, clean, pieces, notes, english };
        let text = serde_json::to_string(&sent).unwrap_or_default();
        let mut digest = files::hex(&Sha256::digest(text.as_bytes()));
        digest.truncate(8);
        sent.id = digest;
        sent
    }

    /// Keeps it in the incident folder.
    ///
    /// # Errors
    /// I/O.
    pub fn keep(&self, folder: &Path) -> Result<(), Refusal> {
        let folder = IncidentFolder(folder);
        let path = folder.word_sent(&self.id);
        let doing = || format!("write `{}`", path.display());
        files::make_dir(&folder.word()).doing(doing)?;
        let mut text = serde_json::to_string(self).map_err(std::io::Error::from).doing(doing)?;
        text.push('\n');
        files::write(&path, text.as_bytes()).doing(doing)
    }

    /// Every document that went out from a folder, in the order of their ids. A file that is none is
    /// passed over: it is an aid, and without it the templates of now are compared with.
    ///
    /// # Errors
    /// I/O.
    pub fn all(folder: &Path) -> Result<Vec<Self>, Refusal> {
        let dir = IncidentFolder(folder).word();
        let mut paths: Vec<_> = match std::fs::read_dir(&dir) {
            Ok(entries) => entries.filter_map(|entry| entry.ok().map(|e| e.path())).collect(),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(error).doing(|| format!("read `{}`", dir.display())),
        };
        paths.sort();
        let texts = paths.iter().filter_map(|path| std::fs::read_to_string(path).ok());
        Ok(texts
            .filter_map(|text| serde_json::from_str(&text).ok())
            .filter(|s: &Self| !s.id.is_empty())
            .collect())
    }
}
