//! The smallest parts of a document that is written.

use crate::markup::escape;

/// A run of text; `look` holds its properties, such as `<w:b/>`.
pub fn run(words: &str, look: &str) -> String {
    if words.is_empty() {
        return String::new();
    }
    let look = if look.is_empty() { String::new() } else { format!("<w:rPr>{look}</w:rPr>") };
    format!("<w:r>{look}<w:t xml:space=\"preserve\">{}</w:t></w:r>", text(words))
}

/// Text as XML takes it: no character that XML 1.0 forbids.
pub fn text(words: &str) -> String {
    let allowed: String = words
        .chars()
        .filter(|c| *c == '\t' || (*c >= ' ' && !matches!(c, '\u{fffe}' | '\u{ffff}')))
        .collect();
    escape(&allowed)
}
