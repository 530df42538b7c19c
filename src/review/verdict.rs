//! The first screen: ready or not, and why; the map; what changed since the last approval.

use super::Book;
use super::html::{esc, esc_code};
use super::once::AnswerKind;
use super::standing::{DutyState, of_standing};
use super::summary;
use super::words::{counted, day, days_between, number};
use crate::plan::{Arises, Duty, Outcome};
use std::collections::BTreeMap;

/// Where a state stands on the map of equal tiles: code, column, row.
const TILES: &str = include_str!("tiles.csv");

pub(super) fn verdict(book: &Book) -> String {
    let mut out = String::from(
        "<section id=\"summary\" aria-labelledby=\"h-summary\">\n<h2 id=\"h-summary\">Verdict</h2>\n",
    );
    let reasons = reasons(book);
    let stops = reasons.iter().any(|(stops, _)| *stops);
    let (class, words) = match stops {
        true => ("not-ready", "Not ready"),
        false => ("ready", "Nothing holds up approval"),
    };
    out.push_str(&format!("<p class=\"verdict {class}\">{words}</p>\n"));
    if !reasons.is_empty() {
        let items: Vec<String> =
            reasons.iter().map(|(_, text)| format!("<li>{text}</li>")).collect();
        out.push_str(&format!("<ul class=\"reasons\">\n{}\n</ul>\n", items.join("\n")));
    }
    out.push_str(&format!("<p class=\"lead\">{}</p>\n", summary::lead(book)));
    out.push_str(&map(book));
    out.push_str(&summary::figures(book));
    out.push_str("</section>\n");
    out
}

/// What counsel must know before approving, and whether it stops approval.
fn reasons(book: &Book) -> Vec<(bool, String)> {
    let mut out = Vec::new();
    let held = book.outcomes.get(&Outcome::Held).copied().unwrap_or(0);
    if held > 0 {
        let rows = counted(held, "row is", "rows are");
        out.push((
            true,
            format!("<a href=\"#findings\">{rows} held</a>: nothing goes to these people"),
        ));
    }
    let blocking = book.plan.questions.iter().filter(|q| q.answer.is_none() && q.blocking).count();
    if blocking > 0 {
        let questions = counted(blocking as u64, "question waits", "questions wait");
        out.push((
            true,
            format!("<a href=\"#questions\">{questions} for counsel</a> before approval"),
        ));
    }
    let gaps = book.letter.requirements.iter().filter(|r| r.gravest() == AnswerKind::Gap).count();
    if gaps > 0 {
        let rules = counted(gaps as u64, "requirement is", "requirements are");
        out.push((true, format!("<a href=\"#coverage\">{rules} not met</a> by every version")));
    }
    let late = of_standing(&book.plan.duties, DutyState::Overdue, book.plan.as_of).len() as u64;
    if late > 0 {
        let duties = counted(late, "duty is", "duties are");
        out.push((
            false,
            format!("<a href=\"#duties\">{duties} past due</a> on {}", day(book.plan.as_of)),
        ));
    }
    let moving = book.questions.iter().filter(|group| group.open > 0 && group.moves_a_date);
    let moving: u64 = moving.map(|group| group.open).sum();
    if moving > 0 {
        let questions = counted(moving, "open question", "open questions");
        out.push((
            false,
            format!("<a href=\"#questions\">{questions}</a> may move a date or lift a duty"),
        ));
    }
    out
}

/// How a place stands: its earliest duty that is not done.
fn map(book: &Book) -> String {
    let mut first: BTreeMap<&str, &Duty> = BTreeMap::new();
    let as_of = book.plan.as_of;
    let open =
        book.plan.duties.iter().filter(|duty| duty.arises != Arises::No && !duty.is_done(as_of));
    for duty in open {
        let known = first.entry(&duty.jurisdiction).or_insert(duty);
        let rank = |duty: &Duty| (duty.due.is_none(), duty.due, duty.arises != Arises::Yes);
        if rank(duty) < rank(known) {
            *known = duty;
        }
    }
    if first.is_empty() {
        return String::new();
    }
    let mut out =
        String::from("<h3 id=\"h-map\">Where something is due next</h3>\n<ul class=\"map\">\n");
    for line in TILES.lines().skip(1) {
        let mut cells = line.split(',');
        let (Some(code), Some(column), Some(row)) = (cells.next(), cells.next(), cells.next())
        else {
            continue;
        };
        let at = format!("style=\"grid-area:{row}/{column}\"");
        match first.get(code) {
            Some(duty) => out.push_str(&format!("<li {at}>{}</li>\n", tile(book, code, duty))),
            None => out.push_str(&format!("<li {at} class=\"none\"><span>{code}</span></li>\n")),
        }
    }
    out.push_str("</ul>\n");
    let federal: Vec<String> = first
        .iter()
        .filter(|(code, _)| code.len() != 2)
        .map(|(code, duty)| tile(book, code, duty))
        .collect();
    if !federal.is_empty() {
        out.push_str(&format!("<p class=\"federal\">{}</p>\n", federal.join(" ")));
    }
    out.push_str(
        "<p class=\"note key\"><span class=\"tile late\">past</span> <span class=\"tile soon\">within \
         30 days</span> <span class=\"tile later\">later, or no fixed day</span> <span \
         class=\"tile maybe\">possible</span></p>\n",
    );
    out
}

