//! What tells the readers of a block from everybody else, in as few words as it takes.

use crate::letters::version::Facets;
use crate::roster::ElementSet;
use serde::Serialize;
use std::collections::BTreeSet;

/// One thing by which readers are told from others.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case", tag = "on")]
pub enum Turn {
    /// The one state whose paragraphs the letter has: where the reader lives. USPS codes, empty for
    /// unknown or abroad.
    State { values: Vec<String>, except: bool },
    /// `adult`, `parent_or_guardian`, `estate`.
    Recipient { values: Vec<String>, except: bool },
    /// Positions of covered entities in the incident.
    Entity { values: Vec<usize>, except: bool },
    /// Positions of strands in the incident.
    Strand { values: Vec<usize>, except: bool },
    /// Positions of `[[protection]]`s that are offered; none stands for no offer.
    Protection { values: Vec<Option<usize>>, except: bool },
    /// The reader's own language, in which a line offers help; empty for none.
    Line { values: Vec<String>, except: bool },
    /// Contents that the reader's statute bars, joined by `+`; empty for none.
    Bars { values: Vec<String>, except: bool },
    /// Told of less in an earlier wave.
    Supplemental { yes: bool },
    /// Kinds of information, positions in the incident.
    Elements { has: Has, elements: Vec<usize> },
    /// No single thing tells them apart.
    Other,
}

/// How kinds of information decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Has {
    Any,
    All,
    None,
}

/// People who get the same words, as far as a block may turn on them.
pub(super) struct Reader {
    pub facets: Facets,
    pub elements: ElementSet,
    pub pieces: u64,
}

/// The fewest things that tell the readers from the others, each chosen because it leaves out most
/// of the others. `reads`: for each of `all` whether they read the block.
pub(super) fn turns(all: &[&Reader], reads: &[bool]) -> Vec<Turn> {
    let mut left: Vec<usize> = (0..all.len()).collect();
    let mut turns = Vec::new();
    loop {
        let others: u64 = left.iter().filter(|i| !reads[**i]).map(|i| all[*i].pieces).sum();
        if left.iter().all(|i| reads[*i]) {
            return turns;
        }
        let best = candidates(all, reads, &left)
            .into_iter()
            .map(|turn| {
                let stay: Vec<usize> =
                    left.iter().copied().filter(|i| holds(&turn, all[*i])).collect();
                (turn, stay)
            })
            .filter(|(_, stay)| stay.len() < left.len())
            .map(|(turn, stay)| {
                let remain: u64 = stay.iter().filter(|i| !reads[**i]).map(|i| all[*i].pieces).sum();
                let count = stay.iter().filter(|i| !reads[**i]).count();
                (remain, count, turn, stay)
            })
            .min_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)));
        match best {
            Some((remain, _, turn, stay)) if remain <= others && stay.len() < left.len() => {
                turns.push(turn);
                left = stay;
            }
            _ => {
                turns.push(Turn::Other);
                return turns;
            }
        }
    }
}

/// Everything true of all readers and not of all others, the plainest first.
fn candidates(all: &[&Reader], reads: &[bool], left: &[usize]) -> Vec<Turn> {
    let mut out = Vec::new();
    let readers = || left.iter().filter(|i| reads[**i]).map(|i| all[*i]);
    let others = || left.iter().filter(|i| !reads[**i]).map(|i| all[*i]);
    macro_rules! values {
        ($variant:ident, $of:expr) => {
            let of = $of;
            let ours: BTreeSet<_> = readers().map(&of).collect();
            let everybodys: BTreeSet<_> = readers().chain(others()).map(&of).collect();
            let rest: Vec<_> = everybodys.difference(&ours).cloned().collect();
            if !rest.is_empty() {
                out.push(match rest.len() < ours.len() {
                    true => Turn::$variant { values: rest, except: true },
                    false => Turn::$variant { values: ours.into_iter().collect(), except: false },
                });
            }
        };
    }
    values!(Recipient, |r: &Reader| recipient(r));
    values!(State, |r: &Reader| r.facets.state.clone());
    values!(Protection, |r: &Reader| r.facets.protection);
    let supplemental: BTreeSet<bool> = readers().map(|r| r.facets.supplemental).collect();
    if supplemental.len() == 1 {
        out.extend(supplemental.into_iter().map(|yes| Turn::Supplemental { yes }));
    }
    values!(Line, |r: &Reader| r.facets.line.clone());
    values!(Bars, |r: &Reader| bars(r));
    values!(Entity, |r: &Reader| r.facets.entity.get());
    values!(Strand, |r: &Reader| r.facets.strand.get());
    let or = |sets: &mut dyn Iterator<Item = ElementSet>| {
        sets.fold(ElementSet::default(), ElementSet::union)
    };
    let (ours, theirs) =
        (or(&mut readers().map(|r| r.elements)), or(&mut others().map(|r| r.elements)));
    let common = readers().fold(!0u64, |known, r| known & r.elements.0);
    let only = ElementSet(ours.0 & !theirs.0);
    if !only.is_empty() && readers().all(|r| r.elements.intersects(only)) {
        out.push(Turn::Elements { has: Has::Any, elements: only.iter().collect() });
    }
    let never = ElementSet(theirs.0 & !ours.0);
    if !never.is_empty() {
        out.push(Turn::Elements { has: Has::None, elements: never.iter().collect() });
    }
    let common = ElementSet(common & ours.0);
    if !common.is_empty() {
        out.push(Turn::Elements { has: Has::All, elements: common.iter().collect() });
    }
    out
}

fn recipient(reader: &Reader) -> String {
    crate::letters::words::recipient_id(reader.facets.recipient).to_owned()
}

fn bars(reader: &Reader) -> String {
    reader.facets.bars.iter().cloned().collect::<Vec<_>>().join("+")
}

fn holds(turn: &Turn, of: &Reader) -> bool {
    let set = |elements: &[usize]| elements.iter().copied().collect::<ElementSet>();
    match turn {
        Turn::State { values, except } => values.contains(&of.facets.state) != *except,
        Turn::Recipient { values, except } => values.contains(&recipient(of)) != *except,
        Turn::Entity { values, except } => values.contains(&of.facets.entity.get()) != *except,
        Turn::Strand { values, except } => values.contains(&of.facets.strand.get()) != *except,
        Turn::Protection { values, except } => values.contains(&of.facets.protection) != *except,
        Turn::Line { values, except } => values.contains(&of.facets.line) != *except,
        Turn::Bars { values, except } => values.contains(&bars(of)) != *except,
        Turn::Supplemental { yes } => of.facets.supplemental == *yes,
        Turn::Elements { has: Has::Any, elements } => of.elements.intersects(set(elements)),
        Turn::Elements { has: Has::None, elements } => !of.elements.intersects(set(elements)),
        Turn::Elements { has: Has::All, elements } => {
            let all = set(elements);
            of.elements.0 & all.0 == all.0
        }
        Turn::Other => true,
    }
}
