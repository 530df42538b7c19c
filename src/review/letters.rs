//! The letter, once: every block a single time, with its readers and the law it serves.

use super::Book;
use super::block::block;
use super::html::esc;
use super::once::{Filter, LetterBlock, LetterBook, RequirementRow};
use super::words::{counted, id_words, number};
use crate::document::SectionStyle;

/// Citations in the margin before the rest is folded.
const CITED: usize = 2;

pub(super) fn letters(book: &Book) -> String {
    let letter = &book.letter;
    let mut out = String::from(
        "<section id=\"letter\" aria-labelledby=\"h-letter\">\n<h2 id=\"h-letter\">\
         The letter, once</h2>\n",
    );
    if letter.blocks.is_empty() {
        out.push_str("<p>There is none yet.</p>\n</section>\n");
        return out;
    }
    out.push_str(&format!(
        "<p class=\"note\">{} of the letter are made of these {}. Each stands here once, in the \
         order of the letter, with who reads it; the margin names the law it meets. The people are \
         made up.</p>\n",
        counted(letter.versions.len() as u64, "version", "versions"),
        counted(letter.blocks.len() as u64, "block", "blocks"),
    ));
    filters(&mut out, &letter.filters);
    let first = letter.blocks.first().map_or("", |block| &block.language);
    let mut at = 0;
    for of in letter.blocks.chunk_by(|a, b| a.section == b.section) {
        section(&mut out, letter, of, at, first);
        at += of.len();
    }
    out.push_str("</section>\n");
    out
}

/// Rules by which a chosen value hides what its people do not read; they need no script.
pub(super) fn rules(letter: &LetterBook) -> String {
    let mut out = String::from("@media screen {\n");
    for (f, filter) in letter.filters.iter().enumerate() {
        for v in 0..filter.values.len() {
            out.push_str(&format!(
                "body:has(#f-{} option[value=\"{v}\"]:checked) .b:not(.f{f}v{v},.f{f}a)\
                 {{display:none}}\n",
                filter.id
            ));
        }
    }
    out.push_str("}\n");
    out
}

fn filters(out: &mut String, filters: &[Filter]) {
    out.push_str(
        "<div class=\"filters\" role=\"group\" aria-label=\"Show only what some people read\">\n",
    );
    for filter in filters.iter().filter(|filter| filter.values.len() > 1) {
        out.push_str(&format!(
            "<p><label for=\"f-{id}\">{name}</label> <select id=\"f-{id}\"><option value=\"\">all</option>",
            id = filter.id,
            name = esc(&filter.name),
        ));
        for (v, value) in filter.values.iter().enumerate() {
            out.push_str(&format!("<option value=\"{v}\">{}</option>", esc(value)));
        }
        out.push_str("</select></p>\n");
    }
    out.push_str("</div>\n");
}

/// The anchor of a section.
pub(super) fn anchor(section: &str) -> String {
    let name: String =
        section.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    format!("s-{name}")
}

/// `en/what-happened` as a reader knows it: `What happened`.
pub(super) fn title(section: &str) -> String {
    let file = section.split_once('/').map_or(section, |(_, file)| file);
    if let Some(code) = file.strip_prefix("states/") {
        return format!("State: {}", code.to_uppercase());
    }
    let words = file.replace('-', " ");
    let mut chars = words.chars();
    chars.next().map_or(String::new(), |c| c.to_uppercase().chain(chars).collect())
}

fn section(out: &mut String, letter: &LetterBook, of: &[LetterBlock], at: usize, own: &str) {
    let name = &of[0].section;
    let language = match of[0].language == own {
        true => String::new(),
        false => format!(" <span class=\"count\">{}</span>", esc(&of[0].language)),
    };
    let classes = classes_of_all(of, letter.filters.len());
    out.push_str(&format!(
        "<h3 id=\"{}\" class=\"b part-name{classes}\">{}{language}</h3>\n",
        anchor(name),
        esc(&title(name)),
    ));
    for (offset, block) in of.iter().enumerate() {
        one(out, letter, block, at + offset);
    }
}

