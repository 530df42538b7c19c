//! Tells the parts of a template source apart: text, Tera tags, remarks, comments.

/// What a stretch of a template is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    /// `{{ ... }}`
    Value,
    /// `{% ... %}`
    Tag,
    /// `{# ... #}`
    Remark,
    /// `<!-- ... -->`
    Comment,
}

/// A stretch of source, byte offsets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TemplatePart {
    pub kind: Kind,
    pub start: usize,
    pub end: usize,
    /// False where the closing mark is missing and the stretch runs to the end.
    pub closed: bool,
}

const MARKS: [(Kind, &str, &str); 4] = [
    (Kind::Value, "{{", "}}"),
    (Kind::Tag, "{%", "%}"),
    (Kind::Remark, "{#", "#}"),
    (Kind::Comment, "<!--", "-->"),
];

/// The parts of a source, in order and without gaps.
pub(super) fn parts(source: &str) -> Vec<TemplatePart> {
    let mut parts = Vec::new();
    let mut text_from = 0;
    let mut at = 0;
    while at < source.len() {
        let Some((kind, _, close)) = MARKS.iter().find(|m| source[at..].starts_with(m.1)) else {
            at += source[at..].chars().next().map_or(1, char::len_utf8);
            continue;
        };
        if text_from < at {
            parts.push(TemplatePart { kind: Kind::Text, start: text_from, end: at, closed: true });
        }
        let closing = source[at..].find(close).map(|i| at + i + close.len());
        let end = closing.unwrap_or(source.len());
        parts.push(TemplatePart { kind: *kind, start: at, end, closed: closing.is_some() });
        at = end;
        text_from = end;
    }
    if text_from < source.len() {
        parts.push(TemplatePart {
            kind: Kind::Text,
            start: text_from,
            end: source.len(),
            closed: true,
        });
    }
    parts
}
