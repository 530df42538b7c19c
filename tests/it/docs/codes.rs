//! The codes of findings, read off the source: what a code is, how much it weighs, what it says.

use noticeworks::cli::reference::Code;
use noticeworks::roster::PROBLEMS;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Folder or file, and the families of codes that it makes. Other dotted words are no findings.
const FAMILIES: &[(&str, &[&str])] = &[
    ("src/incident", &["incident"]),
    ("src/roster", &["file", "columns", "data_elements", "release", "address"]),
    ("src/law", &["law"]),
    ("src/plan", &["protection", "decision", "hold", "plan", "duty"]),
    ("src/document", &["template"]),
    ("src/letters", &["letter", "template"]),
    ("src/filings", &["form", "filing"]),
    ("src/cli", &["folder", "wave", "plan", "law", "email", "init", "sample"]),
];

/// Dotted words of these families that name a question or a slot of a form.
const OTHERS: &[&str] = &["letter.sensitive_elements"];

/// Where slots of forms are named, and the catalogue that is read as data.
const SLOTS: &[&str] = &["src/filings/facts", "src/filings/slot.rs", "src/roster/problem.rs"];

/// Every code, in alphabetical order.
pub fn all() -> Vec<Code> {
    let mut found: BTreeMap<String, (BTreeSet<u8>, String)> = BTreeMap::new();
    for problem in PROBLEMS {
        let weight = weight(&format!("{:?}", problem.severity));
        found.insert(problem.code.into(), ([weight].into(), problem.message.into()));
    }
    for (folder, families) in FAMILIES {
        for file in sources(Path::new(folder)) {
            if SLOTS.iter().any(|slots| file.starts_with(slots)) {
                continue;
            }
            let text = fs::read_to_string(&file).unwrap();
            let text = text.split("#[cfg(test)]").next().unwrap();
            for (at, code) in literals(text, families) {
                let before = &text[..at];
                let after = &text[at + code.len() + 2..];
                let entry = found.entry(code.to_owned()).or_default();
                entry.0.extend(severities(before, after));
                if entry.1.is_empty() {
                    entry.1 = message(before, after);
                }
            }
        }
    }
    let code = |(code, (weights, message)): (String, (BTreeSet<u8>, String))| Code {
        code,
        severities: weights.iter().map(|w| NAMES[usize::from(*w)].to_lowercase()).collect(),
        message,
    };
    found.into_iter().map(code).collect()
}

const NAMES: [&str; 5] = ["Error", "Held", "Question", "Warning", "Note"];

fn weight(name: &str) -> u8 {
    NAMES.iter().position(|n| *n == name).unwrap() as u8
}

fn sources(path: &Path) -> Vec<PathBuf> {
    let mut files: Vec<_> = crate::run::files(path);
    files.retain(|f| f.extension().is_some_and(|e| e == "rs"));
    files
}

/// `"family.word"` in a source, with the place of its first quotation mark.
fn literals<'t>(text: &'t str, families: &[&str]) -> Vec<(usize, &'t str)> {
    let part = |p: &str| {
        !p.is_empty()
            && p.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
    };
    let dotted = |literal: &str, family_known: &dyn Fn(&str) -> bool| {
        literal.split_once('.').is_some_and(|(family, rest)| {
            family_known(family)
                && part(family)
                && part(rest)
                && !["toml", "json", "csv"].contains(&rest)
        }) && !OTHERS.contains(&literal)
    };
    let mut found = Vec::new();
    for (at, _) in text.match_indices('"') {
        let rest = &text[at + 1..];
        let literal = &rest[..rest.find('"').unwrap_or(0)];
        let made = ["Finding::new(", "Stop::one(", "Stop::refused("]
            .iter()
            .any(|m| text[..at].trim_end().ends_with(m));
        if dotted(literal, &|family| made || families.contains(&family)) {
            found.push((at, literal));
        }
    }
    found
}

/// The severity written next to the code, those it is chosen from as `binding`, else that of the
/// function that makes the finding.
fn severities(before: &str, after: &str) -> Vec<u8> {
    let near: String = after.chars().take(70).collect();
    let near = near.split(';').next().unwrap_or_default();
    if near.starts_with(", binding") || near.contains("(code, binding") {
        let at = before.rfind("let binding =").unwrap();
        return named(before[at..].split(';').next().unwrap());
    }
    match named(near).first() {
        Some(first) => vec![*first],
        None if before.trim_end().ends_with("warning(") => vec![weight("Warning")],
        None => vec![weight("Error")],
    }
}

/// Severities that a piece of source names.
fn named(source: &str) -> Vec<u8> {
    let of = |rest: &str| NAMES.iter().position(|name| rest.starts_with(name)).map(|at| at as u8);
    source.split("Severity::").skip(1).filter_map(of).collect()
}

/// The message, where it is written out: after the code, or just before as `let message`.
fn message(before: &str, after: &str) -> String {
    let mut rest = after.trim_start_matches([',', ' ', '\n']);
    for _ in 0..2 {
        let argument = rest.split(',').next().unwrap_or_default();
        if argument.starts_with("Severity::")
            || argument.starts_with('&')
            || ["span", "name"].contains(&argument)
        {
            rest = rest[argument.len()..].trim_start_matches([',', ' ', '\n']);
        }
    }
    if before.trim_end().ends_with(" err(") {
        // A column stands between code and message.
        rest = rest.split_once(',').map_or("", |(_, message)| message.trim_start());
    }
    if rest.starts_with("message") {
        let near = before.rfind("let message =").filter(|at| before.len() - at < 600);
        rest = near.map_or("", |at| before[at + 13..].trim_start());
    }
    let rest = rest.strip_prefix("format!(").unwrap_or(rest).trim_start();
    let Some(rest) = rest.strip_prefix('"') else { return String::new() };
    let text = rest.split('"').next().unwrap_or_default();
    if !text.contains(' ') || text.contains('\\') {
        return String::new();
    }
    // `{name}` and `{}` stand for what differs.
    let mut plain = String::new();
    let mut inside = false;
    for c in text.chars() {
        match c {
            '{' => {
                inside = true;
                plain.push_str("...");
            }
            '}' => inside = false,
            c if !inside => plain.push(c),
            _ => {}
        }
    }
    plain
}