fn one(out: &mut String, letter: &LetterBook, part: &LetterBlock, at: usize) {
    let small = if part.style == SectionStyle::Small { " small" } else { "" };
    out.push_str(&format!(
        "<div class=\"b part{small}{}\" id=\"{}\">\n<div class=\"words\" lang=\"{}\">",
        classes(part),
        esc(&part.id),
        esc(&part.language),
    ));
    block(out, &part.block);
    out.push_str("</div>\n<div class=\"margin\" role=\"note\">");
    let chips: Vec<String> = part
        .chips
        .iter()
        .map(|chip| format!("<span class=\"chip\">{}</span>", esc(chip)))
        .collect();
    let all = match (
        chips.is_empty(),
        letter.filters.iter().any(|f| f.id == "language" && f.values.len() > 1),
    ) {
        (false, _) => chips.join(" "),
        (true, false) => format!("<span class=\"chip all\">all {}</span>", number(part.versions)),
        (true, true) => format!(
            "<span class=\"chip all\">all {} in this language</span>",
            number(part.versions)
        ),
    };
    out.push_str(&format!(
        "<p>{all}</p><p>{} · {}</p>",
        counted(part.pieces, "piece", "pieces"),
        counted(part.versions, "version", "versions"),
    ));
    meets(out, letter, &part.meets, "");
    meets(out, letter, &part.breaks, "prohibited: ");
    out.push_str(&format!(
        "<p class=\"place\"><a href=\"#b{at}\" class=\"pin\" id=\"b{at}\">¶</a> <code>{}</code></p></div>\n</div>\n",
        esc(&part.place)
    ));
}

/// The requirements that a block meets, each content with its citations.
fn meets(out: &mut String, letter: &LetterBook, positions: &[usize], before: &str) {
    let mut by_content: Vec<(&str, Vec<usize>)> = Vec::new();
    for position in positions {
        let content = letter.requirements[*position].content.as_str();
        match by_content.iter_mut().find(|(known, _)| *known == content) {
            Some((_, of)) => of.push(*position),
            None => by_content.push((content, vec![*position])),
        }
    }
    for (content, of) in by_content {
        let class = if before.is_empty() { "meets" } else { "meets broken" };
        out.push_str(&format!("<p class=\"{class}\">{before}{}", esc(&id_words(content))));
        for position in of.iter().take(CITED) {
            out.push_str(&format!("<br>{}", cited(&letter.requirements[*position], *position)));
        }
        out.push_str("</p>");
        let rest = &of[of.len().min(CITED)..];
        if !rest.is_empty() {
            let codes: Vec<String> = rest
                .iter()
                .map(|position| {
                    let row = &letter.requirements[*position];
                    format!("<a href=\"#q{position}\">{}</a>", esc(&row.jurisdiction))
                })
                .collect();
            out.push_str(&format!(
                "<details><summary>and {} more</summary><p>{}</p></details>",
                number(rest.len() as u64),
                codes.join(", ")
            ));
        }
    }
}

fn cited(row: &RequirementRow, position: usize) -> String {
    format!("<a href=\"#q{position}\">{}</a>", esc(&row.cite))
}

/// Classes of a block by which filters know it.
fn classes(part: &LetterBlock) -> String {
    let mut out = String::new();
    for (f, readers) in part.readers.iter().enumerate() {
        match readers {
            None => out.push_str(&format!(" f{f}a")),
            Some(values) => {
                for v in values {
                    out.push_str(&format!(" f{f}v{v}"));
                }
            }
        }
    }
    out
}

/// A section's heading shows while any block of it does.
fn classes_of_all(of: &[LetterBlock], filters: usize) -> String {
    let mut out = String::new();
    for f in 0..filters {
        let all = of.iter().any(|part| part.readers.get(f).is_none_or(Option::is_none));
        if all {
            out.push_str(&format!(" f{f}a"));
            continue;
        }
        let values: std::collections::BTreeSet<usize> =
            of.iter().filter_map(|part| part.readers[f].as_ref()).flatten().copied().collect();
        for v in values {
            out.push_str(&format!(" f{f}v{v}"));
        }
    }
    out
}
