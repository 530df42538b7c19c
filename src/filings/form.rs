//! A regulator's form as data: its fields in the order of the screen, and where each answer
//! comes from.

use super::slots::Slot;
use crate::incident::Day;
use crate::law::Confidence;
use serde::{Deserialize, Serialize};

/// One file of `forms/`: a portal, a paper form, or the contents a letter must carry.
///
/// Thresholds and deadlines never stand here; the law files own them.
#[derive(Clone, Debug, Deserialize)]
pub struct Form {
    /// The file's name without `.toml`.
    #[serde(skip)]
    pub id: String,
    pub regulator: String,
    /// Ids of the law files' duties that this form answers.
    #[serde(default)]
    pub serves: Vec<String>,
    /// True where no law asks for the filing; then `serves` may be empty.
    #[serde(default)]
    pub voluntary: bool,
    #[serde(default)]
    pub url: String,
    /// `online_form`, `letter`, `email`, ...
    pub method: String,
    /// How the form wants days written.
    #[serde(default)]
    pub date_format: DateFormat,
    pub confidence: Confidence,
    /// The day the sources were last read.
    pub checked: Day,
    pub sources: Vec<String>,
    #[serde(default)]
    pub notes: Vec<String>,
    /// What the sources did not show.
    #[serde(default)]
    pub unknown: Vec<String>,
    /// How an earlier filing is amended, where the regulator has a way for it.
    #[serde(default)]
    pub amendment: Option<Amendment>,
    /// How many sample letters the regulator is sent.
    #[serde(default)]
    pub samples: Samples,
    /// Whether regulators who get a copy of the report to HHS get this one too.
    #[serde(default = "yes")]
    pub copied: bool,
    /// Screens or numbered sections, where the form has them.
    #[serde(default, rename = "screen")]
    pub screens: Vec<Screen>,
    /// Groups of fields that appear together or once per covered entity.
    #[serde(default, rename = "block")]
    pub blocks: Vec<FieldBlock>,
    /// Fields of a form or portal, in order.
    #[serde(default, rename = "field")]
    pub fields: Vec<Field>,
    /// What a letter must carry, where there is no form.
    #[serde(default, rename = "content")]
    pub contents: Vec<Field>,
}

impl Form {
    /// The rows to answer, in order.
    pub fn rows(&self) -> &[Field] {
        if self.fields.is_empty() { &self.contents } else { &self.fields }
    }

    /// Whether the regulator is written a letter rather than given a form.
    pub fn is_letter(&self) -> bool {
        self.fields.is_empty()
    }
}

fn yes() -> bool {
    true
}

/// How many sample letters a regulator is sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Samples {
    /// One for each materially different letter, five at most.
    #[default]
    Several,
    /// A single copy.
    One,
    /// Every version.
    All,
}

/// A regulator's own way to amend a filing.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Amendment {
    /// For file names: `addendum`, `supplement`, `update`.
    pub id: String,
    /// The regulator's word for it.
    pub label: String,
}

/// How a form wants days written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub enum DateFormat {
    #[default]
    #[serde(rename = "MM/DD/YYYY")]
    Us,
    #[serde(rename = "YYYY-MM-DD")]
    Iso,
}

impl DateFormat {
    /// The day as the form wants it.
    pub fn write(self, day: Day) -> String {
        match self {
            DateFormat::Us => {
                format!("{:02}/{:02}/{:04}", day.month(), day.day(), day.year())
            }
            DateFormat::Iso => day.to_string(),
        }
    }
}

#[derive(Clone, Debug, Deserialize)]
pub struct Screen {
    pub id: String,
    pub title: String,
}

/// Fields that belong together.
#[derive(Clone, Debug, Deserialize)]
pub struct FieldBlock {
    pub id: String,
    pub label: String,
    #[serde(default)]
    pub repeat: Option<Repeat>,
    #[serde(default)]
    pub depends_on: Option<DependsOn>,
}

/// What a block is asked once for each of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Repeat {
    CoveredEntity,
}

/// A field asked only after certain answers to an earlier one.
#[derive(Clone, Debug, Deserialize)]
pub struct DependsOn {
    /// The earlier field's id.
    pub field: String,
    /// Option ids, any of which opens this field.
    pub is: Vec<String>,
}

/// One control of a form, or one item of a letter.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Field {
    pub id: String,
    pub label: String,
    pub kind: FieldKind,
    /// A screen's id, or a heading.
    #[serde(default)]
    pub section: String,
    #[serde(default)]
    pub block: Option<String>,
    #[serde(default)]
    pub options: Vec<FieldOption>,
    #[serde(default)]
    pub required: bool,
    /// Slots of the internal record; several are answered line by line.
    #[serde(default, deserialize_with = "Slot::known")]
    pub maps_to: Vec<Slot>,
    #[serde(default)]
    pub depends_on: Option<DependsOn>,
    /// A text that spells out what fell to the `rest` option of this earlier field.
    #[serde(default)]
    pub rest_of: Option<String>,
    /// The option taken unless a person chooses another, where the record has no answer.
    #[serde(default)]
    pub default: Option<String>,
    /// Numbers that regulators read as stand-ins for a count not made.
    #[serde(default)]
    pub placeholders: Vec<u64>,
    /// Several values may be entered.
    #[serde(default)]
    pub repeatable: bool,
    /// Characters the control takes.
    #[serde(default)]
    pub limit: Option<usize>,
    #[serde(default)]
    pub confidence: Option<Confidence>,
    #[serde(default)]
    pub note: String,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    #[default]
    Text,
    LongText,
    Date,
    Number,
    /// One option.
    Choice,
    /// Any number of options.
    Checkbox,
    File,
    /// A statement that a person makes on submitting.
    Confirm,
}

impl FieldKind {
    /// As in form files and JSON.
    pub fn label(self) -> &'static str {
        match self {
            FieldKind::Text => "text",
            FieldKind::LongText => "long_text",
            FieldKind::Date => "date",
            FieldKind::Number => "number",
            FieldKind::Choice => "choice",
            FieldKind::Checkbox => "checkbox",
            FieldKind::File => "file",
            FieldKind::Confirm => "confirm",
        }
    }

    /// Whether the answer is picked from a list.
    pub fn chooses(self) -> bool {
        matches!(self, FieldKind::Choice | FieldKind::Checkbox)
    }
}

/// One choice of a list.
#[derive(Clone, Debug, Deserialize)]
pub struct FieldOption {
    pub id: String,
    /// The form's own wording.
    pub label: String,
    /// Values of the slot (or element groups) that pick this option; empty: its own id.
    #[serde(default)]
    pub when: Vec<String>,
    /// Picked by values that no other option of the list takes.
    #[serde(default)]
    pub rest: bool,
    /// Picked by numbers from here on.
    #[serde(default)]
    pub at_least: Option<u64>,
    /// Picked by numbers up to here.
    #[serde(default)]
    pub at_most: Option<u64>,
    /// Never picked by the program: only a person knows.
    #[serde(default)]
    pub by_hand: bool,
    /// The slot of a fact that goes with the option: where it is so and the option is not chosen, one of the two
    /// is wrong.
    #[serde(default)]
    pub goes_with: String,
}
