//! The internal record of one filing: every slot of the `maps_to` vocabulary, computed once.

mod counts;
mod events;
mod notice;
mod parties;
mod response;

use super::fact::{Fact, Value};
use super::filed::Filed;
use super::forms::Forms;
use super::occasion::Occasion;
use super::slot::SlotKind;
use super::slots::Slot;
use crate::incident::{CoveredEntity, Decision, Incident, Strand};
use crate::plan::{Cube, Duty, Headcount, Involved, Plan};
use std::collections::BTreeMap;

pub(super) use counts::count_basis;
pub(super) use parties::ENTITY_NAMED;

/// What all filings of one run share.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    pub incident: &'a Incident,
    pub cube: &'a Cube,
    pub plan: &'a Plan,
    pub forms: &'a Forms,
    pub occasion: &'a Occasion,
}

impl<'a> Scene<'a> {
    /// Counsel's answer to a question; the last one given.
    pub fn decision(&self, question: &str) -> Option<&'a str> {
        self.decided(question).map(|decision| decision.choice.as_str())
    }

    /// The same with who and where.
    pub fn decided(&self, question: &str) -> Option<&'a Decision> {
        self.incident.decisions.iter().rev().find(|decision| decision.question == question)
    }
}

/// What one filing is about.
#[derive(Clone)]
pub struct Subject<'a> {
    pub duty: &'a Duty,
    /// Indices into `Incident::entities`.
    pub entities: Vec<u16>,
    /// File name stems of the reports to HHS made beside this filing for these entities.
    pub hhs_reports: Vec<String>,
    /// This filing's own file name stem.
    pub stem: String,
    /// The filing that this one amends.
    pub amends: Option<Filed>,
    /// Whether it was filed before, this one amending it or not.
    pub filed: bool,
}

impl Subject<'_> {
    /// Whether the duty is a federal one, which no state's residents limit.
    pub fn federal(&self) -> bool {
        self.duty.jurisdiction.starts_with("US-")
    }

    /// Everybody of its covered entities.
    pub(super) fn involved<'s>(&self, scene: &Scene<'s>) -> Involved<'s> {
        Involved::of(scene.incident, scene.cube, &self.entities)
    }

    /// Those of them whom it counts: the residents of its state, for a federal filing everybody.
    pub(super) fn counted<'s>(&self, scene: &Scene<'s>) -> Involved<'s> {
        let state = (!self.federal()).then_some(self.duty.jurisdiction.as_str());
        self.involved(scene).within(state)
    }
}

/// Slot -> fact.
pub struct Facts {
    slots: BTreeMap<Slot, Fact>,
    pub tally: Headcount,
    /// Ids and words of the kinds of information involved, in the incident's order.
    pub elements: Vec<(String, String)>,
}

impl Facts {
    /// Computes the whole record.
    pub fn gather(scene: &Scene, subject: &Subject) -> Self {
        let tally = subject.involved(scene).count();
        let elements = exposed(scene, subject);
        let mut facts = Self { slots: BTreeMap::new(), tally, elements };
        events::add(&mut facts, scene, subject);
        parties::add(&mut facts, scene, subject);
        counts::add(&mut facts, scene, subject);
        notice::add(&mut facts, scene, subject);
        response::add(&mut facts, scene, subject);
        facts.decide(scene);
        facts
    }

    /// One slot. A slot that nothing filled is answered by a decision only.
    pub fn get(&self, scene: &Scene, slot: &Slot) -> Fact {
        if let Some(fact) = self.slots.get(slot) {
            return fact.clone();
        }
        if let Slot::DataTypesOf(word) = slot {
            let found = self.elements.iter().any(|(id, _)| scene.forms.groups.takes(word, id));
            return Fact::known(Value::Flag(found));
        }
        Fact::undecided(slot)
    }

    fn set(&mut self, slot: Slot, fact: Fact) {
        self.slots.insert(slot, fact);
    }

    /// `[[decision]] question = "filing.<slot>"` answers a slot for every form.
    fn decide(&mut self, scene: &Scene) {
        for decision in &scene.incident.decisions {
            let Some(slot) = Slot::asked(&decision.question) else { continue };
            // Whether names go out is a decision, not an answer.
            if slot == Slot::RosterNames {
                continue;
            }
            let choice = decision.choice.trim();
            let value = match slot.kind() {
                SlotKind::Flag => match choice {
                    "yes" => Value::Flag(true),
                    "no" => Value::Flag(false),
                    _ => continue,
                },
                SlotKind::Number => match choice.parse() {
                    Ok(number) => Value::Number(number),
                    Err(_) => continue,
                },
                SlotKind::Days => match choice.parse() {
                    Ok(day) => Value::Days(vec![crate::incident::Day(day)]),
                    Err(_) => continue,
                },
                SlotKind::Ids(_) | SlotKind::OpenIds => Value::Ids(
                    choice
                        .split(';')
                        .map(|id| (id.trim().to_owned(), scene.forms.words.value(id.trim())))
                        .collect(),
                ),
                SlotKind::Text | SlotKind::File => Value::Text(choice.to_owned()),
            };
            // Figures are counted, never typed in.
            if !slot.is_figure() {
                self.set(slot, Fact::known(value).noted("decided"));
            }
        }
    }
}

fn entities<'a>(scene: &Scene<'a>, subject: &Subject) -> Vec<&'a CoveredEntity> {
    subject.entities.iter().filter_map(|i| scene.incident.entities.get(usize::from(*i))).collect()
}

/// The strands these entities' people belong to; all of them while there is no roster.
fn strands<'a>(scene: &Scene<'a>, subject: &Subject) -> Vec<&'a Strand> {
    subject.involved(scene).strands()
}

/// Kinds of information exposed for the people this filing counts, in the incident's order.
fn exposed(scene: &Scene, subject: &Subject) -> Vec<(String, String)> {
    let incident = scene.incident;
    let counted = subject.counted(scene);
    let listed = |found: &dyn Fn(usize, &str) -> bool| {
        let all = incident.elements.iter().enumerate();
        let found = all.filter(|(i, element)| found(*i, &element.id));
        found.map(|(_, element)| (element.id.clone(), element.letter.clone())).collect()
    };
    if !counted.is_empty() {
        let set = counted.elements();
        return listed(&|i, _| set.contains(i));
    }
    let strands = strands(scene, subject);
    listed(&|_, id| {
        strands.iter().any(|s| s.elements.is_empty() || s.elements.iter().any(|e| e == id))
    })
}
