//! A TOML text becomes a value, or every mistake in it at once.
//!
//! serde stops at its first mistake. So that all are told together, the offending key is taken
//! out of the parsed tree, a missing one gets a stand-in, and reading starts again until nothing
//! is left to complain about. A value read in this way is only checked, never used.

use super::TextFile;
use super::stand_ins::StandIns;
use crate::finding::{Code, Finding, Findings, Severity};
use crate::tables::alike::nearest;
use serde::de::DeserializeOwned;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue, Deserializer, Error};

/// A value and the tree it was read from, for the places of later findings.
pub struct Read<'t, T> {
    pub value: T,
    pub tree: Spanned<DeTable<'t>>,
    /// Spans of the tables in which a missing key was made up so that reading could go on.
    pub patched: Vec<Range<usize>>,
}

/// What the mistakes of a kind of file are called, and where its format is described.
#[derive(Clone, Copy)]
pub struct Codes {
    pub syntax: Code,
    pub missing_key: Code,
    pub unknown_key: Code,
    pub unknown_word: Code,
    pub wrong_type: Code,
    /// `docs/LAW-FORMAT.md`
    pub format: &'static str,
}

/// More mistakes than this in one file are not told.
const MOST: usize = 500;

/// Reads a whole file; the value is there even when findings were pushed, as far as it could be
/// made without the mistaken keys.
pub fn read<'t, T: DeserializeOwned>(
    file: &'t TextFile,
    codes: &Codes,
    findings: &mut Findings,
) -> Option<Read<'t, T>> {
    let (tree, errors) = DeTable::parse_recoverable(&file.text);
    if !errors.is_empty() {
        for error in errors {
            let span = error.span().unwrap_or(0..0);
            let remedy =
                format!("write TOML, words in double quotes; {} has the format", codes.format);
            findings.push(error_at(file, codes.syntax, &span, lowered(error.message()), remedy));
        }
        return None;
    }
    let mut pruned = tree.clone();
    let mut told: Vec<(Range<usize>, Finding)> = Vec::new();
    let mut taken: Vec<(Range<usize>, String)> = Vec::new();
    let mut stand_ins = StandIns::default();
    let value = loop {
        let error = match T::deserialize(Deserializer::from(pruned.clone())) {
            Ok(value) => break Some(value),
            Err(_) if told.len() >= MOST => break None,
            Err(error) => error,
        };
        let span = error.span().unwrap_or_else(|| pruned.span());
        let root = pruned.span();
        let went_on = if stand_ins.refused(&span) {
            stand_ins.try_next(&mut pruned, &span, &error)
        } else if let Some(key) = missing_field(&error) {
            if !taken.iter().any(|(table, gone)| *table == span && gone == key) {
                told.push((span.clone(), finding(file, codes, &error, &span)));
            }
            stand_ins.put(&mut pruned, span, key)
        } else {
            told.push((span.clone(), finding(file, codes, &error, &span)));
            take(pruned.get_mut(), &span, &root, &mut taken)
        };
        if !went_on {
            break None;
        }
    };
    told.sort_by_key(|(span, _)| span.start);
    for (_, finding) in told {
        findings.push(finding);
    }
    value.map(|value| Read { value, tree, patched: stand_ins.tables() })
}

/// Takes the key or array item at the span out of the tree, remembering from which table.
fn take(
    table: &mut DeTable<'_>,
    span: &Range<usize>,
    table_span: &Range<usize>,
    taken: &mut Vec<(Range<usize>, String)>,
) -> bool {
    let hit = table
        .iter()
        .find(|(key, value)| key.span() == *span || value.span() == *span)
        .map(|(key, _)| key.get_ref().to_string());
    if let Some(key) = hit {
        table.remove(key.as_str());
        taken.push((table_span.clone(), key));
        return true;
    }
    table.iter_mut().any(|(_, value)| take_from_value(value, span, taken))
}

