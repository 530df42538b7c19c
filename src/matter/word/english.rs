//! What changed in English since it was translated.

use super::document::{WordProduct, order};
use super::sent::Sent;
use crate::document::{TemplateSet, shipped};
use crate::files;
use crate::folder::IncidentFolder;
use crate::matter::open::Matter;
use crate::matter::refusal::{Doing, Refusal};
use crate::word::{Labels, Piece, pieces};
use serde::Serialize;
use std::collections::BTreeMap;

/// The language that others are translated from.
pub const OWN: &str = "en";

/// A paragraph whose English reads otherwise than when it was translated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Outdated {
    /// The template of the translation: `es/opening`.
    pub file: String,
    /// The English when it was translated; empty for a new paragraph.
    pub was: String,
    /// The English now; empty where it was taken out.
    pub now: String,
}

/// By product and translated template, the English words that it says.
type Translated = BTreeMap<String, BTreeMap<String, String>>;

fn kept(matter: &Matter) -> Translated {
    let path = IncidentFolder(&matter.folder).word_translated();
    let text = std::fs::read_to_string(path).unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_default()
}

/// What changed in the English templates since those of a language were translated: since its
/// document went out that came back last, else since the program was shipped.
///
/// # Errors
/// An order of sections that cannot be read.
pub fn outdated(
    matter: &Matter,
    product: WordProduct,
    set: &TemplateSet,
    language: &str,
) -> Result<Vec<Outdated>, Refusal> {
    if language == OWN {
        return Ok(Vec::new());
    }
    let kept = kept(matter);
    let kept = kept.get(product.folder());
    let labels = Labels::shipped();
    let mut found = Vec::new();
    for english in order(set, product, OWN)?.0 {
        let Some(name) = english.strip_prefix("en/") else { continue };
        let file = format!("{language}/{name}");
        let Some((_, now)) = set.source(&english).filter(|_| set.has(&file)) else { continue };
        let was = match kept.and_then(|kept| kept.get(&file)) {
            Some(text) => text.clone(),
            None => shipped_text(product, &english).unwrap_or_else(|| now.to_owned()),
        };
        if was == now {
            continue;
        }
        let text = |p: &Piece| p.text();
        let old: Vec<String> = pieces(&english, &was, labels).iter().map(text).collect();
        let new: Vec<String> = pieces(&english, now, labels).iter().map(text).collect();
        let differing = crate::word::differing_lines(&old, &new);
        found.extend(differing.into_iter().map(|(was, now)| Outdated {
            file: file.clone(),
            was,
            now,
        }));
    }
    Ok(found)
}

fn shipped_text(product: WordProduct, name: &str) -> Option<String> {
    let dir = shipped(product.folder())?;
    let file = dir.get_file(format!("{}/{name}.md", product.folder()))?;
    file.contents_utf8().map(str::to_owned)
}

/// Remembers of which English words a translation is that came back.
///
/// # Errors
/// I/O.
pub fn remember(matter: &Matter, sent: &Sent) -> Result<(), Refusal> {
    if sent.english.is_empty() {
        return Ok(());
    }
    let mut kept = kept(matter);
    let of_product = kept.entry(sent.product.folder().to_owned()).or_default();
    for (english, text) in &sent.english {
        if let Some(name) = english.strip_prefix("en/") {
            of_product.insert(format!("{}/{name}", sent.language), text.clone());
        }
    }
    let folder = IncidentFolder(&matter.folder);
    let path = folder.word_translated();
    let doing = || format!("write `{}`", path.display());
    files::make_dir(&folder.word()).doing(doing)?;
    let text = serde_json::to_string_pretty(&kept).map_err(std::io::Error::from).doing(doing)?;
    files::write(&path, text.as_bytes()).doing(doing)
}
