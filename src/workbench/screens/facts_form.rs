//! A form made from the schema of incident.toml: required questions first, choices as words, what
//! is wrong beside what it is wrong with.

use crate::incident::{Ids, Key, Shape, Table, known_elements, known_states};
use crate::matter::act::write_facts::{Edit, Given, given};
use crate::matter::ask::facts::Facts;
use crate::workbench::form::Pairs;
use crate::workbench::page::{Choice, Field, capital};
use toml::Value;

/// The fields of one table at a path such as `wave[0]`, required ones first.
pub fn fields(facts: &Facts, table: &'static Table, path: &str) -> Vec<Field> {
    let (must, may): (Vec<&Key>, Vec<&Key>) = table.keys.iter().partition(|key| key.required);
    let (given, open): (Vec<&Key>, Vec<&Key>) =
        may.into_iter().partition(|key| facts.get(&join(path, key.name)).is_some());
    let mut fields: Vec<Field> =
        must.into_iter().chain(given).map(|key| field(facts, key, path)).collect();
    if !open.is_empty() {
        fields.push(Field {
            closed: true,
            fields: open.into_iter().map(|key| field(facts, key, path)).collect(),
            ..Field::new("group", join(path, "more"), "More, where it applies")
        });
    }
    fields
}

fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

fn field(facts: &Facts, key: &'static Key, path: &str) -> Field {
    let at = join(path, key.name);
    let value = facts.shown(&at);
    let label = capital(&key.name.replace('_', " "));
    let mut field = match &key.shape {
        Shape::Table(table) => group(facts, table, &at, &label),
        Shape::List(Shape::Table(table)) | Shape::Tables(table) => {
            let mut entries: Vec<Field> = (0..facts.count(&at))
                .map(|n| {
                    let name = format!("{label} {}", n + 1);
                    let mut entry = group(facts, table, &format!("{at}[{n}]"), &name);
                    let drop = format!("drop:{at}[{n}]");
                    entry.fields.push(Field::new("check", drop, "Take this entry out"));
                    entry
                })
                .collect();
            let next = format!("{at}[{}]", entries.len());
            let mut one = group(facts, table, &next, &format!("One more: {}", key.says));
            one.closed = true;
            entries.push(one);
            Field { fields: entries, ..Field::new("group", &at, &label) }
        }
        Shape::Flag => choices(&at, &label, &["true", "false"], &value, |v| {
            if v == "true" { "Yes".to_owned() } else { "No".to_owned() }
        }),
        Shape::Choice(known) => choices(&at, &label, known, &value, say),
        Shape::List(Shape::Choice(known)) => checks(&at, &label, known, &value, say),
        Shape::Ref(ids) => {
            let known = ids_of(facts, *ids);
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            choices(&at, &label, &known, &value, str::to_owned)
        }
        Shape::List(Shape::Ref(ids)) => {
            let known = ids_of(facts, *ids);
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            checks(&at, &label, &known, &value, str::to_owned)
        }
        Shape::State => {
            let known: Vec<&str> = known_states().iter().map(String::as_str).collect();
            choices(&at, &label, &known, &value, str::to_owned)
        }
        Shape::Element => {
            let known: Vec<&str> = known_elements().iter().map(|e| e.id.as_str()).collect();
            choices(&at, &label, &known, &value, |id| {
                let known = known_elements().iter().find(|e| e.id == id);
                known.map_or(id.to_owned(), |e| capital(&e.letter))
            })
        }
        Shape::Date => Field::new("date", &at, &label).value(value),
        Shape::Number { .. } => Field::new("number", &at, &label).value(value),
        Shape::List(_) | Shape::Map(_) => {
            Field { lines: 3, ..Field::new("long", &at, &label).value(value) }
        }
        Shape::Files if value.contains('\n') => {
            Field { lines: 3, ..Field::new("long", &at, &label).value(value) }
        }
        _ if key.example.starts_with("\"\"\"") || value.contains('\n') || is_long(key) => {
            Field { lines: 7, ..Field::new("long", &at, &label).value(value) }
        }
        _ => Field::text(&at, &label).value(value),
    };
    field.required = key.required;
    if field.help.is_empty() {
        field.help = help(key);
    }
    // An empty field that is required says so already.
    let empty =
        field.value.is_empty() && field.choices.iter().all(|c| c.value.is_empty() || !c.taken);
    let wrong = facts.findings.iter().find(|finding| facts.place(finding) == (path, key.name));
    if let Some(finding) = wrong.filter(|_| !empty) {
        field.error = capital(&finding.message);
        if !finding.remedy.is_empty() {
            field.error = format!("{}. {}", field.error, capital(&finding.remedy));
        }
    }
    field
}

fn is_long(key: &Key) -> bool {
    ["media_", "regulator_", "steps_planned", "what_"]
        .iter()
        .any(|begin| key.name.starts_with(begin))
}

fn group(facts: &Facts, table: &'static Table, path: &str, label: &str) -> Field {
    Field { fields: fields(facts, table, path), ..Field::new("group", path, label) }
}

