//! What counsel must choose about the letters' words.

use super::exposure::{NAME, SENSITIVE_ELEMENTS, elements};
use super::rules::Rules;
use crate::incident::Incident;
use crate::plan::{Cube, Question};
use std::collections::BTreeSet;

/// Printed in general words, the cautious default.
const GENERAL: &str = "general";

/// The questions that the letters of a wave raise, besides the plan's own. What a state's
/// deference to HIPAA does to a letter is the plan's question `<code>.hipaa`.
pub fn questions(incident: &Incident, rules: &Rules<'_>, cube: &Cube) -> Vec<Question> {
    let mut sensitive: BTreeSet<&str> = BTreeSet::new();
    let mut people = 0;
    for (cell, count) in &cube.cells {
        let before = people;
        for element in elements(cell.elements, incident).filter(|e| rules.is_sensitive(&e.id)) {
            sensitive.insert(&element.id);
            people = before + count;
        }
    }
    if sensitive.is_empty() {
        return Vec::new();
    }
    let ids: Vec<String> = sensitive.iter().map(|id| format!("`{id}`")).collect();
    let choices = [GENERAL, NAME];
    let decided = incident.decisions.iter().rev().find(|d| d.question == SENSITIVE_ELEMENTS);
    let answer = decided.map(|d| d.choice.clone()).filter(|c| choices.contains(&c.as_str()));
    let (who, whose) = if people == 1 { ("person", "that person's") } else { ("people", "their") };
    vec![Question {
        id: SENSITIVE_ELEMENTS.to_owned(),
        text: format!(
            "Sensitive information ({}) of {people} {who} was exposed. Whoever opens {whose} \
             letter would read what kind it is. `{GENERAL}` prints general words in its place; \
             `{NAME}` prints the incident's own.",
            ids.join(", ")
        ),
        choices: choices.map(str::to_owned).into(),
        default: GENERAL.to_owned(),
        answer,
        citation: "45 CFR 164.404(c)(1)(B)".to_owned(),
        blocking: false,
    }]
}
