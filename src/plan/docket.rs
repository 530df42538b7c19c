//! The questions a plan raises and counsel's answers to them.

use super::Question;
use crate::finding::{Finding, Findings, Place, Severity};
use crate::incident::Decision;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// A question about to be raised.
pub(super) struct Ask<'a> {
    pub id: String,
    pub text: String,
    pub choices: &'a [&'a str],
    /// What is taken until counsel decides; usually the cautious one of the choices.
    pub default: &'a str,
    pub citation: &'a str,
    pub blocking: bool,
}

/// Questions by id, each once, with the answer taken.
pub(super) struct Docket<'a> {
    decisions: &'a [Decision],
    raised: RefCell<BTreeMap<String, Question>>,
}

impl<'a> Docket<'a> {
    pub fn new(decisions: &'a [Decision]) -> Self {
        Self { decisions, raised: RefCell::default() }
    }

    /// Counsel's answer, whether or not the question has been raised; the last one counts.
    pub fn decided(&self, id: &str) -> Option<&'a str> {
        self.decisions.iter().rev().find(|d| d.question == id).map(|d| d.choice.as_str())
    }

    /// Raises a question and gives the choice to go by: counsel's, else the default.
    pub fn ask(&self, ask: Ask<'_>) -> String {
        let answer = self.decided(&ask.id).filter(|a| ask.choices.contains(a)).map(str::to_owned);
        let taken = answer.clone().unwrap_or_else(|| ask.default.to_owned());
        let mut raised = self.raised.borrow_mut();
        match raised.get_mut(&ask.id) {
            Some(known) if !known.text.contains(&ask.text) => {
                known.text.push(' ');
                known.text.push_str(&ask.text);
            }
            Some(_) => {}
            None => {
                let question = Question {
                    id: ask.id.clone(),
                    text: ask.text,
                    choices: ask.choices.iter().map(|c| (*c).to_owned()).collect(),
                    default: ask.default.to_owned(),
                    answer,
                    citation: ask.citation.to_owned(),
                    blocking: ask.blocking,
                };
                raised.insert(ask.id, question);
            }
        }
        taken
    }

    /// The questions in the order of their ids, and what is wrong with the decisions.
    ///
    /// `possible` says whether a question of this id can exist, though these facts do not
    /// raise it.
    pub fn close(
        self,
        elsewhere: &BTreeSet<String>,
        possible: impl Fn(&str) -> bool,
    ) -> (Vec<Question>, Findings) {
        let raised = self.raised.into_inner();
        let mut findings = Findings::default();
        for decision in self.decisions {
            let id = decision.question.as_str();
            let place = || decision.place.clone().unwrap_or_else(|| Place::file("incident.toml"));
            match raised.get(id) {
                Some(question) if !question.choices.contains(&decision.choice) => {
                    findings.push(
                        Finding::new(
                            code!("decision.unknown_choice"),
                            Severity::Error,
                            format!("`{id}` has no choice `{}`", decision.choice),
                        )
                        .at(place())
                        .remedy(format!("write one of {}", ticked(question.choices.iter()))),
                    );
                }
                Some(_) => {}
                None if elsewhere.iter().any(|known| asks(known, id)) => {}
                None if possible(id) => findings.push(
                    Finding::new(
                        code!("decision.not_needed"),
                        Severity::Note,
                        format!("nothing depends on the decision on `{id}` now"),
                    )
                    .at(place()),
                ),
                None => findings.push(
                    Finding::new(
                        code!("decision.unknown_question"),
                        Severity::Error,
                        format!("no question is called `{id}`"),
                    )
                    .at(place())
                    .remedy(if raised.is_empty() {
                        "remove the decision; no question is open".to_owned()
                    } else {
                        format!("write one of {}", ticked(raised.keys()))
                    }),
                ),
            }
        }
        (raised.into_values().collect(), findings)
    }
}

/// Whether a question of another room, or one of its families (`filing.`), is this one.
fn asks(known: &str, id: &str) -> bool {
    match known.ends_with('.') {
        true => id.len() > known.len() && id.starts_with(known),
        false => known == id,
    }
}

fn ticked<'s>(names: impl Iterator<Item = &'s String>) -> String {
    names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
