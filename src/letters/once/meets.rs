//! Which requirement is met by which block.

use super::gather::{Composed, Gathered};
use super::{LetterOnce, Requirement};
use crate::document::{Document, Section};
use crate::letters::trace::{Answer, TraceRow, speaks_to};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A requirement by what it is: federal law first.
type RequirementKey = (bool, String, String, String, String, String);

/// Fills in the requirements, and what each block meets or breaks. `place`: where each block,
/// numbered as it was found, stands among the letter's.
pub(super) fn requirements(
    once: &mut LetterOnce,
    gathered: &mut Gathered,
    letters: &[Composed],
    versions: &[usize],
    place: &[usize],
) {
    let mut found: BTreeMap<RequirementKey, Requirement> = BTreeMap::new();
    let mut met: BTreeMap<RequirementKey, BTreeSet<usize>> = BTreeMap::new();
    let mut broken: BTreeMap<RequirementKey, BTreeSet<usize>> = BTreeMap::new();
    for (letter, version) in letters.iter().zip(versions) {
        let mut answered = BTreeSet::new();
        for (trace, state, count) in &letter.traces {
            for row in &trace.rows {
                let key = key(row);
                let known = found.entry(key.clone()).or_insert_with(|| requirement(row));
                *known.pieces.entry(row.answer).or_default() += count;
                known.versions.entry(row.answer).or_default().insert(*version);
                if known.lifted_by.is_empty() {
                    known.lifted_by.clone_from(&row.lifted_by);
                }
                let into = match row.answer {
                    Answer::Met => &mut met,
                    Answer::Present => &mut broken,
                    _ => continue,
                };
                // Where the states' paragraphs of all stand, only those of one's own count.
                if answered.insert((key.clone(), state)) {
                    let nodes = nodes(gathered, &letter.document, row, state);
                    into.entry(key).or_default().extend(nodes);
                }
            }
        }
    }
    for (at, key) in found.keys().enumerate() {
        for node in met.get(key).into_iter().flatten() {
            once.blocks[place[*node]].meets.push(at);
        }
        for node in broken.get(key).into_iter().flatten() {
            once.blocks[place[*node]].breaks.push(at);
        }
    }
    once.requirements = found.into_values().collect();
}

/// The blocks of a letter that answer: all that say so, not only the first.
fn nodes(gathered: &mut Gathered, document: &Document, row: &TraceRow, state: &str) -> Vec<usize> {
    let own = state.to_lowercase();
    let speaks = |section: &&Arc<Section>| speaks_to(&section.name, &own);
    let mut out = Vec::new();
    for section in document.sections.iter().filter(speaks) {
        let answers = section.blocks.iter().map(|block| match row.answer {
            Answer::Met => block.satisfies.contains(&row.content),
            _ => block.satisfies.contains(&row.content) || block.contains.contains(&row.content),
        });
        let answers: Vec<bool> = answers.collect();
        if answers.contains(&true) {
            let nodes = gathered.section(section).into_iter().zip(answers);
            out.extend(nodes.filter_map(|(node, answers)| answers.then_some(node)));
        }
    }
    out
}

fn key(row: &TraceRow) -> RequirementKey {
    (
        !row.jurisdiction.starts_with("US"),
        row.jurisdiction.clone(),
        row.statute.clone(),
        row.cite.clone(),
        row.content.clone(),
        row.rule.to_owned(),
    )
}

fn requirement(row: &TraceRow) -> Requirement {
    Requirement {
        jurisdiction: row.jurisdiction.clone(),
        statute: row.statute.clone(),
        cite: row.cite.clone(),
        content: row.content.clone(),
        rule: row.rule.to_owned(),
        pieces: BTreeMap::new(),
        versions: BTreeMap::new(),
        lifted_by: row.lifted_by.clone(),
        asked: row.asked.clone(),
    }
}
