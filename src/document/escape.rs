//! Roster values are data, never markup.

use std::borrow::Cow;

/// Writes a value so that Markdown prints it as it stands: a backslash before each ASCII
/// punctuation mark, controls and line separators as spaces, no blanks at either end (they
/// would indent a line or force a break).
pub fn escape(value: &str) -> Cow<'_, str> {
    let plain = |c: char| c == ' ' || c.is_ascii_alphanumeric() || !(c.is_ascii() || breaks(c));
    if value.chars().all(plain) && value.trim().len() == value.len() {
        return Cow::Borrowed(value);
    }
    let blank = |c: char| c.is_whitespace() || c.is_control();
    let mut out = String::with_capacity(value.len() + 8);
    for c in value.trim_matches(blank).chars() {
        if breaks(c) {
            out.push(' ');
            continue;
        }
        if c.is_ascii_punctuation() {
            out.push('\\');
        }
        out.push(c);
    }
    Cow::Owned(out)
}

fn breaks(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}
