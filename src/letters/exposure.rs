//! The kinds of information of one person as the letter names them.

use super::rules::Rules;
use super::words::Words;
use crate::incident::{DataElement, Incident};
use crate::roster::ElementSet;
use serde::Serialize;

/// The question whether sensitive elements are named.
pub(super) const SENSITIVE_ELEMENTS: &str = "letter.sensitive_elements";
/// The answer by which they are.
pub(super) const NAME: &str = "name";

/// What a template sees as `exposed`. People with the same elements share it.
#[derive(Serialize)]
pub(super) struct Exposure {
    /// In the incident's order, named once each; sensitive ones in general words.
    pub list: Vec<String>,
    pub text: String,
    pub count: usize,
    pub ids: Vec<String>,
    /// The law's categories of these elements.
    pub categories: Vec<String>,
}

impl Exposure {
    /// The elements in the words of a language.
    pub fn of(
        set: ElementSet,
        incident: &Incident,
        rules: &Rules,
        words: &Words,
        own_language: bool,
    ) -> Self {
        let chosen: Vec<&DataElement> = elements(set, incident).collect();
        let mut list: Vec<String> = Vec::new();
        for element in &chosen {
            let name = if is_general(element, incident, rules) {
                &words.sensitive
            } else {
                match words.elements.get(&element.id) {
                    Some(name) if !own_language => name,
                    _ => &element.letter,
                }
            };
            if !list.contains(name) {
                list.push(name.clone());
            }
        }
        let categories = rules.categories(chosen.iter().map(|e| e.id.as_str()));
        Self {
            text: words.list(&list),
            count: list.len(),
            list,
            ids: chosen.iter().map(|e| e.id.clone()).collect(),
            categories: categories.into_iter().collect(),
        }
    }
}

/// The elements of a set, in the incident's order.
pub(super) fn elements(set: ElementSet, incident: &Incident) -> impl Iterator<Item = &DataElement> {
    incident.elements.iter().enumerate().filter(move |(i, _)| set.contains(*i)).map(|(_, e)| e)
}

/// Sensitive elements are printed in general words, so that the letter itself discloses nothing,
/// unless counsel answered `letter.sensitive_elements` with `name`.
fn is_general(element: &DataElement, incident: &Incident, rules: &Rules) -> bool {
    let sensitive = rules.is_sensitive(&element.id);
    let named =
        |d: &crate::incident::Decision| d.question == SENSITIVE_ELEMENTS && d.choice == NAME;
    sensitive && !incident.decisions.iter().any(named)
}
