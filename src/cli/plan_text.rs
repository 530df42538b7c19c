//! A plan as people read it: late first, then by date, then what is only possible.

use crate::law::{Confidence, DutyKind};
use crate::plan::{
    Arises, Carrier, Duty, Explanation, Gate, Phase, Plan, Profile, ProfileAnswer, Question, Step,
};
use crate::tables::words::{count, long_date, thousands};
use jiff::civil::Date;
use std::fmt::Write as _;

/// By which day lateness is judged: that of `--as-of`, else today.
#[derive(Clone, Copy)]
pub struct Judged {
    pub on: Date,
    pub today: bool,
}

/// The whole plan; `all` adds the duties that do not arise.
pub fn render(plan: &Plan, judged: Judged, all: bool) -> String {
    let on = judged.on;
    let mut text = format!(
        "As of {}{}, law pack {}\nLetters dated {}\n",
        long_date(on),
        if judged.today { " (today)" } else { "" },
        plan.law_pack,
        long_date(plan.mail_on)
    );
    if plan.estimated {
        text.push_str(
            "COUNTS ARE ESTIMATES: no roster has been read, so duties are only possible\n",
        );
    }
    let of = |arises| plan.duties.iter().filter(|d| d.arises == arises).collect::<Vec<_>>();
    let (done, mut open): (Vec<&Duty>, Vec<&Duty>) =
        plan.duties.iter().filter(|d| d.arises != Arises::No).partition(|d| d.is_done(on));
    open.sort_by(|a, b| order(a).cmp(&order(b)));
    let (late, due): (Vec<_>, Vec<_>) =
        open.into_iter().partition(|d| d.overdue_days(on).is_some());
    let (due, possible): (Vec<_>, Vec<_>) = due.into_iter().partition(|d| d.arises == Arises::Yes);
    section(&mut text, "OVERDUE", &late, plan, on);
    section(&mut text, "Duties that arise", &due, plan, on);
    section(&mut text, "Possible", &possible, plan, on);
    section(&mut text, "Done, as the incident says", &done, plan, on);
    let not = of(Arises::No);
    if all {
        section(&mut text, "Duties that do not arise", &not, plan, on);
    } else if !not.is_empty() {
        let n = count(not.len() as u64, "duty does", "duties do");
        let _ = writeln!(text, "\n{n} not arise; `--all` lists them with the reason");
    }
    questions(&mut text, &plan.questions);
    profiles(&mut text, &plan.profiles);
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

fn section(text: &mut String, title: &str, duties: &[&Duty], plan: &Plan, on: Date) {
    if duties.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n{title} ({})", duties.len());
    for duty in duties {
        one(text, duty, plan, on);
    }
}

/// A duty in three lines: when and to whom, why, by which law.
fn one(text: &mut String, duty: &Duty, plan: &Plan, on: Date) {
    let due = match duty.due {
        Some(day) => day.to_string(),
        None if duty.arises == Arises::No => "-".to_owned(),
        None => "no fixed day".to_owned(),
    };
    let _ = write!(text, "\n  {due:<12}  {:<8}  {}", duty.jurisdiction, duty.recipient);
    if let Some(entity) = &duty.entity {
        let _ = write!(text, " ({entity})");
    }
    for mark in marks(duty, plan, on) {
        let _ = write!(text, "  [{mark}]");
    }
    let _ = writeln!(text, "\n                {}", duty.reason);
    let counted = thousands(duty.count);
    let _ = write!(text, "                {}; counted {counted}; {}", duty.citation, duty.id);
    let _ = match duty.confidence {
        Confidence::High => writeln!(text),
        other => {
            let word = format!("{other:?}").to_lowercase();
            writeln!(text, "; {word} confidence in the law as entered")
        }
    };
}

/// What must not be overlooked about a duty: late, done, in hours, by whom.
fn marks(duty: &Duty, plan: &Plan, on: Date) -> Vec<String> {
    let mut marks = Vec::new();
    let days = |n: u32| count(u64::from(n), "day", "days");
    let late = duty.overdue_days(on);
    match (duty.done_on.filter(|_| duty.is_done(on)), late) {
        (Some(done), Some(late)) => marks.push(format!("done {done}, {} late", days(late))),
        (Some(done), None) => marks.push(format!("done {done}")),
        (None, Some(late)) if duty.arises == Arises::Possible => {
            marks.push(format!("{} LATE if it arises", days(late)));
        }
        (None, Some(late)) => marks.push(format!("{} LATE", days(late))),
        (None, None) => {}
    }
    // Letters that are dated after the last day are late before they are.
    if duty.kind == DutyKind::Individual
        && on < plan.mail_on
        && let Some(late) = duty.overdue_days(plan.mail_on)
    {
        marks.push(format!("letters of {} are {} late", plan.mail_on, days(late)));
    }
    if let (Some(hours), Some(start)) = (duty.due_hours, duty.clock_started) {
        marks.push(format!("{} from {start}", count(u64::from(hours), "hour", "hours")));
    }
    if let Some(better) = duty.recommended.filter(|_| late.is_none()) {
        marks.push(format!("before the first letter leaves; better by {better}"));
    }
    match duty.carrier {
        Carrier::Sender => {}
        Carrier::Entity => marks.push("the covered entity acts for itself".to_owned()),
        Carrier::Undecided => marks.push("who acts is undecided".to_owned()),
    }
    marks
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

/// What the organizations answered about themselves; what they left open is a question above.
fn profiles(text: &mut String, profiles: &[Profile]) {
    let answered = |s: &&Profile| s.answer != ProfileAnswer::Unanswered;
    let mut lines = profiles.iter().filter(answered).peekable();
    if lines.peek().is_some() {
        text.push_str("\nWhat the organizations are\n");
    }
    for line in lines {
        let (names, many) = (&line.organizations, line.organizations.len());
        let who = match names.as_slice() {
            [one] => one.clone(),
            [first, ..] => format!("{first} and {}", count(many as u64 - 1, "other", "others")),
            [] => continue,
        };
        let each = if many > 1 { ", each:" } else { "" };
        let _ = writeln!(text, "  - {who}{each} {} ({})", line.says, line.citation);
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
pub fn order_of_the_day(steps: &[Step], plan: &Plan, on: Date) -> String {
    let mut text = format!(
        "\nOrder of the mailing day, {} (days are the last that the law allows)\n",
        long_date(plan.mail_on)
    );
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
            let late = if step.due.is_some_and(|due| due < on) { "  [LATE]" } else { "" };
            let wait = step.recommended.map_or("  [letters wait for it]".to_owned(), |day| {
                format!("  [letters wait for it; better by {day}]")
            });
            let gate = match step.gate {
                Gate::Open => "",
                Gate::LettersWait => wait.as_str(),
                Gate::LettersPosted => "  [once the letters are posted]",
                Gate::HhsFiled => "  [once HHS has been told]",
                Gate::Delegation => "  [once it is decided who acts]",
            };
            let _ = writeln!(text, "    {due:<12}  {} ({}){gate}{late}", step.recipient, step.duty);
        }
    }
    text
}
