//! Files of the folder's products, to be looked at or saved. Only from the folders of products.

use crate::folder::{FINDINGS, FINDINGS_BOOK, OutFolder};
use crate::matter::refusal::Refusal;
use crate::workbench::ask::Reply;
use crate::workbench::visit::Visit;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

pub fn reply(visit: &Visit<'_>, rest: &[&str]) -> Result<Reply, Refusal> {
    let inside = &rest[1..];
    let Some(path) = allowed(visit, inside) else { return Ok(visit.bench.nothing_here()) };
    let name = inside.last().copied().unwrap_or_default();
    let end = name.rsplit_once('.').map_or("", |(_, end)| end);
    let (kind, shown) = match end {
        "pdf" => ("application/pdf", true),
        "html" => ("text/html; charset=utf-8", true),
        "txt" => ("text/plain; charset=utf-8", true),
        "json" => ("application/json", false),
        "csv" => ("text/csv; charset=utf-8", false),
        _ => ("application/octet-stream", false),
    };
    let policy = (end == "html").then(|| policy(&path)).flatten();
    let save_as = (!shown).then(|| name.to_owned());
    Ok(Reply::File { path, kind, policy, save_as })
}

/// The file, if it lies in a product's folder and no link leads out of it.
fn allowed(visit: &Visit<'_>, inside: &[&str]) -> Option<PathBuf> {
    let out = visit.out().canonicalize().ok()?;
    let plain =
        |part: &&str| !part.is_empty() && !part.starts_with('.') && !part.contains(['/', '\\']);
    if !inside.iter().all(plain) {
        return None;
    }
    let product =
        |first: &str| OutFolder::PRODUCTS.contains(&first) || first.starts_with(OutFolder::LETTERS);
    let findings = [FINDINGS, FINDINGS_BOOK];
    match inside {
        [file] if findings.contains(file) => {}
        [first, _, ..] if product(first) => {}
        _ => return None,
    }
    let path = inside.iter().fold(out.clone(), |path, part| path.join(part)).canonicalize().ok()?;
    (path.starts_with(&out) && path.is_file()).then_some(path)
}

/// A product's page brings its own style and script: this script, and nothing else, may run.
fn policy(path: &Path) -> Option<String> {
    let html = std::fs::read_to_string(path).ok()?;
    let hashes = |name: &str| {
        let (open, close) = (format!("<{name}>"), format!("</{name}>"));
        let mut found = String::new();
        let mut rest = html.as_str();
        while let Some((_, after)) = rest.split_once(&open) {
            let (inner, after) = after.split_once(&close).unwrap_or((after, ""));
            found.push_str(&format!(" 'sha256-{}'", STANDARD.encode(Sha256::digest(inner))));
            rest = after;
        }
        if found.is_empty() { " 'none'".to_owned() } else { found }
    };
    Some(format!(
        "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; script-src{}; \
         frame-ancestors 'none'; form-action 'none'; base-uri 'none'",
        hashes("script")
    ))
}

/// Files of some products with an ending, as paths below `out`, in order.
pub fn products(visit: &Visit<'_>, wanted: impl Fn(&str) -> bool, end: &str) -> Vec<String> {
    let mut found = Vec::new();
    let out = visit.out();
    let Ok(folders) = std::fs::read_dir(&out) else { return found };
    for folder in folders.flatten() {
        let name = folder.file_name().to_string_lossy().into_owned();
        let known = OutFolder::PRODUCTS.contains(&name.as_str()) || name.starts_with("letters");
        if known && wanted(&name) {
            gather(&folder.path(), &name, end, &mut found);
        }
    }
    found.sort();
    found
}

fn gather(folder: &Path, name: &str, end: &str, found: &mut Vec<String>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let file = entry.file_name().to_string_lossy().into_owned();
        let inside = format!("{name}/{file}");
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => gather(&entry.path(), &inside, end, found),
            Ok(kind) if kind.is_file() && file.ends_with(end) && !file.starts_with('.') => {
                found.push(inside);
            }
            _ => {}
        }
    }
}
