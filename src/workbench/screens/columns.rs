//! Columns: what each column of the list is taken for. Shapes of values are shown, never values.

use crate::incident::known_elements;
use crate::matter::act::write_facts::{Edit, Given, WriteRequest, write};
use crate::matter::ask::facts::Facts;
use crate::matter::begin::look::{Heading, Looked, at};
use crate::matter::refusal::Refusal;
use crate::roster::{Column, KnownHeadings, letter, recognize};
use crate::tables::words::count;
use crate::workbench::ask::{Ask, Reply};
use crate::workbench::page::{Block, Choice, Field, Form, Link, Page};
use crate::workbench::visit::Visit;
use std::collections::BTreeSet;
use toml::Value;

/// Shapes that are shown of each column.
const SHAPES: usize = 3;

pub fn reply(visit: &Visit<'_>, rest: &[&str], ask: &Ask) -> Result<Reply, Refusal> {
    let rosters = visit.rosters();
    let chosen = rest.get(1).and_then(|n| n.parse::<usize>().ok()).unwrap_or(1);
    let Some(roster) = chosen.checked_sub(1).and_then(|at| rosters.get(at)) else {
        return visit.page(none(visit), "columns");
    };
    let looked = at(roster)?;
    if ask.changes {
        return save(visit, &looked, ask);
    }
    let facts = visit.facts.as_ref();
    let unknown = looked.headings.iter().filter(|h| taken(h, facts).is_empty() && !h.is_empty());
    let unknown = unknown.count() as u64;
    let answer = match unknown {
        0 => format!(
            "All {} are understood.",
            count(looked.headings.len() as u64, "column", "columns")
        ),
        n => format!(
            "{} not used. Say what a column is only where you are sure; what is left out is not read.",
            count(n, "column is", "columns are"),
        ),
    };
    let mut page =
        Page::new("What does each column hold?", answer).command(visit.command("check", ""));
    if rosters.len() > 1 {
        let link = |(n, file): (usize, &std::path::PathBuf)| {
            let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            Link::to(visit.at(&format!("columns/{}", n + 1)), name)
        };
        page.push(Block::links(rosters.iter().enumerate().map(link)));
    }
    let mut form = Form::new(visit.at(&format!("columns/{chosen}")), "Keep and go on").primary();
    if let Some(facts) = facts {
        form = form.hidden("digest", &facts.digest);
    }
    for heading in &looked.headings {
        form = form.field(card(heading, facts));
    }
    page.push(form.block());
    visit.page(page, "columns")
}

fn none(visit: &Visit<'_>) -> Page {
    Page::new(
        "What does each column hold?",
        "There is no list in this folder yet. Put it there on the Roster page, or plan with estimates.",
    )
    .with(Block::links([Link::primary(visit.at("roster"), "Add the list")]))
}

fn card(heading: &Heading, facts: Option<&Facts>) -> Field {
    let mut shapes: Vec<_> = heading.patterns.iter().collect();
    shapes.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
    let shapes: Vec<&str> =
        shapes.iter().take(SHAPES).map(|(pattern, _)| pattern.as_str()).collect();
    let known = heading.column.or_else(|| recognize(&heading.text));
    let help = match (heading.is_empty(), heading.is_marks(), shapes.is_empty()) {
        (true, ..) => "Empty in every row".to_owned(),
        (_, true, _) if known.is_none() => {
            "Yes or no in every row: a kind of information that was involved".to_owned()
        }
        (.., false) => format!("Values look like {}", shapes.join(", ")),
        _ => match known {
            Some(column) => format!("Known by its heading as {}", words(column.name())),
            None => "Values differ too much to show a shape".to_owned(),
        },
    };
    let taken = taken(heading, facts);
    let mut choices = vec![choice("", "Not used", &taken)];
    if heading.is_marks() || taken.starts_with("element:") {
        for element in known_elements() {
            let value = format!("element:{}", element.id);
            choices.push(choice(&value, &format!("Information: {}", element.letter), &taken));
        }
    }
    for column in Column::ALL {
        choices.push(choice(column.name(), &words(column.name()), &taken));
    }
    Field { choices, ..Field::new("choice", name(heading), shown(heading)).help(help) }
}

fn choice(value: &str, text: &str, taken: &str) -> Choice {
    let (value, text, taken) = (value.to_owned(), text.to_owned(), value == taken);
    Choice { value, text, taken, help: String::new() }
}

fn name(heading: &Heading) -> String {
    format!("column-{}", letter(heading.index))
}

/// `B: Patient Zip`. What stands above no value at all may be a person of a first row that was glued
/// to the header, and is shown by its shape.
fn shown(heading: &Heading) -> String {
    let text = match heading.is_empty() {
        true => KnownHeadings::default().show(&heading.text),
        false => heading.text.clone(),
    };
    format!("{}: {}", letter(heading.index), if text.is_empty() { "(no heading)" } else { &text })
}

