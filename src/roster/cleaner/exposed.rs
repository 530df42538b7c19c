//! Which kinds of data were exposed for the person.

use super::RowAt;
use crate::roster::clean::{flag, text};
use crate::roster::column::Column;
use crate::roster::problem;
use crate::roster::tables::fold;
use crate::roster::{ElementSet, Person};
use std::collections::HashMap;

/// What one cell's labels mean; cells repeat, so each is read once.
#[derive(Clone, Default)]
pub(super) struct Labels {
    elements: ElementSet,
    unknown: Vec<String>,
}

/// How many different cells are kept.
const KEPT: usize = 10_000;

impl RowAt<'_, '_> {
    pub(super) fn exposed(&mut self, person: &mut Person) {
        let raw = self.raw(Column::DataElements);
        let labels = match self.cleaner.labels_seen.get(raw) {
            Some(labels) => labels.clone(),
            None => {
                let labels = read(&text::clean(raw).text, &self.cleaner.rules.labels);
                if self.cleaner.labels_seen.len() < KEPT {
                    self.cleaner.labels_seen.insert(raw.to_owned(), labels.clone());
                }
                labels
            }
        };
        person.elements = labels.elements;
        let any_unknown = !labels.unknown.is_empty();
        for label in labels.unknown {
            self.note(&problem::ELEMENT_UNKNOWN, Some(Column::DataElements), &label);
            if self.cleaner.unknown_labels.len() < KEPT {
                *self.cleaner.unknown_labels.entry(label).or_default() += 1;
            }
        }
        for (cell, element) in &self.rules().columns.flags {
            let value = text::clean(self.block.cell(self.row, usize::from(*cell))).text;
            if text::is_empty_word(&value) {
                continue;
            }
            match flag::read(&value) {
                Some(true) => person.elements.insert(*element),
                Some(false) => {}
                // Something stands there, so the kind was exposed; whether the column holds the
                // data themselves is judged over all rows.
                None => {
                    person.elements.insert(*element);
                    self.cleaner.tally.not_a_flag(usize::from(*cell));
                }
            }
        }
        if person.elements.is_empty() {
            match self.rules().strand_elements.get(usize::from(person.strand)) {
                Some(elements) if !elements.is_empty() => person.elements = *elements,
                // The label that nobody knows is told already.
                _ if any_unknown => {}
                _ => self.note(&problem::ELEMENTS_NONE, Some(Column::DataElements), ""),
            }
        }
    }
}

/// Labels between semicolons, else between bars; a part that is no label is tried between
/// commas.
fn read(cell: &str, known: &HashMap<String, usize>) -> Labels {
    let mut labels = Labels::default();
    for part in cell.split([';', '|']) {
        let part = part.trim();
        if text::is_empty_word(part) {
            continue;
        }
        if let Some(index) = known.get(&fold(part)) {
            labels.elements.insert(*index);
            continue;
        }
        let pieces: Option<Vec<usize>> = part
            .split(',')
            .filter(|piece| !piece.trim().is_empty())
            .map(|piece| known.get(&fold(piece)).copied())
            .collect();
        match pieces {
            Some(indices) => indices.into_iter().for_each(|i| labels.elements.insert(i)),
            None => labels.unknown.push(part.to_owned()),
        }
    }
    labels
}
