//! Puts the distinct blocks into the order of the letter, each with its readers.

use super::gather::{Composed, Gathered};
use super::order::merged;
use super::turns::{Reader, turns};
use super::{Audience, LetterOnce, OnceBlock};
use crate::document::block_text;
use crate::letters::exposure::elements;
use crate::letters::language::OWN;
use crate::letters::words::recipient_id;
use crate::letters::writer::Writer;
use rayon::prelude::*;
use std::collections::BTreeMap;

impl Writer<'_> {
    /// Fills in the blocks; where each block, numbered as it was found, stands among them.
    ///
    /// `blocks` and `versions`: for each letter the blocks it has and the version it is of.
    pub(super) fn blocks(
        &self,
        once: &mut LetterOnce,
        gathered: &Gathered,
        letters: &[Composed],
        blocks: &[Vec<usize>],
        versions: &[usize],
    ) -> Vec<usize> {
        let mut readers: Vec<Vec<usize>> = vec![Vec::new(); gathered.known.len()];
        for (letter, of_letter) in blocks.iter().enumerate() {
            for node in of_letter {
                readers[*node].push(letter);
            }
        }
        let pieces = |node: usize| -> u64 {
            readers[node].iter().map(|letter| letters[*letter].reader.pieces).sum()
        };
        let order = self.in_order(gathered, &pieces);
        let all: BTreeMap<&str, Vec<usize>> = by_language(letters);
        once.blocks = order
            .par_iter()
            .map(|node| {
                let audience = self.audience(letters, versions, &readers[*node], &all);
                block(gathered, *node, audience)
            })
            .collect();
        let mut place = vec![0; order.len()];
        for (at, node) in order.iter().enumerate() {
            place[*node] = at;
        }
        for (letter, version) in blocks.iter().zip(versions) {
            let known = &mut once.versions[*version].blocks;
            known.extend(letter.iter().map(|node| place[*node]));
        }
        for version in &mut once.versions {
            version.blocks.sort_unstable();
            version.blocks.dedup();
        }
        place
    }

    /// All blocks as the letter has them: languages, then sections, then what stands before what.
    fn in_order(&self, gathered: &Gathered, pieces: &dyn Fn(usize) -> u64) -> Vec<usize> {
        let mut sections: Vec<&String> = gathered.orders.keys().collect();
        sections.sort_by_cached_key(|name| self.section_rank(name));
        let rank = |node: usize| {
            let known = &gathered.known[node];
            let line = known.section.blocks[known.index].origin.line;
            (line, std::cmp::Reverse(pieces(node)), known.id.clone())
        };
        sections.iter().flat_map(|name| merged(&gathered.orders[*name], rank)).collect()
    }

    /// Language, place among the sections, then the state's name as letters sort them.
    fn section_rank(&self, name: &str) -> (bool, String, usize, String) {
        let (language, file) = name.split_once('/').unwrap_or((name, ""));
        let sections = &self.order.sections;
        let (at, state) = match file.strip_prefix("states/") {
            Some(state) => {
                let code = state.to_uppercase();
                let named = self.rules.get(&code).map_or(code.clone(), |j| j.name.clone());
                (sections.iter().position(|place| place.states), named)
            }
            None => (sections.iter().position(|place| place.file == file), String::new()),
        };
        (language != OWN, language.to_owned(), at.unwrap_or(sections.len()), state)
    }

    fn audience(
        &self,
        letters: &[Composed],
        versions: &[usize],
        readers: &[usize],
        all: &BTreeMap<&str, Vec<usize>>,
    ) -> Audience {
        let mut audience = Audience::default();
        for at in readers {
            let letter = &letters[*at];
            let facets = &letter.reader.facets;
            audience.pieces += letter.reader.pieces;
            audience.versions.push(versions[*at]);
            audience.recipients.insert(recipient_id(facets.recipient).to_owned());
            audience.entities.insert(self.incident[facets.entity].id.clone());
            let told = elements(letter.reader.elements, self.incident);
            audience.elements.extend(told.map(|element| element.id.clone()));
            for (_, state, count) in &letter.traces {
                *audience.states.entry(state.clone()).or_default() += count;
            }
        }
        audience.versions.sort_unstable();
        audience.versions.dedup();
        if let Some(first) = readers.first() {
            let same = &all[letters[*first].version.facets.language.as_str()];
            let everybody: Vec<&Reader> = same.iter().map(|at| &letters[*at].reader).collect();
            let reads: Vec<bool> =
                same.iter().map(|at| readers.binary_search(at).is_ok()).collect();
            audience.turns_on = turns(&everybody, &reads);
        }
        audience
    }
}

fn by_language(letters: &[Composed]) -> BTreeMap<&str, Vec<usize>> {
    let mut all: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, letter) in letters.iter().enumerate() {
        all.entry(&letter.version.facets.language).or_default().push(at);
    }
    all
}

fn block(gathered: &Gathered, node: usize, audience: Audience) -> OnceBlock {
    let known = &gathered.known[node];
    let block = &known.section.blocks[known.index];
    let language = known.section.name.split('/').next().unwrap_or_default();
    OnceBlock {
        id: known.id.clone(),
        section: known.section.name.clone(),
        language: language.to_owned(),
        style: known.section.style,
        text: block_text(&block.kind),
        file: block.origin.file.to_string(),
        line: block.origin.line,
        block: block.clone(),
        audience,
        meets: Vec::new(),
        breaks: Vec::new(),
    }
}
