//! The clock wall: what is late, due today and next, and what each thing waits for.

use super::duties::anchor;
use super::html::esc;
use super::words::{counted, day, days_between, kind, time};
use crate::plan::{Arises, Carrier, Duty, Gate, Plan, Step};
use jiff::civil::Date;
use std::collections::BTreeMap;

const STYLE: &str = include_str!("wall.css");

/// What hangs on the wall of an office: one HTML page, nothing outside it. `names`: of covered
/// entities, by id; `steps`: the order of the mailing day.
pub fn wall(
    title: &str,
    plan: &Plan,
    steps: &[Step],
    names: &BTreeMap<String, String>,
    on: Date,
) -> String {
    let mut out = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
         style-src 'unsafe-inline'\">\n<meta name=\"robots\" content=\"noindex\">\n\
         <title>{title} · clock wall</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
         <header><h1>{title}</h1><p>As of {} · letters dated {} · law pack {}</p></header>\n<main>\n",
        time(on),
        time(plan.mail_on),
        esc(&plan.law_pack),
        title = esc(title),
    );
    let group = |of: &dyn Fn(i64) -> bool| -> Vec<(&Step, &Duty)> {
        let dated = steps.iter().filter_map(|step| Some((step, plan.duty(&step.duty)?)));
        dated.filter(|(step, _)| step.due.is_some_and(|due| of(days_between(on, due)))).collect()
    };
    let undated: Vec<(&Step, &Duty)> = steps
        .iter()
        .filter(|step| step.due.is_none())
        .filter_map(|step| Some((step, plan.duty(&step.duty)?)))
        .collect();
    for (class, title, found) in [
        ("late", "Late", group(&|days| days < 0)),
        ("today", "Today", group(&|days| days == 0)),
        ("next", "Next 7 days", group(&|days| (1..=7).contains(&days))),
        ("later", "Later", group(&|days| days > 7)),
        ("undated", "Without a fixed day", undated),
    ] {
        section(&mut out, class, title, &found, names, on);
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn section(
    out: &mut String,
    class: &str,
    title: &str,
    found: &[(&Step, &Duty)],
    names: &BTreeMap<String, String>,
    on: Date,
) {
    out.push_str(&format!(
        "<section class=\"{class}\" aria-labelledby=\"h-{class}\">\n<h2 id=\"h-{class}\">{title} \
         <span>{}</span></h2>\n",
        found.len()
    ));
    if found.is_empty() {
        out.push_str("<p class=\"none\">Nothing</p>\n</section>\n");
        return;
    }
    out.push_str("<ul>\n");
    for (step, duty) in found {
        let when = match step.due {
            None => String::new(),
            Some(due) => {
                let days = days_between(on, due);
                let far = match days {
                    0 => "today".to_owned(),
                    n if n < 0 => format!("{} late", counted(n.unsigned_abs(), "day", "days")),
                    n => format!("in {}", counted(n.unsigned_abs(), "day", "days")),
                };
                format!("<p class=\"when\"><b>{far}</b> {}</p>", day(due))
            }
        };
        let of = duty.entity.as_ref().map(|id| names.get(id).unwrap_or(id).clone());
        let of = of.map_or_else(String::new, |name| format!(" · {}", esc(&name)));
        let maybe = if duty.arises == Arises::Possible { " <i>possible</i>" } else { "" };
        out.push_str(&format!(
            "<li id=\"{}\">{when}<p class=\"to\">{}{maybe}</p><p>{} · {}{of}</p>{}</li>\n",
            anchor(&duty.id),
            esc(&duty.recipient),
            kind(duty.kind),
            esc(&duty.jurisdiction),
            waits(step, duty),
        ));
    }
    out.push_str("</ul>\n</section>\n");
}

/// What a step waits for, or what waits for it.
fn waits(step: &Step, duty: &Duty) -> String {
    let mut lines = Vec::new();
    match step.gate {
        Gate::Open => {}
        Gate::LettersWait => lines.push("The letters wait for it".to_owned()),
        Gate::LettersPosted => lines.push("Waits until the letters are posted".to_owned()),
        Gate::HhsFiled => lines.push("Waits until HHS has been told".to_owned()),
        Gate::Delegation => lines.push("Waits until it is decided who acts".to_owned()),
    }
    if let Some(better) = step.recommended {
        lines.push(format!("Better by {}", day(better)));
    }
    if duty.carrier == Carrier::Entity {
        lines.push("The covered entity acts for itself".to_owned());
    }
    match lines.is_empty() {
        true => String::new(),
        false => format!("<p class=\"waits\">{}</p>", esc(&lines.join(" · "))),
    }
}
