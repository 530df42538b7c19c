//! Which version has which section, and in which wording.

use super::Book;
use super::html::esc;
use super::letters::{anchor, title};
use super::once::{LetterBook, VersionRow};
use super::words::{counted, number};
use std::collections::BTreeMap;

/// Versions that differ in nothing but the states' paragraphs.
struct Line<'v> {
    label: &'v str,
    versions: u64,
    pieces: u64,
    /// By column, the wording and the block it leads to.
    cells: Vec<Option<(usize, usize)>>,
}

pub(super) fn matrix(book: &Book) -> String {
    let letter = &book.letter;
    if letter.versions.is_empty() {
        return String::new();
    }
    let columns = columns(letter);
    let lines = lines(letter, &columns);
    let mut out = format!(
        "<section id=\"matrix\" aria-labelledby=\"h-matrix\">\n<h2 id=\"h-matrix\">Versions and \
         sections</h2>\n<p class=\"note\">The version that most people get stands first; versions \
         that differ only in the states&#39; paragraphs share a line. The same letter in a column is \
         the same wording; it leads there. A dot is a wording that all share.</p>\n\
         <div class=\"scroll\" role=\"group\" aria-labelledby=\"h-matrix\" tabindex=\"0\">\n\
         <table class=\"matrix\">\n<thead><tr><th scope=\"col\">{}</th>\
         <th scope=\"col\" class=\"num\">Pieces</th>",
        counted(letter.versions.len() as u64, "version", "versions")
    );
    for (name, _) in &columns {
        let (href, words) = match name.as_str() {
            STATES => (first_states(letter), "States".to_owned()),
            name => (anchor(name), title(name)),
        };
        out.push_str(&format!(
            "<th scope=\"col\" class=\"c\"><a href=\"#{href}\"><span>{}</span></a></th>",
            esc(&words)
        ));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for line in &lines {
        let more = match line.versions {
            1 => String::new(),
            n => format!(" <span class=\"note\">{}</span>", counted(n, "version", "versions")),
        };
        out.push_str(&format!(
            "<tr><th scope=\"row\">{}{more}</th><td class=\"num\">{}</td>",
            esc(line.label),
            number(line.pieces)
        ));
        for (cell, (name, wordings)) in line.cells.iter().zip(&columns) {
            match cell {
                None => out.push_str("<td class=\"c\"></td>"),
                Some((wording, block)) => {
                    let mark =
                        if wordings.len() == 1 { "●".to_owned() } else { letters_of(*wording) };
                    let what = if name == STATES { "States".to_owned() } else { title(name) };
                    out.push_str(&format!(
                        "<td class=\"c\"><a href=\"#{}\" aria-label=\"{} {mark}\">{mark}</a></td>",
                        esc(&letter.blocks[*block].id),
                        esc(&what),
                    ));
                }
            }
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table>\n</div>\n</section>\n");
    out
}

/// The column that all states' sections share.
const STATES: &str = "states";

fn column(section: &str) -> String {
    let file = section.split_once('/').map_or(section, |(_, file)| file);
    match file.starts_with("states/") {
        true => STATES.to_owned(),
        false => section.to_owned(),
    }
}

fn first_states(letter: &LetterBook) -> String {
    let first = letter.blocks.iter().find(|block| column(&block.section) == STATES);
    first.map_or_else(String::new, |block| anchor(&block.section))
}

/// The sections in the order of the letter, each with its wordings: the blocks of each, in the order
/// in which versions have them.
fn columns(letter: &LetterBook) -> Vec<(String, Vec<Vec<usize>>)> {
    let mut columns: Vec<(String, Vec<Vec<usize>>)> = Vec::new();
    for block in &letter.blocks {
        let name = column(&block.section);
        if !columns.iter().any(|(known, _)| *known == name) {
            columns.push((name, Vec::new()));
        }
    }
    for version in &letter.versions {
        let of = by_column(letter, version);
        for (name, wordings) in &mut columns {
            if let Some(blocks) = of.get(name.as_str())
                && !wordings.contains(blocks)
                && (name != STATES || wordings.is_empty())
            {
                wordings.push(blocks.clone());
            }
        }
    }
    columns
}

fn by_column(letter: &LetterBook, version: &VersionRow) -> BTreeMap<String, Vec<usize>> {
    let mut of: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for block in &version.blocks {
        of.entry(column(&letter.blocks[*block].section)).or_default().push(*block);
    }
    of
}

fn lines<'l>(letter: &'l LetterBook, columns: &[(String, Vec<Vec<usize>>)]) -> Vec<Line<'l>> {
    let mut lines: Vec<Line<'l>> = Vec::new();
    for version in &letter.versions {
        let of = by_column(letter, version);
        let cells: Vec<Option<(usize, usize)>> = columns
            .iter()
            .map(|(name, wordings)| {
                let blocks = of.get(name)?;
                let wording = match name == STATES {
                    true => 0,
                    false => wordings.iter().position(|known| known == blocks)?,
                };
                Some((wording, *blocks.first()?))
            })
            .collect();
        let shape = |cells: &[Option<(usize, usize)>]| -> Vec<Option<usize>> {
            cells.iter().map(|cell| cell.map(|(wording, _)| wording)).collect()
        };
        let same = lines
            .iter_mut()
            .find(|line| line.label == version.label && shape(&line.cells) == shape(&cells));
        match same {
            Some(line) => {
                line.versions += 1;
                line.pieces += version.pieces;
            }
            None => lines.push(Line {
                label: &version.label,
                versions: 1,
                pieces: version.pieces,
                cells,
            }),
        }
    }
    lines.sort_by(|a, b| b.pieces.cmp(&a.pieces).then_with(|| a.label.cmp(b.label)));
    lines
}

/// `A` to `Z`, then `AA`.
fn letters_of(at: usize) -> String {
    let letter = |n: usize| char::from(b'A' + u8::try_from(n % 26).unwrap_or(0));
    match at / 26 {
        0 => letter(at).to_string(),
        more => format!("{}{}", letter(more - 1), letter(at)),
    }
}
