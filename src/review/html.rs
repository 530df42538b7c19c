//! Text made safe for HTML.

/// Escapes text for content and for quoted attributes; controls become spaces.
pub(super) fn esc(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// The same with `code` in backticks set as code, for messages and reasons.
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

/// Whether a web link opens a page, a message or a call, and nothing else.
pub(super) fn is_web(link: &str) -> bool {
    ["https://", "http://", "mailto:", "tel:"].iter().any(|scheme| {
        link.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    })
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
