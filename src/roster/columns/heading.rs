//! What headings mean, and which row is the header.

use crate::incident::{Headings, RosterChoices};
use crate::roster::column::Column;
use crate::roster::source::Block;
use crate::roster::tables::fold;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

static USUAL: LazyLock<BTreeMap<String, Vec<String>>> = LazyLock::new(|| {
    toml::from_str(include_str!("../headings.toml")).expect("headings.toml is well formed")
});

static HEADINGS: LazyLock<HashMap<String, Column>> = LazyLock::new(|| {
    let mut headings = HashMap::new();
    for (name, usual) in &*USUAL {
        let column = Column::named(name).expect("headings.toml names canonical columns");
        headings.extend(usual.iter().map(|heading| (fold(heading), column)));
    }
    headings.extend(Column::ALL.iter().map(|c| (fold(c.name()), *c)));
    headings
});

/// Words that exports put before a heading and that change nothing of what it means.
const BEFORE: &[&str] = &[
    "patient",
    "pat",
    "pt",
    "member",
    "mbr",
    "recipient",
    "individual",
    "person",
    "enrollee",
    "insured",
    "consumer",
    "subject",
    "mailing",
    "mail",
    "home",
    "residential",
    "primary",
    "current",
    "legal",
    "permanent",
    "normalized",
    "primaryaddress",
    "patientaddress",
    "mailingaddress",
    "homeaddress",
];

/// Every heading that is known, and what may stand before one.
pub fn known() -> impl Iterator<Item = &'static str> {
    let usual = USUAL.values().flatten().map(String::as_str);
    usual.chain(Column::ALL.iter().map(|c| c.name())).chain(BEFORE.iter().copied())
}

/// The canonical column that a heading is known to mean.
pub fn listed(heading: &str) -> Option<Column> {
    HEADINGS.get(&fold(heading)).copied()
}

/// The canonical column that a heading means, also where it says more than that.
pub fn recognize(heading: &str) -> Option<Column> {
    let key = fold(heading);
    if let Some(column) = HEADINGS.get(&key) {
        return Some(*column);
    }
    // `Date of Birth (MM/DD/YYYY)`: how it is written, or what it is good for.
    let plain = match heading.split_once(['(', '[']) {
        Some((before, _)) if !before.trim().is_empty() => fold(before),
        _ => key,
    };
    if let Some(column) = HEADINGS.get(&plain) {
        return Some(*column);
    }
    BEFORE.iter().find_map(|word| {
        let rest = plain.strip_prefix(word).filter(|rest| rest.len() > 1)?;
        HEADINGS.get(rest).copied().filter(|column| is_of_a_person(*column))
    })
}

/// Columns that stay what they are when somebody's name for people stands before them.
fn is_of_a_person(column: Column) -> bool {
    use Column::*;
    matches!(
        column,
        FirstName
            | MiddleName
            | LastName
            | Suffix
            | FullName
            | Address1
            | Address2
            | Address3
            | City
            | State
            | Zip
            | Country
            | Email
            | DateOfBirth
            | Age
            | Deceased
            | Language
    )
}

/// How a column that is named like this holds several things; none if it does not.
pub fn several(heading: &str) -> Option<&'static str> {
    let plain = heading.split_once(['(', '[']).map_or(heading, |(before, _)| before);
    let mut key = fold(plain);
    for word in ["patient", "mailing", "home", "address"] {
        if let Some(rest) = key.strip_prefix(word) {
            key = rest.to_owned();
        }
    }
    match key.as_str() {
        "citystatezip"
        | "citystatezipcode"
        | "citystzip"
        | "citystzipcode"
        | "csz"
        | "citystatepostal"
        | "citystatepostalcode"
        | "citystatezip4"
        | "cityandstateandzip"
        | "citystateandzip"
        | "citystateandzipcode"
        | "citystateziplastline"
        | "lastline" => Some("City, ST ZIP"),
        "citystate" | "cityst" | "cityandstate" => Some("City, ST"),
        "statezip" | "stzip" | "statezipcode" | "stateandzip" => Some("ST ZIP"),
        _ => None,
    }
}

/// How many of the columns that a letter needs this heading stands for.
fn weight(heading: &str, choices: &RosterChoices) -> usize {
    let heading = heading.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let mapped = |headings: &Headings| headings.all().iter().any(|h| fold(h) == fold(heading));
    if heading.is_empty() {
        0
    } else if let Some(pattern) = several(heading) {
        pattern.split([',', ' ']).filter(|part| !part.is_empty()).count()
    } else {
        usize::from(recognize(heading).is_some() || choices.columns.values().any(mapped))
    }
}

/// The row of a block that reads like a header: the line that the incident names, else the first
/// one among the first 20 with at least three known headings, or with all that the incident names.
pub fn find_header(block: &Block, choices: &RosterChoices) -> Option<usize> {
    if let Some(line) = choices.header_row {
        return block.rows.iter().position(|row| row.line == line);
    }
    let mut named: Vec<String> =
        choices.columns.values().flat_map(|h| h.all()).map(|h| fold(h)).collect();
    named.sort();
    named.dedup();
    block.rows.iter().take(20).position(|row| {
        let cells = || (0..row.len()).map(|i| block.cell(row, i));
        let mut known = 0;
        let enough = cells().any(|cell| {
            known += weight(cell, choices);
            known >= 3
        });
        enough
            || (!named.is_empty()
                && named.iter().all(|name| cells().any(|cell| fold(cell) == *name)))
    })
}

/// Whether a delimiter's reading of a line gives known headings; how many.
pub fn known_headings<'c>(cells: impl Iterator<Item = &'c str>, choices: &RosterChoices) -> usize {
    cells.map(|cell| weight(cell, choices)).sum()
}
