//! What leaves, by when, in sentences and figures.

use super::Book;
use super::html::esc;
use super::standing::{DutyState, of_standing};
use super::words::{counted, day, distance, number, outcome, time};
use crate::finding::Severity;
use crate::plan::Outcome;

/// The sentences a partner reads.
pub(super) fn lead(book: &Book) -> String {
    let as_of = book.plan.as_of;
    let count = |standing| of_standing(&book.plan.duties, standing, as_of).len() as u64;
    let arising = count(DutyState::Overdue) + count(DutyState::DueNext) + count(DutyState::Arising);
    let mut text = match arising {
        0 => "No duty arises".to_owned(),
        n => agree(n, "duty arises", "duties arise"),
    };
    text.push_str(&format!(" on {}", day(as_of)));
    match count(DutyState::Overdue) {
        0 if arising < 2 => text.push_str(". "),
        0 => text.push_str(", none of them past due. "),
        late => text.push_str(&format!(
            ", <strong class=\"late\">{} past due</strong>. ",
            if late == arising && late > 1 { "all".to_owned() } else { number(late) }
        )),
    }
    if let Some((next, due)) = of_standing(&book.plan.duties, DutyState::DueNext, as_of)
        .iter()
        .chain(&of_standing(&book.plan.duties, DutyState::Arising, as_of))
        .find_map(|duty| duty.due.map(|due| (*duty, due)))
    {
        text.push_str(&format!(
            "The next is due {} ({}): {}. ",
            time(due),
            distance(as_of, due),
            esc(&next.recipient)
        ));
    }
    let open = open_questions(book);
    if open > 0 {
        text.push_str(&agree(open, "question waits for counsel", "questions wait for counsel"));
        let blocking =
            book.plan.questions.iter().filter(|q| q.answer.is_none() && q.blocking).count() as u64;
        text.push_str(&match blocking {
            0 => "; the cautious default is taken until then.".to_owned(),
            n => format!("; {} approval until answered.", agree(n, "holds up", "hold up")),
        });
    } else {
        text.push_str("No question waits for counsel.");
    }
    text
}

fn agree(count: u64, one: &str, many: &str) -> String {
    counted(count, one, many)
}

pub(super) fn open_questions(book: &Book) -> u64 {
    book.plan.questions.iter().filter(|q| q.answer.is_none()).count() as u64
}

pub(super) fn figures(book: &Book) -> String {
    let held = book.outcomes.get(&Outcome::Held).copied().unwrap_or(0);
    let pages = match book.pages {
        Some(pages) => counted(pages, "page", "pages"),
        None => "not composed yet".to_owned(),
    };
    let filings = book.filings.len() as u64;
    let files: u64 = book.filings.iter().map(|filing| filing.files.len() as u64).sum();
    let findings = book.findings.at_least(Severity::Warning);
    let cards = [
        ("Rows", number(book.rows), "each with one outcome".to_owned(), "#rows"),
        ("Letters", number(book.letters), pages, "#letter"),
        ("E-mails", number(book.emails), "to people who agreed".to_owned(), "#rows"),
        ("Filings", number(filings), counted(files, "file", "files"), "#filings"),
        ("Held rows", number(held), "nothing is sent to them".to_owned(), "#findings"),
        ("Findings", number(findings), "warnings or graver".to_owned(), "#findings"),
    ];
    let mut out = String::from("<ul class=\"figures\">\n");
    for (name, figure, note, href) in cards {
        out.push_str(&format!(
            "<li><a href=\"{href}\"><span class=\"name\">{name}</span> \
             <span class=\"figure\">{figure}</span> <span class=\"note\">{note}</span></a></li>\n"
        ));
    }
    out.push_str("</ul>\n");
    out
}

/// Rows and their outcomes, adding up.
pub(super) fn rows(book: &Book) -> String {
    let mut out = String::from(
        "<section id=\"rows\" aria-labelledby=\"h-rows\">\n<h2 id=\"h-rows\">Every row, one \
         outcome</h2>\n",
    );
    if book.rows == 0 {
        out.push_str("<p>There is no roster yet; counts are estimates.</p>\n</section>\n");
        return out;
    }
    let total: u64 = book.outcomes.values().sum();
    if total != book.rows {
        out.push_str(&format!(
            "<p class=\"alert\" role=\"alert\">The outcomes add up to {}, not to the roster&#39;s \
             {} rows. Do not rely on these figures.</p>\n",
            number(total),
            number(book.rows)
        ));
    }
    out.push_str(
        "<table class=\"outcomes\">\n<thead><tr><th scope=\"col\">Outcome</th>\
         <th scope=\"col\" class=\"num\">Rows</th><th scope=\"col\">Share</th></tr></thead>\n<tbody>\n",
    );
    for kind in Outcome::ALL {
        let count = book.outcomes.get(&kind).copied().unwrap_or(0);
        let (name, note) = outcome(kind);
        // Tenths of a percent, so that the bytes do not hang on floating point.
        let share = u128::from(count) * 1000 / u128::from(book.rows.max(1));
        out.push_str(&format!(
            "<tr class=\"{}\"><th scope=\"row\">{name} <span class=\"note\">{note}</span></th>\
             <td class=\"num\">{}</td><td class=\"share\"><span class=\"bar\" \
             style=\"width:{}.{}%\"></span> {}.{}%</td></tr>\n",
            kind.label(),
            number(count),
            share * 6 / 100,
            share * 6 / 10 % 10,
            share / 10,
            share % 10,
        ));
    }
    out.push_str(&format!(
        "</tbody>\n<tfoot><tr><th scope=\"row\">Rows of the roster</th><td class=\"num\">{}</td>\
         <td></td></tr></tfoot>\n</table>\n</section>\n",
        number(book.rows)
    ));
    out
}
