//! `decide`: counsel's answer goes into incident.toml, the reason into privileged.toml; everything
//! else in both files stays as it was written.

use crate::files;
use crate::finding::Findings;
use crate::folder::IncidentFolder;
use crate::incident::{self, INCIDENT_FILE, PRIVILEGED_FILE};
use crate::matter::ask::questions::{
    Effect, QuestionGroup, QuestionsAnswer, QuestionsRequest, questions,
};
use crate::matter::open::Selection;
use crate::matter::refusal::{Doing, Refusal};
use crate::matter::seal::not_in_future;
use crate::matter::watcher::Watcher;
use crate::matter::work;
use jiff::civil::Date;
use serde::Serialize;
use std::io;
use std::path::Path;
use toml_edit::{ArrayOfTables, DocumentMut, InlineTable, Item, Table, Value, value};

/// A choice that counsel made.
pub struct DecideRequest {
    pub selection: Selection,
    /// A question's id, or a kind for all open questions of it.
    pub question: String,
    pub choice: String,
    pub by: String,
    pub reason: String,
    /// The day of the decision.
    pub on: Date,
    /// An answer that was given before is replaced.
    pub change: bool,
}

/// What was written.
#[derive(Serialize)]
pub struct DecideAnswer {
    pub decided: Vec<Decided>,
    /// What the answers changed, all together.
    pub effect: Effect,
    #[serde(skip)]
    pub findings: Findings,
}

/// One question answered.
#[derive(Serialize)]
pub struct Decided {
    pub question: String,
    pub choice: String,
    /// What was decided, or taken, before.
    pub before: String,
}

/// Writes an answer into incident.toml, and its reason into privileged.toml.
///
/// # Errors
/// No such question or choice; a question that is decided already; facts that cannot be used; I/O.
pub fn decide(request: &DecideRequest, watcher: &dyn Watcher) -> Result<DecideAnswer, Refusal> {
    for (text, what) in [(&request.by, "who decides"), (&request.reason, "why")] {
        if text.trim().is_empty() {
            return Err(Refusal::one(
                code!("decide.empty"),
                format!("nothing says {what}"),
                "name the person with `--by` and the reason with `--reason`",
            ));
        }
    }
    not_in_future(request.on)?;
    let folder = &request.selection.incident;
    let asked = QuestionsRequest { selection: request.selection.clone(), as_of: None };
    let answer = questions(&asked, watcher)?;
    let _work = work::begin(folder, "decide")?;
    let (decided, effect) = chosen(request, &answer)?;
    let paths = IncidentFolder(folder);
    let facts = edited(&paths.incident(), INCIDENT_FILE, |document| {
        for one in &decided {
            put_decision(document, request, &one.question);
        }
    })?;
    incident::from_text(&facts).map_err(Refusal::Configuration)?;
    let reasons = edited(&paths.privileged(), PRIVILEGED_FILE, |document| {
        for one in &decided {
            let mut table = Table::new();
            table["question"] = value(&one.question);
            table["text"] = value(&request.reason);
            push(document, "reason", table);
        }
    })?;
    // The reason first: an answer without one is what must not be.
    write(&paths.privileged(), &reasons)?;
    write(&paths.incident(), &facts)?;
    Ok(DecideAnswer { decided, effect, findings: answer.findings })
}

fn write(path: &Path, text: &str) -> Result<(), Refusal> {
    files::write(path, text.as_bytes()).doing(|| format!("write `{}`", path.display()))
}

/// The questions that are answered, and what that changes.
fn chosen(
    request: &DecideRequest,
    answer: &QuestionsAnswer,
) -> Result<(Vec<Decided>, Effect), Refusal> {
    let by_id = answer.groups.iter().find_map(|group| {
        let item = group.items.iter().find(|item| item.id == request.question)?;
        Some((group, vec![item]))
    });
    let of_kind = || {
        let group = answer.groups.iter().find(|group| {
            group.kind == request.question
                && (group.choices.is_empty()
                    || group.choices.iter().any(|c| c.choice == request.choice))
        })?;
        Some((group, group.items.iter().filter(|item| item.answer.is_none()).collect()))
    };
    let Some((group, items)) = by_id.or_else(of_kind) else { return Err(unknown(request, answer)) };
    if let [item] = items.as_slice()
        && let Some(known) = &item.answer
        && !request.change
    {
        return Err(Refusal::one(
            code!("decide.decided"),
            format!("`{}` is decided: `{known}`", item.id),
            "add `--change` to replace the answer",
        ));
    }
    let choices = &group.items.first().map(|item| choices_of(answer, &item.id)).unwrap_or_default();
    if !choices.is_empty() && !choices.contains(&request.choice) {
        let ticked: Vec<String> = choices.iter().map(|choice| format!("`{choice}`")).collect();
        return Err(Refusal::one(
            code!("decision.unknown_choice"),
            format!("`{}` has no choice `{}`", request.question, request.choice),
            format!("write one of {}", ticked.join(", ")),
        ));
    }
    let effect =
        effect_of(group, &items.iter().map(|i| i.id.as_str()).collect::<Vec<_>>(), request);
    let decided = items.into_iter().map(|item| Decided {
        question: item.id.clone(),
        choice: request.choice.clone(),
        before: item.answer.clone().unwrap_or_else(|| item.default.clone()),
    });
    Ok((decided.collect(), effect))
}

