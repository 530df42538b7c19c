//! Law: the clock wall, every duty with its reason, and counsel's questions answered with name and
//! day.

use crate::clock;
use crate::matter::act::write_facts::{Edit, Given, WriteRequest, write};
use crate::matter::refusal::Refusal;
use crate::plan::{Arises, Carrier, Duty, Question};
use crate::tables::words::{count, long_date, thousands};
use crate::workbench::ask::{Ask, Reply};
use crate::workbench::form::encode;
use crate::workbench::page::{
    Block, Cell, Choice, Field, Form, Link, Page, Table, capital, findings, quoted,
};
use crate::workbench::visit::Visit;
use jiff::civil::Date;

pub fn reply(visit: &Visit<'_>, rest: &[&str], ask: &Ask) -> Result<Reply, Refusal> {
    match (&rest[1..], ask.changes) {
        ([], false) => overview(visit),
        (["duty"], false) => duty(visit, ask.query.text("id")),
        (["question"], false) => question(visit, ask.query.text("id")),
        (["question"], true) => answer(visit, ask),
        _ => Ok(visit.bench.nothing_here()),
    }
}

fn overview(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    let plan = visit.plan()?;
    let today = clock::today();
    let open: Vec<&Question> = plan.plan.questions.iter().filter(|q| q.answer.is_none()).collect();
    let arising = plan.plan.duties.iter().filter(|d| d.arises == Arises::Yes).count() as u64;
    let late = plan.plan.overdue(today).count() as u64;
    let mut line = count(arising, "duty arises", "duties arise");
    if late > 0 {
        line = format!("{line}; {}", count(late, "is overdue", "are overdue"));
    }
    if !open.is_empty() {
        line = format!(
            "{line}; {} counsel",
            count(open.len() as u64, "question waits for", "questions wait for")
        );
    }
    let mut page = Page::new("Who must be told by when?", format!("{line}."))
        .command(visit.command("plan", ""));
    if plan.plan.estimated {
        page.push(Block::note("warn", "There is no list yet: the plan rests on the estimates"));
    }
    page.blocks.extend(findings(&plan.findings));
    if let Some(first) = open.iter().find(|q| q.blocking).or(open.first()) {
        let href = visit.at(&format!("law/question?id={}", encode(&first.id)));
        page.push(Block::links([Link::primary(href, "Answer the first question")]));
    }
    if !plan.plan.questions.is_empty() {
        page.push(questions(visit, &plan.plan.questions));
    }
    page.push(duties(visit, &plan.plan.duties, today));
    if !plan.plan.not_covered.is_empty() {
        let blocks = plan.plan.not_covered.iter().map(|text| Block::text(capital(text))).collect();
        page.push(Block::Details {
            summary: "What this plan does not cover".to_owned(),
            blocks,
            open: false,
        });
    }
    visit.page(page, "law")
}

fn questions(visit: &Visit<'_>, all: &[Question]) -> Block {
    let mut table =
        Table::new("Questions for counsel", &["Question", "Taken until answered", "Answer"]);
    let mut seen = Vec::new();
    let mut sorted: Vec<&Question> = all.iter().collect();
    sorted.sort_by_key(|q| (q.answer.is_some(), !q.blocking));
    for question in sorted {
        if seen.contains(&&question.id) {
            continue;
        }
        seen.push(&question.id);
        let href = visit.at(&format!("law/question?id={}", encode(&question.id)));
        let answer = match (&question.answer, question.blocking) {
            (Some(answer), _) => Cell::from(words(answer)).class("done"),
            (None, true) => Cell::from("Open: approval waits").class("late"),
            (None, false) => Cell::from("Open"),
        };
        table.row([asked(href, question), words(&question.default).into(), answer]);
    }
    table.block()
}

/// The question itself, and behind it what else is to be known.
fn asked(href: String, question: &Question) -> Cell {
    let text = capital(&question.text);
    let (first, more) = match text.split_once("? ") {
        Some((first, more)) => (format!("{first}?"), format!("{more} ({})", question.citation)),
        None => (text, question.citation.clone()),
    };
    Cell::link(href, first).below(more)
}

fn words(choice: &str) -> String {
    capital(&choice.replace('_', " "))
}

fn duties(visit: &Visit<'_>, all: &[Duty], today: Date) -> Block {
    let mut shown: Vec<&Duty> = all.iter().filter(|duty| duty.arises != Arises::No).collect();
    shown.sort_by_key(|duty| (duty.due.is_none(), duty.due, duty.id.clone()));
    let mut table =
        Table::new("Duties by their last day", &["Last day", "Who is told", "#People", "By whom"]);
    "No duty arises from the facts as they are.".clone_into(&mut table.empty);
    for duty in shown {
        let due = match (duty.due, duty.due_hours) {
            (Some(due), _) => long_date(due),
            (None, Some(hours)) => format!("{hours} hours"),
            (None, None) => "No last day".to_owned(),
        };
        let late = duty.overdue_days(today).is_some() && !duty.is_done(today);
        let below = match (late, duty.is_done(today), duty.arises) {
            (true, ..) => format!(
                "{} late",
                count(u64::from(duty.overdue_days(today).unwrap_or(0)), "day", "days")
            ),
            (_, true, _) => "done".to_owned(),
            (.., Arises::Possible) => "possible".to_owned(),
            _ => String::new(),
        };
        let href = visit.at(&format!("law/duty?id={}", encode(&duty.id)));
        table.row([
            Cell::from(due).below(below).class(if late { "late" } else { "" }),
            Cell::link(href, capital(&duty.recipient)).below(duty.citation.clone()),
            thousands(duty.count).into(),
            match duty.carrier {
                Carrier::Sender => "Sender",
                Carrier::Entity => "Covered entity itself",
                Carrier::Undecided => "Not decided",
            }
            .into(),
        ]);
    }
    table.block()
}

