//! Which paragraph of one text is which of another: by bookmark, else by words and order, else by
//! likeness.

use super::likeness::alike;
use similar::{Algorithm, DiffTag, capture_diff_slices};

/// What a paragraph is matched by.
pub struct Key {
    /// As it reads, quotes and spaces normalized.
    pub text: String,
    pub words: Vec<String>,
    /// Only what is of one kind can be the same: file or table, or nothing.
    pub kind: String,
}

/// Alike enough to be the same wherever it stands.
const ANYWHERE: f64 = 0.6;
/// Alike enough between neighbors that are the same.
const BETWEEN: f64 = 0.35;
/// So few words that a change of one leaves nothing alike.
const SHORT: usize = 3;

/// For each paragraph of `new` the one of `old` that it is. `known` are pairs that are certain
/// beforehand, as (old, new).
pub fn matched(old: &[Key], new: &[Key], known: &[(usize, usize)]) -> Vec<Option<usize>> {
    let mut of_new: Vec<Option<usize>> = vec![None; new.len()];
    let mut taken = vec![false; old.len()];
    let pair = |o: usize, n: usize, of_new: &mut Vec<Option<usize>>, taken: &mut Vec<bool>| {
        if !taken[o] && of_new[n].is_none() {
            (taken[o], of_new[n]) = (true, Some(o));
        }
    };
    for (o, n) in known {
        pair(*o, *n, &mut of_new, &mut taken);
    }
    // The same words in the same order.
    let free_old: Vec<usize> = (0..old.len()).filter(|o| !taken[*o]).collect();
    let free_new: Vec<usize> = (0..new.len()).filter(|n| of_new[*n].is_none()).collect();
    let texts = |keys: &[Key], at: &[usize]| -> Vec<String> {
        at.iter().map(|i| format!("{} {}", keys[*i].kind, keys[*i].text)).collect()
    };
    let (a, b) = (texts(old, &free_old), texts(new, &free_new));
    for op in capture_diff_slices(Algorithm::Patience, &a, &b) {
        if op.tag() == DiffTag::Equal {
            for (o, n) in op.old_range().zip(op.new_range()) {
                pair(free_old[o], free_new[n], &mut of_new, &mut taken);
            }
        }
    }
    // The same words elsewhere, if nothing else reads so.
    for n in 0..new.len() {
        if of_new[n].is_none() {
            let mut same = (0..old.len()).filter(|o| {
                !taken[*o] && old[*o].text == new[n].text && old[*o].kind == new[n].kind
            });
            if let (Some(o), None) = (same.next(), same.next()) {
                pair(o, n, &mut of_new, &mut taken);
            }
        }
    }
    between(old, new, &mut of_new, &mut taken);
    // The most alike of what is left, wherever it stands.
    let mut pairs = Vec::new();
    for n in (0..new.len()).filter(|n| of_new[*n].is_none()) {
        for o in (0..old.len()).filter(|o| !taken[*o] && old[*o].kind == new[n].kind) {
            let alike = alike(&old[o].words, &new[n].words);
            if alike >= ANYWHERE {
                pairs.push((alike, o, n));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| (a.1, a.2).cmp(&(b.1, b.2))));
    for (_, o, n) in pairs {
        pair(o, n, &mut of_new, &mut taken);
    }
    of_new
}

/// What stands between two neighbors that are the same is compared with what stood there.
fn between(old: &[Key], new: &[Key], of_new: &mut [Option<usize>], taken: &mut [bool]) {
    let mut n = 0;
    while n < new.len() {
        if of_new[n].is_some() {
            n += 1;
            continue;
        }
        let end = (n..new.len()).find(|i| of_new[*i].is_some()).unwrap_or(new.len());
        let from = (0..n).rev().find_map(|i| of_new[i]).map_or(0, |o| o + 1);
        let to = of_new.get(end).copied().flatten().unwrap_or(old.len());
        let free: Vec<usize> = (from..to.max(from)).filter(|o| !taken[*o]).collect();
        // The best of all ways to pair them in order.
        let (rows, columns) = (free.len(), end - n);
        if rows * columns > 0 && rows * columns <= 250_000 {
            let mut best = vec![vec![0.0; columns + 1]; rows + 1];
            let mut score = vec![vec![0.0; columns]; rows];
            for r in (0..rows).rev() {
                for c in (0..columns).rev() {
                    let (o, m) = (&old[free[r]], &new[n + c]);
                    let alike = if o.kind == m.kind { alike(&o.words, &m.words) } else { 0.0 };
                    score[r][c] = if alike >= BETWEEN { alike } else { f64::NEG_INFINITY };
                    best[r][c] = f64::max(best[r + 1][c], best[r][c + 1])
                        .max(best[r + 1][c + 1] + score[r][c]);
                }
            }
            let (mut r, mut c) = (0, 0);
            while r < rows && c < columns {
                if score[r][c].is_finite() && best[r][c] == best[r + 1][c + 1] + score[r][c] {
                    of_new[n + c] = Some(free[r]);
                    taken[free[r]] = true;
                    (r, c) = (r + 1, c + 1);
                } else if best[r][c] == best[r + 1][c] {
                    r += 1;
                } else {
                    c += 1;
                }
            }
            // One paragraph in one place is the same paragraph, however it reads now.
            if rows == 1
                && columns == 1
                && of_new[n].is_none()
                && old[free[0]].kind == new[n].kind
                && from > 0
                && to < old.len()
                && !old[free[0]].words.is_empty()
                && (old[free[0]].words.len().max(new[n].words.len()) <= SHORT
                    || alike(&old[free[0]].words, &new[n].words) > 0.2)
            {
                of_new[n] = Some(free[0]);
                taken[free[0]] = true;
            }
        }
        n = end;
    }
}
