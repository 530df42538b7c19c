//! The duties table, by how they stand on the book's day.

use super::Book;
use super::html::{esc, esc_code, is_web};
use super::standing::{DutyState, of_standing};
use super::words::{
    carrier, clock, counted, distance, doubt, id_words, kind, number, threshold, time,
};
use crate::plan::{Carrier, Duty};

/// What must be done, and what may have to be.
pub(super) fn duties(book: &Book) -> String {
    let mut out = String::from(
        "<section id=\"duties\" aria-labelledby=\"h-duties\">\n<h2 id=\"h-duties\">Duties</h2>\n",
    );
    for standing in DutyState::ALL.into_iter().filter(|s| *s != DutyState::NotArising) {
        let found = of_standing(&book.plan.duties, standing, book.plan.as_of);
        if !found.is_empty() {
            group(&mut out, book, standing, &found);
        }
    }
    out.push_str("</section>\n");
    out
}

/// What was considered and falls away, apart from the rest: it is long.
pub(super) fn not_arising(book: &Book) -> String {
    let found = of_standing(&book.plan.duties, DutyState::NotArising, book.plan.as_of);
    if found.is_empty() {
        return String::new();
    }
    let mut out = format!(
        "<section id=\"not-arising\" aria-labelledby=\"h-not-arising\">\n\
         <h2 id=\"h-not-arising\">{} <span class=\"count\">{}</span></h2>\n\
         <p class=\"note\">{}</p>\n<table class=\"duties apart\">\n<thead><tr>\
         <th scope=\"col\" class=\"c-who\">Duty</th>\
         <th scope=\"col\" class=\"c-count num\">Count</th>\
         <th scope=\"col\">Reason and law</th></tr></thead>\n<tbody>\n",
        DutyState::NotArising.title(),
        counted(found.len() as u64, "duty", "duties"),
        DutyState::NotArising.explained()
    );
    for duty in found {
        out.push_str(&format!("<tr id=\"duty-{}\">", anchor(&duty.id)));
        who(&mut out, duty);
        how_many(&mut out, duty);
        why(&mut out, duty);
        out.push_str("</td></tr>\n");
    }
    out.push_str("</tbody>\n</table>\n</section>\n");
    out
}

fn group(out: &mut String, book: &Book, standing: DutyState, duties: &[&Duty]) {
    let (slug, title) = (standing.slug(), standing.title());
    out.push_str(&format!(
        "<section class=\"group {slug}\" aria-labelledby=\"h-{slug}\">\n\
         <h3 id=\"h-{slug}\">{title} <span class=\"count\">{}</span></h3>\n",
        counted(duties.len() as u64, "duty", "duties")
    ));
    if !standing.explained().is_empty() {
        out.push_str(&format!("<p class=\"note\">{}</p>\n", standing.explained()));
    }
    out.push_str(&format!(
        "<table class=\"duties\">\n<caption class=\"hidden\">{title}</caption>\n<thead><tr>\
         <th scope=\"col\" class=\"c-due\">Due</th><th scope=\"col\" class=\"c-who\">Duty</th>\
         <th scope=\"col\" class=\"c-count num\">Count</th>\
         <th scope=\"col\" class=\"c-why\">Reason and law</th>\
         <th scope=\"col\" class=\"c-by\">Carried by</th></tr></thead>\n<tbody>\n"
    ));
    for duty in duties {
        row(out, book, duty);
    }
    out.push_str("</tbody>\n</table>\n</section>\n");
}

fn row(out: &mut String, book: &Book, duty: &Duty) {
    let by = match duty.carrier {
        Carrier::Undecided => "<span class=\"mark\">Undecided</span>",
        ref carrier => self::carrier(carrier),
    };
    out.push_str(&format!("<tr id=\"duty-{}\"><td>{}</td>\n", anchor(&duty.id), due(duty, book)));
    who(out, duty);
    how_many(out, duty);
    why(out, duty);
    out.push_str(&format!("{}</td>\n<td>{by}</td></tr>\n", details(duty)));
}

fn who(out: &mut String, duty: &Duty) {
    let entity = duty.entity.as_ref().map_or(String::new(), |id| format!(" · {}", esc(id)));
    out.push_str(&format!(
        "<th scope=\"row\"><span class=\"who\">{}</span> \
         <span class=\"note\">{} · {}{entity}</span></th>\n",
        esc(&duty.recipient),
        kind(duty.kind),
        esc(&duty.jurisdiction),
    ));
}

fn how_many(out: &mut String, duty: &Duty) {
    let threshold = threshold(duty.threshold, duty.comparator)
        .map_or(String::new(), |words| format!(" <span class=\"note\">threshold: {words}</span>"));
    out.push_str(&format!("<td class=\"num\">{}{threshold}</td>\n", number(duty.count)));
}

/// Leaves the cell open for what comes below the law.
fn why(out: &mut String, duty: &Duty) {
    let doubt = doubt(duty.confidence)
        .map_or(String::new(), |words| format!(" <span class=\"mark\">{words}</span>"));
    out.push_str(&format!(
        "<td><p>{}</p><p class=\"cite\">{}{doubt}</p>",
        esc_code(&duty.reason),
        esc(&duty.citation),
    ));
}

fn due(duty: &Duty, book: &Book) -> String {
    let started = duty.clock_started.map_or(String::new(), |day| format!(" {}", time(day)));
    let clock = format!("<span class=\"note\">{}{started}</span>", clock(duty.clock));
    let hours = duty.due_hours.map_or(String::new(), |hours| {
        format!("<span class=\"note\">{}</span>", counted(u64::from(hours), "hour", "hours"))
    });
    let better = duty.recommended.map_or(String::new(), |day| {
        format!(" <span class=\"note\">better by {}</span>", time(day))
    });
    match duty.due {
        Some(date) => format!(
            "<span class=\"day\">{}</span> <span class=\"left\">{}</span> {hours} {clock}{better}",
            time(date),
            distance(book.plan.as_of, date)
        ),
        None => format!("<span class=\"day\">No fixed day</span> {hours} {clock}"),
    }
}

/// Timing, how to tell them, and what the notice must hold.
fn details(duty: &Duty) -> String {
    let mut items = Vec::new();
    if !duty.timing.is_empty() {
        items.push(("Timing", esc(&duty.timing)));
    }
    let how = match (duty.method.is_empty(), is_web(&duty.url)) {
        (false, true) => format!("{}: {}", esc(&id_words(&duty.method)), link(&duty.url)),
        (true, true) => link(&duty.url),
        (false, false) => esc(&id_words(&duty.method)),
        (true, false) => String::new(),
    };
    if !how.is_empty() {
        items.push(("How", how));
    }
    if !duty.required_content.is_empty() {
        let ids: Vec<String> = duty.required_content.iter().map(|id| esc(&id_words(id))).collect();
        items.push(("Contents", ids.join(", ")));
    }
    if items.is_empty() {
        return String::new();
    }
    let list: String =
        items.iter().map(|(name, text)| format!("<dt>{name}</dt><dd>{text}</dd>")).collect();
    format!("<dl class=\"details\">{list}</dl>")
}

fn link(url: &str) -> String {
    let url = esc(url);
    format!("<a href=\"{url}\" rel=\"noreferrer\">{url}</a>")
}

/// Ids are letters, digits, `.` and `-` already; anything else becomes `-`.
pub(super) fn anchor(id: &str) -> String {
    id.chars()
        .map(|c| if c.is_ascii_alphanumeric() || ".-_".contains(c) { c } else { '-' })
        .collect()
}
