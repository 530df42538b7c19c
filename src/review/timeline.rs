//! Deadlines drawn to scale: one line for each day on which something is due.

use super::Book;
use super::html::esc;
use super::standing::DutyState;
use super::words::{counted, day, days_between};
use crate::plan::{Arises, Duty};
use jiff::{ToSpan, civil::Date};
use std::collections::BTreeMap;

/// Units of the drawing; the page scales it.
const WIDTH: i64 = 1000;
const LEFT: i64 = 120;
const RIGHT: i64 = 560;
const TOP: i64 = 58;
const ROW: i64 = 27;
/// Between the lines of a row's names.
const LINE: i64 = 16;

/// The section with the drawing; nothing if no duty has a day.
pub(super) fn timeline(book: &Book) -> String {
    let mut days: BTreeMap<Date, Vec<&Duty>> = BTreeMap::new();
    let as_of = book.plan.as_of;
    let arising = book.plan.duties.iter().filter(|duty| duty.arises != Arises::No);
    let (done, open): (Vec<&Duty>, Vec<&Duty>) = arising.partition(|duty| duty.is_done(as_of));
    let undated = open.iter().filter(|duty| duty.due.is_none()).count() as u64;
    for duty in open {
        if let Some(due) = duty.due {
            days.entry(due).or_default().push(duty);
        }
    }
    if days.is_empty() {
        return String::new();
    }
    let scale = Scale::of(book, &days);
    let rows: Vec<(Date, Vec<&Duty>, Vec<String>)> = days
        .iter()
        .map(|(due, duties)| (*due, duties.clone(), label(duties, as_of, *due)))
        .collect();
    let tall = |lines: &[String]| ROW + LINE * (lines.len() as i64 - 1).max(0);
    let height = TOP + rows.iter().map(|(_, _, lines)| tall(lines)).sum::<i64>() + 14;
    let mut svg = format!(
        "<svg viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-labelledby=\"t-title t-desc\">\n\
         <title id=\"t-title\">Deadlines</title>\n<desc id=\"t-desc\">{}</desc>\n",
        esc(&described(&days))
    );
    months(&mut svg, &scale, height);
    marks(&mut svg, book, &scale, height);
    let mut y = TOP;
    for (due, duties, lines) in &rows {
        line(&mut svg, book, &scale, y + ROW / 2, *due, duties, lines);
        y += tall(lines);
    }
    svg.push_str("</svg>\n");
    format!(
        "<section id=\"timeline\" aria-labelledby=\"h-timeline\">\n<h2 id=\"h-timeline\">\
         Deadlines</h2>\n<div class=\"timeline\" role=\"group\" aria-labelledby=\"h-timeline\" \
         tabindex=\"0\">\n{svg}</div>\n<p class=\"note\">{}</p>\n\
         </section>\n",
        legend(as_of, undated, done.len() as u64)
    )
}

/// How to read the drawing, and what it leaves out.
fn legend(as_of: Date, undated: u64, done: u64) -> String {
    let mut text = format!(
        "A bar runs from the start of the clock to the due day; red is past its day on {}; an open \
         dot is a possible duty.",
        day(as_of)
    );
    if undated > 0 {
        let verb = if undated == 1 { "has" } else { "have" };
        text.push_str(&format!(
            " Not drawn: {}, which {verb} no fixed day and must be carried out without \
             unreasonable delay.",
            counted(undated, "duty", "duties")
        ));
    }
    if done > 0 {
        text.push_str(&format!(
            " {} already carried out, as the incident says.",
            counted(done, "duty was", "duties were")
        ));
    }
    text
}

/// Days to units, in whole numbers so that the bytes never hang on rounding.
struct Scale {
    first: Date,
    last: Date,
    length: i64,
}

impl Scale {
    fn of(book: &Book, days: &BTreeMap<Date, Vec<&Duty>>) -> Self {
        let starts = days.values().flatten().filter_map(|duty| duty.clock_started);
        let points: Vec<Date> = starts
            .chain(days.keys().copied())
            .chain(book.discovered)
            .chain(book.mail_on)
            .chain([book.plan.as_of])
            .collect();
        let first = points.iter().copied().min().unwrap_or(book.plan.as_of);
        let last = points.iter().copied().max().unwrap_or(book.plan.as_of);
        Self { first, last, length: days_between(first, last).max(1) }
    }

    fn x(&self, date: Date) -> i64 {
        LEFT + days_between(self.first, date) * (RIGHT - LEFT) / self.length
    }
}

