//! The shapes of `--json`, read off what the commands really print.

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// What a command printed, on incidents that show as much of it as possible.
pub struct Output {
    /// `plan --json`.
    pub command: &'static str,
    pub printed: Vec<Value>,
}

/// What a path was seen to be.
type Kinds = BTreeMap<String, BTreeSet<&'static str>>;

/// Objects whose keys are names of the incident, not of the format.
const BY_NAME: &[(&str, &str)] =
    &[("findings", "CODE"), ("held", "CODE"), ("versions", "LABEL"), ("counts", "CODE")];

const INTRO: &str = "
## JSON

`--json` prints one object on standard output. Keys may be added; those that are there stay. Numbers
of people and rows are whole; days are `2026-09-18`; `[]` stands for each item of a list. `null`
means not known, or not made by this command. `arises` is `true` or `false`, and `\"possible\"` where it
turns on counts or facts that are not known yet.
";

pub fn shapes(out: &mut String, outputs: &[Output]) {
    out.push_str(INTRO);
    for output in outputs {
        let mut fields = Vec::new();
        let mut seen = Kinds::new();
        for value in &output.printed {
            gather(value, "", &mut fields, &mut seen);
        }
        let _ = write!(out, "\n### `{}`\n\n| key | is |\n| --- | --- |\n", output.command);
        for path in fields {
            let _ = writeln!(out, "| `{path}` | {} |", joined(&seen[&path]));
        }
    }
}

/// Every path of a value, in the order of its first appearance.
fn gather(value: &Value, path: &str, order: &mut Vec<String>, seen: &mut Kinds) {
    if !path.is_empty() {
        if !seen.contains_key(path) {
            // Below its parent, also where an earlier output had no such key.
            let parent = path.strip_suffix("[]").or(path.rsplit_once('.').map(|(p, _)| p));
            let below = |p: &String| {
                parent.is_none_or(|up| {
                    p.strip_prefix(up)
                        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
                })
            };
            let at = order.iter().rposition(below).map_or(0, |at| at + 1);
            order.insert(at, path.to_owned());
        }
        seen.entry(path.to_owned()).or_default().insert(kind(value));
    }
    match value {
        Value::Object(map) => {
            let named = BY_NAME.iter().find(|(name, _)| *name == path);
            for (key, inner) in map {
                let key = named.map_or(key.as_str(), |(_, stand_in)| stand_in);
                let path = if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
                gather(inner, &path, order, seen);
            }
        }
        Value::Array(items) => {
            for item in items {
                gather(item, &format!("{path}[]"), order, seen);
            }
        }
        _ => {}
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "number",
        Value::String(_) => "text",
        Value::Array(_) => "list",
        Value::Object(_) => "object",
    }
}

fn joined(kinds: &BTreeSet<&str>) -> String {
    kinds.iter().copied().collect::<Vec<_>>().join(" or ")
}
