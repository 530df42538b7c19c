//! Curly quotes, dashes and ellipses for our own words, done before a name is put in, so that
//! no name is ever changed.

use super::scan::{Kind, parts};

/// Sets the typographic marks in template or incident Markdown. Tera tags, comments, link
/// addresses, escaped marks, rules and the lines under table heads stay as they are.
pub fn typographic(source: &str) -> String {
    let mut out = String::with_capacity(source.len() + 16);
    let mut before = '\n';
    for part in parts(source) {
        let piece = &source[part.start..part.end];
        match part.kind {
            Kind::Text => before = text(piece, before, &mut out),
            Kind::Value => {
                out.push_str(piece);
                before = 'a';
            }
            Kind::Tag | Kind::Remark | Kind::Comment => out.push_str(piece),
        }
    }
    out
}

/// Appends one stretch of text; `before` is the character that stands before it in print.
pub(super) fn text(piece: &str, mut before: char, out: &mut String) -> char {
    for line in piece.split_inclusive('\n') {
        if line.contains('-') && line.chars().all(|c| " -|:\t\r\n*_".contains(c)) {
            out.push_str(line);
            before = '\n';
            continue;
        }
        before = words(line, before, out);
    }
    before
}

fn words(line: &str, mut before: char, out: &mut String) -> char {
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        let opens = before.is_whitespace() || "([{—–“‘\u{a0}".contains(before);
        let (taken, put) = if c == '\\' {
            let pair = 1 + rest[1..].chars().next().map_or(0, char::len_utf8);
            (pair, &rest[..pair])
        } else if rest.starts_with("](") {
            let end = rest.find(')').map_or(rest.len(), |i| i + 1);
            (end, &rest[..end])
        } else if c == '<' && rest[1..].starts_with(|c: char| c.is_ascii_alphabetic()) {
            let end = rest.find('>').map_or(1, |i| i + 1);
            (end, &rest[..end])
        } else if rest.starts_with("---") {
            (3, "—")
        } else if rest.starts_with("--") {
            (2, "–")
        } else if rest.starts_with("...") {
            (3, "…")
        } else if c == '"' {
            (1, if opens { "“" } else { "”" })
        } else if c == '\'' {
            (1, if opens { "‘" } else { "’" })
        } else {
            (c.len_utf8(), &rest[..c.len_utf8()])
        };
        out.push_str(put);
        // Emphasis marks do not print: what stands before them decides.
        before = put.chars().next_back().filter(|c| !"*_".contains(*c)).unwrap_or(before);
        rest = &rest[taken..];
    }
    before
}
