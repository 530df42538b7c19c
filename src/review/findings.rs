//! Findings grouped by kind, gravest first; never with a person's value.

use super::Book;
use super::html::{esc, esc_code};
use super::words::number;
use crate::finding::{Finding, Place, Severity};

/// How many places of one kind are listed; `findings.csv` has all of them.
const SHOWN: usize = 5;

pub(super) fn findings(book: &Book) -> String {
    let mut out = String::from(
        "<section id=\"findings\" aria-labelledby=\"h-findings\">\n<h2 id=\"h-findings\">\
         Findings</h2>\n",
    );
    let all: Vec<&Finding> = book.findings.iter().collect();
    if all.is_empty() {
        out.push_str("<p>There are none.</p>\n</section>\n");
        return out;
    }
    out.push_str(
        "<p class=\"note\">Values are left out; <code>findings.csv</code> lists every row by its \
         number.</p>\n<table class=\"findings\">\n<thead><tr><th scope=\"col\" class=\"c-weight\">Weight</th>\
         <th scope=\"col\">Finding</th><th scope=\"col\" class=\"c-count num\">Count</th>\
         <th scope=\"col\" class=\"c-where\">Where</th></tr></thead>\n<tbody>\n",
    );
    for group in all.chunk_by(|a, b| a.code == b.code) {
        row(&mut out, group, book.findings.count(group[0].code.as_str()));
    }
    out.push_str("</tbody>\n</table>\n</section>\n");
    out
}

fn row(out: &mut String, group: &[&Finding], count: u64) {
    let first = group[0];
    let severity = group.iter().map(|f| f.severity).max().unwrap_or(first.severity);
    let (class, word) = weight(severity);
    let remedy = if first.remedy.is_empty() {
        String::new()
    } else {
        format!("<p class=\"remedy\">{}</p>", esc_code(&capital(&first.remedy)))
    };
    let mut places: Vec<String> =
        group.iter().filter_map(|f| f.place.as_ref()).map(position).collect();
    places.dedup();
    let more = count.saturating_sub(places.len().min(SHOWN) as u64);
    let mut list: Vec<String> = places.iter().take(SHOWN).map(|p| esc(p)).collect();
    if more > 0 && !list.is_empty() {
        list.push(format!("and {} more", number(more)));
    }
    out.push_str(&format!(
        "<tr class=\"{class}\"><td><span class=\"weight\">{word}</span></td>\n\
         <th scope=\"row\"><p>{}</p>{remedy}<p class=\"note\"><code>{}</code></p></th>\n\
         <td class=\"num\">{}</td>\n<td class=\"places\">{}</td></tr>\n",
        esc_code(&capital(&first.message)),
        esc(first.code.as_str()),
        number(count),
        list.join("<br>"),
    ));
}

fn weight(severity: Severity) -> (&'static str, &'static str) {
    match severity {
        Severity::Error => ("error", "Error"),
        Severity::Held => ("held", "Held"),
        Severity::Question => ("question", "For counsel"),
        Severity::Warning => ("warning", "Warning"),
        Severity::Note => ("note-only", "Note"),
    }
}

fn position(place: &Place) -> String {
    let mut text = place.file.clone();
    if let Some(line) = place.line {
        text.push_str(&format!(":{line}"));
    }
    if let Some(cell) = &place.cell {
        text.push_str(&format!(" column {cell}"));
    }
    text
}

/// Messages start small; in a table they start with a capital, unless with code.
fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}
