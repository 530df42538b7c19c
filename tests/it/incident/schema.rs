//! The schema and the model say the same: what one knows, the other holds.

#![allow(clippy::unwrap_used, reason = "a test may stop")]

use super::refused;
use noticeworks::cli::diagnostic::render;
use noticeworks::incident::{self, INCIDENT_SCHEMA, Incident, Key, Shape, Table};
use std::collections::BTreeSet;

/// A value of a shape, as inline TOML with every key given; `other` is a path with the value to
/// write there instead.
fn value(key: &Key, path: &str, other: (&str, &str)) -> String {
    match &key.shape {
        _ if path == other.0 => other.1.to_owned(),
        Shape::Table(table) => inline(table, path, other),
        Shape::Tables(table) => format!("[{}]", inline(table, path, other)),
        Shape::List(Shape::Table(table)) => format!("[{}]", inline(table, path, other)),
        // Each list with something in it.
        Shape::List(_) if key.example == "[]" => match key.name {
            "prior_notices_12m" => "[2026-01-05]".into(),
            "elements" | "offered_for" => "[\"ssn\"]".into(),
            _ => "[\"fonts/example.ttf\"]".into(),
        },
        _ => key.example.replace('\n', "\\n").replace("\"\"\"", "\""),
    }
}

fn inline(table: &Table, path: &str, other: (&str, &str)) -> String {
    let keys: Vec<String> = table
        .keys
        .iter()
        // These exclude others of their table.
        .filter(|key| !["days", "business_days", "code_file"].contains(&key.name))
        .map(|key| format!("{} = {}", key.name, value(key, &format!("{path}.{}", key.name), other)))
        .collect();
    format!("{{ {} }}", keys.join(", "))
}

fn everything_but(other: (&str, &str)) -> String {
    let line = |key: &Key| format!("{} = {}\n", key.name, value(key, key.name, other));
    INCIDENT_SCHEMA.keys.iter().map(line).collect()
}

fn everything() -> String {
    everything_but(("", ""))
}

/// `strand.windows.start`, for every key of a schema.
fn paths(table: &Table, prefix: &str, out: &mut BTreeSet<String>) {
    for key in table.keys {
        let path = format!("{prefix}{}", key.name);
        if let Shape::Table(inner) | Shape::Tables(inner) | Shape::List(Shape::Table(inner)) =
            &key.shape
        {
            paths(inner, &format!("{path}."), out);
        }
        out.insert(path);
    }
}

/// The same of what the model writes back.
fn written(value: &serde_json::Value, prefix: &str, out: &mut BTreeSet<String>) {
    match value {
        serde_json::Value::Object(map) => {
            for (name, inner) in map {
                let path = format!("{prefix}{name}");
                // Keys of a map are the user's, not the model's.
                if name != "columns" {
                    written(inner, &format!("{path}."), out);
                }
                out.insert(path);
            }
        }
        serde_json::Value::Array(items) => items.iter().for_each(|i| written(i, prefix, out)),
        _ => {}
    }
}

#[test]
fn schema_and_model_have_the_same_keys() {
    let text = everything();
    let incident = match incident::from_text(&text) {
        Ok((incident, _)) => incident,
        Err(findings) => panic!("{}\n{text}", render(&findings, false, false, 100)),
    };
    let (mut known, mut held) = (BTreeSet::new(), BTreeSet::new());
    paths(&INCIDENT_SCHEMA, "", &mut known);
    written(&serde_json::to_value(&incident).unwrap(), "", &mut held);
    let missing: Vec<_> = known.difference(&held).collect();
    let unknown: Vec<_> = held.difference(&known).collect();
    assert!(missing.is_empty(), "the model has no field for {missing:?}");
    assert!(unknown.is_empty(), "the schema has no key for {unknown:?}");
}

#[test]
fn every_required_key_is_missed_and_no_other() {
    let text = everything();
    for key in INCIDENT_SCHEMA.keys {
        let without: String = text
            .lines()
            .filter(|line| !line.starts_with(&format!("{} =", key.name)))
            .map(|line| format!("{line}\n"))
            .collect();
        assert_ne!(without, text, "{}", key.name);
        let missed = match incident::from_text(&without) {
            Ok(_) => false,
            Err(findings) => findings.count("incident.missing") > 0,
        };
        assert_eq!(missed, key.required, "{}", key.name);
    }
}

/// Where a schema offers a choice: the path, the words, and whether it is a list of them.
type Choices = Vec<(String, &'static [&'static str], bool)>;

fn choices(table: &'static Table, prefix: &str, out: &mut Choices) {
    for key in table.keys {
        let path = format!("{prefix}{}", key.name);
        match &key.shape {
            Shape::Choice(words) => out.push((path, words, false)),
            Shape::List(Shape::Choice(words)) => out.push((path, words, true)),
            Shape::Table(t) | Shape::Tables(t) | Shape::List(Shape::Table(t)) => {
                choices(t, &format!("{path}."), out);
            }
            _ => {}
        }
    }
}

#[test]
fn every_choice_is_the_models_and_none_is_left_out() {
    let mut all = Vec::new();
    choices(&INCIDENT_SCHEMA, "", &mut all);
    assert!(all.len() > 20);
    for (path, words, list) in all {
        let with = |word: &str| {
            let value = if list { format!("[\"{word}\"]") } else { format!("\"{word}\"") };
            everything_but((&path, &value))
        };
        for word in words {
            let read = toml::from_str::<Incident>(&with(word));
            assert!(read.is_ok(), "{path} = {word}: {}", read.unwrap_err());
        }
        let wrong = with("no-such-word");
        assert_eq!(refused(&wrong).count("incident.unknown_choice"), 1, "{path}");
        // The model's own message names its variants. A custom duty's clock is mere text there.
        let Err(error) = toml::from_str::<Incident>(&wrong) else {
            assert_eq!(path, "duty.clock");
            continue;
        };
        let (_, expected) = error.message().split_once("expected ").expect("variants are named");
        let expected = expected.replace("`call_center`", "another spelling");
        assert_eq!(expected.matches('`').count() / 2, words.len(), "{path}: {error}");
    }
}

#[test]
fn the_roster_may_name_every_column_of_its_reader() {
    let roster = INCIDENT_SCHEMA.keys.iter().find(|key| key.name == "roster").unwrap();
    let Shape::Table(table) = &roster.shape else { panic!("not a table") };
    let Shape::Map(known) = &table.keys[0].shape else { panic!("not a map") };
    let known: BTreeSet<_> = known.iter().copied().collect();
    let read: BTreeSet<_> = noticeworks::roster::Column::ALL.iter().map(|c| c.name()).collect();
    assert_eq!(known, read);
}

/// Files have some words in British spelling; whoever writes them as Americans do is understood.
#[test]
fn american_spelling_of_a_british_key_is_the_same() {
    let british = everything();
    let american =
        british.replace("licences =", "licenses =").replace("call_centre", "call_center");
    assert_ne!(british, american, "the file has no such word");
    let read = |text: &str| match incident::from_text(text) {
        Ok((incident, _)) => serde_json::to_string(&incident).unwrap(),
        Err(findings) => panic!("{}", render(&findings, false, false, 100)),
    };
    assert_eq!(read(&american), read(&british));
    let both = british.replace("licences =", "licenses = [], licences =");
    assert_eq!(refused(&both).at_least(noticeworks::finding::Severity::Error), 1);
    let neither = british.replace("licences =", "liscences =");
    assert_eq!(refused(&neither).count("incident.unknown_key"), 1);
}
