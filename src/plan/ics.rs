//! The deadlines as an iCalendar file (RFC 5545), with alarms.

use super::calendar::{days_after, days_between};
use super::{Arises, Carrier, Duty, Plan};
use jiff::civil::{Date, date};
use std::collections::BTreeMap;
use std::fmt::Write;

/// RFC 5545 section 3.1: no line longer than 75 octets, the break not counted.
const LINE: usize = 75;

/// 09:00 a week before, and 09:00 the day before, counted from the start of the due day.
const ALARMS: [&str; 2] = ["-P6DT15H", "-PT15H"];

/// One all-day event for each duty that arises, has a date and is not done yet; the same plan gives the same
/// bytes.
///
/// `names`: of covered entities, by id. `incident` is the incident's id: with the duty's id it makes events unique, so that a later
/// plan's file updates them in a calendar. The events' time stamps are the plan's `as_of`.
pub fn ics(plan: &Plan, incident: &str, names: &BTreeMap<String, String>) -> String {
    let mut out = IcsLines::default();
    out.line("BEGIN:VCALENDAR");
    out.line("VERSION:2.0");
    out.line("PRODID:-//Noticeworks//Plan//EN");
    out.line("CALSCALE:GREGORIAN");
    out.line("METHOD:PUBLISH");
    out.line(&format!("X-WR-CALNAME:{}", escaped(&format!("Notices of {incident}"))));
    let open = plan.duties.iter().filter(|d| d.arises != Arises::No && !d.is_done(plan.as_of));
    for duty in open {
        if let Some(due) = duty.due {
            event(&mut out, plan, incident, names, duty, due);
        }
    }
    out.line("END:VCALENDAR");
    out.0
}

fn event(
    out: &mut IcsLines,
    plan: &Plan,
    incident: &str,
    names: &BTreeMap<String, String>,
    duty: &Duty,
    due: Date,
) {
    let who = match duty.carrier {
        Carrier::Sender => "",
        Carrier::Entity => " (by the covered entity)",
        Carrier::Undecided => " (by whom is undecided)",
    };
    let sure = if duty.arises == Arises::Possible { "Possibly due" } else { "Due" };
    let hours = duty
        .due_hours
        .zip(duty.clock_started)
        .map_or_else(String::new, |(hours, start)| format!("{hours} hours from {start}.\n"));
    let better = duty.recommended.map_or_else(String::new, |day| {
        format!("Before the first letter leaves; better by {day}.\n")
    });
    let text = format!(
        "{}\n{hours}{better}{}\n{}\nDuty {}, law pack {}",
        duty.reason, duty.timing, duty.citation, duty.id, plan.law_pack
    );
    out.line("BEGIN:VEVENT");
    out.line(&format!("UID:{}", escaped(&format!("{}@{incident}.noticeworks.example", duty.id))));
    out.line(&format!("DTSTAMP:{}T000000Z", basic(plan.as_of)));
    out.line(&format!("SEQUENCE:{}", days_between(date(2000, 1, 1), plan.as_of).max(0)));
    out.line(&format!("DTSTART;VALUE=DATE:{}", basic(due)));
    out.line(&format!("DTEND;VALUE=DATE:{}", basic(days_after(due, 1))));
    out.line(&format!(
        "SUMMARY:{}",
        escaped(&format!("{sure}: {}{}{who}", duty.recipient, of(duty, names)))
    ));
    out.line(&format!("DESCRIPTION:{}", escaped(&text)));
    if !duty.url.is_empty() && duty.url.chars().all(|c| c.is_ascii_graphic()) {
        out.line(&format!("URL:{}", duty.url));
    }
    out.line("TRANSP:TRANSPARENT");
    for trigger in ALARMS {
        out.line("BEGIN:VALARM");
        out.line("ACTION:DISPLAY");
        out.line(&format!("TRIGGER:{trigger}"));
        out.line(&format!("DESCRIPTION:{}", escaped(&format!("{sure}: {}", duty.recipient))));
        out.line("END:VALARM");
    }
    out.line("END:VEVENT");
}

/// For whom a duty is carried out, by name; how many where they are several.
fn of(duty: &Duty, names: &BTreeMap<String, String>) -> String {
    let ids = match &duty.entity {
        Some(entity) => std::slice::from_ref(entity),
        None => duty.entities.as_slice(),
    };
    let name = |id: &String| names.get(id).unwrap_or(id).clone();
    match ids {
        [] => String::new(),
        [one] => format!(", for {}", name(one)),
        [one, other] => format!(", for {} and {}", name(one), name(other)),
        many => format!(", for {} covered entities", many.len()),
    }
}

/// `20260928`.
fn basic(day: Date) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = write!(text, "{:04}{:02}{:02}", day.year(), day.month(), day.day());
    text
}

/// RFC 5545 section 3.3.11.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.trim_end().chars() {
        match c {
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(c);
            }
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// Lines ended by CRLF and folded between characters, never within one.
#[derive(Default)]
struct IcsLines(String);

impl IcsLines {
    fn line(&mut self, text: &str) {
        let mut used = 0;
        for c in text.chars() {
            if used + c.len_utf8() > LINE {
                self.0.push_str("\r\n ");
                used = 1;
            }
            self.0.push(c);
            used += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}
