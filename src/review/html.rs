//! Text made safe for HTML.

pub(super) use crate::markup::{escape as esc, is_web};

/// Escaped, with `code` in backticks set as code, for messages and reasons.
pub(super) fn esc_code(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    // An odd number of backticks is not code.
    if parts.len().is_multiple_of(2) {
        return esc(text);
    }
    let marked = parts.iter().enumerate().map(|(i, part)| match i % 2 {
        1 => format!("<code>{}</code>", esc(part)),
        _ => esc(part),
    });
    marked.collect()
}

/// A relative path as a link's address; anything with a scheme becomes a fragment.
pub(super) fn relative(href: &str) -> String {
    let first = href.split('/').next().unwrap_or_default();
    if href.starts_with('/') || first.contains(':') || href.contains('\\') {
        return "#filings".to_owned();
    }
    href.bytes()
        .map(|byte| match byte {
            b if b.is_ascii_alphanumeric() || b"-._~/".contains(&b) => char::from(b).to_string(),
            b => format!("%{b:02X}"),
        })
        .collect()
}
