//! A block of a letter as HTML.

use super::html::esc;
use crate::document::{Block, BlockKind, Span, inline_html};

/// The block; its headings stand below the book's, the letter's title beside its sections.
pub(super) fn block(out: &mut String, block: &Block) {
    match &block.kind {
        BlockKind::Heading { level, spans } => {
            let level = 4 + u8::from(*level > 3);
            out.push_str(&format!("<h{level}>"));
            self::spans(out, spans);
            out.push_str(&format!("</h{level}>"));
        }
        BlockKind::Paragraph { spans } => {
            out.push_str("<p>");
            self::spans(out, spans);
            out.push_str("</p>");
        }
        BlockKind::List { ordered, start, items } => {
            let (tag, first) = match (ordered, start) {
                (true, 1) => ("ol", String::new()),
                (true, n) => ("ol", format!(" start=\"{n}\"")),
                (false, _) => ("ul", String::new()),
            };
            out.push_str(&format!("<{tag}{first}>"));
            for item in items {
                out.push_str("<li>");
                item.iter().for_each(|inner| self::block(out, inner));
                out.push_str("</li>");
            }
            out.push_str(&format!("</{tag}>"));
        }
        BlockKind::Table { header, rows } => table(out, header, rows),
        // The letter's pixels are not in the text.
        BlockKind::Figure { alt, .. } => {
            out.push_str(&format!("<p class=\"figure-name\">[{}]</p>", esc(alt)));
        }
        BlockKind::Rule => out.push_str("<hr>"),
        BlockKind::PageBreak => out.push_str("<hr class=\"page-break\">"),
    }
}

fn table(out: &mut String, header: &[Vec<Span>], rows: &[Vec<Vec<Span>>]) {
    out.push_str("<table>");
    if header.iter().any(|cell| !cell.is_empty()) {
        out.push_str("<thead><tr>");
        for cell in header {
            // The corner above row names heads nothing.
            if cell.is_empty() {
                out.push_str("<td></td>");
                continue;
            }
            out.push_str("<th scope=\"col\">");
            spans(out, cell);
            out.push_str("</th>");
        }
        out.push_str("</tr></thead>");
    }
    out.push_str("<tbody>");
    for row in rows {
        out.push_str("<tr>");
        for cell in row {
            out.push_str("<td>");
            spans(out, cell);
            out.push_str("</td>");
        }
        out.push_str("</tr>");
    }
    out.push_str("</tbody></table>");
}

fn spans(out: &mut String, spans: &[Span]) {
    out.push_str(&inline_html(spans, " rel=\"noreferrer\"", ""));
}
