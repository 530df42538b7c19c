//! The paste sheet: a web page without a server, from which a filing is copied field by field.

use super::answer::{Answer, State};
use super::filing::{Filing, FilingStanding};
use super::words::put;
use serde_json::{Value, json};
use tera::{Context, Tera, TeraResult};

/// The page's frame as shipped; its words stand in `forms/words.toml`.
const SHEET: &str = include_str!("../../templates/filing/sheet.html");

impl Filing {
    /// The paste sheet as one self-contained HTML page.
    pub fn paste_sheet(&self) -> String {
        self.paste_sheet_in(SHEET)
            .expect("the shipped template fits the context; a test renders it")
    }

    /// The paste sheet in a frame of the user's own.
    ///
    /// # Errors
    /// When the template is not valid or uses a name the page does not have.
    pub fn paste_sheet_in(&self, template: &str) -> TeraResult<String> {
        Tera::one_off(template, &Context::from_serialize(&self.sheet())?, true)
    }

    fn sheet(&self) -> Value {
        let words = &self.words;
        let facts = [
            ("duty", self.duty.id.clone()),
            ("also", self.duty.also.join(", ")),
            ("entities", self.duty.entity_names.join("; ")),
            ("due", self.duty.due.map_or_else(|| words.page("no_due_day"), |day| day.to_string())),
            ("timing", self.duty.timing.clone()),
            ("citation", self.duty.citation.clone()),
            ("url", self.form.url.clone()),
            ("as_of", self.as_of.to_string()),
            ("law_pack", self.law_pack.clone()),
        ];
        let facts: Vec<Value> = facts
            .iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(key, value)| {
                let link = *key == "url" && value.starts_with("https://");
                json!({ "label": words.page(key), "value": value, "link": link })
            })
            .collect();
        let standing = if self.standing == FilingStanding::Due {
            String::new()
        } else {
            words.page(&format!("standing_{}", self.standing.label()))
        };
        let preliminary = match self.counts.estimated {
            true => words.page("preliminary"),
            false => String::new(),
        };
        let groups = self.groups();
        json!({
            "title": put(&words.page("title"), &[("recipient", &self.duty.recipient)]),
            "standing": standing,
            "preliminary": preliminary,
            "basis": words.page(&format!("basis_{}", self.form.basis.label())),
            "filed": self.filed_line().unwrap_or_default(),
            "stale": self.is_stale(),
            "changes": self.history.changes,
            "facts": facts,
            "by_hand": by_hand(&groups),
            "groups": groups,
            "notes": self.form.notes,
            "unknown": self.form.unknown,
            "words": words.page,
        })
    }

    fn groups(&self) -> Vec<Value> {
        let words = &self.words;
        let mut groups = Vec::new();
        let mut number = 0;
        for group in self.fields.chunk_by(Answer::stands_with) {
            let place = group[0].place();
            let title = if place.is_empty() { words.page("fields") } else { place };
            let fields: Vec<Value> = group
                .iter()
                .map(|answer| {
                    number += 1;
                    self.field(answer, number)
                })
                .collect();
            groups.push(json!({ "title": title, "fields": fields }));
        }
        groups
    }

    fn field(&self, answer: &Answer, number: usize) -> Value {
        let words = &self.words;
        let label = [("label", answer.label.as_str())];
        let todo = match &answer.state {
            State::Missing { keys } => {
                let id = if answer.is_command() { "sheet_run" } else { "sheet_add" };
                vec![put(&words.page(id), &[("keys", &keys.join(", "))])]
            }
            State::ToChoose { question, ask } => {
                let values = [("ask", ask.as_str()), ("question", question.as_str())];
                vec![put(&words.page("sheet_settle"), &values)]
            }
            State::Attachment { file } => {
                vec![put(&words.page("sheet_enclose"), &[("file", file)])]
            }
            State::Answered | State::NotApplicable => Vec::new(),
        };
        let length = answer.limit.map_or_else(String::new, |limit| {
            let id = if answer.excess() > 0 { "sheet_length_over" } else { "sheet_length" };
            let n = answer.text().chars().count().to_string();
            put(&words.page(id), &[("n", &n), ("limit", &limit.to_string())])
        });
        let options: Vec<Value> = answer
            .options
            .iter()
            .map(|o| json!({ "label": o.label, "chosen": o.chosen }))
            .collect();
        let shown = answer.state != State::NotApplicable;
        json!({
            "number": number,
            "label": if answer.required { put(&words.page("required"), &label) } else { answer.label.clone() },
            "status": answer.state.label(),
            "state": words.status(answer.state.label()),
            "options": if shown { options } else { Vec::new() },
            "text": if shown { answer.text() } else { String::new() },
            "copy": put(&words.page("sheet_copy_label"), &label),
            "done": put(&words.page("sheet_done_label"), &label),
            "length": length,
            "over": answer.excess() > 0,
            "todo": todo,
            "notes": if shown { answer.notes.clone() } else { Vec::new() },
        })
    }
}

/// What nobody can copy: fields that are missing or to be chosen.
fn by_hand(groups: &[Value]) -> Vec<Value> {
    let fields = groups.iter().filter_map(|group| group["fields"].as_array()).flatten();
    let open =
        fields.filter(|field| field["status"] == "missing" || field["status"] == "to_choose");
    open.map(|field| json!({ "number": field["number"], "label": field["label"] })).collect()
}