fn duty(visit: &Visit<'_>, id: &str) -> Result<Reply, Refusal> {
    let plan = visit.plan()?;
    let why = plan.explain(id, clock::today())?;
    let mut page = Page::new(why.recipient.clone(), capital(&why.reason))
        .command(visit.command("plan", &format!("--explain {}", quoted(id))));
    for fact in &why.facts {
        page.push(Block::text(capital(fact)));
    }
    page.push(Block::Facts {
        pairs: vec![
            ("Who is counted".to_owned(), why.entities.join(", ").into()),
            ("People".to_owned(), thousands(why.count).into()),
            ("Threshold".to_owned(), capital(&why.threshold).into()),
            ("The law's timing".to_owned(), capital(&why.rule).into()),
            ("Where it stands".to_owned(), why.citation.clone().into()),
        ],
    });
    if !why.questions.is_empty() {
        page.push(questions(visit, &why.questions));
    }
    page.push(Block::links([Link::to(visit.at("law"), "All duties")]));
    visit.page(page, "law")
}

fn question(visit: &Visit<'_>, id: &str) -> Result<Reply, Refusal> {
    let plan = visit.plan()?;
    let Some(question) = plan.plan.question(id) else { return Ok(visit.bench.nothing_here()) };
    let answer = match &question.answer {
        Some(answer) => format!("Answered: {}.", words(answer)),
        None => format!("Until it is answered, this is taken: {}.", words(&question.default)),
    };
    let mut page = Page::new(capital(&question.text), answer).command(visit.command("plan", ""));
    page.push(Block::Facts {
        pairs: vec![
            ("Where it stands".to_owned(), question.citation.clone().into()),
            ("Named in incident.toml".to_owned(), question.id.clone().into()),
            (
                "Approval".to_owned(),
                if question.blocking { "waits for the answer" } else { "does not wait for it" }
                    .into(),
            ),
        ],
    });
    let taken = question.answer.clone().unwrap_or_default();
    let choice = |value: &String| Choice {
        value: value.clone(),
        text: words(value),
        taken: *value == taken,
        help: if *value == question.default {
            "Taken until answered".to_owned()
        } else {
            String::new()
        },
    };
    let choices = question.choices.iter().map(choice).collect();
    let digest = visit.facts.as_ref().map(|facts| facts.digest.clone()).unwrap_or_default();
    page.push(
        Form::new(visit.at("law/question"), "Record the answer")
            .primary()
            .hidden("id", id)
            .hidden("digest", digest)
            .field(Field { choices, ..Field::new("radio", "choice", "Answer").must() })
            .field(
                Field::by()
                    .value(visit.by())
                    .help("Who decided: name and role. It stands in the record."),
            )
            .field(Field::new("date", "on", "Decided on").must().value(clock::today().to_string()))
            .block(),
    );
    page.push(Block::links([Link::to(visit.at("law"), "All questions")]));
    visit.page(page, "law")
}

fn answer(visit: &Visit<'_>, ask: &Ask) -> Result<Reply, Refusal> {
    let (id, choice, by) = (ask.form.text("id"), ask.form.text("choice"), ask.form.text("by"));
    let Some(facts) = &visit.facts else { return visit.see("law") };
    if by.is_empty() || choice.is_empty() {
        return Err(Refusal::one(
            code!("workbench.unsaid"),
            "an answer says neither what was decided nor by whom",
            "choose one, and write name and role of who decided",
        ));
    }
    let Ok(on) = ask.form.text("on").parse() else {
        return Err(Refusal::one(
            code!("workbench.unsaid"),
            "the day of the decision is missing",
            "write the day on which it was decided",
        ));
    };
    let known = (0..facts.count("decision"))
        .find(|n| facts.shown(&format!("decision[{n}].question")) == id);
    let at = known.unwrap_or_else(|| facts.count("decision"));
    let set = |key: &str, to| Edit::Set { path: format!("decision[{at}].{key}"), to };
    let edits = vec![
        set("question", Given::Text(id.to_owned())),
        set("choice", Given::Text(choice.to_owned())),
        set("by", Given::Text(by.to_owned())),
        set("on", Given::Date(on)),
    ];
    write(&WriteRequest {
        folder: visit.folder.clone(),
        digest: ask.form.text("digest").to_owned(),
        edits,
    })?;
    visit.is_by(by);
    visit.done("The answer is kept in incident.toml.");
    visit.see("law")
}
