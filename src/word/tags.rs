//! The tags of a template, as far as an editor of words must know them.

use std::ops::Range;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TagKind {
    Value,
    If,
    OrIf,
    Otherwise,
    EndIf,
    For,
    EndFor,
    /// Words of another template, with what is set for them.
    Include,
    /// Sets a name, a remark, a macro: prints nothing.
    Silent,
}

/// A tag, or several that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    pub kind: TagKind,
    /// What stands inside, without its first word: `child`, `b in contacts.bureaus`.
    pub inner: String,
    pub range: Range<usize>,
}

/// The tags of a source in order.
pub fn tags(source: &str) -> Vec<Tag> {
    let mut found: Vec<Tag> = Vec::new();
    let mut at = 0;
    while let Some(open) = source[at..].find('{').map(|i| at + i) {
        let close = match source.as_bytes().get(open + 1) {
            Some(b'{') => "}}",
            Some(b'%') => "%}",
            Some(b'#') => "#}",
            _ => {
                at = open + 1;
                continue;
            }
        };
        let end = source[open + 2..].find(close).map_or(source.len(), |i| open + 2 + i + 2);
        let inner = source.get(open + 2..end.saturating_sub(2)).unwrap_or("");
        let inner = inner.trim_matches('-').split_whitespace().collect::<Vec<_>>().join(" ");
        let (word, rest) = inner.split_once(' ').unwrap_or((&inner, ""));
        let (kind, inner) = match (close, word) {
            ("}}", _) => (TagKind::Value, inner.clone()),
            ("#}", _) => (TagKind::Silent, String::new()),
            (_, "if") => (TagKind::If, rest.to_owned()),
            (_, "elif") => (TagKind::OrIf, rest.to_owned()),
            (_, "else") => (TagKind::Otherwise, String::new()),
            (_, "endif") => (TagKind::EndIf, String::new()),
            (_, "for") => (TagKind::For, rest.to_owned()),
            (_, "endfor") => (TagKind::EndFor, String::new()),
            (_, "include") => (TagKind::Include, rest.trim_matches('"').to_owned()),
            _ => (TagKind::Silent, rest.to_owned()),
        };
        match found.last_mut() {
            // `{% set agency = state.agency %}{% include "en/_agency.md" %}` is one thing to read.
            Some(last)
                if last.kind == TagKind::Silent
                    && last.range.end == open
                    && kind == TagKind::Include =>
            {
                last.kind = kind;
                last.inner = inner;
                last.range.end = end;
            }
            _ => found.push(Tag { kind, inner, range: open..end }),
        }
        at = end;
    }
    found
}
