//! Columns that the roster does not have as such: joined of several, or a part of one.

use crate::roster::clean::{date, flag, text};
use crate::roster::source::{Block, Row};
use crate::roster::tables;

/// How a column is made of the roster's own.
pub enum Made {
    /// The cells of these columns, with a space between those that say something.
    Joined(Vec<u16>),
    /// A ZIP code and, in a column of its own, the four digits that may follow.
    Extended(u16, u16),
    /// The first of these cells that says more than no.
    Either(Vec<u16>),
    /// What a repair says; empty without it.
    Given,
    Part {
        of: u16,
        pattern: &'static str,
        part: Part,
    },
}

/// What one part of a cell is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    First,
    Middle,
    Last,
    City,
    State,
    Zip,
}

impl Made {
    /// The roster's column in which a finding about it is shown.
    pub fn source(&self) -> Option<u16> {
        match self {
            Made::Joined(of) | Made::Either(of) => of.first().copied(),
            Made::Part { of, .. } | Made::Extended(of, _) => Some(*of),
            Made::Given => None,
        }
    }

    /// The cell that this row has of it.
    pub fn cell(&self, block: &Block, row: &Row) -> String {
        match self {
            Made::Given => String::new(),
            Made::Joined(of) => {
                let cells = of.iter().map(|i| block.cell(row, usize::from(*i)).trim());
                cells.filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(" ")
            }
            Made::Extended(zip, four) => {
                let [zip, four] = [zip, four].map(|i| block.cell(row, usize::from(*i)).trim());
                match four.len() == 4 && four.bytes().all(|b| b.is_ascii_digit()) && zip.len() <= 5
                {
                    true => format!("{zip}-{four}"),
                    false => zip.to_owned(),
                }
            }
            Made::Either(of) => {
                let cells = || of.iter().map(|i| block.cell(row, usize::from(*i)).trim());
                let says = |cell: &&str| {
                    !text::is_empty_word(cell)
                        && flag::read(cell) != Some(false)
                        && !date::says_nothing(cell)
                };
                let first = cells().find(says).or_else(|| cells().find(|cell| !cell.is_empty()));
                first.unwrap_or_default().to_owned()
            }
            Made::Part { of, pattern, part } => {
                split(block.cell(row, usize::from(*of)), pattern, *part).to_owned()
            }
        }
    }
}

/// The parts that a pattern names.
pub fn parts(pattern: &str) -> &'static [Part] {
    use Part::*;
    match pattern {
        "Last, First Middle" | "Last First Middle" | "First Middle Last" => &[First, Middle, Last],
        "Last, First" | "First Last" => &[First, Last],
        "City, ST ZIP" => &[City, State, Zip],
        "City, ST" => &[City, State],
        "ST ZIP" => &[State, Zip],
        _ => &[],
    }
}

/// One part of a cell; a cell that is not written like the pattern is the last name, or the city,
/// as a whole, so that nothing of it is lost.
fn split<'c>(cell: &'c str, pattern: &str, part: Part) -> &'c str {
    let cell = cell.trim().trim_end_matches(',');
    match pattern {
        "City, ST ZIP" | "City, ST" | "ST ZIP" => place(cell, pattern, part),
        _ => name(cell, pattern, part),
    }
}

fn name<'c>(cell: &'c str, pattern: &str, part: Part) -> &'c str {
    let (given, last) = match pattern {
        "Last, First Middle" | "Last, First" => match cell.split_once(',') {
            Some((last, given)) => (given.trim(), last.trim()),
            None => ("", cell),
        },
        "Last First Middle" => match cell.split_once(' ') {
            Some((last, given)) => (given.trim(), last),
            None => ("", cell),
        },
        _ => match cell.rsplit_once(' ') {
            Some((given, last)) => (given.trim(), last),
            None => ("", cell),
        },
    };
    let has_middle = parts(pattern).contains(&Part::Middle);
    let (first, middle) = match given.split_once(' ') {
        Some((first, middle)) if has_middle => (first, middle.trim()),
        _ => (given, ""),
    };
    match part {
        Part::First => first,
        Part::Middle => middle,
        _ => last,
    }
}

fn place<'c>(cell: &'c str, pattern: &str, part: Part) -> &'c str {
    let (rest, zip) = match pattern {
        "City, ST" => (cell, ""),
        _ => cut_zip(cell),
    };
    let (city, state) = match pattern {
        "ST ZIP" => ("", rest),
        // A comma divides; else the state is the last word of two letters, or a whole name.
        _ => match rest.rsplit_once(',') {
            Some((city, state)) => (city.trim(), state.trim()),
            None => cut_state(rest),
        },
    };
    match part {
        Part::City => city,
        Part::State => state,
        _ => zip,
    }
}

/// A ZIP code, also `12345 6789`, at the end; a Canadian code too.
fn cut_zip(cell: &str) -> (&str, &str) {
    let of_zip = |c: char| c.is_ascii_digit() || matches!(c, '-' | ' ');
    let rest = cell.trim_end_matches(of_zip);
    // What divides it from the state: ` `, `, `, `. ` and `,`, or nothing behind two capitals.
    let zip = cell[rest.len()..].trim_start_matches([' ', '-']);
    let between = &cell[rest.len()..cell.len() - zip.len()];
    let capitals = || rest.get(rest.len().saturating_sub(2)..).and_then(tables::state).is_some();
    let divided =
        rest.is_empty() || !between.is_empty() || rest.ends_with([',', '.']) || capitals();
    if zip.contains(|c: char| c.is_ascii_digit()) && divided {
        return (rest.trim().trim_end_matches([',', ' ']), zip.trim());
    }
    if let Some(start) = cell.len().checked_sub(7)
        && let Some(code) = cell.get(start..)
        && crate::roster::clean::zip::is_canadian(code)
    {
        return (cell[..start].trim().trim_end_matches(','), code.trim());
    }
    (cell.trim(), "")
}

/// The state at the end of a place without a comma: the longest words that name one.
fn cut_state(text: &str) -> (&str, &str) {
    let words: Vec<usize> = text.match_indices(' ').map(|(at, _)| at).collect();
    for at in words.iter().rev().take(3).rev() {
        let (city, state) = text.split_at(*at);
        if tables::state(state.trim()).is_some() {
            return (city.trim(), state.trim());
        }
    }
    (text, "")
}
