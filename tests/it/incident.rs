//! The incident room: reading, checking, lookups, and how findings are shown.

#![allow(clippy::unwrap_used, reason = "a test may stop")]

mod diagnostic;
mod hostile;
mod lookups;
mod plants;
mod reached;
mod schema;

use noticeworks::cli::diagnostic::render;
use noticeworks::finding::Findings;
use noticeworks::incident::{self, Incident};
use std::fs;
use std::path::Path;

fn sample(name: &str) -> Incident {
    match incident::load(&Path::new("samples").join(name)) {
        Ok((incident, findings)) => {
            assert!(findings.is_empty(), "{}", render(&findings, false, false, 100));
            incident
        }
        Err(findings) => panic!("{}", render(&findings, false, false, 100)),
    }
}

/// Findings of a text that does not pass.
fn refused(text: &str) -> Findings {
    incident::from_text(text).expect_err("the text should be refused")
}

fn small() -> String {
    fs::read_to_string("samples/small-clinic/incident.toml").expect("sample")
}

#[test]
fn both_samples_are_read_without_a_finding() {
    let lakeshore = sample("lakeshore");
    assert_eq!(lakeshore.entities.len(), 3);
    assert_eq!(lakeshore.elements.len(), 15);
    assert_eq!(lakeshore.wave("w1").map(|w| w.mail_on.to_string()).as_deref(), Some("2026-09-18"));
    assert_eq!(sample("small-clinic").elements.len(), 4);
}

#[test]
fn words_for_letters_name_no_addressee() {
    // They stand in letters to parents, guardians and estates as well.
    for name in ["lakeshore", "small-clinic"] {
        let breach = sample(name).breach;
        for text in [breach.what_happened, breach.what_we_are_doing, breach.regulator_description] {
            let mut words = text.split(|c: char| !c.is_alphabetic());
            assert!(!words.any(|w| ["you", "your"].contains(&w.to_lowercase().as_str())), "{text}");
        }
    }
}

#[test]
fn a_folder_without_the_file_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let findings = incident::load(folder.path()).expect_err("nothing to read");
    insta::assert_snapshot!(render(&findings, false, false, 80).trim_end(), @r"
    incident.no_file

      × incident.toml: there is no incident file here
      help: run `noticeworks init` here, or name the folder that holds it
    ");
}

#[test]
fn byte_order_mark_and_windows_line_ends_are_taken() {
    let text = format!("\u{feff}{}", small().replace('\n', "\r\n"));
    let (incident, findings) = incident::from_text(&text).expect("fine");
    assert!(findings.is_empty());
    assert_eq!(incident.id, "elm-street-2026-laptop");
    let findings = refused(&text.replace("\"theft\"", "\"stolen\""));
    let place = findings.iter().next().unwrap().place.clone().unwrap();
    assert_eq!((place.line, place.column, place.width), (Some(40), Some(8), 8));
}

#[test]
fn a_file_that_is_not_utf8_is_pointed_at() {
    let folder = tempfile::tempdir().unwrap();
    let mut bytes = b"id = \"example\"\ntitle = \"Caf".to_vec();
    bytes.extend([0xE9, b'"', b'\n']);
    fs::write(folder.path().join("incident.toml"), bytes).unwrap();
    let findings = incident::load(folder.path()).expect_err("not UTF-8");
    let finding = findings.iter().next().unwrap();
    assert_eq!(finding.code, "incident.not_utf8");
    let place = finding.place.clone().unwrap();
    assert_eq!((place.line, place.column), (Some(2), Some(13)));
}

#[test]
fn privileged_text_is_checked_but_never_quoted() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("incident.toml"), small()).unwrap();
    let privileged = |text: &str| fs::write(folder.path().join("privileged.toml"), text).unwrap();
    privileged("[[reason]]\nquestion = \"q\"\ntext = \"strictly between us\"\n");
    assert!(incident::load(folder.path()).is_ok());
    privileged("[[reason]]\nquestion = \"q\"\ntexts = \"strictly between us\"\n");
    let findings = incident::load(folder.path()).expect_err("misspelled key");
    let shown = render(&findings, true, false, 80);
    assert!(shown.contains("privileged.toml:3:1") && shown.contains("`text`"), "{shown}");
    assert!(!shown.contains("between us"), "{shown}");
}

#[test]
fn more_than_64_elements_are_too_many() {
    let mut text = small();
    for n in 0..61 {
        text.push_str(&format!("\n[[data_element]]\nid = \"e{n}\"\nletter = \"e\"\n"));
    }
    let findings = refused(&text);
    assert_eq!(findings.count("incident.too_many_elements"), 1);
    assert_eq!(findings.count("incident.unknown_element"), 61);
    let shown = render(&findings, false, false, 100);
    assert!(shown.contains("and 11 more of `incident.unknown_element`"), "{shown}");
}

#[test]
fn deep_nesting_and_long_lines_are_findings_and_no_crash() {
    let deep = format!("id = {}{}", "[".repeat(50_000), "]".repeat(50_000));
    assert!(refused(&deep).has_errors());
    let long = format!("id = \"{}\"", "x".repeat(2_000_000));
    assert!(refused(&long).has_errors());
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_or_refused_with_places_in_it(text in "\\PC{0,200}|[\\[\\]\"'=\n.#a-z0-9 {},]{0,200}") {
        if let Err(findings) = incident::from_text(&text) {
            let lines = text.lines().count().max(1) as u64 + 1;
            for place in findings.iter().filter_map(|f| f.place.as_ref()) {
                proptest::prop_assert!(place.line.unwrap_or(1) <= lines);
            }
            render(&findings, true, false, 80);
        }
    }

    #[test]
    fn any_slip_in_a_good_file_is_read_or_refused(at in 0usize..2000, with in "\\PC|\n|\"") {
        let mut text = small();
        let at = text.floor_char_boundary(at.min(text.len()));
        text.insert_str(at, &with);
        if let Err(findings) = incident::from_text(&text) {
            proptest::prop_assert!(findings.has_errors());
            proptest::prop_assert_eq!(findings.count("incident.unreadable"), 0);
            render(&findings, false, false, 80);
        }
    }
}
