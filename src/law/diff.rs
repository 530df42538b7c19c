//! What changes in the law between two days.

use super::{Dated, Jurisdiction, LawPack, in_force};
use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// One rule that begins, ends or changes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    pub jurisdiction: String,
    /// The rule's array in the law file: `duty`, `content`, ...
    pub rule: &'static str,
    /// What the versions of the rule have in common; for duties the id.
    pub id: String,
    pub what: ChangeKind,
    /// The day the later version takes effect, or the earlier one ends.
    pub on: Date,
    /// For a change the keys that differ.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldChange>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    Begins,
    Ends,
    Changes,
}

/// A key with another value.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FieldChange {
    pub key: String,
    pub before: Value,
    pub after: Value,
}

/// Every rule that is not the same on `to` as on `from`, by jurisdiction, then in file order.
pub fn diff(pack: &LawPack, from: Date, to: Date) -> Vec<Change> {
    let mut changes = Vec::new();
    for j in pack.jurisdictions() {
        compare(j, &j.definitions, from, to, &mut changes);
        compare(j, &j.hipaa, from, to, &mut changes);
        compare(j, &j.duties, from, to, &mut changes);
        compare(j, &j.contents, from, to, &mut changes);
        compare(j, &j.letter_styles, from, to, &mut changes);
        compare(j, &j.protections, from, to, &mut changes);
        compare(j, &j.methods, from, to, &mut changes);
        compare(j, &j.majority, from, to, &mut changes);
    }
    changes
}

fn compare<R: Dated + Serialize>(
    jurisdiction: &Jurisdiction,
    rules: &[R],
    from: Date,
    to: Date,
    changes: &mut Vec<Change>,
) {
    let before: BTreeMap<String, &R> = in_force(rules, from).map(|r| (r.identity(), r)).collect();
    let after: BTreeMap<String, &R> = in_force(rules, to).map(|r| (r.identity(), r)).collect();
    let change = |rule: &R, what, on, fields| Change {
        jurisdiction: jurisdiction.code.clone(),
        rule: rule.array(),
        id: rule.identity(),
        what,
        on,
        fields,
    };
    for (id, old) in &before {
        if !after.contains_key(id) {
            let on = old.until().unwrap_or(to);
            changes.push(change(old, ChangeKind::Ends, on, Vec::new()));
        }
    }
    for (id, new) in &after {
        let Some(old) = before.get(id) else {
            changes.push(change(new, ChangeKind::Begins, new.effective(), Vec::new()));
            continue;
        };
        let fields = differing(*old, *new);
        if !fields.is_empty() {
            let on = new.effective().max(old.effective());
            changes.push(change(new, ChangeKind::Changes, on, fields));
        }
    }
}

fn differing<R: Serialize>(old: &R, new: &R) -> Vec<FieldChange> {
    let (old, new) = (serde_json::to_value(old), serde_json::to_value(new));
    let (Ok(Value::Object(old)), Ok(Value::Object(new))) = (old, new) else { return Vec::new() };
    new.into_iter()
        .filter_map(|(key, after)| {
            let before = old.get(&key).cloned().unwrap_or_default();
            (before != after).then_some(FieldChange { key, before, after })
        })
        .collect()
}
