//! Spans as HTML.

use super::Span;
use crate::markup::{escape, is_web};

/// The spans with their emphasis, links, languages and breaks. `links` are attributes of every link
/// (` rel="noreferrer"`), `numbers` those of a span around every telephone number, which keep it on
/// one line; without any there is no such span.
pub fn inline_html(spans: &[Span], links: &str, numbers: &str) -> String {
    let mut out = String::new();
    for span in spans {
        if let Some(lang) = &span.lang {
            out.push_str(&format!("<span lang=\"{}\">", escape(lang)));
        }
        let link = span.link.as_deref().filter(|link| is_web(link));
        if let Some(link) = link {
            out.push_str(&format!("<a href=\"{}\"{links}>", escape(link)));
        }
        for (on, tag) in [(span.bold, "<strong>"), (span.italic, "<em>")] {
            out.push_str(if on { tag } else { "" });
        }
        match numbers {
            "" => out.push_str(&escape(&span.text)),
            _ => marked(&mut out, &escape(&span.text), numbers),
        }
        for (on, tag) in [(span.italic, "</em>"), (span.bold, "</strong>")] {
            out.push_str(if on { tag } else { "" });
        }
        out.push_str(if link.is_some() { "</a>" } else { "" });
        out.push_str(if span.lang.is_some() { "</span>" } else { "" });
        out.push_str(if span.breaks { "<br>\n" } else { "" });
    }
    out
}

/// Adds text with its telephone numbers (`1-800-555-0142`, `812-555-0163`) in spans of their own.
fn marked(out: &mut String, text: &str, attributes: &str) {
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let run = &rest[at..];
        let end = run.find(|c: char| !c.is_ascii_digit() && c != '-').unwrap_or(run.len());
        let (run, digits) = (&run[..end], run[..end].bytes().filter(u8::is_ascii_digit).count());
        out.push_str(&rest[..at]);
        match matches!(digits, 10 | 11) && run.matches('-').count() >= 2 {
            true => out.push_str(&format!("<span{attributes}>{run}</span>")),
            false => out.push_str(run),
        }
        rest = &rest[at + end..];
    }
    out.push_str(rest);
}