/// `date_of_birth` as a person says it.
pub fn words(name: &str) -> String {
    crate::workbench::page::capital(&name.replace('_', " ").replace("zip", "ZIP code"))
}

/// What a column is taken for: a column's name, `element:ID`, or nothing.
fn taken(heading: &Heading, facts: Option<&Facts>) -> String {
    let Some(facts) = facts else { return heading.column.map_or("", Column::name).to_owned() };
    let columns = facts.get("roster.columns").and_then(Value::as_table);
    let mapped = columns.into_iter().flatten().find(|(_, value)| {
        let one = value.as_str() == Some(&heading.text);
        one || value
            .as_array()
            .is_some_and(|list| list.iter().any(|value| value.as_str() == Some(&heading.text)))
    });
    if let Some((column, _)) = mapped {
        return column.clone();
    }
    for at in 0..facts.count("data_element") {
        let labels = facts.shown(&format!("data_element[{at}].roster"));
        if labels.lines().any(|label| label == heading.text) {
            return format!("element:{}", facts.shown(&format!("data_element[{at}].id")));
        }
    }
    heading.column.map_or("", Column::name).to_owned()
}

fn save(visit: &Visit<'_>, looked: &Looked, ask: &Ask) -> Result<Reply, Refusal> {
    let Some(facts) = &visit.facts else { return visit.see("columns") };
    let mut edits = Vec::new();
    let mut elements = Elements::of(facts);
    let mut chosen = BTreeSet::new();
    for heading in &looked.headings {
        let Some(new) = ask.form.get(&name(heading)) else { continue };
        let old = taken(heading, Some(facts));
        let many = matches!(new, "deceased" | "record_id" | "");
        if !new.starts_with("element:") && !many && !chosen.insert(new.to_owned()) {
            return Err(Refusal::one(
                code!("workbench.column_twice"),
                format!("two columns are taken for `{new}`"),
                "leave it with the column that holds it, and say `Not used` for the other",
            ));
        }
        if new == old {
            continue;
        }
        match old.strip_prefix("element:") {
            Some(id) => elements.take(id, &heading.text),
            None if facts.get(&format!("roster.columns.{old}")).is_some() => {
                edits.push(Edit::Remove { path: format!("roster.columns.{old}") });
            }
            None => {}
        }
        match new.strip_prefix("element:") {
            Some(id) => elements.give(id, &heading.text),
            None if new.is_empty() => {}
            None => edits.push(Edit::Set {
                path: format!("roster.columns.{new}"),
                to: Given::Text(heading.text.clone()),
            }),
        }
    }
    edits.extend(elements.edits());
    let digest = ask.form.text("digest").to_owned();
    if !edits.is_empty() {
        write(&WriteRequest { folder: visit.folder.clone(), digest, edits })?;
        visit.done("The columns are kept in incident.toml.");
    }
    visit.see("facts")
}

/// The kinds of information with the headings that mark them.
struct Elements {
    kinds: Vec<(String, Vec<String>, bool)>,
}

impl Elements {
    fn of(facts: &Facts) -> Self {
        let kind = |at: usize| {
            let text = |key: &str| facts.shown(&format!("data_element[{at}].{key}"));
            (text("id"), text("roster").lines().map(str::to_owned).collect(), false)
        };
        Self { kinds: (0..facts.count("data_element")).map(kind).collect() }
    }

    fn take(&mut self, id: &str, heading: &str) {
        if let Some((_, labels, changed)) = self.kinds.iter_mut().find(|kind| kind.0 == id) {
            labels.retain(|label| label != heading);
            *changed = true;
        }
    }

    fn give(&mut self, id: &str, heading: &str) {
        // A kind that was begun and not named yet is this one.
        let at = self.kinds.iter().position(|kind| kind.0 == id || kind.0.is_empty());
        let at = at.unwrap_or_else(|| {
            self.kinds.push((String::new(), Vec::new(), true));
            self.kinds.len() - 1
        });
        let (known, labels, changed) = &mut self.kinds[at];
        id.clone_into(known);
        labels.push(heading.to_owned());
        *changed = true;
    }

    fn edits(self) -> Vec<Edit> {
        let mut edits = Vec::new();
        for (at, (id, labels, _)) in self.kinds.into_iter().enumerate().filter(|(_, kind)| kind.2) {
            let mut set = |key: &str, to| {
                edits.push(Edit::Set { path: format!("data_element[{at}].{key}"), to });
            };
            if let Some(known) = known_elements().iter().find(|known| known.id == id) {
                set("letter", Given::Text(known.letter.clone()));
            }
            set("id", Given::Text(id));
            set("roster", Given::List(labels.into_iter().map(Given::Text).collect()));
        }
        edits
    }
}
