//! The facts as they stand in incident.toml, for a form: values by path, what is wrong with them,
//! and a digest by which a later change is noticed. Also of a file that `check` would refuse.

use crate::files::hex;
use crate::finding::Findings;
use crate::folder::{INCIDENT, IncidentFolder};
use crate::incident;
use crate::matter::refusal::{Doing, Refusal};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::Path;
use toml::{Table, Value};

/// One step of a path: `wave[0].roster` has three.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    Key(String),
    /// 0-based.
    Index(usize),
}

/// Reads `wave[0].roster`; keys hold neither a point nor a bracket.
pub fn path(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    for word in text.split('.') {
        let mut pieces = word.split('[');
        if let Some(key) = pieces.next().filter(|key| !key.is_empty()) {
            parts.push(Part::Key(key.to_owned()));
        }
        parts.extend(
            pieces.filter_map(|piece| piece.trim_end_matches(']').parse().ok()).map(Part::Index),
        );
    }
    parts
}

/// incident.toml as it is.
pub struct Facts {
    pub text: String,
    /// SHA-256 of the file, hex.
    pub digest: String,
    /// None where the file is no TOML at all.
    pub tree: Option<Table>,
    pub findings: Findings,
    /// For each finding's line, the section it stands in and the key on it.
    lines: Vec<(String, String)>,
}

/// Reads the facts. Changes nothing.
///
/// # Errors
/// There is no file, or it cannot be read.
pub fn facts(folder: &Path) -> Result<Facts, Refusal> {
    let path = IncidentFolder(folder).incident();
    let bytes = std::fs::read(&path).doing(|| format!("read `{INCIDENT}`"))?;
    let findings = match incident::load(folder) {
        Ok((_, findings)) | Err(findings) => findings,
    };
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let tree = text.parse::<Table>().ok();
    Ok(Facts { digest: hex(&Sha256::digest(&bytes)), tree, findings, lines: places(&text), text })
}

/// By line, the table it belongs to, such as `wave[1]`, and its key.
fn places(text: &str) -> Vec<(String, String)> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut section = String::new();
    let mut places = Vec::new();
    for line in text.lines() {
        let line = line.trim();
        let header = line.split('#').next().unwrap_or_default().trim();
        if let Some(name) = header.strip_prefix("[[").and_then(|h| h.strip_suffix("]]")) {
            let count = counts.entry(name.trim().to_owned()).or_default();
            section = format!("{}[{count}]", name.trim());
            *count += 1;
        } else if let Some(name) = header.strip_prefix('[').and_then(|h| h.strip_suffix(']')) {
            name.trim().clone_into(&mut section);
        }
        let key = line.split_once('=').map_or("", |(key, _)| key.trim());
        places.push((section.clone(), key.to_owned()));
    }
    places
}

impl Facts {
    /// What stands at a path.
    pub fn get(&self, text: &str) -> Option<&Value> {
        let mut parts = path(text).into_iter();
        let Some(Part::Key(first)) = parts.next() else { return None };
        let mut value = self.tree.as_ref()?.get(&first)?;
        for part in parts {
            value = match part {
                Part::Key(key) => value.get(key.as_str())?,
                Part::Index(at) => value.get(at)?,
            };
        }
        Some(value)
    }

    /// What stands at a path, as a person writes it; a list has a line for each.
    pub fn shown(&self, path: &str) -> String {
        self.get(path).map_or(String::new(), written)
    }

    /// How many entries a list or a repeated table has.
    pub fn count(&self, path: &str) -> usize {
        self.get(path).and_then(Value::as_array).map_or(0, Vec::len)
    }

    /// The table and the key that a finding speaks of, such as `wave[0]` and `mail_on`.
    pub fn place(&self, finding: &crate::finding::Finding) -> (&str, &str) {
        let line = finding.place.as_ref().filter(|place| place.file == INCIDENT);
        let line = line.and_then(|place| usize::try_from(place.line?).ok());
        let place = line.and_then(|line| self.lines.get(line.checked_sub(1)?));
        place.map_or(("", ""), |(section, key)| (section, key))
    }
}

/// A value as a person writes it.
pub fn written(value: &Value) -> String {
    match value {
        Value::String(text) => text.trim_matches('\n').to_owned(),
        Value::Array(list) => list.iter().map(written).collect::<Vec<_>>().join("\n"),
        Value::Table(table) => {
            let line = |(key, value): (&String, &Value)| format!("{key} = {}", written(value));
            table.iter().map(line).collect::<Vec<_>>().join("\n")
        }
        other => other.to_string(),
    }
}