/// The choices of a question; none where free words answer it.
fn choices_of(answer: &QuestionsAnswer, id: &str) -> Vec<String> {
    let plan = answer.choices.iter().find(|(question, _)| question == id);
    plan.map_or_else(Vec::new, |(_, choices)| choices.clone())
}

/// What the answers change, as it was counted for all of a kind or for one question.
fn effect_of(group: &QuestionGroup, ids: &[&str], request: &DecideRequest) -> Effect {
    let all = group.choices.iter().find(|choice| choice.choice == request.choice);
    match ids {
        [id] => {
            let item = group.items.iter().find(|item| item.id == *id);
            let choice = item.and_then(|i| i.choices.iter().find(|c| c.choice == request.choice));
            choice.map(|choice| choice.effect.clone()).unwrap_or_default()
        }
        _ => all.map(|choice| choice.effect.clone()).unwrap_or_default(),
    }
}

fn unknown(request: &DecideRequest, answer: &QuestionsAnswer) -> Refusal {
    let open = answer.groups.iter().filter(|group| group.open > 0);
    let kinds: Vec<String> = open.map(|group| format!("`{}`", group.kind)).collect();
    Refusal::one(
        code!("decision.unknown_question"),
        format!("no open question is called `{}`", request.question),
        match kinds.is_empty() {
            true => "nothing is open; `noticeworks decide` without a question lists all".to_owned(),
            false => format!("write the id of a question, or one of {}", kinds.join(", ")),
        },
    )
}

/// A TOML file with some changes; a file that is not there begins empty.
fn edited(
    path: &Path,
    name: &'static str,
    change: impl FnOnce(&mut DocumentMut),
) -> Result<String, Refusal> {
    let doing = || format!("read `{name}`");
    let text = match std::fs::read_to_string(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        other => other.doing(doing)?,
    };
    let (mark, bare) = match text.strip_prefix('\u{feff}') {
        Some(bare) => ("\u{feff}", bare),
        None => ("", text.as_str()),
    };
    let lines = if bare.contains("\r\n") { "\r\n" } else { "\n" };
    let mut document: DocumentMut =
        bare.replace("\r\n", "\n").parse().map_err(io::Error::other).doing(doing)?;
    change(&mut document);
    Ok(format!("{mark}{}", document.to_string().replace('\n', lines)))
}

fn put_decision(document: &mut DocumentMut, request: &DecideRequest, question: &str) {
    let on = request.on.to_string().parse::<toml_edit::Datetime>();
    let fields = |put: &mut dyn FnMut(&str, Value)| {
        put("choice", request.choice.as_str().into());
        put("by", request.by.as_str().into());
        if let Ok(on) = &on {
            put("on", (*on).into());
        }
    };
    // The last answer counts: that one is replaced, its comments stay.
    match document.get_mut("decision") {
        Some(Item::ArrayOfTables(tables)) => {
            let known = tables.iter_mut().filter(|table| names(table.get("question"), question));
            if let Some(table) = known.last() {
                fields(&mut |key, new| replace(table.entry(key).or_insert(Item::None), new));
                return;
            }
        }
        Some(Item::Value(Value::Array(list))) => {
            let known = list.iter_mut().filter_map(Value::as_inline_table_mut);
            let known = known
                .filter(|table| table.get("question").and_then(Value::as_str) == Some(question));
            if let Some(table) = known.last() {
                fields(&mut |key, new| {
                    table.insert(key, new);
                });
                return;
            }
            let mut table = InlineTable::new();
            table.insert("question", question.into());
            fields(&mut |key, new| {
                table.insert(key, new);
            });
            list.push(table);
            return;
        }
        _ => {}
    }
    let mut table = Table::new();
    table["question"] = value(question);
    fields(&mut |key, new| table[key] = Item::Value(new));
    push(document, "decision", table);
}

fn names(item: Option<&Item>, question: &str) -> bool {
    item.and_then(Item::as_str) == Some(question)
}

/// Another value in a key's place, what stands around the old one kept.
fn replace(item: &mut Item, new: Value) {
    match item {
        Item::Value(old) => {
            let decor = old.decor().clone();
            *old = new;
            *old.decor_mut() = decor;
        }
        other => *other = Item::Value(new),
    }
}

/// Adds a table to a list of tables, behind its like, an empty line before it.
fn push(document: &mut DocumentMut, key: &str, mut table: Table) {
    table.decor_mut().set_prefix("\n");
    match document.get_mut(key) {
        Some(Item::ArrayOfTables(tables)) => tables.push(table),
        _ => {
            // What stands at the end of the file was written before it.
            let before = document.trailing().as_str().unwrap_or_default().to_owned();
            let gap = if document.is_empty() && before.is_empty() { "" } else { "\n" };
            table.decor_mut().set_prefix(format!("{before}{gap}"));
            document.set_trailing("");
            let mut tables = ArrayOfTables::new();
            tables.push(table);
            document.insert(key, Item::ArrayOfTables(tables));
        }
    }
}
