//! Templates tried before they are written: loaded, filled in and held against the law.

use super::document::WordProduct;
use super::readers::Readers;
use crate::document::{TemplateSet, shipped};
use crate::files::{self, Scratch};
use crate::finding::Findings;
use crate::folder::IncidentFolder;
use crate::matter::compose::letter_words::LetterWords;
use crate::matter::open::Matter;
use crate::matter::people::headcount::Headcount;
use crate::matter::refusal::{Doing, Refusal};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What came of a trial.
pub enum Trial {
    /// They can be used; with the letter's readers as they would be.
    Fits(Option<Readers>),
    /// They cannot: names of those at fault, or none if nobody knows.
    Broken(BTreeSet<String>),
}

/// Tries templates in place of the incident's own, in a folder that is thrown away.
///
/// # Errors
/// I/O.
pub fn try_out(
    matter: &Matter,
    product: WordProduct,
    changed: &BTreeMap<String, String>,
    people: &mut Option<Headcount>,
) -> Result<Trial, Refusal> {
    if changed.is_empty() {
        return Ok(Trial::Fits(None));
    }
    let doing = || "make a temporary folder".to_owned();
    let scratch = Scratch::temporary().doing(doing)?;
    let dir = scratch.dir();
    if let Some(own) = IncidentFolder(&matter.folder).own_templates(product.folder()) {
        copy(&own, dir).doing(doing)?;
    }
    for (name, text) in changed {
        let path = dir.join(format!("{name}.md"));
        let made = path.parent().map_or(Ok(()), files::make_dir);
        made.and_then(|()| files::write(&path, text.as_bytes())).doing(doing)?;
    }
    let tried = match product {
        WordProduct::Letter => LetterWords::load_with(matter, Some(dir))
            .and_then(|words| Readers::with(matter, &words, people).map(Some)),
        _ => {
            #[expect(clippy::expect_used, reason = "part of the program; a test opens it")]
            let embedded = shipped(product.folder()).expect("templates of a product");
            TemplateSet::load(embedded, Some(dir)).map(|_| None).map_err(Refusal::Configuration)
        }
    };
    match tried {
        Ok(readers) => Ok(Trial::Fits(readers)),
        Err(Refusal::Configuration(findings)) => Ok(Trial::Broken(at_fault(&findings, changed))),
        Err(other) => Err(other),
    }
}

fn at_fault(findings: &Findings, changed: &BTreeMap<String, String>) -> BTreeSet<String> {
    let places =
        findings.iter().filter_map(|f| f.place.as_ref()).map(|place| place.file.to_string());
    let places: Vec<String> = places.collect();
    let is_named =
        |name: &&String| places.iter().any(|place| place.ends_with(&format!("{name}.md")));
    changed.keys().filter(is_named).cloned().collect()
}

fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    files::make_dir(to)?;
    for entry in std::fs::read_dir(from)? {
        let path = entry?.path();
        let to = to.join(path.file_name().unwrap_or_default());
        match path.is_dir() {
            true => copy(&path, &to)?,
            false => files::write(&to, &std::fs::read(&path)?)?,
        }
    }
    Ok(())
}
