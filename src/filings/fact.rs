//! One fact of the internal record that fills every form.

use super::slots::Slot;
use crate::incident::Day;

/// What a fact says, before a form's own wording and date format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    Text(String),
    Number(u64),
    Days(Vec<Day>),
    /// From the first to the last day.
    Span(Day, Day),
    /// Ids of a vocabulary, each with its everyday label.
    Ids(Vec<(String, String)>),
    Flag(bool),
}

/// How a fact stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FactState {
    Known,
    /// The incident lacks it: the keys to add.
    Missing(Vec<String>),
    /// A person must choose; the value, if any, is only suggested. Question id.
    Ask(String),
    /// A file goes with the filing: its name beside the filing's own.
    Attach(String),
    /// Not asked in this filing.
    NotApplicable,
}

/// A slot's value with its standing and remarks (ids of `note` words).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    pub value: Option<Value>,
    pub standing: FactState,
    pub notes: Vec<&'static str>,
}

impl Fact {
    pub fn known(value: Value) -> Self {
        Self { value: Some(value), standing: FactState::Known, notes: Vec::new() }
    }

    /// A text, or the key to add where it is empty.
    pub fn text(text: &str, key: &str) -> Self {
        if text.trim().is_empty() {
            Self::missing(key)
        } else {
            Self::known(Value::Text(text.trim().to_owned()))
        }
    }

    /// Yes or no, or the key to add.
    pub fn flag(flag: Option<bool>, key: &str) -> Self {
        flag.map_or_else(|| Self::missing(key), |flag| Self::known(Value::Flag(flag)))
    }

    pub fn missing(key: impl Into<String>) -> Self {
        Self { value: None, standing: FactState::Missing(vec![key.into()]), notes: Vec::new() }
    }

    /// The incident file has no key for it: a decision answers it for every form.
    pub fn undecided(slot: &Slot) -> Self {
        Self::missing(format!("[[decision]] question = \"filing.{}\"", slot.name()))
    }

    /// Counsel decides it for every form.
    pub fn to_decide(slot: &Slot, suggestion: Option<Value>) -> Self {
        Self::ask(slot.question(), suggestion)
    }

    pub fn ask(question: impl Into<String>, suggestion: Option<Value>) -> Self {
        Self { value: suggestion, standing: FactState::Ask(question.into()), notes: Vec::new() }
    }

    pub fn attach(file: impl Into<String>) -> Self {
        Self { value: None, standing: FactState::Attach(file.into()), notes: Vec::new() }
    }

    pub fn not_applicable(note: &'static str) -> Self {
        Self { value: None, standing: FactState::NotApplicable, notes: vec![note] }
    }

    #[must_use]
    pub fn noted(mut self, note: &'static str) -> Self {
        self.notes.push(note);
        self
    }
}
