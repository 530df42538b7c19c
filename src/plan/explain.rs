//! Why one duty stands in the plan as it does, piece by piece.

use super::calendar::days_between;
use super::words::{self, counted, threshold};
use super::{Arises, Carrier, Duty, Plan, Question};
use crate::law::{Comparator, Confidence};
use jiff::civil::Date;
use serde::Serialize;

/// Everything behind a duty, ready to be printed.
#[derive(Clone, Debug, Serialize)]
pub struct Explanation {
    pub id: String,
    pub recipient: String,
    pub arises: Arises,
    pub reason: String,
    /// Sentences on the dates and on who acts, in the order of reasoning.
    pub facts: Vec<String>,
    /// Who is counted: entities by id, and their number of people.
    pub entities: Vec<String>,
    pub count: u64,
    /// The threshold in words.
    pub threshold: String,
    /// The law's timing in our words.
    pub rule: String,
    pub citation: String,
    pub source: String,
    pub confidence: Confidence,
    /// Questions whose answers could change it.
    pub questions: Vec<Question>,
}

/// Explains the duty with this id, its lateness judged by a day; none if the plan has no such duty.
pub fn explain(plan: &Plan, id: &str, on: Date) -> Option<Explanation> {
    let duty = plan.duty(id)?;
    let any = duty.threshold <= 1 && duty.comparator != Comparator::FewerThan;
    Some(Explanation {
        id: duty.id.clone(),
        recipient: duty.recipient.clone(),
        arises: duty.arises,
        reason: duty.reason.clone(),
        facts: facts(duty, on),
        entities: duty.entities.clone(),
        count: duty.count,
        threshold: if any {
            "any number".to_owned()
        } else {
            threshold(duty.comparator, duty.threshold)
        },
        rule: duty.timing.clone(),
        citation: duty.citation.clone(),
        source: duty.source.clone(),
        confidence: duty.confidence,
        questions: plan.questions.iter().filter(|q| bears_on(q, duty)).cloned().collect(),
    })
}

fn facts(duty: &Duty, on: Date) -> Vec<String> {
    let mut out = Vec::new();
    let clock = words::clock(duty.clock);
    if let Some(started) = duty.clock_started {
        out.push(format!("The clock is {clock}, which is {started}."));
    }
    match (duty.due, duty.clock_started, duty.due_hours) {
        (Some(due), _, Some(hours)) => {
            out.push(format!(
                "It is due {} after that: on {due}.",
                counted(hours.into(), "hour", "hours")
            ));
        }
        (Some(due), Some(started), None) => {
            let days = days_between(started, due);
            out.push(match u64::try_from(days) {
                Ok(0) => format!("It is due on that day, {due}."),
                Ok(days) => {
                    format!("It is due {} later, on {due}.", counted(days, "day", "days"))
                }
                Err(_) => format!(
                    "It is due {} before, on {due}.",
                    counted(days.unsigned_abs(), "day", "days")
                ),
            });
        }
        (Some(due), None, None) => out.push(format!("It is due on {due}.")),
        (None, ..) if duty.arises != Arises::No => {
            out.push("The law gives no number of days.".to_owned());
        }
        (None, ..) => {}
    }
    if let Some(better) = duty.recommended {
        out.push(format!(
            "It must be done before the first letter leaves on that day; {better} is safer."
        ));
    }
    let late = duty.overdue_days(on).map(|days| counted(days.into(), "day", "days"));
    match (duty.done_on.filter(|_| duty.is_done(on)), late) {
        (Some(done), Some(late)) => {
            out.push(format!("The incident says that it was done on {done}, {late} late."));
        }
        (Some(done), None) => {
            out.push(format!("The incident says that it was done on {done}, in time."));
        }
        (None, Some(late)) => out.push(format!("On {on} it is {late} overdue.")),
        (None, None) => {}
    }
    match duty.carrier {
        Carrier::Sender => {}
        Carrier::Entity => out.push("The covered entity carries it out itself.".to_owned()),
        Carrier::Undecided => out.push("Nobody has said who carries it out.".to_owned()),
    }
    if !duty.required_content.is_empty() {
        out.push(format!("It must contain: {}.", words::both(&duty.required_content)));
    }
    out
}

/// Whether a question's answer could change a duty.
fn bears_on(question: &Question, duty: &Duty) -> bool {
    let id = question.id.as_str();
    let about = [".version", ".hold", ".counts"].iter().find_map(|suffix| id.strip_suffix(suffix));
    if id == duty.rule || about == Some(&duty.rule) {
        return true;
    }
    let Some((head, rest)) = id.split_once('.') else { return false };
    match head {
        "agency" => duty.entities.iter().any(|e| e == rest),
        "delegation" => {
            rest.split_once('.').is_some_and(|(of, _)| duty.entities.iter().any(|e| e == of))
        }
        "discovery" | "determination" | "encryption" => true,
        code => code == duty.jurisdiction,
    }
}
