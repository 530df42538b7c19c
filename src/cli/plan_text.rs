//! A plan as people read it: late first, then by date, then what is only possible.

use super::words::{count, long_date, thousands};
use crate::plan::{Arises, Carrier, Duty, Explanation, Gate, Phase, Plan, Question, Step};
use jiff::civil::Date;
use std::fmt::Write as _;

/// The whole plan; `all` adds the duties that do not arise.
pub fn render(plan: &Plan, all: bool) -> String {
    let mut text = format!("As of {}, law pack {}\n", long_date(plan.as_of), plan.law_pack);
    let mut arising: Vec<&Duty> = plan.duties.iter().filter(|d| d.arises == Arises::Yes).collect();
    arising.sort_by(|a, b| order(a).cmp(&order(b)));
    let (late, due): (Vec<_>, Vec<_>) =
        arising.into_iter().partition(|d| d.due.is_some_and(|due| due < plan.as_of));
    let of = |arises| plan.duties.iter().filter(|d| d.arises == arises).collect::<Vec<_>>();
    section(&mut text, "OVERDUE", &late, plan.as_of);
    section(&mut text, "Duties that arise", &due, plan.as_of);
    section(&mut text, "Possible", &of(Arises::Possible), plan.as_of);
    let not = of(Arises::No);
    if all {
        section(&mut text, "Duties that do not arise", &not, plan.as_of);
    } else if !not.is_empty() {
        let n = count(not.len() as u64, "duty does", "duties do");
        let _ = writeln!(text, "\n{n} not arise; `--all` lists them with the reason");
    }
    questions(&mut text, &plan.questions);
    if !plan.not_covered.is_empty() {
        text.push_str("\nWhat this plan does not cover\n");
        for line in &plan.not_covered {
            let _ = writeln!(text, "  - {line}");
        }
    }
    text
}

fn order(duty: &Duty) -> (bool, Option<Date>, &str) {
    (duty.due.is_none(), duty.due, &duty.id)
}

fn section(text: &mut String, title: &str, duties: &[&Duty], as_of: Date) {
    if duties.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n{title} ({})", duties.len());
    for duty in duties {
        one(text, duty, as_of);
    }
}

fn one(text: &mut String, duty: &Duty, as_of: Date) {
    let due = duty.due.map_or_else(|| "no fixed day".into(), |d| d.to_string());
    let _ = write!(text, "\n  {due:<12}  {}", duty.recipient);
    let late = duty.due.map_or(0, |due| (as_of - due).get_days());
    if late > 0 && duty.arises == Arises::Yes {
        let days = count(u64::try_from(late).unwrap_or(0), "day", "days");
        let _ = write!(text, "  [{days} late]");
    }
    match duty.carrier {
        Carrier::Sender => {}
        Carrier::Entity => text.push_str("  [the covered entity acts for itself]"),
        Carrier::Undecided => text.push_str("  [who acts is undecided]"),
    }
    let _ = writeln!(text, "\n                {}", duty.reason);
    let counted = thousands(duty.count);
    let _ = writeln!(text, "                {}; counted {counted}; {}", duty.citation, duty.id);
}

fn questions(text: &mut String, questions: &[Question]) {
    if questions.is_empty() {
        return;
    }
    let _ = writeln!(text, "\nQuestions for counsel ({})", questions.len());
    for question in questions {
        let _ = writeln!(text, "\n  {}", question.id);
        let _ = writeln!(text, "    {}", question.text);
        let _ = writeln!(text, "    choices: {}", question.choices.join(", "));
        match &question.answer {
            Some(answer) => {
                let _ = writeln!(text, "    decided: {answer}");
            }
            None => {
                let blocks = if question.blocking { "; approval waits for it" } else { "" };
                let _ = writeln!(text, "    taken meanwhile: {}{blocks}", question.default);
            }
        }
    }
}

/// One duty in full.
pub fn explanation(e: &Explanation) -> String {
    let arises = match e.arises {
        Arises::Yes => "arises",
        Arises::No => "does not arise",
        Arises::Possible => "may arise",
    };
    let mut text = format!("{} ({})\n  {arises}: {}\n", e.recipient, e.id, e.reason);
    for fact in &e.facts {
        let _ = writeln!(text, "  {fact}");
    }
    let counted = thousands(e.count);
    let _ = writeln!(text, "\nCounted    {counted}; threshold {}", e.threshold);
    if !e.entities.is_empty() {
        let _ = writeln!(text, "Entities   {}", e.entities.join(", "));
    }
    let confidence = format!("{:?}", e.confidence).to_lowercase();
    let _ = writeln!(text, "Rule       {}", e.rule);
    let _ = writeln!(text, "Citation   {}", e.citation);
    let _ = writeln!(text, "Source     {} (confidence {confidence})", e.source);
    questions(&mut text, &e.questions);
    text
}

/// What is done before, with and after the letters, and what waits for what.
pub fn order_of_the_day(steps: &[Step]) -> String {
    let mut text = String::from("\nOrder of the day\n");
    for (phase, title) in [
        (Phase::Before, "before the letters"),
        (Phase::With, "with the letters"),
        (Phase::After, "after the letters"),
    ] {
        let of_phase: Vec<&Step> = steps.iter().filter(|s| s.phase == phase).collect();
        if of_phase.is_empty() {
            continue;
        }
        let _ = writeln!(text, "\n  {title}");
        for step in of_phase {
            let due = step.due.map_or_else(|| "no fixed day".into(), |d| d.to_string());
            let gate = match step.gate {
                Gate::Open => "",
                Gate::LettersWait => "  [letters wait for it]",
                Gate::LettersPosted => "  [once the letters are posted]",
                Gate::HhsFiled => "  [once HHS has been told]",
                Gate::Delegation => "  [once it is decided who acts]",
            };
            let _ = writeln!(text, "    {due:<12}  {} ({}){gate}", step.recipient, step.duty);
        }
    }
    text
}
