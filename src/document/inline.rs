//! Spans as HTML.

use super::Span;
use crate::markup::{escape, is_web};

/// The spans with their emphasis, links, languages and breaks; `attributes` are added to every
/// link (` rel="noreferrer"`).
pub fn inline_html(spans: &[Span], attributes: &str) -> String {
    let mut out = String::new();
    for span in spans {
        if let Some(lang) = &span.lang {
            out.push_str(&format!("<span lang=\"{}\">", escape(lang)));
        }
        let link = span.link.as_deref().filter(|link| is_web(link));
        if let Some(link) = link {
            out.push_str(&format!("<a href=\"{}\"{attributes}>", escape(link)));
        }
        for (on, tag) in [(span.bold, "<strong>"), (span.italic, "<em>")] {
            out.push_str(if on { tag } else { "" });
        }
        out.push_str(&escape(&span.text));
        for (on, tag) in [(span.italic, "</em>"), (span.bold, "</strong>")] {
            out.push_str(if on { tag } else { "" });
        }
        out.push_str(if link.is_some() { "</a>" } else { "" });
        out.push_str(if span.lang.is_some() { "</span>" } else { "" });
        out.push_str(if span.breaks { "<br>\n" } else { "" });
    }
    out
}
