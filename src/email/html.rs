//! A document as HTML for mail programs: tables for layout, inline styles, dark mode, no
//! images, nothing fetched.

use crate::document::{Block, BlockKind, Document, Section, SectionStyle, Span, inline_html};
use crate::markup::escape;

const FONT: &str = "font-family:Georgia,'Times New Roman',serif;";
const HEAD_FONT: &str = "font-family:-apple-system,'Segoe UI',Helvetica,Arial,sans-serif;";

/// Colors for programs that follow the reader's dark setting; inline ones serve the others.
const DARK: &str = "\
:root{color-scheme:light dark;supported-color-schemes:light dark}\
@media (prefers-color-scheme:dark){\
.page,.sheet{background:#16181c!important}\
.sheet,.sheet p,.sheet li,.sheet td,.sheet th,.sheet h1,.sheet h2,.sheet h3{color:#e7e6e2!important}\
.sheet a{color:#9ec3ff!important}\
.cell{border-color:#4a4d55!important}.head{background:#23262d!important}\
}\
@media (max-width:640px){.sheet{padding:20px 16px!important}\
.top{display:none!important}.row,.row .cell{display:block!important}\
.row{margin:0 0 12px}.label{display:inline!important}}";

/// The HTML part; lines end with LF.
pub fn html(document: &Document) -> String {
    let (mut out, foot) = around(document);
    document.sections.iter().for_each(|one| out.push_str(&section(one)));
    out.push_str(foot);
    out
}

/// What stands before the sections and after them.
pub(super) fn around(document: &Document) -> (String, &'static str) {
    let lang = escape(&document.lang);
    let title = escape(&document.title);
    let head = format!(
        "<!doctype html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"supported-color-schemes\" content=\"light dark\">\n\
         <title>{title}</title>\n<style>{DARK}</style>\n</head>\n\
         <body class=\"page\" style=\"margin:0;padding:0;background:#f2f1ee\">\n\
         <table role=\"presentation\" class=\"page\" width=\"100%\" cellpadding=\"0\" \
         cellspacing=\"0\" border=\"0\" \
         style=\"background:#f2f1ee;width:100%;table-layout:fixed\">\n<tr><td align=\"center\" \
         style=\"padding:16px 8px\">\n\
         <table role=\"presentation\" width=\"640\" cellpadding=\"0\" cellspacing=\"0\" \
         border=\"0\" style=\"width:100%;max-width:640px;table-layout:fixed\">\n\
         <tr><td class=\"sheet\" align=\"left\" style=\"background:#ffffff;color:#1c1d20;\
         padding:36px 40px;{FONT}font-size:17px;line-height:1.55;word-break:break-word;\
         overflow-wrap:anywhere\">\n"
    );
    (head, "</td></tr>\n</table>\n</td></tr>\n</table>\n</body>\n</html>\n")
}

/// One section's lines.
pub(super) fn section(section: &Section) -> String {
    let size = match section.style {
        SectionStyle::Body => 17,
        SectionStyle::Small => 15,
    };
    let mut out = String::new();
    blocks(&mut out, &section.blocks, size);
    out
}

fn blocks(out: &mut String, blocks: &[Block], size: u8) {
    for block in blocks {
        self::block(out, block, size);
    }
}

fn block(out: &mut String, block: &Block, size: u8) {
    match &block.kind {
        BlockKind::Heading { level, spans } => {
            let level = (*level).clamp(1, 3);
            let (points, above) = [(22, 0), (18, 26), (16, 20)][usize::from(level) - 1];
            out.push_str(&format!(
                "<h{level} style=\"margin:{above}px 0 10px;{HEAD_FONT}font-size:{points}px;\
                 line-height:1.3;color:#1c1d20\">"
            ));
            self::spans(out, spans);
            out.push_str(&format!("</h{level}>\n"));
        }
        BlockKind::Paragraph { spans } => {
            out.push_str(&format!("<p style=\"margin:0 0 14px;font-size:{size}px\">"));
            self::spans(out, spans);
            out.push_str("</p>\n");
        }
        BlockKind::List { ordered, start, items } => list(out, *ordered, *start, items, size),
        BlockKind::Table { header, rows } => table(out, header, rows, size),
        BlockKind::Rule => out.push_str(
            "<hr class=\"cell\" style=\"border:0;border-top:1px solid #c9c7c1;margin:22px 0\">\n",
        ),
        // An e-mail carries no images and has no pages.
        BlockKind::Figure { .. } | BlockKind::PageBreak => {}
    }
}

fn list(out: &mut String, ordered: bool, start: u64, items: &[Vec<Block>], size: u8) {
    let tag = if ordered { "ol" } else { "ul" };
    let first = if ordered && start != 1 { format!(" start=\"{start}\"") } else { String::new() };
    out.push_str(&format!(
        "<{tag}{first} style=\"margin:0 0 14px;padding-left:26px;font-size:{size}px\">\n"
    ));
    for item in items {
        out.push_str("<li style=\"margin:0 0 6px\">");
        match item.as_slice() {
            // A short item needs no paragraph of its own.
            [Block { kind: BlockKind::Paragraph { spans }, .. }] => self::spans(out, spans),
            several => blocks(out, several, size),
        }
        out.push_str("</li>\n");
    }
    out.push_str(&format!("</{tag}>\n"));
}

fn table(out: &mut String, header: &[Vec<Span>], rows: &[Vec<Vec<Span>>], size: u8) {
    const CELL: &str =
        "border:1px solid #c9c7c1;padding:7px 10px;text-align:left;vertical-align:top";
    out.push_str(&format!(
        "<table width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" style=\"border-collapse:collapse;\
         margin:0 0 16px;font-size:{}px;line-height:1.4\">\n",
        size - 1
    ));
    let headed = header.iter().any(|cell| !cell.is_empty());
    if headed {
        out.push_str("<tr class=\"top\">");
        for cell in header {
            out.push_str(&format!(
                "<th scope=\"col\" class=\"cell head\" style=\"{CELL};{HEAD_FONT}background:#f2f1ee\">"
            ));
            spans(out, cell);
            out.push_str("</th>");
        }
        out.push_str("</tr>\n");
    }
    for row in rows {
        out.push_str("<tr class=\"row\">");
        for (column, cell) in row.iter().enumerate() {
            out.push_str(&format!("<td class=\"cell\" style=\"{CELL}\">"));
            // On a telephone the cells of a row stand below one another, each with its heading.
            let name = header.get(column).filter(|name| headed && !name.is_empty());
            if let Some(name) = name {
                out.push_str("<span class=\"label\" style=\"display:none\">");
                spans(out, name);
                out.push_str(": </span>");
            }
            spans(out, cell);
            out.push_str("</td>");
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</table>\n");
}

fn spans(out: &mut String, spans: &[Span]) {
    out.push_str(&inline_html(spans, " style=\"color:#0b4f9e\"", " style=\"white-space:nowrap\""));
}
