//! What a roster's columns propose for incident.toml. What is not certain is a question in a
//! comment with the names that come near: never a guess.

use crate::incident::{KnownElement, known_elements};
use crate::matter::begin::headings::{HEADINGS, near};
use crate::matter::begin::look::{Heading, Looked};
use crate::matter::begin::skeleton::BLANK;
use crate::roster::{Column, KnownHeadings, fold, letter, recognize, several_in_one};
use crate::tables::words::count;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Stands before everything that only a person can answer.
pub const QUESTION: &str = "# QUESTION:";

/// For each covered entity that the roster names, what is known of it.
pub fn entities(looked: &Looked) -> Vec<Vec<(&'static str, String)>> {
    let of = |value: &String| {
        let id: String = value
            .split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
            .filter(|word| !word.is_empty())
            .collect::<Vec<_>>()
            .join("-");
        // A roster may write the entity's id, or its name.
        if id == *value {
            vec![("id", id)]
        } else {
            vec![("id", id.to_lowercase()), ("name", value.clone())]
        }
    };
    if looked.entities.is_empty() {
        return vec![Vec::new()];
    }
    looked.entities.keys().map(of).collect()
}

/// `[[data_element]]` for every kind of information that the roster names.
pub fn elements(looked: &Looked) -> String {
    let mut known: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    let mut asked: Vec<(String, String, u64)> = Vec::new();
    let mut rare = 0;
    for (label, rows) in &looked.labels {
        match element(label) {
            Some(index) => known.entry(index).or_default().push(label),
            // A label of one row may be a person's own words.
            None if *rows < 2 => rare += 1,
            None => asked.push((label.clone(), quoted(label), *rows)),
        }
    }
    let mut held = Vec::new();
    for heading in looked.headings.iter().filter(|h| h.column.is_none()) {
        match element(&heading.text) {
            Some(_) if heading.others > 0 => held.push(heading),
            Some(index) => known.entry(index).or_default().push(&heading.text),
            None if is_flag(heading) => {
                asked.push((shown(heading), value(heading), heading.flags));
            }
            None => {}
        }
    }
    let mut out = String::new();
    for (index, labels) in &known {
        let element = &known_elements()[*index];
        let labels: Vec<String> = labels.iter().map(|l| quoted(l)).collect();
        let _ = write!(
            out,
            "\n[[data_element]]\nid = \"{}\"\nroster = [{}]\nletter = {}  # the words of the letters\n",
            element.id,
            labels.join(", "),
            quoted(&element.letter),
        );
    }
    if known.is_empty() {
        let _ = write!(
            out,
            "\n[[data_element]]  # a kind of information\nid = \"\"  # {BLANK}: an id of docs/REFERENCE.md, \
             such as \"diagnosis\"\nletter = \"\"  # {BLANK}: how letters name it\n"
        );
    }
    for (label, value, rows) in asked {
        let near = near(&label, known_elements().iter().flat_map(names));
        let hint = hint(&near);
        let _ = write!(
            out,
            "\n{QUESTION} which kind of information is {} ({})?{hint}\n# [[data_element]]\n# id = \"\"\n\
             # roster = [{value}]\n# letter = \"\"\n",
            quoted(&label),
            count(rows, "row", "rows"),
        );
    }
    if rare > 0 {
        let labels = count(rare, "further label", "further labels");
        let _ = write!(out, "\n# {labels} of one row each: see what `noticeworks check` says.\n");
    }
    for heading in held {
        let _ = write!(
            out,
            "\n{QUESTION} {} seems to hold the information itself, not yes or no.\n\
             # Letters do not need it: take the column out of the roster.\n",
            place(heading)
        );
    }
    out
}