/// A light line and a name for each month, every third one if there are many.
fn months(svg: &mut String, scale: &Scale, height: i64) {
    let step = if scale.length > 400 { 3 } else { 1 };
    let mut month = scale.first.first_of_month();
    while month <= scale.last {
        if month >= scale.first {
            let x = scale.x(month);
            svg.push_str(&format!(
                "<line class=\"month\" x1=\"{x}\" y1=\"{}\" x2=\"{x}\" y2=\"{}\"/>\
                 <text class=\"axis\" x=\"{}\" y=\"{}\">{}</text>\n",
                TOP - 8,
                height - 8,
                x + 3,
                TOP - 12,
                month.strftime(if month.month() == 1 { "%b %Y" } else { "%b" })
            ));
        }
        let Ok(next) = month.checked_add(step.months()) else { break };
        month = next;
    }
}

/// The day of the letters and the day of the book.
fn marks(svg: &mut String, book: &Book, scale: &Scale, height: i64) {
    let as_of = book.plan.as_of;
    let marks = match book.mail_on {
        Some(mail) if mail == as_of => vec![(mail, "mail", "letters dated, book as of")],
        Some(mail) => vec![(mail, "mail", "letters dated"), (as_of, "as-of", "book as of")],
        None => vec![(as_of, "as-of", "book as of")],
    };
    for (index, (date, class, name)) in (0..).zip(marks) {
        let x = scale.x(date);
        let (anchor, at) = if x > (LEFT + RIGHT) / 2 { ("end", x - 4) } else { ("start", x + 4) };
        svg.push_str(&format!(
            "<line class=\"{class}\" x1=\"{x}\" y1=\"{y}\" x2=\"{x}\" y2=\"{}\"/>\
             <text class=\"{class}\" x=\"{at}\" y=\"{}\" text-anchor=\"{anchor}\">{name} {}</text>\n",
            height - 8,
            12 + 14 * index,
            day(date),
            y = 4 + 14 * index,
        ));
    }
}

fn line(
    svg: &mut String,
    book: &Book,
    scale: &Scale,
    y: i64,
    due: Date,
    duties: &[&Duty],
    names: &[String],
) {
    let sure = duties.iter().any(|duty| duty.arises == Arises::Yes);
    let late =
        sure && duties.iter().any(|d| DutyState::of(d, book.plan.as_of) == DutyState::Overdue);
    let class = match (late, sure) {
        (true, _) => "late",
        (_, true) => "sure",
        _ => "maybe",
    };
    let start = duties.iter().filter_map(|duty| duty.clock_started).min().unwrap_or(due);
    let (from, to) = (scale.x(start.min(due)), scale.x(due));
    let spans: Vec<String> = (0..)
        .zip(names)
        .map(|(n, name)| {
            let (x, y) = (RIGHT + 18, y + 4 + LINE * n);
            format!("<tspan x=\"{x}\" y=\"{y}\">{}</tspan>", esc(name))
        })
        .collect();
    svg.push_str(&format!(
        "<g class=\"{class}\"><text class=\"day\" x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>\
         <line class=\"bar\" x1=\"{from}\" y1=\"{y}\" x2=\"{to}\" y2=\"{y}\"/>\
         <circle cx=\"{to}\" cy=\"{y}\" r=\"5\"/>\
         <text class=\"what\">{}</text></g>\n",
        LEFT - 12,
        y + 4,
        day(due),
        spans.concat(),
    ));
}

/// Recipients by their whole names, the law's code before each, a line for each or more; first of
/// all by how many days the day has passed.
fn label(duties: &[&Duty], as_of: Date, due: Date) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for duty in duties {
        let name = format!("{} {}", duty.jurisdiction, duty.recipient);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let more = names.len().saturating_sub(NAMES);
    names.truncate(NAMES);
    if more > 0 {
        names.push(format!("and {more} more, in the tables below"));
    }
    let late = duties.iter().any(|duty| DutyState::of(duty, as_of) == DutyState::Overdue);
    if late && let Some(first) = names.first_mut() {
        let days = u64::try_from(days_between(due, as_of)).unwrap_or(0);
        first.push_str(&format!(" · {} late", counted(days, "day", "days")));
    }
    names.iter().flat_map(|name| wrapped(name)).collect()
}

/// Recipients of one day named before the rest is counted.
const NAMES: usize = 6;
/// Characters beside the drawing.
const ROOM: usize = 58;

/// A name in lines for which there is room, broken between words.
fn wrapped(name: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in name.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= ROOM => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

fn described(days: &BTreeMap<Date, Vec<&Duty>>) -> String {
    let parts: Vec<String> = days
        .iter()
        .map(|(due, duties)| {
            format!("{}: {}", day(*due), counted(duties.len() as u64, "duty", "duties"))
        })
        .collect();
    format!("{}. The tables below say the same.", parts.join("; "))
}
