//! The dotted names that a template mentions, with their places.

use super::scan::{Kind, parts};
use crate::tables::alike::distance;

/// A name such as `entity.parent_company`, by its parts.
pub struct Name {
    pub path: Vec<String>,
    /// 1-based.
    pub line: u64,
    /// 1-based, in characters.
    pub column: u32,
}

/// Every dotted name in the tags of a template; words in quotes are none.
pub fn names_in(source: &str) -> Vec<Name> {
    let mut names = Vec::new();
    for part in parts(source).into_iter().filter(|p| matches!(p.kind, Kind::Value | Kind::Tag)) {
        let tag = &source[part.start..part.end];
        let mut quote = None;
        let mut word: Option<usize> = None;
        for (at, c) in tag.char_indices().chain([(tag.len(), ' ')]) {
            let part_of_name = quote.is_none()
                && (c.is_ascii_alphanumeric() || c == '_' || (c == '.' && word.is_some()));
            match (part_of_name, word) {
                (true, None) => word = Some(at),
                (false, Some(start)) => {
                    let text = tag[start..at].trim_end_matches('.');
                    if text.contains('.') && !text.starts_with(|c: char| c.is_ascii_digit()) {
                        names.push(name(source, part.start + start, text));
                    }
                    word = None;
                }
                _ => {}
            }
            if matches!(c, '"' | '\'' | '`') {
                match quote {
                    None => quote = Some(c),
                    Some(open) if open == c => quote = None,
                    Some(_) => {}
                }
            }
        }
    }
    names
}

fn name(source: &str, at: usize, text: &str) -> Name {
    let head = &source[..at];
    Name {
        path: text.split('.').map(str::to_owned).collect(),
        line: head.matches('\n').count() as u64 + 1,
        column: head.rsplit('\n').next().map_or(0, |l| l.chars().count()) as u32 + 1,
    }
}

/// How many names a remedy offers.
const MOST_NAMES: usize = 10;

/// The names a wrong one may have meant, as a list: all of a few, else the most alike.
pub fn nearest_names<'n>(names: impl Iterator<Item = &'n str>, wrong: &str) -> String {
    let mut names: Vec<&str> = names.collect();
    names.sort_unstable();
    if names.len() > MOST_NAMES {
        names.sort_by_key(|name| (distance(name, wrong), *name));
        names.truncate(MOST_NAMES);
        return format!("{}, ...", names.join(", "));
    }
    names.join(", ")
}