/// `[roster.columns]`: what was recognized, what could be two things, what was not understood.
pub fn columns(looked: &Looked) -> String {
    let mut by_column: BTreeMap<Column, Vec<&Heading>> = BTreeMap::new();
    for heading in &looked.headings {
        if let Some(column) = heading.column {
            by_column.entry(column).or_default().push(heading);
        }
    }
    let mut out = String::new();
    if let Some(row) = looked.header_row {
        let _ = write!(
            out,
            "\n[roster]\nheader_row = {row}  # where the headings stand; none of them is known\n"
        );
    }
    let _ =
        write!(out, "\n[roster.columns]  # how {} names its columns\n", comment(&looked.roster));
    let (mut canonical, mut questions) = (Vec::new(), String::new());
    for (column, headings) in &by_column {
        match headings.as_slice() {
            [one] if one.text == column.name() => canonical.push(column.name()),
            [one] => {
                let (name, text, at) = (column.name(), quoted(&one.text), letter(one.index));
                let _ = writeln!(out, "{name} = {text}  # column {at}");
            }
            // The reader takes these as they are: a mark and a day of death together, and of several
            // numbers the one that tells people apart.
            several if matches!(column, Column::Deceased | Column::RecordId) => {
                let names: Vec<_> = several.iter().map(|h| quoted(&h.text)).collect();
                let _ = writeln!(out, "# {} is read from {}", column.name(), names.join(" and "));
            }
            several => {
                let _ = write!(
                    questions,
                    "\n{QUESTION} {} could be `{}`. Take the # off one line:\n",
                    count(several.len() as u64, "column", "columns"),
                    column.name(),
                );
                for heading in several {
                    let (text, at) = (quoted(&heading.text), letter(heading.index));
                    let _ = writeln!(questions, "# {} = {text}  # column {at}", column.name());
                }
            }
        }
    }
    if !canonical.is_empty() {
        let _ = writeln!(out, "# Named as they should be: {}", canonical.join(", "));
    }
    out.push_str(&questions);
    let unknown = looked.headings.iter().filter(|heading| {
        let element = element(&heading.text).is_some() || is_flag(heading);
        heading.column.is_none() && !heading.text.is_empty() && !element
    });
    let has = |column: &Column| looked.headings.iter().any(|h| h.column == Some(*column));
    for heading in unknown {
        if let Some(pattern) = several_in_one(&heading.text) {
            let _ = writeln!(
                out,
                "{} = {}  # column {}",
                toml::Value::String(pattern.to_owned()),
                quoted(&heading.text),
                letter(heading.index)
            );
            continue;
        }
        let names = HEADINGS.iter().flat_map(|(name, usual)| {
            usual.iter().map(String::as_str).chain([name.as_str()]).map(move |u| (u, name.as_str()))
        });
        // A name that comes near proposes nothing that the values cannot be.
        let mut named: Vec<&str> = near(&heading.text, names);
        named.retain(|name| Column::named(name).is_some_and(|c| heading.may_be(c) && !has(&c)));
        if looked.header_row.is_some() && named.is_empty() {
            named = TELLING
                .iter()
                .filter(|c| heading.may_be(**c) && !has(c))
                .map(|c| c.name())
                .collect();
        }
        let look = shapes(heading);
        match named.as_slice() {
            [] => {
                let _ = write!(out, "\n# Not understood, and not used: {}{look}\n", place(heading));
            }
            names => {
                let ends = if names.len() == 1 { "it is" } else { "it is one of these" };
                let _ = write!(out, "\n{QUESTION} what is {}{look}? If {ends}:\n", place(heading));
                for name in names {
                    let _ = writeln!(out, "# {name} = {}", value(heading));
                }
            }
        }
    }
    out
}

/// Columns whose values tell them from others.
const TELLING: &[Column] = &[
    Column::LastName,
    Column::Address1,
    Column::City,
    Column::State,
    Column::Zip,
    Column::Email,
    Column::DateOfBirth,
];

/// What the values look like, never what they are.
fn shapes(heading: &Heading) -> String {
    let mut patterns: Vec<_> = heading.patterns.iter().collect();
    patterns.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
    let shown: Vec<_> = patterns.iter().take(2).map(|(pattern, _)| quoted(pattern)).collect();
    match shown.as_slice() {
        [] => " (empty)".to_owned(),
        shown => format!(" (values such as {})", shown.join(", ")),
    }
}

/// Says yes or no in every row that says anything.
fn is_flag(heading: &Heading) -> bool {
    heading.column.is_none() && heading.is_marks()
}

/// The kind of information that a label surely means: its id, its usual words, or a heading of
/// that meaning.
fn element(label: &str) -> Option<usize> {
    let key = fold(label);
    let heading = recognize(label).map(Column::name);
    known_elements().iter().position(|e| {
        fold(&e.id) == key || fold(&e.letter) == key || heading == Some(e.id.as_str())
    })
}

fn names(element: &KnownElement) -> [(&str, &str); 2] {
    [(&element.id, &element.id), (&element.letter, &element.id)]
}

fn hint(near: &[&str]) -> String {
    if near.is_empty() { String::new() } else { format!(" Perhaps {}.", near.join(" or ")) }
}

fn place(heading: &Heading) -> String {
    format!("column {} {}", letter(heading.index), quoted(&shown(heading)))
}

/// A heading as it may be written down. What stands above no value at all may be a person of a first
/// row that was glued to the header.
fn shown(heading: &Heading) -> String {
    match heading.is_empty() {
        true => KnownHeadings::default().show(&heading.text),
        false => heading.text.clone(),
    }
}

/// A heading as a value to be used, or what to write there where it may be a person's own words.
fn value(heading: &Heading) -> String {
    match shown(heading) == heading.text {
        true => quoted(&heading.text),
        false => quoted(&format!("HEADING OF COLUMN {}", letter(heading.index))),
    }
}

fn quoted(text: &str) -> String {
    toml::Value::String(comment(text)).to_string()
}

/// One line: nothing of the roster may break out of a comment.
fn comment(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