fn help(key: &Key) -> String {
    let says = capital(key.says);
    let example = key.example.trim_matches('"').trim();
    match &key.shape {
        Shape::Table(_) | Shape::Tables(_) | Shape::List(Shape::Table(_)) => says,
        Shape::Flag | Shape::Choice(_) | Shape::List(Shape::Choice(_)) | Shape::Date => says,
        Shape::Words | Shape::Text if key.example.starts_with("\"\"\"") => {
            "For the letters, in plain words; an empty line parts two paragraphs".to_owned()
        }
        Shape::Map(_) => format!("{says}; on each line a name, = and the heading"),
        Shape::List(_) => format!("{says}; one on each line"),
        _ if example.is_empty() || example.contains("...") || example.len() > 60 => says,
        _ => format!("{says}, such as {example}"),
    }
}

/// A word of the file as a person says it.
fn say(word: &str) -> String {
    capital(&word.replace('_', " "))
}

fn choices(
    at: &str,
    label: &str,
    known: &[&str],
    value: &str,
    say: impl Fn(&str) -> String,
) -> Field {
    let mut field = Field::new("choice", at, label);
    let none = Choice { text: "Choose".to_owned(), taken: value.is_empty(), ..Choice::default() };
    field.choices.push(none);
    // What stands there though it is none of them is shown as it is, so that nothing is lost.
    let strange = (!value.is_empty() && !known.contains(&value)).then_some(value);
    for value_of in known.iter().copied().chain(strange) {
        field.choices.push(Choice {
            value: value_of.to_owned(),
            text: say(value_of),
            taken: value_of == value,
            help: String::new(),
        });
    }
    field
}

fn checks(
    at: &str,
    label: &str,
    known: &[&str],
    value: &str,
    say: impl Fn(&str) -> String,
) -> Field {
    let taken: Vec<&str> = value.lines().collect();
    let strange = taken.iter().copied().filter(|value| !known.contains(value));
    let choice = |value: &str| Choice {
        value: value.to_owned(),
        text: say(value),
        taken: taken.contains(&value),
        help: String::new(),
    };
    let choices = known.iter().copied().chain(strange).map(choice).collect();
    Field { choices, ..Field::new("checks", at, label) }
}

/// The ids that the file gives of a kind.
fn ids_of(facts: &Facts, ids: Ids) -> Vec<String> {
    let table = match ids {
        Ids::Incident => return vec![facts.shown("id")],
        Ids::Entity => "covered_entity",
        Ids::Strand => "strand",
        Ids::Wave => "wave",
        Ids::Duty => "duty",
        Ids::Element => "data_element",
    };
    let list = facts.get(table).and_then(Value::as_array).into_iter().flatten();
    let ids = list.filter_map(|entry| entry.get("id").and_then(Value::as_str));
    ids.filter(|id| !id.is_empty()).map(str::to_owned).collect()
}

/// What a form changes in a table: only what differs from what stands there.
pub fn edits(facts: &Facts, table: &'static Table, path: &str, form: &Pairs, out: &mut Vec<Edit>) {
    for key in table.keys {
        let at = join(path, key.name);
        match &key.shape {
            Shape::Table(inner) => edits(facts, inner, &at, form, out),
            Shape::List(Shape::Table(inner)) | Shape::Tables(inner) => {
                let count = facts.count(&at);
                for n in 0..=count {
                    edits(facts, inner, &format!("{at}[{n}]"), form, out);
                }
                // From the last, so that the others keep their places.
                for n in (0..count).rev() {
                    if form.get(&format!("drop:{at}[{n}]")).is_some() {
                        out.push(Edit::Remove { path: format!("{at}[{n}]") });
                    }
                }
            }
            shape => out.extend(edit(facts, key, shape, &at, form)),
        }
    }
}

fn edit(facts: &Facts, key: &Key, shape: &Shape, at: &str, form: &Pairs) -> Option<Edit> {
    let texts: Vec<&str> = form.all(at).collect();
    // Check boxes that are all empty send nothing; the form says that they were there.
    let asked = form.get(&format!("asked:{at}")).is_some();
    if texts.is_empty() && !asked {
        return None;
    }
    let now = texts.join("\n");
    if now.trim() == facts.shown(at).trim() {
        return None;
    }
    match given(shape, &texts) {
        Some(to) => Some(Edit::Set { path: at.to_owned(), to }),
        None if facts.get(at).is_none() => None,
        None if key.required && matches!(shape, Shape::List(_)) => {
            Some(Edit::Set { path: at.to_owned(), to: Given::List(Vec::new()) })
        }
        None if key.required => {
            Some(Edit::Set { path: at.to_owned(), to: Given::Text(String::new()) })
        }
        None => Some(Edit::Remove { path: at.to_owned() }),
    }
}

/// Names of the check boxes of a form, all of which may be empty.
pub fn boxes(fields: &[Field]) -> Vec<String> {
    let mut names = Vec::new();
    for field in fields {
        if field.kind == "checks" {
            names.push(format!("asked:{}", field.name));
        }
        names.extend(boxes(&field.fields));
    }
    names
}
