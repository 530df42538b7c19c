//! incident.toml and privileged.toml, table by table.

use crate::cli::reference::{cell, code};
use crate::incident::{INCIDENT_SCHEMA, Incident, Key, PRIVILEGED_SCHEMA, Shape, Table};
use serde_json::Value;
use std::fmt::Write as _;

const INCIDENT: &str = "
## incident.toml

The facts of one incident. Days are written `2026-09-18`, text in quotes, lists in square brackets.
A key without a default must be there; a table that is not required may be left out. `noticeworks
init FOLDER` writes a file to fill in.
";

const PRIVILEGED: &str = "
## privileged.toml

Why counsel decided as they did; optional. It is read for its shape only: no word of it goes into
any file that Noticeworks writes.
";

pub fn incident(out: &mut String) {
    out.push_str(INCIDENT);
    let defaults = defaults();
    let (tables, plain): (Vec<&Key>, Vec<&Key>) =
        INCIDENT_SCHEMA.keys.iter().partition(|key| inner(&key.shape).is_some());
    out.push_str("\n### At the top of the file\n");
    rows(out, &plain, &defaults);
    for key in tables {
        table(out, key, &defaults);
    }
}

pub fn privileged(out: &mut String) {
    out.push_str(PRIVILEGED);
    for key in PRIVILEGED_SCHEMA.keys {
        table(out, key, &Value::Null);
    }
}

/// One `[table]` or `[[table]]`, then the tables written inside it.
fn table(out: &mut String, key: &Key, defaults: &Value) {
    let Some(table) = inner(&key.shape) else { return };
    let (head, how_many) = match (&key.shape, key.required) {
        (Shape::Tables(_), true) => (format!("[[{}]]", key.name), "required, once or more"),
        (Shape::Tables(_), false) => (format!("[[{}]]", key.name), "any number"),
        (_, true) => (format!("[{}]", key.name), "required"),
        (_, false) => (format!("[{}]", key.name), "optional"),
    };
    let _ = write!(out, "\n### `{head}`\n\n{}; {how_many}.\n", upper_first(key.says));
    nested(out, table, &defaults[key.name]);
}

fn nested(out: &mut String, table: &Table, defaults: &Value) {
    let defaults = defaults.as_array().and_then(|list| list.first()).unwrap_or(defaults);
    rows(out, &table.keys.iter().collect::<Vec<_>>(), defaults);
    for key in table.keys {
        if let Some(deeper) = inner(&key.shape) {
            let _ = write!(out, "\n#### `{}` of `{}`\n", key.name, table.name);
            nested(out, deeper, &defaults[key.name]);
        }
    }
}

fn rows(out: &mut String, keys: &[&Key], defaults: &Value) {
    out.push_str("\n| key | is | default | example | for |\n| --- | --- | --- | --- | --- |\n");
    for key in keys {
        let default =
            if key.required { "**required**".into() } else { default(&defaults[key.name]) };
        let (is, example) = (shape(&key.shape), code(key.example));
        let _ =
            writeln!(out, "| `{}` | {is} | {default} | {example} | {} |", key.name, cell(key.says));
    }
}

fn inner(shape: &Shape) -> Option<&'static Table> {
    match shape {
        Shape::Table(table) | Shape::Tables(table) | Shape::List(Shape::Table(table)) => {
            Some(table)
        }
        _ => None,
    }
}

fn shape(shape: &Shape) -> String {
    match shape {
        Shape::Choice(choices) => {
            let ticked: Vec<_> = choices.iter().map(|c| format!("`{c}`")).collect();
            format!("one of {}", ticked.join(", "))
        }
        Shape::Text | Shape::Words => "text".into(),
        Shape::Files => "file, or list of files".into(),
        Shape::Id(_) => "id: letters, digits, `-`, `_`".into(),
        Shape::Ref(ids) => format!("id of a `{}`", ids.home()),
        Shape::Element => "id of a [kind of information](#kinds-of-information)".into(),
        Shape::Phone => "telephone number".into(),
        Shape::Address => "e-mail address".into(),
        Shape::Mailbox => "name and e-mail address".into(),
        Shape::Url => "web address".into(),
        Shape::State => "state code".into(),
        Shape::Law => "state code or `US-HIPAA`".into(),
        Shape::Government => "state code, `US` or `none`".into(),
        Shape::StateOrNone => "state code or `none`".into(),
        Shape::Number { least, most } => format!("number, {least} to {most}"),
        Shape::Digits(lengths) => {
            let lengths: Vec<_> = lengths.iter().map(usize::to_string).collect();
            format!("{} digits", lengths.join(" or "))
        }
        Shape::Flag => "`true` or `false`".into(),
        Shape::Date => "day".into(),
        Shape::List(Shape::Table(_)) => "list of tables, below".into(),
        Shape::List(each) => format!("list; each: {}", self::shape(each)),
        Shape::Table(_) => "table, below".into(),
        Shape::Tables(_) => "tables".into(),
        Shape::Map(_) => {
            "a [roster column](#roster) and the roster's own heading, or a list".into()
        }
    }
}

fn default(value: &Value) -> String {
    match value {
        Value::Bool(flag) => format!("`{flag}`"),
        Value::String(text) if !text.is_empty() => format!("`{text}`"),
        Value::Number(number) => format!("`{number}`"),
        _ => "none".into(),
    }
}

/// What the model holds when only required keys are given.
fn defaults() -> Value {
    let text: String = INCIDENT_SCHEMA
        .keys
        .iter()
        .filter_map(|key| Some(format!("{} = {}\n", key.name, least(key)?)))
        .collect();
    let incident: Incident = toml::from_str(&text).expect("the schema's examples fit the model");
    serde_json::to_value(incident).expect("the model is plain data")
}

/// A value with nothing in it that could be left out, as inline TOML; tables always.
fn least(key: &Key) -> Option<String> {
    let table = |table: &Table| {
        let keys = table.keys.iter().filter_map(|k| Some(format!("{} = {}", k.name, least(k)?)));
        format!("{{ {} }}", keys.collect::<Vec<_>>().join(", "))
    };
    match &key.shape {
        Shape::Table(inner) => Some(table(inner)),
        Shape::Tables(inner) | Shape::List(Shape::Table(inner)) => {
            Some(format!("[{}]", table(inner)))
        }
        _ if key.required => Some(key.example.replace('\n', "\\n").replace("\"\"\"", "\"")),
        _ => None,
    }
}

fn upper_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}
