//! What a wave's pieces are made from: collected, digested, copied into the seal.

use super::{segments, sha256};
use crate::files;
use crate::folder::{IncidentFolder, TEMPLATES};
use crate::incident::{INCIDENT_FILE, Incident, Wave};
use crate::roster::{RELEASE, REPAIRS_FILE};
use serde::{Deserialize, Serialize};
use std::io;
use std::path::{Component, Path, PathBuf};

/// One input, or one part of incident.toml.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Input {
    /// Relative to the incident folder; a part of incident.toml has its heading and, of equal
    /// headings, its number behind: `incident.toml [[wave]] 2`.
    pub name: String,
    /// Hex.
    pub sha256: String,
}

/// The inputs of one wave.
pub struct Inputs {
    pub inputs: Vec<Input>,
    /// Files in the folder or below it.
    files: Vec<PathBuf>,
}

impl Inputs {
    /// Reads and digests all inputs of a wave. incident.toml counts in parts; other waves and
    /// decisions that release rows are left out.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn collect(folder: &Path, incident: &Incident, wave: &Wave) -> io::Result<Self> {
        let text = std::fs::read_to_string(IncidentFolder(folder).incident())?;
        let mut inputs = parts(&text, wave);
        let mut files = vec![PathBuf::from(INCIDENT_FILE)];
        let mut named: Vec<PathBuf> = Vec::new();
        let own = IncidentFolder(folder).templates();
        if own.is_dir() {
            walk(&own, Path::new(TEMPLATES), &mut named)?;
        }
        let sender = &incident.sender;
        let pictures = sender.logo.iter().chain(&sender.signatory.image);
        let codes = incident.protections.iter().filter_map(|p| p.code_file.as_ref());
        for file in pictures.chain(codes).chain(&incident.fonts.fallback) {
            named.push(PathBuf::from(file));
        }
        if IncidentFolder(folder).repairs().exists() {
            named.push(PathBuf::from(REPAIRS_FILE));
        }
        named.sort();
        named.dedup();
        for file in named {
            let name = file.display().to_string();
            let digest = match std::fs::read(folder.join(&file)) {
                Ok(bytes) => sha256(&bytes),
                // A picture or a font that is missing is a finding of its own; that it is
                // missing is what was approved.
                Err(error) if error.kind() == io::ErrorKind::NotFound => "missing".to_owned(),
                Err(error) => return Err(error),
            };
            if digest != "missing" && is_inside(&file) {
                files.push(file);
            }
            inputs.push(Input { name, sha256: digest });
        }
        Ok(Self { inputs, files })
    }

    /// Copies the inputs into a seal; files named by paths that lead out of the folder stay where
    /// they are.
    ///
    /// # Errors
    /// Any I/O error.
    pub fn copy(&self, folder: &Path, to: &Path) -> io::Result<()> {
        for file in &self.files {
            let target = to.join(file);
            if let Some(parent) = target.parent() {
                files::make_dir(parent)?;
            }
            files::write(&target, &std::fs::read(folder.join(file))?)?;
        }
        Ok(())
    }
}

/// The parts of incident.toml that bear on a wave, by heading.
fn parts(text: &str, wave: &Wave) -> Vec<Input> {
    let mut counted = std::collections::BTreeMap::<String, u32>::new();
    let mut inputs = Vec::new();
    for part in segments(text) {
        let mut lines = part.lines().map(str::trim);
        let first = lines.find(|line| !line.is_empty() && !line.starts_with('#'));
        let first = first.unwrap_or_default();
        let heading = if first.starts_with('[') { first } else { "" };
        let heading = heading.split('#').next().unwrap_or_default().trim();
        if concerns_others(heading, part, wave) {
            continue;
        }
        let n = counted.entry(heading.to_owned()).or_default();
        *n += 1;
        let mut name = INCIDENT_FILE.to_owned();
        name.push(' ');
        name.push_str(if heading.is_empty() { "above the first heading" } else { heading });
        if heading.starts_with("[[") {
            name.push_str(&format!(" {n}"));
        }
        inputs.push(Input { name, sha256: sha256(part.as_bytes()) });
    }
    inputs
}

/// Whether a part speaks of another wave, or only releases held rows.
fn concerns_others(heading: &str, part: &str, wave: &Wave) -> bool {
    let Ok(table) = part.parse::<toml::Table>() else { return false };
    let first = |key: &str| table.get(key)?.as_array()?.first()?.as_table().cloned();
    let text = |table: &toml::Table, key: &str| {
        table.get(key).and_then(toml::Value::as_str).map(str::to_owned)
    };
    match heading {
        "[[wave]]" => first("wave").is_some_and(|w| text(&w, "id").as_ref() != Some(&wave.id)),
        "[[decision]]" => first("decision")
            .and_then(|d| text(&d, "question"))
            .is_some_and(|question| question.starts_with(RELEASE)),
        _ => false,
    }
}

fn is_inside(path: &Path) -> bool {
    path.components().all(|c| matches!(c, Component::Normal(_) | Component::CurDir))
}

fn walk(folder: &Path, name: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = name.join(entry.file_name());
        if entry.path().is_dir() {
            walk(&entry.path(), &name, found)?;
        } else {
            found.push(name);
        }
    }
    Ok(())
}
