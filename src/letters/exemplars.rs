//! Which letters stand for all others before a regulator: one of each material kind, and what differs
//! in the rest.

use super::version::{Facets, Version};
use crate::roster::Recipient;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Versions with the people who get each.
pub type Sampled = Vec<(Arc<Version>, u64)>;

/// How many people get a kind of letter, and the version that most of them get.
type Kind<'s> = (u64, &'s (Arc<Version>, u64));

/// What tells one letter from another for a regulator: whom it addresses, and whether it offers
/// protection.
fn kind(facets: &Facets) -> (Recipient, bool) {
    (facets.recipient, facets.protection.is_some())
}

/// The versions to show, the most frequent kind first, each kind by the version that most people get;
/// and the versions that they stand for.
/// All of them where `most` is none.
pub fn choose(versions: &Sampled, most: Option<usize>) -> (Vec<Arc<Version>>, Sampled) {
    let Some(most) = most else {
        return (versions.iter().map(|(version, _)| version.clone()).collect(), Vec::new());
    };
    let mut kinds: BTreeMap<(Recipient, bool), Kind<'_>> = BTreeMap::new();
    for counted in versions {
        let (people, best) = kinds.entry(kind(&counted.0.facets)).or_insert((0, counted));
        *people += counted.1;
        if counted.1 > best.1 {
            *best = counted;
        }
    }
    let mut ranked: Vec<_> = kinds.into_values().collect();
    ranked.sort_by_key(|kind| std::cmp::Reverse(kind.0));
    ranked.truncate(most);
    let shown: Vec<Arc<Version>> =
        ranked.into_iter().map(|(_, (version, _))| version.clone()).collect();
    let rest = versions.iter().filter(|(version, _)| !shown.contains(version)).cloned();
    let rest = rest.collect();
    (shown, rest)
}

/// In what a letter differs from the one that is shown for it, as ids of words.
fn differences(of: &Facets, shown: &Facets) -> BTreeSet<&'static str> {
    [
        ("recipient", of.recipient != shown.recipient),
        ("offer", of.protection != shown.protection),
        ("language", of.language != shown.language),
        ("line", of.line != shown.line),
        ("entity", of.entity != shown.entity),
        ("strand", of.strand != shown.strand),
        ("supplemental", of.supplemental != shown.supplemental),
        ("bars", of.bars != shown.bars || of.patient != shown.patient),
        ("state", of.state != shown.state),
    ]
    .into_iter()
    .filter_map(|(id, differs)| differs.then_some(id))
    .collect()
}

/// Letters that differ alike from the sample that stands for them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Differing {
    /// In what: ids of words.
    pub differs: Vec<&'static str>,
    /// Versions of the letter.
    pub letters: u64,
    /// People who get one of them.
    pub people: u64,
}

/// What the letters not shown differ in, the most frequent first.
pub fn differing(shown: &[Arc<Version>], rest: &Sampled) -> Vec<Differing> {
    let Some(first) = shown.first() else { return Vec::new() };
    let mut groups: BTreeMap<BTreeSet<&'static str>, (u64, u64)> = BTreeMap::new();
    for (version, people) in rest {
        let alike = shown.iter().find(|s| kind(&s.facets) == kind(&version.facets));
        let differs = differences(&version.facets, &alike.unwrap_or(first).facets);
        let group = groups.entry(differs).or_default();
        group.0 += 1;
        group.1 += people;
    }
    let row = |(differs, (letters, people)): (BTreeSet<&'static str>, _)| Differing {
        differs: differs.into_iter().collect(),
        letters,
        people,
    };
    let mut rows: Vec<Differing> = groups.into_iter().map(row).collect();
    rows.sort_by(|a, b| b.people.cmp(&a.people).then_with(|| a.differs.cmp(&b.differs)));
    rows
}
