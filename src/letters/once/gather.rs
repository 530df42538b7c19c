//! Composes one letter for all people who are alike, and takes the letters apart.

use super::canon::digest;
use super::turns::Reader;
use super::{LetterOnce, OnceVersion};
use crate::document::{Document, Section};
use crate::finding::Finding;
use crate::letters::coverage::Kinds;
use crate::letters::exposure::elements;
use crate::letters::trace::Trace;
use crate::letters::version::{Facets, Version};
use crate::letters::words::recipient_id;
use crate::letters::writer::Writer;
use crate::roster::{ElementSet, Person, Population};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// People who get the same words to the letter.
type Alike = (Facets, ElementSet);

/// What else a trace turns on.
type Residence = (String, Population);

/// One letter of people who are alike, with the traces of all who get it.
pub(super) struct Composed {
    pub reader: Reader,
    pub version: Arc<Version>,
    pub document: Document,
    /// With where these people live, and how many they are.
    pub traces: Vec<(Trace, String, u64)>,
}

/// A block by what it is: its section's name, template file and line, words, and how many of its
/// like stand before it in the section.
type BlockKey = (String, Arc<str>, u32, String, usize);

/// A distinct block.
pub(super) struct Known {
    pub section: Arc<Section>,
    /// Its position in the section.
    pub index: usize,
    pub id: String,
}

/// All distinct blocks, numbered as they were found.
#[derive(Default)]
pub(super) struct Gathered {
    pub known: Vec<Known>,
    by_key: HashMap<BlockKey, usize>,
    /// The blocks of a section by its name and words.
    sections: HashMap<(String, u64), Vec<usize>>,
    /// By section, the orders in which its blocks stand.
    pub orders: BTreeMap<String, BTreeSet<Vec<usize>>>,
    ids: BTreeSet<String>,
}

impl Gathered {
    /// The blocks of a letter, in its order.
    pub fn letter(&mut self, document: &Document) -> Vec<usize> {
        document.sections.iter().flat_map(|section| self.section(section)).collect()
    }

    /// The blocks of a section, in its order.
    pub fn section(&mut self, section: &Arc<Section>) -> Vec<usize> {
        let by = (section.name.clone(), section.key);
        if let Some(known) = self.sections.get(&by) {
            return known.clone();
        }
        let mut nodes = Vec::with_capacity(section.blocks.len());
        for (index, block) in section.blocks.iter().enumerate() {
            let digest = digest(block);
            let origin = &block.origin;
            let mut key: BlockKey =
                (section.name.clone(), origin.file.clone(), origin.line, digest.clone(), 0);
            while self.by_key.get(&key).is_some_and(|node| nodes.contains(node)) {
                key.4 += 1;
            }
            let node = match self.by_key.get(&key) {
                Some(node) => *node,
                None => {
                    let id = self.id(&section.name, &digest);
                    self.known.push(Known { section: section.clone(), index, id });
                    self.by_key.insert(key, self.known.len() - 1);
                    self.known.len() - 1
                }
            };
            nodes.push(node);
        }
        self.orders.entry(section.name.clone()).or_default().insert(nodes.clone());
        self.sections.insert(by, nodes.clone());
        nodes
    }

    /// `en-what-happened-3fa9c1d2`; a number follows where that is taken.
    fn id(&mut self, section: &str, digest: &str) -> String {
        let name: String =
            section.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
        let plain = format!("{name}-{digest}");
        let mut id = plain.clone();
        let mut next = 2;
        while !self.ids.insert(id.clone()) {
            id = format!("{plain}-{next}");
            next += 1;
        }
        id
    }
}

