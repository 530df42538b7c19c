//! `decide`: counsel's questions with what each answer would change, and an answer written down.

use crate::cli::args::DecideArgs;
use crate::cli::exit::{Ending, Stop};
use crate::cli::output::{print, print_json, tell_findings};
use crate::cli::progress::Bars;
use crate::cli::wrap::fitted;
use crate::clock;
use crate::matter::act::decide::{DecideAnswer, DecideRequest, decide};
use crate::matter::ask::questions::{
    Effect, QuestionGroup, QuestionItem, QuestionsAnswer, QuestionsRequest, questions,
};
use crate::matter::open::Selection;
use crate::tables::words::count;
use std::fmt::Write as _;

pub fn run(args: &DecideArgs) -> Result<Ending, Stop> {
    let selection = Selection::from(&args.folder);
    let (Some(question), Some(choice)) = (&args.question, &args.choice) else {
        let request = QuestionsRequest { selection, as_of: None };
        let answer = questions(&request, &Bars::default())?;
        tell_findings(&answer.findings, false);
        match args.json {
            true => print_json(&answer)?,
            false => print(&fitted(&listed(&answer)))?,
        }
        return Ok(Ending::Fine);
    };
    let request = DecideRequest {
        selection,
        question: question.clone(),
        choice: choice.clone(),
        by: args.by.clone(),
        reason: args.reason.clone(),
        on: args.on.unwrap_or_else(clock::today),
        change: args.change,
    };
    let answer = decide(&request, &Bars::default())?;
    match args.json {
        true => print_json(&answer)?,
        false => print(&written(&answer))?,
    }
    Ok(Ending::Fine)
}

fn listed(answer: &QuestionsAnswer) -> String {
    let mut text = match answer.open {
        0 => "No question is open\n".to_owned(),
        n => format!(
            "{} open, {} of them holding up approval\n",
            count(n as u64, "question is", "questions are"),
            answer.blocking
        ),
    };
    for group in &answer.groups {
        self::group(&mut text, group);
    }
    text
}

fn group(text: &mut String, group: &QuestionGroup) {
    let state = match (group.open, group.blocking) {
        (0, _) => "decided",
        (_, true) => "approval waits",
        (_, false) => "open",
    };
    let _ = writeln!(text, "\n{} [{}; {state}]", group.title, group.kind);
    for item in &group.items {
        self::item(text, item, group.items.len() > 1);
    }
    for choice in &group.choices {
        let taken = if choice.is_default { " (taken meanwhile)" } else { "" };
        let all = if group.open > 1 { format!(", for all {}", group.open) } else { String::new() };
        let _ = writeln!(text, "  {}: {}{taken}{all}", choice.choice, choice.words);
        for line in effect(&choice.effect) {
            let _ = writeln!(text, "      {line}");
        }
    }
}

fn item(text: &mut String, item: &QuestionItem, several: bool) {
    let about = if item.subject.is_empty() { "" } else { &item.subject };
    let _ = writeln!(text, "  {} {about}", item.id);
    let _ = writeln!(text, "    {}", item.text);
    if !item.citation.is_empty() {
        let _ = writeln!(text, "    {}", item.citation);
    }
    if let Some(answer) = &item.answer {
        let _ = writeln!(text, "    decided: {answer}");
    }
    if several {
        for choice in item.choices.iter().filter(|choice| !choice.effect.is_nothing()) {
            let _ = writeln!(text, "    {}: {}", choice.choice, effect(&choice.effect).join("; "));
        }
    }
}

/// What a choice changes, a line each.
fn effect(effect: &Effect) -> Vec<String> {
    match effect.lines() {
        none if none.is_empty() => vec!["changes nothing in the plan".to_owned()],
        lines => lines,
    }
}

fn written(answer: &DecideAnswer) -> String {
    let mut text = String::new();
    for one in &answer.decided {
        let _ = writeln!(text, "{}: {} (was {})", one.question, one.choice, one.before);
    }
    for line in effect(&answer.effect) {
        let _ = writeln!(text, "  {line}");
    }
    text.push_str("Written into incident.toml; the reason stands in privileged.toml\n");
    text
}
