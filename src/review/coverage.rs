//! Requirements of law on the letters: what is missing first, then what a person must read.

use super::Book;
use super::html::esc;
use super::once::{AnswerKind, LetterBook, RequirementRow};
use super::words::{counted, id_words, number};

/// Versions named one by one where a requirement is not met.
const NAMED: usize = 6;

pub(super) fn coverage(book: &Book) -> String {
    let letter = &book.letter;
    if letter.requirements.is_empty() {
        return String::new();
    }
    let of = |kind: AnswerKind| -> Vec<usize> {
        (0..letter.requirements.len())
            .filter(|at| letter.requirements[*at].gravest() == kind)
            .collect()
    };
    let (gaps, judged, fine) = (of(AnswerKind::Gap), of(AnswerKind::Judged), of(AnswerKind::Fine));
    let mut out = format!(
        "<section id=\"coverage\" aria-labelledby=\"h-coverage\">\n<h2 id=\"h-coverage\">What the \
         law asks of the letters</h2>\n<p class=\"note\">{} reach anybody who is written to: {} \
         not met by every version, {} for a person to read, {} answered by all.</p>\n",
        counted(letter.requirements.len() as u64, "requirement", "requirements"),
        number(gaps.len() as u64),
        number(judged.len() as u64),
        number(fine.len() as u64),
    );
    if gaps.is_empty() {
        out.push_str("<p>No requirement is left without an answer.</p>\n");
    } else {
        detailed(&mut out, letter, "gaps", "Not met by every version", &gaps);
    }
    if !judged.is_empty() {
        detailed(&mut out, letter, "judged", "For a person to read", &judged);
    }
    if !fine.is_empty() {
        answered(&mut out, letter, &fine);
    }
    out.push_str("</section>\n");
    out
}

fn detailed(out: &mut String, letter: &LetterBook, id: &str, title: &str, rows: &[usize]) {
    out.push_str(&format!(
        "<h3 id=\"h-{id}\">{title} <span class=\"count\">{}</span></h3>\n<table class=\"{id}\" \
         aria-labelledby=\"h-{id}\">\n<thead><tr><th scope=\"col\">Law</th>\
         <th scope=\"col\">Content</th><th scope=\"col\">Answers</th></tr></thead>\n<tbody>\n",
        number(rows.len() as u64)
    ));
    for at in rows {
        let row = &letter.requirements[*at];
        let note = match row.note.is_empty() {
            true => String::new(),
            false => format!("<p class=\"note\">{}</p>", esc(&row.note)),
        };
        out.push_str(&format!(
            "<tr id=\"q{at}\"><th scope=\"row\">{} <span class=\"note\">{}</span></th>\
             <td>{} <span class=\"note\">{}</span>{note}</td><td>",
            esc(&row.jurisdiction),
            esc(&row.cite),
            esc(&id_words(&row.content)),
            esc(&row.rule),
        ));
        for answer in &row.answers {
            let class = if answer.answer == AnswerKind::Gap { " class=\"late\"" } else { "" };
            out.push_str(&format!(
                "<p{class}>{}: {} in {}</p>",
                esc(&answer.words),
                counted(answer.pieces, "piece", "pieces"),
                counted(answer.versions.len() as u64, "version", "versions"),
            ));
            if answer.answer == AnswerKind::Gap {
                let names: Vec<String> = answer
                    .versions
                    .iter()
                    .take(NAMED)
                    .map(|version| esc(&letter.versions[*version].label))
                    .collect();
                let more = answer.versions.len().saturating_sub(NAMED);
                let more = if more > 0 { format!("; and {more} more") } else { String::new() };
                out.push_str(&format!("<p class=\"note\">{}{more}</p>", names.join("; ")));
            }
        }
        out.push_str(&places(letter, *at));
        out.push_str("</td></tr>\n");
    }
    out.push_str("</tbody>\n</table>\n");
}

/// Those that all versions answer, a line for each section of law.
fn answered(out: &mut String, letter: &LetterBook, rows: &[usize]) {
    out.push_str(&format!(
        "<h3 id=\"h-answered\">Answered <span class=\"count\">{}</span></h3>\n\
         <table class=\"answered\" aria-labelledby=\"h-answered\">\n<thead><tr>\
         <th scope=\"col\">Law</th><th scope=\"col\">Contents, each with where it stands</th></tr>\
         </thead>\n<tbody>\n",
        number(rows.len() as u64)
    ));
    let same = |a: &usize, b: &usize| {
        let (a, b) = (law(letter, *a), law(letter, *b));
        a.jurisdiction == b.jurisdiction && a.cite == b.cite
    };
    for of in rows.chunk_by(same) {
        let first = law(letter, of[0]);
        let contents: Vec<String> = of
            .iter()
            .map(|at| {
                let row = law(letter, *at);
                let rule = match row.rule.as_str() {
                    "required" => String::new(),
                    rule => format!(" ({})", esc(rule)),
                };
                let lifted = row.answers.iter().any(|answer| answer.words == "lifted");
                let lifted = if lifted { " (lifted for some)" } else { "" };
                format!(
                    "<span id=\"q{at}\">{}{rule}{lifted}{}</span>",
                    esc(&id_words(&row.content)),
                    places(letter, *at)
                )
            })
            .collect();
        out.push_str(&format!(
            "<tr><th scope=\"row\">{} <span class=\"note\">{}</span></th><td>{}</td></tr>\n",
            esc(&first.jurisdiction),
            esc(&first.cite),
            contents.join("; ")
        ));
    }
    out.push_str("</tbody>\n</table>\n");
}

fn law(letter: &LetterBook, at: usize) -> &RequirementRow {
    &letter.requirements[at]
}

/// Links to the blocks that answer.
fn places(letter: &LetterBook, requirement: usize) -> String {
    let blocks = letter
        .blocks
        .iter()
        .filter(|block| block.meets.contains(&requirement) || block.breaks.contains(&requirement));
    let links: Vec<String> = blocks
        .enumerate()
        .map(|(n, block)| {
            let name = id_words(&letter.requirements[requirement].content);
            format!(
                " <a href=\"#{}\" aria-label=\"{}, place {}\">¶</a>",
                esc(&block.id),
                esc(&name),
                n + 1
            )
        })
        .collect();
    links.concat()
}
