//! The arrows between rooms: `use crate::` edges that the architecture allows.

use std::collections::{BTreeMap, BTreeSet};
use std::{fs, path::Path};

/// For each room, the rooms it may know; `crew`, `files`, `finding`, `folder`, `markup`, `tables` and `written` are open to all.
const MAY_KNOW: &[(&str, &[&str])] = &[
    ("barcode", &[]),
    ("clock", &[]),
    ("crew", &[]),
    ("files", &[]),
    ("finding", &[]),
    ("folder", &[]),
    ("markup", &[]),
    ("tables", &[]),
    ("written", &[]),
    ("incident", &[]),
    ("roster", &["incident"]),
    ("law", &["incident"]),
    ("postal", &["incident", "roster"]),
    ("plan", &["incident", "roster", "law"]),
    ("document", &[]),
    ("docx", &[]),
    ("word", &["docx"]),
    ("typeset", &["document"]),
    ("pdf", &["typeset"]),
    ("ledger", &["clock"]),
    ("letters", &["incident", "roster", "law", "plan", "document", "typeset", "pdf", "barcode"]),
    ("filings", &["incident", "law", "plan", "document", "docx"]),
    ("notices", &["incident", "roster", "law", "plan", "document"]),
    ("email", &["incident", "document"]),
    ("export", &[]),
    // Not pdf, typeset, letters, document: the proof shares nothing with what it proves.
    ("verify", &["incident", "roster"]),
    ("approve", &["incident", "roster", "typeset"]),
    ("sending", &["clock", "ledger"]),
    ("review", &["law", "plan", "document"]),
    (
        "matter",
        &[
            "clock", "incident", "roster", "law", "plan", "document", "typeset", "pdf", "letters",
            "filings", "notices", "email", "export", "verify", "approve", "sending", "review",
            "ledger", "postal", "docx", "word",
        ],
    ),
    (
        "cli",
        &[
            "clock",
            "incident",
            "roster",
            "law",
            "letters",
            "filings",
            "plan",
            "verify",
            "matter",
            "postal",
            "word",
            "workbench",
        ],
    ),
    ("workbench", &["clock", "incident", "roster", "letters", "plan", "matter"]),
    ("lib", &[]),
    ("main", &[]),
];

/// Rooms that lie under all others.
const GROUND: [&str; 7] = ["crew", "files", "finding", "folder", "markup", "tables", "written"];

#[test]
fn every_use_follows_an_arrow() {
    let allowed: BTreeMap<_, _> = MAY_KNOW.iter().copied().collect();
    let mut wrong = Vec::new();
    let mut used = BTreeSet::new();
    for entry in walk(Path::new("src")) {
        let path = entry.strip_prefix("src").unwrap().to_path_buf();
        let room = path.components().next().unwrap().as_os_str().to_str().unwrap();
        let room = room.trim_end_matches(".rs");
        let known = allowed.get(room).unwrap_or_else(|| panic!("room {room} has no arrows"));
        let text = fs::read_to_string(&entry).unwrap();
        for target in targets(&text) {
            if GROUND.contains(&target.as_str()) || target == room {
                continue;
            }
            used.insert((room.to_owned(), target.clone()));
            if !known.contains(&target.as_str()) {
                wrong.push(format!("{} uses {target}", entry.display()));
            }
        }
    }
    for (room, known) in MAY_KNOW {
        let unused = known.iter().filter(|k| !used.contains(&((*room).into(), (**k).into())));
        wrong.extend(unused.map(|target| format!("nobody in {room} uses {target}: no arrow")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Where a file of the incident folder may be named besides `folder`: the proof and the bundles name
/// what they read and write themselves, the manual lists the files in words, and the mark lies
/// outside the folder.
const OWN_NAMES: [&str; 5] = [
    "src/folder.rs",
    "src/verify/",
    "src/export/",
    "src/cli/reference/",
    "src/matter/seal/fence.rs",
];

/// Names of files and folders that can be nothing else.
const NAMES: [&str; 13] = [
    "ledger.sqlite",
    "ledger.secret",
    "ledger.lock",
    "work.lock",
    "repairs.toml",
    "privileged.toml",
    "findings.csv",
    "findings.xlsx",
    "manifest.csv",
    "statement.json",
    "pieces.index",
    "letters-draft",
    "sealed",
];

#[test]
fn a_file_of_the_incident_folder_is_named_in_one_place() {
    let mut wrong = Vec::new();
    for entry in walk(Path::new("src")) {
        let shown = entry.display().to_string();
        if OWN_NAMES.iter().any(|own| shown.starts_with(own)) {
            continue;
        }
        let text = fs::read_to_string(&entry).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for (number, line) in code.lines().enumerate() {
            if names_a_file(line.trim()) {
                wrong.push(format!("{shown}:{}: {}", number + 1, line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "ask `folder` instead:\n{}", wrong.join("\n"));
    assert!(names_a_file(r#"folder.join("ledger.sqlite")"#));
    assert!(names_a_file(r#"csv.with_extension("toml")"#));
    assert!(names_a_file(r#"const LISTS: [&str; 2] = ["sealed", "spool"];"#));
    assert!(!names_a_file(r#"names.join(", ")"#));
    assert!(!names_a_file(r#".doing(|| "read `ledger.sqlite`".into())"#));
}

/// Whether a line makes a path of a name, or has one of the names for itself.
fn names_a_file(line: &str) -> bool {
    if line.starts_with("//") {
        return false;
    }
    let joins = ["join(", "with_extension(", "with_file_name("].iter().any(|call| {
        line.match_indices(&format!(".{call}\"")).any(|(at, found)| {
            let name = line[at + found.len()..].split('"').next().unwrap_or_default();
            name.contains(char::is_alphanumeric)
                && name.chars().all(|c| c.is_alphanumeric() || "._-/".contains(c))
        })
    });
    joins || NAMES.iter().any(|name| line.contains(&format!("\"{name}\"")))
}

/// Names after `crate::`, also inside `crate::{a, b}`.
fn targets(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("crate::") {
        let rest = &text[at + "crate::".len()..];
        let names: Vec<String> = match rest.strip_prefix('{') {
            Some(inner) => top_level_names(inner),
            None => vec![ident(rest)],
        };
        found.extend(names.into_iter().filter(|n| !n.is_empty()));
    }
    found
}

fn top_level_names(inner: &str) -> Vec<String> {
    let (mut depth, mut names, mut start) = (0, Vec::new(), 0);
    for (i, c) in inner.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                names.push(ident(inner[start..i].trim_start()));
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                names.push(ident(inner[start..i].trim_start()));
                start = i + 1;
            }
            _ => {}
        }
    }
    names
}

fn ident(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

pub fn walk(dir: &Path) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(walk(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
    files
}
