//! Every hostile incident file, and the text that its author gets to read.

#![allow(clippy::unwrap_used, reason = "a test may stop")]

use noticeworks::cli::diagnostic::{render, summary};
use noticeworks::incident;
use std::fs;
use std::path::Path;

/// Each `name.toml` has its text beside it in `name.txt`; `NOTICEWORKS_ACCEPT=1` writes it.
#[test]
fn every_hostile_file_gets_its_diagnostic() {
    let folder = Path::new("tests/hostile/incident");
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "toml"))
        .collect();
    names.sort();
    assert!(names.len() > 20, "only {} hostile files", names.len());
    let mut wrong = Vec::new();
    for path in names {
        let text = fs::read_to_string(&path).unwrap();
        let findings = match incident::from_text(&text) {
            Ok(_) => panic!("{} is taken for good", path.display()),
            Err(findings) => findings,
        };
        let shown = format!("{}{}\n", render(&findings, false, false, 100), summary(&findings));
        let expected = path.with_extension("txt");
        if std::env::var_os("NOTICEWORKS_ACCEPT").is_some() {
            fs::write(&expected, &shown).unwrap();
        }
        if fs::read_to_string(&expected).unwrap_or_default() != shown {
            wrong.push(format!("{}:\n{shown}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_diagnostic_steers_the_terminal_or_ends_with_a_full_stop() {
    for entry in fs::read_dir("tests/hostile/incident").unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|e| e == "toml") {
            let text = fs::read_to_string(&path).unwrap();
            let findings = incident::from_text(&text).unwrap_err();
            let shown = render(&findings, true, false, 100);
            let steers = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
            assert!(!shown.contains(steers), "{}", path.display());
            for finding in findings.iter() {
                assert!(!finding.message.ends_with('.'), "{}", finding.message);
                assert!(!finding.remedy.is_empty() && !finding.remedy.ends_with('.'));
                assert!(finding.place.is_some());
            }
        }
    }
}
