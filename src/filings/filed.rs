//! What a regulator was told, and whether it still holds: every figure of a filing is kept with
//! the day, and one that the roster has overtaken is stale until an amendment says the new one.

use super::answer::State;
use super::filing::Filing;
use super::slot::SlotKind;
use super::slots::Slot;
use crate::law::DutyKind;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Slots that grow from day to day: what was said of them was true on the day it was said.
const AS_OF_THE_DAY: [Slot; 2] = [Slot::CountsStateMailed, Slot::NoticeProvided];

/// The figures first, in the order in which a receipt would show one.
const COUNTS: [Slot; 3] = [Slot::CountsState, Slot::CountsPatients, Slot::CountsTotal];

/// What a filing says of people, days and kinds of information; no words, no names of people.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stated {
    pub duty: String,
    #[serde(default)]
    pub also: Vec<String>,
    pub rule: String,
    pub recipient: String,
    pub jurisdiction: String,
    /// Ids of covered entities.
    pub entities: Vec<String>,
    /// The form file; empty for a letter without one.
    #[serde(default)]
    pub form: String,
    /// `due`, `possible` or `undelegated`.
    pub standing: String,
    /// The people whom this filing is about: residents, or patients toward HHS.
    pub count: u64,
    /// Whether it is a report to HHS, from which other clocks run.
    #[serde(default)]
    pub hhs: bool,
    pub answers: Vec<Saying>,
}

/// One answer as stated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saying {
    /// The field's id, after the block's label where blocks repeat.
    pub field: String,
    pub label: String,
    pub value: String,
    /// True of the day of filing only.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub day: bool,
    /// A number of people.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub people: bool,
}

/// A filing that was really made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filed {
    #[serde(flatten)]
    pub stated: Stated,
    /// The day it was submitted.
    pub on: Date,
    /// The regulator's number for it.
    pub number: String,
    /// Whether it amended an earlier one.
    #[serde(default)]
    pub amends: bool,
}

/// An answer that is no longer what was filed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    pub label: String,
    pub before: String,
    pub after: String,
}

impl Stated {
    /// Whether both are filings of the same matter: of the same duty, or on the same form for the
    /// same entities (a report that crosses a threshold changes its duty).
    pub fn is_about(&self, other: &Stated) -> bool {
        let ids = |of: &Stated| -> Vec<String> {
            std::iter::once(&of.duty).chain(&of.also).cloned().collect()
        };
        let theirs = ids(other);
        ids(self).iter().any(|id| theirs.contains(id))
            || (!self.form.is_empty()
                && self.hhs
                && (&self.form, &self.jurisdiction, &self.entities)
                    == (&other.form, &other.jurisdiction, &other.entities))
    }

    /// What `now` says otherwise.
    pub fn changes(&self, now: &Stated, words: &super::Words) -> Vec<Change> {
        let mut changes = Vec::new();
        let mut push = |label: &str, before: &str, after: &str| {
            if before != after {
                changes.push(Change {
                    label: label.to_owned(),
                    before: before.to_owned(),
                    after: after.to_owned(),
                });
            }
        };
        push(&words.page("entities"), &self.entities.join(", "), &now.entities.join(", "));
        for was in self.answers.iter().filter(|answer| !answer.day) {
            let after = now.answers.iter().find(|answer| answer.field == was.field);
            push(&was.label, &was.value, after.map_or("", |answer| &answer.value));
        }
        for new in now.answers.iter().filter(|answer| !answer.day && !answer.value.is_empty()) {
            if !self.answers.iter().any(|answer| answer.field == new.field) {
                push(&new.label, "", &new.value);
            }
        }
        changes
    }

    /// The number of people that a receipt would show: the form's own, else the filing's.
    pub fn told(&self) -> u64 {
        let people = self.answers.iter().filter(|answer| answer.people);
        people.filter_map(|answer| answer.value.parse().ok()).next().unwrap_or(self.count)
    }

    /// Every number of people that the filing states.
    pub fn numbers(&self) -> Vec<u64> {
        let people = self.answers.iter().filter(|answer| answer.people);
        let mut numbers: Vec<u64> = people.filter_map(|a| a.value.parse().ok()).collect();
        if numbers.is_empty() {
            numbers.push(self.count);
        }
        numbers
    }
}

impl Filing {
    /// What it states, for the ledger.
    pub fn stated(&self) -> Stated {
        let mut answers = Vec::new();
        for answer in &self.fields {
            let slots = || answer.maps_to.iter().filter(|slot| slot.group() != "filing");
            let facts = |slot: &Slot| match slot.kind() {
                SlotKind::Text | SlotKind::File => false,
                SlotKind::Days
                | SlotKind::Number
                | SlotKind::Flag
                | SlotKind::Ids(_)
                | SlotKind::OpenIds => true,
            };
            let open = matches!(answer.state, State::NotApplicable | State::Attachment { .. });
            if open || slots().next().is_none() || !slots().all(facts) {
                continue;
            }
            let is = |list: &[Slot]| slots().any(|slot| list.contains(slot));
            answers.push(Saying {
                field: match &answer.block {
                    Some(block) => format!("{block}/{}", answer.id),
                    None => answer.id.clone(),
                },
                label: answer.label.clone(),
                value: answer.text(),
                day: is(&AS_OF_THE_DAY),
                people: answer.maps_to.len() == 1 && is(&COUNTS),
            });
        }
        let rank = |saying: &Saying| {
            let field = self.fields.iter().find(|a| saying.field.ends_with(&a.id));
            let slot = field.and_then(|a| a.maps_to.first());
            COUNTS.iter().position(|c| slot.is_some_and(|s| s == c)).unwrap_or(COUNTS.len())
        };
        answers.sort_by_key(|saying| (!saying.people, rank(saying)));
        let hhs = self.duty.kind == DutyKind::Hhs;
        Stated {
            duty: self.duty.id.clone(),
            also: self.duty.also.clone(),
            rule: self.duty.rule.clone(),
            recipient: self.duty.recipient.clone(),
            jurisdiction: self.duty.jurisdiction.clone(),
            entities: self.duty.entities.clone(),
            form: self.form.id.clone(),
            standing: self.standing.label().to_owned(),
            count: if hhs { self.counts.patients } else { self.counts.residents },
            hhs,
            answers,
        }
    }

    /// Whether it was filed and says something else by now.
    pub fn is_stale(&self) -> bool {
        self.history.filed.is_some() && !self.history.amends && !self.history.changes.is_empty()
    }
}
