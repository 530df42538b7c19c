//! Small questions about what an author wrote, and lists for messages.

use crate::tables::alike::{likeness, most_alike};
use std::borrow::Cow;

/// Known names that the written one was probably meant to be, at most three, nearest first.
pub(super) fn nearest<'a>(written: &str, known: &[&'a str]) -> Vec<&'a str> {
    let fold = |s: &str| s.to_lowercase().replace(['-', ' '], "_");
    let written = fold(written);
    // One word inside the other is as good as a slip of the pen.
    let within = |a: &str, b: &str| a.len() >= 4 && b.contains(a);
    let score = |name: &str| match fold(name) {
        name if within(&name, &written) || within(&written, &name) => 0.9,
        name => likeness(&written, &name),
    };
    most_alike(known.iter().map(|name| (score(name), *name)), 0.86)
}

/// `a`, `b` or `c`, each in backticks.
pub(super) fn list(names: &[&str], last: &str) -> String {
    let ticked: Vec<String> = names.iter().map(|n| format!("`{n}`")).collect();
    match ticked.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., end] => format!("{} {last} {end}", rest.join(", ")),
    }
}

/// Text for a message: one line, at most 60 characters, no backticks or controls.
pub(super) fn one_line(text: &str) -> Cow<'_, str> {
    let plain = |c: char| !c.is_control() && c != '`';
    if text.chars().all(plain) && text.chars().count() <= 60 {
        return Cow::Borrowed(text);
    }
    let mut line: String = text
        .chars()
        .map(|c| if plain(c) { c } else { ' ' })
        .collect::<String>()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    if line.chars().count() > 60 {
        line = line.chars().take(57).chain("...".chars()).collect();
    }
    Cow::Owned(line)
}

/// A value of the schema on one line, whole.
pub(super) fn example(toml: &str) -> String {
    toml.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An id that may stand in a file name on any system.
pub(super) fn is_id(text: &str) -> bool {
    text.len() <= 64
        && text.starts_with(|c: char| c.is_ascii_alphanumeric())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

/// Ten digits, eleven after a 1, or `+` and a country code; an extension may follow.
pub(super) fn is_phone(text: &str) -> bool {
    let lower = text.trim().to_ascii_lowercase();
    let (number, extension) = match lower.split_once(['x', 'e']) {
        Some((number, rest)) => (number, rest.trim_start_matches(|c: char| !c.is_ascii_digit())),
        None => (lower.as_str(), "0"),
    };
    let known = |c: char| c.is_ascii_digit() || " ()-.+,".contains(c);
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let long_enough = if number.starts_with('+') && !number.starts_with("+1") {
        (8..=15).contains(&digits.len())
    } else {
        digits.len() == 10 || (digits.len() == 11 && digits.starts_with('1'))
    };
    number.chars().all(known)
        && long_enough
        && (1..=8).contains(&extension.len())
        && extension.bytes().all(|b| b.is_ascii_digit())
}

/// A web address with a host and without spaces.
pub(super) fn is_url(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        !host.is_empty()
            && !text.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"`".contains(c))
    })
}
