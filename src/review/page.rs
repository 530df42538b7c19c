//! The page around the sections: head, masthead, contents.

use super::Book;
use super::html::esc;
use super::standing::{DutyState, of_standing};
use super::summary::{self, open_questions};
use super::words::{number, time};
use super::{
    coverage, duties, filings, findings, letters, matrix, questions, sheets, state, timeline,
    verdict,
};

/// Printed sheets, screens and screen readers; no rule of it reaches outside the file.
const STYLE: &str = include_str!("book.css");

/// The book as one HTML file. Equal books give equal bytes.
pub fn render(book: &Book) -> String {
    let timeline = timeline::timeline(book);
    let mut out = String::with_capacity(64 * 1024);
    out.push_str(&format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
         style-src 'unsafe-inline'; img-src data:\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
         <meta name=\"robots\" content=\"noindex\">\n{}<title>{} · review book</title>\n\
         <style>\n{STYLE}{}</style>\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#main\">Skip to the book</a>\n",
        state::meta(&book.made_of),
        esc(&book.title),
        letters::rules(&book.letter),
    ));
    masthead(&mut out, book);
    out.push_str("<div class=\"columns\">\n");
    contents(&mut out, book, !timeline.is_empty());
    out.push_str("<main id=\"main\">\n");
    out.push_str(&verdict::verdict(book));
    out.push_str(&timeline);
    out.push_str(&verdict::changes(book));
    out.push_str(&questions::questions(book));
    out.push_str(&letters::letters(book));
    out.push_str(&matrix::matrix(book));
    out.push_str(&sheets::sheets(book));
    out.push_str(&coverage::coverage(book));
    out.push_str(&duties::duties(book));
    out.push_str(&summary::rows(book));
    out.push_str(&findings::findings(book));
    out.push_str(&filings::filings(book));
    out.push_str(&duties::not_arising(book));
    out.push_str(&filings::not_covered(book));
    out.push_str(&verdict::approval(book));
    out.push_str("</main>\n</div>\n");
    footer(&mut out, book);
    out.push_str("</body>\n</html>\n");
    out
}

fn masthead(out: &mut String, book: &Book) {
    let state = state::line(&book.state);
    let mut facts = vec![
        ("Sender", esc(&book.sender)),
        ("For", book.entities.iter().map(|e| esc(e)).collect::<Vec<_>>().join("<br>")),
        ("Incident", format!("{}, wave {}", esc(&book.incident_id), esc(&book.wave))),
    ];
    facts.extend(book.discovered.map(|date| ("Discovered", time(date))));
    facts.extend(book.mail_on.map(|date| ("Letters dated", time(date))));
    facts.push(("As of", time(book.plan.as_of)));
    facts.push(("Law pack", esc(&book.plan.law_pack)));
    let facts: String = facts
        .iter()
        .map(|(name, text)| format!("<div><dt>{name}</dt><dd>{text}</dd></div>\n"))
        .collect();
    out.push_str(&format!(
        "<header class=\"masthead\">\n<p class=\"kind\">Review book</p>\n<h1>{}</h1>\n{state}\n\
         <p class=\"privilege\">Prepared for counsel&#39;s review. Not legal advice.</p>\n<dl class=\"facts\">\n{facts}</dl>\n</header>\n",
        esc(&book.title)
    ));
}

fn contents(out: &mut String, book: &Book, timeline: bool) {
    out.push_str("<nav aria-label=\"Contents\">\n<ol>\n");
    let entry = |out: &mut String, href: &str, name: &str, count: Option<u64>| {
        let count = count.map_or(String::new(), |n| format!(" <span>{}</span>", number(n)));
        out.push_str(&format!("<li><a href=\"#{href}\">{name}{count}</a>"));
    };
    entry(out, "summary", "Verdict", None);
    out.push_str("</li>\n");
    if timeline {
        entry(out, "timeline", "Deadlines", None);
        out.push_str("</li>\n");
    }
    let mut plain = |href: &str, name: &str, count: Option<u64>| {
        entry(out, href, name, count);
        out.push_str("</li>\n");
    };
    if book.changes.is_some() {
        plain("changes", "Changed since the last approval", None);
    }
    plain("questions", "Questions for counsel", Some(open_questions(book)));
    plain("letter", "The letter, once", Some(book.letter.blocks.len() as u64));
    if !book.letter.versions.is_empty() {
        plain("matrix", "Versions and sections", Some(book.letter.versions.len() as u64));
    }
    if !book.sheets.is_empty() {
        plain("pages", "Real pages", Some(book.sheets.len() as u64));
    }
    if !book.letter.requirements.is_empty() {
        let requirements = book.letter.requirements.len() as u64;
        plain("coverage", "What the law asks", Some(requirements));
    }
    entry(out, "duties", "Duties", None);
    out.push_str("\n<ol>\n");
    for standing in DutyState::ALL.into_iter().filter(|s| *s != DutyState::NotArising) {
        let count = of_standing(&book.plan.duties, standing, book.plan.as_of).len() as u64;
        if count > 0 {
            let href = format!("h-{}", standing.slug());
            let class = if standing == DutyState::Overdue { " class=\"late\"" } else { "" };
            out.push_str(&format!(
                "<li{class}><a href=\"#{href}\">{} <span>{}</span></a></li>\n",
                standing.title(),
                number(count)
            ));
        }
    }
    out.push_str("</ol></li>\n");
    entry(out, "rows", "Every row, one outcome", Some(book.rows));
    out.push_str("</li>\n");
    entry(out, "findings", "Findings", Some(book.findings.counts().values().sum()));
    out.push_str("</li>\n");
    entry(out, "filings", "Filings", Some(book.filings.len() as u64));
    out.push_str("</li>\n");
    let apart = of_standing(&book.plan.duties, DutyState::NotArising, book.plan.as_of).len();
    if apart > 0 {
        entry(out, "not-arising", DutyState::NotArising.title(), Some(apart as u64));
        out.push_str("</li>\n");
    }
    entry(out, "not-covered", "What this does not cover", None);
    out.push_str("</li>\n");
    entry(out, "approval", "Approval", None);
    out.push_str("</li>\n</ol>\n</nav>\n");
}

fn footer(out: &mut String, book: &Book) {
    out.push_str(&format!(
        "<footer>{} · {} · wave {} · as of {} · law pack {}</footer>\n",
        esc(&book.program),
        esc(&book.incident_id),
        esc(&book.wave),
        time(book.plan.as_of),
        esc(&book.plan.law_pack)
    ));
}
