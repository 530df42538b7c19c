//! Which kinds of data were exposed for the person.

use super::RowAt;
use crate::incident::Incident;
use crate::roster::clean::text;
use crate::roster::column::Column;
use crate::roster::problem;
use crate::roster::tables::fold;
use crate::roster::{ElementSet, Person};
use foldhash::HashMap;

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
                // One kind on each line of the cell is a list too.
                let lines = raw.replace(['\n', '\r', '\t'], ";");
                let labels = read(&text::clean(&lines).text, &self.cleaner.rules.labels);
                if self.cleaner.labels_seen.len() < KEPT {
                    self.cleaner.labels_seen.insert(raw.to_owned(), labels.clone());
                }
                labels
            }
        };
        person.elements = labels.elements;
        let mut any_unknown = !labels.unknown.is_empty();
        for label in labels.unknown {
            self.note(&problem::ELEMENT_UNKNOWN, Some(Column::DataElements), &label);
            if self.cleaner.unknown_labels.len() < KEPT {
                *self.cleaner.unknown_labels.entry(label).or_default() += 1;
            }
        }
        for (cell, element) in &self.rules().columns.flags {
            let value = text::clean(self.block.cell(self.row, usize::from(*cell))).text;
            // A cell that names the kind says that it was exposed.
            let named = || self.rules().labels.get(&fold(&value)) == Some(element);
            let mark = self.rules().columns.mark(&value);
            match mark.or_else(|| named().then_some(true)) {
                Some(true) => person.elements.insert(*element),
                Some(false) => {}
                None if text::is_empty_word(&value) && !says_unknown(&value) => {}
                // Whether the column holds the data themselves is judged over all rows.
                None => {
                    any_unknown = true;
                    self.cleaner.tally.not_a_flag(usize::from(*cell), &value);
                    self.note_cell(&problem::MARK_UNREADABLE, Some((*cell).into()), &value);
                }
            }
        }
        if person.elements.is_empty() {
            match self.rules().strand_elements.get(person.strand.get()) {
                Some(elements) if !elements.is_empty() => person.elements = *elements,
                // The label that nobody knows is told already.
                _ if any_unknown => {}
                _ => self.note(&problem::ELEMENTS_NONE, Some(Column::DataElements), ""),
            }
        }
    }
}

/// What each label means, by the label as it is compared.
pub(super) fn labels(incident: &Incident) -> HashMap<String, usize> {
    let mut labels = HashMap::default();
    for (index, element) in incident.elements.iter().take(64).enumerate().rev() {
        let known = element.roster.iter().chain([&element.id, &element.letter]);
        labels.extend(known.map(|label| (fold(label), index)));
    }
    labels
}

/// The labels of kinds of information that an incident knows, as it writes them.
pub fn known_labels(incident: &Incident) -> Vec<String> {
    let elements = incident.elements.iter().take(64);
    elements.flat_map(|e| e.roster.iter().chain([&e.id, &e.letter])).cloned().collect()
}

/// The labels of a cell that no kind of information of the incident has.
pub fn unknown_in(cell: &str, incident: &Incident) -> Vec<String> {
    read(&text::clean(cell).text, &labels(incident)).unknown
}

/// Unknown is not the same as no: somebody must look. `*` marks what a legend explains.
fn says_unknown(value: &str) -> bool {
    matches!(value.to_ascii_lowercase().as_str(), "unknown" | "unk" | "not known")
        || value.bytes().all(|b| matches!(b, b'?' | b'*')) && !value.is_empty()
}

/// What divides labels where it is part of none.
const DIVIDERS: &[&[char]] =
    &[&[','], &['/'], &[',', '/', '&', '+', '~', '^', '*', '\u{2022}', '\u{b7}']];

/// Labels between semicolons, else between bars; a part that is no label is tried between
/// commas and other marks that divide. A list may stand in brackets and quotation marks.
fn read(cell: &str, known: &HashMap<String, usize>) -> Labels {
    let mut labels = Labels::default();
    let cell = cell.trim_matches(['[', ']', '{', '}']);
    for part in cell.split([';', '|']) {
        let part = part.trim();
        if text::is_empty_word(part) {
            continue;
        }
        if let Some(index) = known.get(&fold(part)) {
            labels.elements.insert(*index);
            continue;
        }
        let pieces = DIVIDERS.iter().find_map(|dividers| {
            let pieces = part.split(*dividers).flat_map(|piece| piece.split(" and "));
            pieces
                .map(|piece| piece.trim().strip_prefix("and ").unwrap_or(piece))
                .filter(|piece| !fold(piece).is_empty())
                .map(|piece| known.get(&fold(piece)).copied())
                .collect::<Option<Vec<usize>>>()
        });
        match pieces {
            Some(indices) => indices.into_iter().for_each(|i| labels.elements.insert(i)),
            None => labels.unknown.push(part.to_owned()),
        }
    }
    labels
}
