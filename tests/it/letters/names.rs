//! Names of many languages reach the page as the roster spells them.

use super::WRITER;
use super::fixture::*;
use noticeworks::document::Document;
use noticeworks::letters::Writer;
use noticeworks::pdf::{Meta, write_single};
use noticeworks::roster::{Person, Recipient};
use noticeworks::typeset::{FontSet, Item, Laid, Running, SetError, Style, Typesetter};
use std::collections::BTreeMap;
use std::sync::Arc;

#[derive(serde::Deserialize)]
struct Names {
    given: Vec<String>,
    family: Vec<String>,
}

/// Script -> language -> names.
fn names() -> BTreeMap<String, BTreeMap<String, Names>> {
    toml::from_str(include_str!("../../data/letters/names.toml")).unwrap()
}

fn called(given: &str, family: &str) -> Person {
    let mut reader = person(Recipient::Adult, "TX", &[0, 1]);
    reader.first_name = given.to_owned();
    reader.last_name = family.to_owned();
    (reader.middle_name, reader.suffix) = Default::default();
    reader
}

fn typesetter() -> Typesetter {
    Typesetter::new(Arc::new(FontSet::shipped()), Style::default())
}

fn set(
    writer: &Writer,
    typesetter: &mut Typesetter,
    reader: &Person,
) -> Result<(Vec<String>, Laid), SetError> {
    let (_, document) = writer.document(reader).unwrap_or_else(|f| panic!("{f:?}"));
    let frame = writer.frame(reader).unwrap_or_else(|f| panic!("{f:?}"));
    let lines = typesetter.address(&frame.addressee)?.lines;
    Ok((lines, typesetter.letter(&frame, &document)?))
}

/// The words of the first page, in paint order.
fn first_page(laid: &Laid) -> String {
    let mut text = String::new();
    for item in laid.pages[0].marks.iter().flat_map(|mark| &mark.items) {
        if let Item::Run { run, .. } = item {
            text.push_str(&run.text);
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_thousand_names_of_many_languages_stand_on_the_page_as_in_the_roster() {
    let mut typesetter = typesetter();
    let (mut tried, mut wrong) = (0, Vec::new());
    for (script, languages) in names().iter().filter(|(script, _)| *script != "uncovered") {
        for (language, names) in languages {
            for (given, family) in pairs(names) {
                tried += 1;
                let name = format!("{given} {family}");
                let reader = called(given, family);
                let Ok((lines, laid)) = set(&WRITER, &mut typesetter, &reader) else {
                    wrong.push(format!("{script} {language}: {name} cannot be set"));
                    continue;
                };
                if lines[0] != name || !first_page(&laid).contains(&format!("Dear {name}:")) {
                    wrong.push(format!("{script} {language}: {name} became {}", lines[0]));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {tried}\n{}", wrong.len(), wrong.join("\n"));
    assert!(tried >= 1_000, "{tried}");
}

/// Through templates, typesetter and PDF writer, as a program reads it that is not ours.
#[test]
fn a_thousand_names_come_out_of_pdftotext_unchanged() {
    let mut sections = Vec::new();
    let mut expected = Vec::new();
    let marks = ["*_[x](y)<b>", "**Pat**", "{{ person.code }}", "&amp; Sons", "\"Pat\" -- Lee..."];
    let all = names();
    let covered = all.iter().filter(|(script, _)| *script != "uncovered");
    let listed = covered.flat_map(|(_, languages)| languages.values()).flat_map(pairs);
    let listed = listed.map(|(given, family)| (given.clone(), family.clone()));
    for (given, family) in listed.chain(marks.map(|m| (m.to_owned(), "Lee".to_owned()))) {
        let reader = called(&given, &family);
        let (_, document) = WRITER.document(&reader).unwrap_or_else(|f| panic!("{f:?}"));
        sections.extend(document.sections.into_iter().filter(|s| s.name == "en/salutation"));
        expected.push(format!("Dear {given} {family}:"));
    }
    assert!(sections.len() == expected.len() && expected.len() >= 1_000, "{}", sections.len());
    let document = Document { lang: "en".into(), title: "Names".into(), sections };
    let mut typesetter = typesetter();
    let laid = typesetter.report(&Running::default(), &document).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("names.pdf");
    let meta = Meta {
        title: "Names".into(),
        subject: String::new(),
        author: "Test".into(),
        creator: "Test".into(),
        lang: "en".into(),
        date: jiff::civil::date(2026, 9, 18),
        keywords: String::new(),
    };
    let mut file = std::fs::File::create(&path).unwrap();
    write_single(&laid, &mut file, typesetter.fonts().clone(), meta).unwrap();
    let arguments = ["-enc", "UTF-8", path.to_str().unwrap(), "-"];
    let output = std::process::Command::new("pdftotext").args(arguments).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let lost: Vec<_> = expected.iter().filter(|line| !text.contains(line.as_str())).collect();
    assert!(lost.is_empty(), "{} of {}: {lost:?}", lost.len(), expected.len());
}

#[test]
fn a_name_in_a_script_without_a_font_is_refused_not_misspelled() {
    let mut typesetter = typesetter();
    for (language, names) in &names()["uncovered"] {
        for (given, family) in pairs(names) {
            let set = set(&WRITER, &mut typesetter, &called(given, family));
            assert!(matches!(set, Err(SetError::NoGlyph(_))), "{language}: {given} {family}");
        }
    }
}

#[test]
fn a_name_full_of_marks_prints_as_it_is() {
    let mut typesetter = typesetter();
    for name in [
        "*_[x](y)<b>",
        "# Pat",
        "1. Pat",
        "- Pat",
        "> Pat",
        "**Pat**",
        "`Pat`",
        "Pat \\ Lee",
        "{{ person.code }}",
        "{% if adult %}",
        "<!-- satisfies: a -->",
        "&amp; Sons",
        "| a | b |",
        "\"Pat\" -- Lee...",
        "http://x.example",
        "![a](b)",
        "~~~",
        "Pat\u{a0}Lee",
    ] {
        let (lines, laid) = set(&WRITER, &mut typesetter, &called(name, "Lee")).unwrap();
        let expected = format!("{name} Lee");
        assert_eq!(lines[0], expected);
        let plain = expected.replace('\u{a0}', " ");
        let page = first_page(&laid);
        assert!(page.contains(&format!("Dear {plain}:")), "{plain}: {page}");
    }
}

#[test]
fn a_line_in_another_language_is_marked_with_that_language() {
    let mut reader = called("Ha", "Nguyen");
    reader.language = "vi".to_owned();
    let (_, laid) = set(&WRITER, &mut typesetter(), &reader).unwrap();
    let marked: Vec<_> = laid.tree.iter().filter_map(|node| node.lang.as_deref()).collect();
    assert_eq!((laid.lang.as_str(), marked), ("en", vec!["vi"]));
}

fn pairs(names: &Names) -> impl Iterator<Item = (&String, &String)> {
    names.given.iter().flat_map(|g| names.family.iter().map(move |f| (g, f)))
}
