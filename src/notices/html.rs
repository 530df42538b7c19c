//! A notice as one accessible web page without anything outside it.

use crate::document::{Block, BlockKind, Document, Span};
use crate::finding::{Finding, Severity};
use serde_json::json;
use tera::{Context, Tera, Value};

/// Fills the frame `templates/notice/page.html`. A draft must not be found by search engines; the
/// notice itself must be (HHS wants it conspicuous).
///
/// # Errors
/// The frame is not valid or names something the page does not have.
pub(super) fn page(frame: &str, document: &Document, draft: bool) -> Result<String, Finding> {
    let mut body = String::new();
    for section in &document.sections {
        blocks(&mut body, &section.blocks);
    }
    let mut context = Context::new();
    context
        .insert("page", &json!({ "lang": document.lang, "title": document.title, "draft": draft }));
    context.insert_value("body", Value::safe_string(&body));
    Tera::one_off(frame, &context, true).map_err(|error| {
        Finding::new("notice.page", Severity::Error, format!("the web page: {error}"))
            .remedy("correct the frame of the web page")
    })
}

fn blocks(out: &mut String, list: &[Block]) {
    list.iter().for_each(|block| push(out, &block.kind));
}

fn push(out: &mut String, kind: &BlockKind) {
    match kind {
        BlockKind::Heading { level, spans } => {
            let level = (*level).clamp(1, 3);
            out.push_str(&format!("<h{level}>{}</h{level}>\n", inline(spans)));
        }
        BlockKind::Paragraph { spans } => {
            out.push_str(&format!("<p>{}</p>\n", inline(spans)));
        }
        BlockKind::List { ordered, start, items } => {
            let tag = if *ordered { "ol" } else { "ul" };
            let first =
                if *start == 1 || !ordered { String::new() } else { format!(" start=\"{start}\"") };
            out.push_str(&format!("<{tag}{first}>\n"));
            for item in items {
                out.push_str("<li>");
                match item.as_slice() {
                    [Block { kind: BlockKind::Paragraph { spans }, .. }] => {
                        out.push_str(&inline(spans));
                    }
                    several => blocks(out, several),
                }
                out.push_str("</li>\n");
            }
            out.push_str(&format!("</{tag}>\n"));
        }
        BlockKind::Table { header, rows } => {
            out.push_str("<table>\n<thead><tr>");
            for cell in header {
                out.push_str(&format!("<th scope=\"col\">{}</th>", inline(cell)));
            }
            out.push_str("</tr></thead>\n<tbody>\n");
            for row in rows {
                out.push_str("<tr>");
                for (i, cell) in row.iter().enumerate() {
                    let cell = inline(cell);
                    out.push_str(&match i {
                        0 => format!("<th scope=\"row\">{cell}</th>"),
                        _ => format!("<td>{cell}</td>"),
                    });
                }
                out.push_str("</tr>\n");
            }
            out.push_str("</tbody>\n</table>\n");
        }
        BlockKind::Rule => out.push_str("<hr>\n"),
        BlockKind::Figure { .. } | BlockKind::PageBreak => {}
    }
}

fn inline(spans: &[Span]) -> String {
    let mut out = String::new();
    for span in spans {
        let safe = |link: &&str| {
            ["https://", "http://", "mailto:", "tel:"].iter().any(|s| link.starts_with(s))
        };
        if let Some(lang) = &span.lang {
            out.push_str(&format!("<span lang=\"{}\">", escape(lang)));
        }
        let link = span.link.as_deref().filter(safe);
        if let Some(link) = link {
            out.push_str(&format!("<a href=\"{}\">", escape(link)));
        }
        let (bold, italic) = (span.bold, span.italic);
        for (on, tag) in [(bold, "<strong>"), (italic, "<em>")] {
            out.push_str(if on { tag } else { "" });
        }
        out.push_str(&numbers(&escape(&span.text)));
        for (on, tag) in [(italic, "</em>"), (bold, "</strong>")] {
            out.push_str(if on { tag } else { "" });
        }
        out.push_str(if link.is_some() { "</a>" } else { "" });
        out.push_str(if span.lang.is_some() { "</span>" } else { "" });
        out.push_str(if span.breaks { "<br>\n" } else { "" });
    }
    out
}

/// Telephone numbers (`1-800-555-0142`, `812-555-0163`) stay on one line.
fn numbers(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let run = &rest[at..];
        let end = run.find(|c: char| !c.is_ascii_digit() && c != '-').unwrap_or(run.len());
        let (run, digits) = (&run[..end], run[..end].bytes().filter(u8::is_ascii_digit).count());
        out.push_str(&rest[..at]);
        match matches!(digits, 10 | 11) && run.matches('-').count() >= 2 {
            true => out.push_str(&format!("<span class=\"number\">{run}</span>")),
            false => out.push_str(run),
        }
        rest = &rest[at + end..];
    }
    out.push_str(rest);
    out
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() && c != '\n' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
