//! The files of a law pack, embedded in the program or from a folder.

use crate::finding::{Finding, Findings, Place, Severity};
use include_dir::{Dir, include_dir};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::Path;

static EMBEDDED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/law");

/// File names and texts, in name order.
pub(super) type Files = BTreeMap<String, String>;

/// The pack the program was built with.
pub(super) fn embedded() -> Files {
    EMBEDDED
        .files()
        .filter_map(|file| {
            let name = file.path().to_str()?;
            let text = file.contents_utf8()?;
            name.ends_with(".toml").then(|| (name.to_owned(), text.to_owned()))
        })
        .collect()
}

/// Every `*.toml` directly in a folder; a file that cannot be read is a finding.
pub(super) fn folder(dir: &Path, findings: &mut Findings) -> Files {
    let mut files = Files::new();
    let entries = match std::fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) => {
            let message = format!("the law folder cannot be read: {error}");
            findings.push(
                Finding::new(code!("law.unreadable"), Severity::Error, message)
                    .at(Place::file(dir.display().to_string()))
                    .remedy("name a folder that holds the law files"),
            );
            return files;
        }
    };
    for path in entries.flatten().map(|entry| entry.path()) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if !name.ends_with(".toml") {
            continue;
        }
        match std::fs::read_to_string(&path) {
            Ok(text) => {
                files.insert(name, text);
            }
            Err(error) => findings.push(
                Finding::new(
                    code!("law.unreadable"),
                    Severity::Error,
                    format!("cannot be read: {error}"),
                )
                .at(Place::file(name))
                .remedy("make the file readable UTF-8 text or take it out of the folder"),
            ),
        }
    }
    files
}

/// SHA-256 over names and texts in name order, lower-case hex.
pub(super) fn digest(files: &Files) -> String {
    let mut hash = Sha256::new();
    for (name, text) in files {
        hash.update((name.len() as u64).to_be_bytes());
        hash.update(name.as_bytes());
        hash.update((text.len() as u64).to_be_bytes());
        hash.update(text.as_bytes());
    }
    crate::files::hex(&hash.finalize())
}
