//! The order of blocks in which every letter's own order is kept.

use std::collections::{BTreeMap, BTreeSet};

/// Merges sequences into one order of everything in them. What no sequence decides is decided by
/// `rank`, the smaller first; sequences that contradict one another give way to it too.
pub(super) fn merged<R: Ord>(
    sequences: &BTreeSet<Vec<usize>>,
    rank: impl Fn(usize) -> R,
) -> Vec<usize> {
    let mut after: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    let mut before: BTreeMap<usize, usize> = BTreeMap::new();
    for sequence in sequences {
        for node in sequence {
            before.entry(*node).or_default();
        }
        for pair in sequence.windows(2) {
            if pair[0] != pair[1] && after.entry(pair[0]).or_default().insert(pair[1]) {
                *before.entry(pair[1]).or_default() += 1;
            }
        }
    }
    let mut out = Vec::with_capacity(before.len());
    while !before.is_empty() {
        let free = before.iter().filter(|(_, waits)| **waits == 0).map(|(node, _)| *node);
        let next = free.min_by_key(|node| rank(*node));
        // A circle: the first by rank goes ahead.
        let Some(next) = next.or_else(|| before.keys().copied().min_by_key(|n| rank(*n))) else {
            break;
        };
        before.remove(&next);
        for node in after.remove(&next).unwrap_or_default() {
            if let Some(waits) = before.get_mut(&node) {
                *waits = waits.saturating_sub(1);
            }
        }
        out.push(next);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::merged;

    fn order(sequences: &[&[usize]]) -> Vec<usize> {
        merged(&sequences.iter().map(|s| s.to_vec()).collect(), |n| n)
    }

    #[test]
    fn alternatives_stand_between_what_they_share() {
        assert_eq!(order(&[&[0, 7, 2], &[0, 1, 2], &[0, 2]]), [0, 1, 7, 2]);
    }

    #[test]
    fn every_sequence_keeps_its_order_against_the_rank() {
        assert_eq!(order(&[&[9, 1], &[9, 5, 1]]), [9, 5, 1]);
    }

    #[test]
    fn a_contradiction_loses_nothing() {
        let mut found = order(&[&[1, 2, 3], &[2, 1, 3]]);
        assert_eq!(found.pop(), Some(3));
        found.sort_unstable();
        assert_eq!(found, [1, 2]);
    }
}
