//! Filings with links to their files, and what the plan leaves out.

use super::Book;
use super::html::{esc, esc_code, relative};

pub(super) fn filings(book: &Book) -> String {
    let mut out = String::from(
        "<section id=\"filings\" aria-labelledby=\"h-filings\">\n<h2 id=\"h-filings\">\
         Filings</h2>\n",
    );
    if book.filings.is_empty() {
        out.push_str("<p>There are none.</p>\n</section>\n");
        return out;
    }
    out.push_str(
        "<table class=\"filings\">\n<thead><tr><th scope=\"col\">To</th>\
         <th scope=\"col\">Law</th><th scope=\"col\">Files</th></tr></thead>\n<tbody>\n",
    );
    for filing in &book.filings {
        let files: Vec<String> = filing
            .files
            .iter()
            .map(|file| format!("<a href=\"{}\">{}</a>", relative(&file.href), esc(&file.label)))
            .collect();
        let class = if filing.stale { "stale" } else { "filed" };
        let mut filed = match filing.filed.as_str() {
            "" => String::new(),
            line => format!("<p class=\"{class}\">{}</p>", esc_code(line)),
        };
        if !filing.changes.is_empty() {
            let lines: Vec<String> =
                filing.changes.iter().map(|line| format!("<li>{}</li>", esc(line))).collect();
            filed.push_str(&format!("<ul class=\"{class}\">{}</ul>", lines.join("")));
        }
        let note = if filing.note.is_empty() {
            String::new()
        } else {
            format!(" <span class=\"note\">{}</span>", esc_code(&filing.note))
        };
        out.push_str(&format!(
            "<tr><th scope=\"row\">{}{note}{filed}</th><td>{}</td><td>{}</td></tr>\n",
            esc(&filing.name),
            esc(&filing.jurisdiction),
            files.join(" · "),
        ));
    }
    out.push_str("</tbody>\n</table>\n</section>\n");
    out
}

/// What counsel must not expect from this book.
pub(super) fn not_covered(book: &Book) -> String {
    let mut out = String::from(
        "<section id=\"not-covered\" aria-labelledby=\"h-not-covered\">\n\
         <h2 id=\"h-not-covered\">What this does not cover</h2>\n",
    );
    if !book.plan.not_covered.is_empty() {
        out.push_str("<ul>\n");
        for sentence in &book.plan.not_covered {
            out.push_str(&format!("<li>{}</li>\n", esc_code(sentence)));
        }
        out.push_str("</ul>\n");
    }
    out.push_str(&format!(
        "<p>Drawn up by {} with law pack {}. It prepares counsel&#39;s work and is not legal \
         advice.</p>\n</section>\n",
        esc(&book.program),
        esc(&book.plan.law_pack)
    ));
    out
}
