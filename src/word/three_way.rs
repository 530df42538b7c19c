//! What one side changed in a text, brought to where the text stands now.

use super::piece::{Atom, Kind};
use similar::{Algorithm, DiffTag, capture_diff_slices};
use std::ops::Range;

/// A stretch that was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub base: Range<usize>,
    pub back: Range<usize>,
    pub now: Now,
}

/// Where the stretch stands now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Now {
    /// Unchanged since, at these atoms.
    At(Range<usize>),
    /// It reads already as it came back.
    Settled,
    /// It reads otherwise since: these atoms.
    Conflict(Range<usize>),
}

type Keys = Vec<(Kind, String)>;

fn keys(atoms: &[Atom]) -> Keys {
    atoms.iter().map(Atom::key).collect()
}

/// Stretches of `old` and `new` that differ; what only a space parts is one stretch.
pub fn differing(old: &[Atom], new: &[Atom]) -> Vec<(Range<usize>, Range<usize>)> {
    let mut found: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &keys(old), &keys(new)) {
        if op.tag() == DiffTag::Equal {
            continue;
        }
        match found.last_mut() {
            Some((o, n)) if old[o.end..op.old_range().start].iter().all(Atom::is_space) => {
                o.end = op.old_range().end;
                n.end = op.new_range().end;
            }
            _ => found.push((op.old_range(), op.new_range())),
        }
    }
    found
}

/// What `back` changed in `base`, placed in `now`.
pub fn three_way(base: &[Atom], back: &[Atom], now: &[Atom]) -> Vec<Difference> {
    // Where each atom of the base stands now.
    let mut place: Vec<Option<usize>> = vec![None; base.len()];
    for op in capture_diff_slices(Algorithm::Myers, &keys(base), &keys(now)) {
        if op.tag() == DiffTag::Equal {
            op.old_range().zip(op.new_range()).for_each(|(b, n)| place[b] = Some(n));
        }
    }
    let differences = differing(base, back).into_iter();
    differences
        .map(|(of_base, of_back)| {
            // Between what stood before and behind it.
            let from = of_base.start.checked_sub(1).map_or(Some(0), |b| place[b].map(|n| n + 1));
            let to = match of_base.end < base.len() {
                true => place[of_base.end],
                false => Some(now.len()),
            };
            let whole = (0..of_base.start).rev().find_map(|b| place[b].map(|n| n + 1)).unwrap_or(0)
                ..(of_base.end..base.len()).find_map(|b| place[b]).unwrap_or(now.len());
            let settled = |range: &Range<usize>| {
                now.get(range.clone()).is_some_and(|n| keys(n) == keys(&back[of_back.clone()]))
            };
            let same = |range: &Range<usize>| {
                now.get(range.clone()).is_some_and(|n| keys(n) == keys(&base[of_base.clone()]))
            };
            let found = match (from, to) {
                (Some(from), Some(to)) if from <= to && same(&(from..to)) => Now::At(from..to),
                (Some(from), Some(to)) if from <= to && settled(&(from..to)) => Now::Settled,
                _ if whole.start <= whole.end && settled(&whole) => Now::Settled,
                _ => Now::Conflict(whole.start.min(whole.end)..whole.end),
            };
            Difference { base: of_base, back: of_back, now: found }
        })
        .collect()
}