fn take_from_value(
    value: &mut Spanned<DeValue<'_>>,
    span: &Range<usize>,
    taken: &mut Vec<(Range<usize>, String)>,
) -> bool {
    let own = value.span();
    match value.get_mut() {
        DeValue::Table(table) => take(table, span, &own, taken),
        DeValue::Array(list) => {
            if let Some(at) = list.iter().position(|item| item.span() == *span) {
                let rest = list.iter().enumerate().filter(|(i, _)| *i != at);
                *list = rest.map(|(_, item)| item.clone()).collect();
                return true;
            }
            list.iter_mut().any(|item| take_from_value(item, span, taken))
        }
        _ => false,
    }
}

/// The key of serde's "missing field `key`".
fn missing_field(error: &Error) -> Option<&str> {
    error.message().strip_prefix("missing field `")?.strip_suffix('`')
}

/// serde's words, sorted into codes with a remedy.
fn finding(file: &TextFile, codes: &Codes, error: &Error, span: &Range<usize>) -> Finding {
    let text = lowered(error.message());
    let (head, known) = match (text.split_once(", expected "), text.strip_prefix("expected ")) {
        (Some((head, known)), _) => (head.to_owned(), Some(known.to_owned())),
        (None, Some(known)) => {
            ("the value is of the wrong kind".to_owned(), Some(known.to_owned()))
        }
        (None, None) => (text.clone(), None),
    };
    let listed = known.as_deref().map(|k| k.strip_prefix("one of ").unwrap_or(k).to_owned());
    if let Some(key) = missing_field(error) {
        let message = format!("the key `{key}` is missing");
        let remedy = format!("add `{key} = ...`; {} says what it holds", codes.format);
        return error_at(file, codes.missing_key, span, message, remedy);
    }
    if let Some(key) = head.strip_prefix("unknown field ") {
        let listed = listed.unwrap_or_default();
        let names = listed.split(", ").map(|name| name.trim_matches('`'));
        let remedy = match nearest(key.trim_matches('`'), names) {
            Some(near) => format!("write `{near}`"),
            None => format!("use one of {listed}"),
        };
        let message = format!("no key {key} is known here");
        return error_at(file, codes.unknown_key, span, message, remedy);
    }
    if let Some(word) = head.strip_prefix("unknown variant ") {
        let remedy = listed.map_or(String::new(), |l| format!("write one of {l}"));
        let message = format!("the word {word} is not known here");
        return error_at(file, codes.unknown_word, span, message, remedy);
    }
    let remedy = known
        .map_or("correct the value".to_owned(), |k| format!("write {}", plain(&k, codes.format)));
    error_at(file, codes.wrong_type, span, head, remedy)
}

fn error_at(
    file: &TextFile,
    code: Code,
    span: &Range<usize>,
    message: String,
    remedy: String,
) -> Finding {
    file.finding(code, Severity::Error, span, message, remedy)
}

/// A file as a value; its first mistake where it is none.
///
/// # Errors
/// The mistake, in the parser's words.
pub fn value<T: DeserializeOwned>(file: &TextFile, code: Code, remedy: &str) -> Result<T, Finding> {
    toml::from_str(&file.text).map_err(|error| {
        let message = error.message().trim_end_matches('.').lines().collect::<Vec<_>>().join(", ");
        let span = error.span().unwrap_or(0..0);
        file.finding(code, Severity::Error, &span, message, remedy)
    })
}

/// serde's name for a type in plain words.
fn plain(expected: &str, format: &str) -> String {
    match expected {
        "u8" | "u32" | "u64" => "a whole number".to_owned(),
        "a sequence" => "a list in brackets".to_owned(),
        "a boolean" => "true or false".to_owned(),
        other => match other.strip_prefix("struct ") {
            Some(_) => format!("a table in braces; {format} says what it holds"),
            None => other.to_owned(),
        },
    }
}

/// An error of the parser as a finding's message: one line, lower case, no full stop.
fn lowered(message: &str) -> String {
    let line = message.lines().next().unwrap_or("").trim_end_matches('.');
    let mut letters = line.chars();
    match letters.next() {
        Some(first) => first.to_lowercase().chain(letters).collect(),
        None => String::new(),
    }
}
