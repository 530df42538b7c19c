//! A filing as JSON: stable keys, fields in the form's order.

use super::answer::{Answer, State};
use super::filing::{Counts, Filing};
use serde_json::{Map, Value, json};

pub(super) fn record(filing: &Filing) -> Value {
    json!({
        "duty": filing.duty.id,
        "also": filing.duty.also,
        "rule": filing.duty.rule,
        "recipient": filing.duty.recipient,
        "jurisdiction": filing.duty.jurisdiction,
        "entities": filing.duty.entities,
        "status": filing.standing.label(),
        "basis": filing.form.basis.label(),
        "due": filing.duty.due.map(|day| day.to_string()),
        "timing": filing.duty.timing,
        "citation": filing.duty.citation,
        "as_of": filing.as_of.to_string(),
        "law_pack": filing.law_pack,
        "form": filing.form.id,
        "url": filing.form.url,
        "method": filing.form.method,
        "filed": filing.history.filed.as_ref().map(|filed| json!({
            "on": filed.on.to_string(), "number": filed.number, "amends": filed.amends,
        })),
        "stale": filing.is_stale(),
        "amends": filing.history.amends,
        "changes": filing.history.changes,
        "counts": counts(&filing.counts),
        "fields": filing.fields.iter().map(field).collect::<Vec<_>>(),
        "attachments": filing.attachments(),
        "open": filing.open().count(),
        "notes": filing.form.notes,
        "unknown": filing.form.unknown,
        "confidence": filing.form.confidence,
        "sources": filing.form.sources,
    })
}

fn counts(counts: &Counts) -> Value {
    json!({
        "estimated": counts.estimated,
        "total": counts.total,
        "patients": counts.patients,
        "residents": counts.residents,
        "statute": counts.statute,
        "by_entity": counts.by_entity,
        "by_state": counts.by_state,
        "elsewhere": counts.elsewhere,
    })
}

fn field(answer: &Answer) -> Value {
    let mut map = Map::new();
    let mut put = |key: &str, value: Value| map.insert(key.to_owned(), value);
    put("id", json!(answer.id));
    if !answer.section.is_empty() {
        put("section", json!(answer.section));
    }
    if let Some(block) = &answer.block {
        put("block", json!(block));
    }
    put("label", json!(answer.label));
    put("kind", json!(answer.kind));
    put("required", json!(answer.required));
    put("maps_to", json!(answer.maps_to));
    put("status", json!(answer.state.label()));
    if answer.options.is_empty() {
        match answer.values.as_slice() {
            [] => put("value", Value::Null),
            [one] => put("value", json!(one)),
            many => put("value", json!(many)),
        };
    } else {
        let chosen: Vec<_> = answer.options.iter().filter(|o| o.chosen).collect();
        put("value", json!(chosen.iter().map(|o| &o.label).collect::<Vec<_>>()));
        put("chosen", json!(chosen.iter().map(|o| &o.id).collect::<Vec<_>>()));
        if answer.open() {
            put("choices", json!(answer.options.iter().map(|o| &o.id).collect::<Vec<_>>()));
        }
    }
    match &answer.state {
        State::Missing { keys } => {
            put("keys", json!(keys));
        }
        State::ToChoose { question, ask } => {
            put("question", json!(question));
            put("ask", json!(ask));
        }
        State::Attachment { file } => {
            put("file", json!(file));
        }
        State::Answered | State::NotApplicable => {}
    }
    if let Some(limit) = answer.limit {
        put("limit", json!(limit));
        put("length", json!(answer.text().chars().count()));
    }
    if !answer.notes.is_empty() {
        put("notes", json!(answer.notes));
    }
    Value::Object(map)
}
