//! One field of a filing as it is to be entered.

use super::fact::Value;
use super::form::FieldKind;
use super::slots::Slot;

/// A field with its answer, or with what keeps it from being answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The field's id, unique within its block.
    pub id: String,
    /// Screen or section heading; empty for none.
    pub section: String,
    /// The repeated block this belongs to, such as a covered entity's own.
    pub block: Option<String>,
    pub label: String,
    pub kind: FieldKind,
    pub maps_to: Vec<Slot>,
    /// What the record holds for each slot, for letters; none where a person answered.
    pub facts: Vec<(Slot, Value)>,
    /// What to enter, in the form's date format; several for repeatable and composite fields.
    pub values: Vec<String>,
    /// The whole list in the form's order, with what is picked.
    pub options: Vec<Choice>,
    pub required: bool,
    pub state: State,
    /// Remarks in words.
    pub notes: Vec<String>,
    /// Characters the control takes.
    pub limit: Option<usize>,
}

/// One option of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    pub id: String,
    pub label: String,
    pub chosen: bool,
}

/// Whether a field can be entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    Answered,
    /// The incident lacks it: the keys to add.
    Missing {
        keys: Vec<String>,
    },
    /// A person chooses; a `[[decision]]` with this question settles it.
    ToChoose {
        question: String,
        ask: String,
    },
    /// A file to upload or enclose.
    Attachment {
        file: String,
    },
    NotApplicable,
}

impl State {
    /// As in JSON and in the words file.
    pub fn label(&self) -> &'static str {
        match self {
            State::Answered => "answered",
            State::Missing { .. } => "missing",
            State::ToChoose { .. } => "to_choose",
            State::Attachment { .. } => "attachment",
            State::NotApplicable => "not_applicable",
        }
    }
}

impl Answer {
    /// The text to paste: picked options, else the values, one to a line.
    pub fn text(&self) -> String {
        let chosen: Vec<&str> =
            self.options.iter().filter(|o| o.chosen).map(|o| o.label.as_str()).collect();
        if self.options.is_empty() { self.values.join("\n") } else { chosen.join("\n") }
    }

    /// Whether two answers stand under one heading.
    pub fn stands_with(&self, other: &Self) -> bool {
        (&self.section, &self.block) == (&other.section, &other.block)
    }

    /// The heading: the section and the block in it, as far as there are any.
    pub fn place(&self) -> String {
        let parts = [self.section.as_str(), self.block.as_deref().unwrap_or("")];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(": ")
    }

    /// Whether what is missing comes from a command, not from a key of the incident.
    pub fn is_command(&self) -> bool {
        matches!(&self.state, State::Missing { keys } if keys.iter().all(|key| key.contains(' ') && !key.starts_with('[')))
    }

    /// Ids of the picked options.
    pub fn chosen(&self) -> Vec<&str> {
        self.options.iter().filter(|o| o.chosen).map(|o| o.id.as_str()).collect()
    }

    /// Characters above the control's limit.
    pub fn excess(&self) -> usize {
        let length = self.text().chars().count();
        self.limit.map_or(0, |limit| length.saturating_sub(limit))
    }

    /// Whether something is still to be done before the field can be entered.
    pub fn open(&self) -> bool {
        matches!(self.state, State::Missing { .. } | State::ToChoose { .. })
    }
}
