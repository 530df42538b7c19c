//! Letters as they print: the pages of the same layout, drawn.

use super::Book;
use super::html::{esc, relative};
use super::words::counted;

/// A letter that stands for many.
#[derive(Clone, Default)]
pub struct Sheet {
    pub label: String,
    pub pieces: u64,
    /// Each page as SVG of our own making; it is put into the book as it is.
    pub pages: Vec<String>,
}

pub(super) fn sheets(book: &Book) -> String {
    if book.sheets.is_empty() {
        return String::new();
    }
    let mut out = format!(
        "<section id=\"pages\" aria-labelledby=\"h-pages\">\n<h2 id=\"h-pages\">Real pages</h2>\n\
         <p class=\"note\">{}, as they print, for made-up people. The frames on a first page are the \
         envelope&#39;s window: what it always shows, and what it may show.</p>\n{}\n",
        counted(book.sheets.len() as u64, "letter that stands", "letters that stand")
            + " for the rest",
        book.outlines
    );
    if !book.proofs.is_empty() {
        out.push_str(&format!(
            "<p>Every version: <a href=\"{}\">proof set</a>.</p>\n",
            relative(&book.proofs)
        ));
    }
    for sheet in &book.sheets {
        out.push_str(&format!(
            "<h3>{} <span class=\"count\">{} · {}</span></h3>\n<div class=\"pages\">\n",
            esc(&sheet.label),
            counted(sheet.pieces, "piece", "pieces"),
            counted(sheet.pages.len() as u64, "page", "pages"),
        ));
        for page in &sheet.pages {
            out.push_str(&format!("<div class=\"page\">{page}</div>\n"));
        }
        out.push_str("</div>\n");
    }
    out.push_str("</section>\n");
    out
}