impl Writer<'_> {
    /// Every distinct block of the letters of some kinds of people, once.
    ///
    /// People for whom no letter can be composed are findings and counted nowhere.
    pub fn once(&self, kinds: &Kinds) -> LetterOnce {
        let mut once = LetterOnce::default();
        let mut letters = Vec::new();
        for composed in self.composed(kinds) {
            match composed {
                Ok(composed) => letters.push(composed),
                Err(finding) => once.findings.push(finding),
            }
        }
        once.pieces = letters.iter().map(|letter| letter.reader.pieces).sum();
        let versions = self.versions(&mut once, &letters);
        let mut gathered = Gathered::default();
        let blocks: Vec<Vec<usize>> =
            letters.iter().map(|letter| gathered.letter(&letter.document)).collect();
        let place = self.blocks(&mut once, &gathered, &letters, &blocks, &versions);
        super::meets::requirements(&mut once, &mut gathered, &letters, &versions, &place);
        once
    }

    fn composed(&self, kinds: &Kinds) -> Vec<Result<Composed, Finding>> {
        let mut alike: BTreeMap<Alike, BTreeMap<Residence, (Person, u64)>> = BTreeMap::new();
        for (kind, count) in kinds {
            if !kind.cell.outcome.mails() && !kind.cell.outcome.emails() {
                continue;
            }
            let person = self.person_of(kind);
            let residence = (person.jurisdiction.clone(), person.population);
            let of = alike.entry((self.facets(&person), person.elements)).or_default();
            of.entry(residence).or_insert((person, 0)).1 += count;
        }
        let alike: Vec<(Alike, Vec<(Person, u64)>)> = alike
            .into_iter()
            .map(|(alike, people)| (alike, people.into_values().collect()))
            .collect();
        alike
            .into_par_iter()
            .filter_map(|((facets, elements), people)| {
                let (first, _) = people.first()?;
                Some(self.document(first).map(|(version, document)| {
                    let traced = |(person, count): &(Person, u64)| {
                        let trace = self.traced(person, &version, &document);
                        (trace, person.jurisdiction.clone(), *count)
                    };
                    let traces = people.iter().map(traced).collect();
                    let pieces = people.iter().map(|(_, count)| count).sum();
                    let reader = Reader { facets, elements, pieces };
                    Composed { reader, traces, version, document }
                }))
            })
            .collect()
    }

    /// Lists the versions by pieces; for each letter, which of them it is.
    fn versions(&self, once: &mut LetterOnce, letters: &[Composed]) -> Vec<usize> {
        let mut found: BTreeMap<&str, OnceVersion> = BTreeMap::new();
        for letter in letters {
            let version = found
                .entry(&letter.version.key)
                .or_insert_with(|| self.once_version(&letter.version));
            version.pieces += letter.reader.pieces;
            for (_, state, count) in &letter.traces {
                *version.states.entry(state.clone()).or_default() += count;
            }
            let told = elements(letter.reader.elements, self.incident);
            version.elements.extend(told.map(|element| element.id.clone()));
        }
        let mut versions: Vec<OnceVersion> = found.into_values().collect();
        versions.sort_by(|a, b| b.pieces.cmp(&a.pieces).then_with(|| a.key.cmp(&b.key)));
        let at: BTreeMap<&str, usize> =
            versions.iter().enumerate().map(|(i, v)| (v.key.as_str(), i)).collect();
        let of_each = letters.iter().map(|l| at[l.version.key.as_str()]).collect();
        once.versions = versions;
        of_each
    }

    fn once_version(&self, version: &Version) -> OnceVersion {
        let (incident, facets) = (self.incident, &version.facets);
        let offered = facets.protection.and_then(|i| incident.protections.get(i));
        OnceVersion {
            key: version.key.clone(),
            label: version.label.clone(),
            group: match facets.state.is_empty() {
                true => version.label.clone(),
                false => self.describe(Facets { state: String::new(), ..facets.clone() }).label,
            },
            pieces: 0,
            language: facets.language.clone(),
            recipient: recipient_id(facets.recipient).to_owned(),
            entity: incident[facets.entity].id.clone(),
            strand: incident[facets.strand].id.clone(),
            protection: offered.map_or(String::new(), |p| p.provider.clone()),
            state: facets.state.clone(),
            states: BTreeMap::new(),
            elements: BTreeSet::new(),
            blocks: Vec::new(),
        }
    }
}
