//! One letter of each version, with what each block satisfies in the margin.

use super::Book;
use super::html::esc;
use super::words::{counted, id_words};
use crate::document::{Block, BlockKind, SectionStyle, Span, inline_html};
use crate::review::LetterVersion;

pub(super) fn letters(book: &Book) -> String {
    let mut out = String::from(
        "<section id=\"letters\" aria-labelledby=\"h-letters\">\n<h2 id=\"h-letters\">\
         Letters</h2>\n<p class=\"note\">One of each version. The people are made up; the margin \
         names what each part is there for.</p>\n",
    );
    if book.versions.is_empty() {
        out.push_str("<p>There are none yet.</p>\n");
    }
    for (index, version) in book.versions.iter().enumerate() {
        letter(&mut out, index + 1, version);
    }
    out.push_str("</section>\n");
    out
}

fn letter(out: &mut String, number: usize, version: &LetterVersion) {
    let lang = esc(&version.document.lang);
    out.push_str(&format!(
        "<article id=\"letter-{number}\" class=\"letter\" aria-labelledby=\"h-letter-{number}\">\n\
         <h3 id=\"h-letter-{number}\">{} <span class=\"count\">{} · {}</span></h3>\n\
         <div class=\"sheet\" lang=\"{lang}\">\n",
        esc(&version.label),
        counted(version.pieces, "piece", "pieces"),
        esc(&version.language),
    ));
    for section in &version.document.sections {
        let small = if section.style == SectionStyle::Small { " small" } else { "" };
        for block in &section.blocks {
            out.push_str(&format!("<div class=\"part{small}\"><div class=\"words\">"));
            self::block(out, block);
            out.push_str("</div>");
            margin(out, block);
            out.push_str("</div>\n");
        }
    }
    out.push_str("</div>\n</article>\n");
}

fn margin(out: &mut String, block: &Block) {
    let mut ids: Vec<String> = block.satisfies.iter().map(|id| esc(&id_words(id))).collect();
    ids.dedup();
    if !ids.is_empty() {
        out.push_str(&format!(
            "<div role=\"note\" lang=\"en\" aria-label=\"Satisfies\">{}</div>",
            ids.join("<br>")
        ));
    }
}

fn block(out: &mut String, block: &Block) {
    match &block.kind {
        // Below the version's own heading.
        BlockKind::Heading { level, spans } => {
            let level = level.saturating_add(3).min(6);
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
        // The letter's pixels are not in the book.
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
