//! Answers as a lawyer writes them: sentences in place of fields and bare figures. The sentences
//! stand in `forms/words.toml`, by slot; what has none is said as it is.

use super::answer::{Answer, State};
use super::fact::Value;
use super::filing::Filing;
use super::slots::Slot;
use super::words::put;
use crate::incident::Incident;
use crate::tables::words::{long_date, thousands};
use serde_json::{Value as Json, json};

/// Who speaks, and of which state's people.
pub(super) struct Speaker<'a> {
    pub incident: &'a Incident,
    /// The state's name; empty for a federal office.
    pub state: String,
    /// Counsel signs, so that the sender is spoken of in the third person.
    pub counsel: bool,
}

impl Speaker<'_> {
    /// A head of the letter: its label and a paragraph for each sentence or line; none for what is
    /// not asked, and for the contact, which stands at the end.
    pub fn head(&self, filing: &Filing, answer: &Answer) -> Option<Json> {
        let words = &filing.words;
        let contact = |slot: &Slot| slot.group() == "contact";
        if !answer.maps_to.is_empty() && answer.maps_to.iter().all(contact) {
            return None;
        }
        let label = [("label", answer.label.as_str())];
        let mut lines = match &answer.state {
            State::NotApplicable => return None,
            State::Attachment { .. } => self.attached(filing, answer),
            _ if answer.facts.is_empty() => paragraphs(&answer.text()),
            _ => self.lines(filing, answer),
        };
        match &answer.state {
            State::Missing { .. } => lines.push(put(&words.page("letter_missing"), &label)),
            State::ToChoose { .. } => lines.push(put(&words.page("letter_to_choose"), &label)),
            _ => {}
        }
        (!lines.is_empty()).then(|| json!({ "label": answer.label, "lines": lines }))
    }

    fn attached(&self, filing: &Filing, answer: &Answer) -> Vec<String> {
        let said = answer.maps_to.iter().filter_map(|slot| filing.words.sentence(&slot.name()));
        let said: Vec<String> = said.map(str::to_owned).collect();
        if said.is_empty() { vec![filing.words.page("letter_enclosed")] } else { said }
    }

    fn lines(&self, filing: &Filing, answer: &Answer) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        // Short answers without a sentence of their own share a line: a name and its address.
        let mut short: Vec<String> = Vec::new();
        let flush = |short: &mut Vec<String>, lines: &mut Vec<String>| {
            if !short.is_empty() {
                lines.push(ended(&short.join(", ")));
                short.clear();
            }
        };
        for (slot, value) in answer.facts.iter().filter(|(slot, _)| slot.group() != "contact") {
            match self.sentence(filing, answer, slot, value) {
                Some(said) => {
                    flush(&mut short, &mut lines);
                    lines.extend(Some(said).filter(|said| !said.is_empty()));
                }
                None => match value {
                    Value::Text(text) if text.contains('\n') || text.chars().count() > 120 => {
                        flush(&mut short, &mut lines);
                        lines.extend(self.own_words(filing, slot, text));
                    }
                    Value::Text(text) => short.push(text.trim().to_owned()),
                    value => short.push(said(filing, value)),
                },
            }
        }
        flush(&mut short, &mut lines);
        lines
    }

    /// The slot's sentence in the form that fits the value; empty where nothing is to be said.
    fn sentence(
        &self,
        filing: &Filing,
        answer: &Answer,
        slot: &Slot,
        value: &Value,
    ) -> Option<String> {
        let (words, name) = (&filing.words, slot.name());
        let noted = |note: &str| answer.notes.contains(&words.note(note));
        let mut forms: Vec<&str> = Vec::new();
        if self.state.is_empty() && !noted("estimated") {
            forms.push("federal");
        }
        match value {
            Value::Flag(flag) => forms.push(if *flag { "yes" } else { "no" }),
            Value::Number(0) => forms.push("none"),
            Value::Number(1) => forms.push("one"),
            _ => {}
        }
        for (note, form) in [
            ("estimated", "estimated"),
            ("planned", "planned"),
            ("elements_possible", "possible"),
            ("window_estimated", "possible"),
        ] {
            if noted(note) {
                forms.insert(0, form);
            }
        }
        if let Value::Span(start, end) = value
            && start == end
        {
            forms.insert(0, "day");
        }
        let form = forms.iter().find_map(|form| words.sentence(&format!("{name}.{form}")));
        let template = form.or_else(|| words.sentence(&name))?;
        let (start, end) = match value {
            Value::Span(start, end) => (long_date(**start), long_date(**end)),
            _ => Default::default(),
        };
        Some(put(
            template,
            &[
                // The sentence ends itself.
                ("value", said(filing, value).trim_end_matches('.')),
                ("start", &start),
                ("end", &end),
                ("state", &self.state),
                ("sender", &self.incident.sender.name),
            ],
        ))
    }

    /// The incident's own words. What was written for patients speaks as "we": under counsel's head
    /// it is quoted as the sender's own words.
    fn own_words(&self, filing: &Filing, slot: &Slot, text: &str) -> Vec<String> {
        let breach = &self.incident.breach;
        let for_patients = match slot {
            Slot::Description => breach.regulator_description.trim().is_empty(),
            Slot::DescriptionStepsTaken | Slot::DescriptionContainment => {
                breach.regulator_steps.trim().is_empty()
            }
            _ => false,
        };
        let mut lines = paragraphs(text);
        if self.counsel && for_patients {
            // Each paragraph of a quotation opens it anew; items of a list stand within it.
            let opens = |line: &&mut String| !line.starts_with("- ");
            lines.iter_mut().filter(opens).for_each(|line| line.insert(0, '\u{201c}'));
            if let Some(last) = lines.last_mut() {
                last.push('\u{201d}');
            }
            let sender = [("sender", self.incident.sender.name.as_str())];
            lines.insert(0, put(&filing.words.page("letter_quoted"), &sender));
        }
        lines
    }
}

fn paragraphs(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// A value as running text has it.
fn said(filing: &Filing, value: &Value) -> String {
    let words = &filing.words;
    match value {
        Value::Text(text) => text.clone(),
        Value::Number(n) => thousands(*n),
        Value::Days(days) => {
            let days: Vec<String> = days.iter().map(|day| long_date(**day)).collect();
            words.listed(&days)
        }
        Value::Span(start, end) if start == end => long_date(**start),
        Value::Span(start, end) => {
            let values = [("start", &*long_date(**start)), ("end", &*long_date(**end))];
            put(&words.page("span"), &values)
        }
        Value::Ids(list) => {
            let labels: Vec<String> = list.iter().map(|(_, label)| label.clone()).collect();
            words.listed(&labels)
        }
        Value::Flag(flag) => words.value(if *flag { "yes" } else { "no" }),
    }
}

fn ended(text: &str) -> String {
    let text = text.trim();
    if text.ends_with(['.', '!', '?', ':']) { text.to_owned() } else { format!("{text}.") }
}
