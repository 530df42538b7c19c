//! How alike two texts are.

use super::piece::{Atom, Kind};
use similar::{Algorithm, DiffTag, capture_diff_slices};

/// Words in small letters, and placeholders.
pub fn words(atoms: &[Atom]) -> Vec<String> {
    let telling = |a: &&Atom| {
        matches!(a.kind, Kind::Value | Kind::Link) || a.text.chars().any(char::is_alphanumeric)
    };
    atoms.iter().filter(telling).map(|a| a.key().1.to_lowercase()).collect()
}

/// From 0 to 1: how much of both stands in both in the same order.
pub fn alike(a: &[String], b: &[String]) -> f64 {
    if a.is_empty() && b.is_empty() {
        return 1.0;
    }
    // At most this much can be alike; most pairs need no comparison.
    let most = 2.0 * a.len().min(b.len()) as f64 / (a.len() + b.len()) as f64;
    if most < 0.3 {
        return 0.0;
    }
    let same: usize = capture_diff_slices(Algorithm::Myers, a, b)
        .iter()
        .filter(|op| op.tag() == DiffTag::Equal)
        .map(|op| op.old_range().len())
        .sum();
    2.0 * same as f64 / (a.len() + b.len()) as f64
}

/// Lines that differ, each beside what stands in its place.
pub fn differing_lines(old: &[String], new: &[String]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for op in capture_diff_slices(Algorithm::Patience, old, new) {
        if op.tag() == DiffTag::Equal {
            continue;
        }
        let (mut old, mut new) = (old[op.old_range()].iter(), new[op.new_range()].iter());
        loop {
            let pair = (old.next(), new.next());
            if pair == (None, None) {
                break;
            }
            found.push((pair.0.cloned().unwrap_or_default(), pair.1.cloned().unwrap_or_default()));
        }
    }
    found
}
