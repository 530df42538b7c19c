//! A notice as one accessible web page without anything outside it.

use crate::document::{Block, BlockKind, Document, Span, inline_html};
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
        Finding::new(code!("notice.page"), Severity::Error, format!("the web page: {error}"))
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
                // The corner above row names heads nothing.
                out.push_str(&match cell.is_empty() {
                    true => "<td></td>".to_owned(),
                    false => format!("<th scope=\"col\">{}</th>", inline(cell)),
                });
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
    inline_html(spans, "", " class=\"number\"")
}