fn tile(book: &Book, code: &str, duty: &Duty) -> String {
    let class = match DutyState::of(duty, book.plan.as_of) {
        DutyState::Overdue => "late",
        DutyState::DueNext => "soon",
        DutyState::Possible => "maybe",
        _ => "later",
    };
    let days = duty.due.map(|due| days_between(book.plan.as_of, due));
    let (short, long) = match days {
        None => ("·".to_owned(), "no fixed day".to_owned()),
        Some(days) if days < 0 => {
            let n = days.unsigned_abs();
            (format!("−{}", number(n)), format!("{} past", counted(n, "day", "days")))
        }
        Some(days) => {
            let n = days.unsigned_abs();
            (number(n), format!("{} left", counted(n, "day", "days")))
        }
    };
    format!(
        "<a class=\"tile {class}\" href=\"#duty-{}\" aria-label=\"{}: {}, {long}\">{} <b>{short}</b></a>",
        super::duties::anchor(&duty.id),
        esc(code),
        esc(&duty.recipient),
        esc(code),
    )
}

/// What became otherwise since the last approval; nothing where nothing was approved.
pub(super) fn changes(book: &Book) -> String {
    let Some(changes) = &book.changes else { return String::new() };
    let mut out = format!(
        "<section id=\"changes\" aria-labelledby=\"h-changes\">\n<h2 id=\"h-changes\">Changed since \
         the last approval</h2>\n<p class=\"note\">Held against what {} sealed.</p>\n",
        esc(&changes.seal)
    );
    for (title, lines) in [("People", &changes.people), ("Duties", &changes.duties)] {
        if !lines.is_empty() {
            let items: Vec<String> =
                lines.iter().map(|line| format!("<li>{}</li>", esc_code(line))).collect();
            out.push_str(&format!("<h3>{title}</h3>\n<ul>{}</ul>\n", items.concat()));
        }
    }
    if changes.words.is_empty() {
        out.push_str("<p>The letter&#39;s words are the same.</p>\n");
    } else {
        out.push_str("<h3>Words of the letter</h3>\n");
        for passage in &changes.words {
            out.push_str(&format!(
                "<div class=\"passage\"><p class=\"note\">{} · {}</p><p lang=\"{}\">",
                esc(&super::letters::title(&passage.section)),
                counted(passage.pieces, "piece", "pieces"),
                esc(&passage.language),
            ));
            for (kind, words) in &passage.words {
                let words = esc(words);
                match kind {
                    super::Word::Same => out.push_str(&words),
                    super::Word::Gone => out.push_str(&format!("<del>{words}</del>")),
                    super::Word::New => out.push_str(&format!("<ins>{words}</ins>")),
                }
                out.push(' ');
            }
            out.push_str("</p></div>\n");
        }
    }
    out.push_str("</section>\n");
    out
}

/// Room for a signature on paper.
pub(super) fn approval(book: &Book) -> String {
    format!(
        "<section id=\"approval\" aria-labelledby=\"h-approval\">\n<h2 id=\"h-approval\">Approval</h2>\n\
         <p>I have read this book as of {}. It was made of <code>{}</code>. These {} and {} may go \
         out as they stand here.</p>\n<dl class=\"sign\"><div><dt>Name</dt><dd></dd></div>\
         <div><dt>Signature</dt><dd></dd></div><div><dt>Date</dt><dd></dd></div></dl>\n\
         <p class=\"note\">A signature on paper seals nothing: record it with \
         <code>noticeworks approve</code>, whose root is then the approval&#39;s proof.</p>\n</section>\n",
        day(book.plan.as_of),
        esc(&book.made_of),
        counted(book.letters, "letter", "letters"),
        counted(book.emails, "e-mail", "e-mails"),
    )
}
