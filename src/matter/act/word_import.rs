//! `word import --apply`: what came back becomes the incident's own templates.

use crate::files::{self, Pending};
use crate::folder::IncidentFolder;
use crate::matter::ask::word_import::WordImportRequest;
use crate::matter::open::Matter;
use crate::matter::refusal::{Doing, Refusal};
use crate::matter::watcher::Watcher;
use crate::matter::word::{Import, WordImported, remember};
use crate::matter::work;
use std::io::Write;

/// Makes the changes that need no answer, and the questions that are accepted. All templates are
/// written before the first of them gets its name.
///
/// # Errors
/// As [`crate::matter::ask::word_import::word_changes`].
pub fn word_apply(request: &WordImportRequest, _: &dyn Watcher) -> Result<WordImported, Refusal> {
    let (matter, _) = Matter::open(&request.selection)?;
    let _work = work::begin(&matter.folder, "word import")?;
    let mut import = Import::read(&matter, &request.file, &request.accept)?;
    let product = import.sent.product.folder();
    let mut pending = Vec::new();
    for (name, text) in &import.files {
        let path = IncidentFolder(&matter.folder).own_template(product, name);
        let doing = || format!("write `{}`", path.display());
        path.parent().map_or(Ok(()), files::make_dir).doing(doing)?;
        let mut file = Pending::create(&path).doing(doing)?;
        file.write_all(text.as_bytes()).doing(doing)?;
        pending.push((file, path));
    }
    for (file, path) in pending {
        file.commit().doing(|| format!("write `{}`", path.display()))?;
        import.told.written.push(path.display().to_string());
    }
    if !import.is_original() {
        remember(&matter, &import.sent)?;
        import.told.outdated.clear();
    }
    Ok(import.told)
}
