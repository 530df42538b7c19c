//! Paragraphs that were parted, joined or moved.

use super::back::Back;
use super::item::{Doubt, Edit, Item, ItemKind, Op, Stretch};
use super::likeness::alike;
use super::matching::Key;
use super::piece::Piece;
use std::collections::BTreeSet;

/// Paragraphs that went out and what came back of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    pub base: Vec<usize>,
    pub back: Vec<usize>,
}

/// By how much more alike two paragraphs must be than one.
const BETTER: f64 = 0.08;

/// Pairs, with what was parted from them or joined to them.
pub fn gather(
    base: &[Piece],
    base_keys: &[Key],
    backs: &[Back],
    back_keys: &[Key],
    of_back: &[Option<usize>],
) -> Vec<Group> {
    let mut groups = Vec::new();
    let mut free_back: BTreeSet<usize> =
        (0..backs.len()).filter(|b| of_back[*b].is_none()).collect();
    let paired: BTreeSet<usize> = of_back.iter().flatten().copied().collect();
    let mut free_base: BTreeSet<usize> = (0..base.len()).filter(|b| !paired.contains(b)).collect();
    for (b, o) in of_back.iter().enumerate() {
        let Some(o) = *o else { continue };
        let mut group = Group { base: vec![o], back: vec![b] };
        let mut words = back_keys[b].words.clone();
        let mut of_base = base_keys[o].words.clone();
        let mut best = alike(&of_base, &words);
        while best < 1.0 {
            let next = group.back.last().map_or(0, |last| last + 1);
            let before = group.back[0].checked_sub(1);
            let longer = |extra: usize, first: bool| -> Vec<String> {
                let (a, b) = (&back_keys[extra].words, &words);
                if first { [a.as_slice(), b].concat() } else { [b.as_slice(), a].concat() }
            };
            let fits = |extra: &usize| {
                free_back.contains(extra)
                    && backs[*extra].place.is_none()
                    && backs[*extra].heading == backs[b].heading
                    && !back_keys[*extra].words.is_empty()
            };
            let mut steps: Vec<(f64, usize, bool)> = Vec::new();
            if fits(&next) {
                steps.push((alike(&of_base, &longer(next, false)), next, false));
            }
            if let Some(before) = before.filter(|x| fits(x)) {
                steps.push((alike(&of_base, &longer(before, true)), before, true));
            }
            // A part of what was one paragraph makes the whole more alike.
            if let Some((score, extra, first)) = steps
                .into_iter()
                .max_by(|x, y| x.0.total_cmp(&y.0))
                .filter(|s| s.0 > best + BETTER || (s.0 > best && s.0 > 0.97))
            {
                words = longer(extra, first);
                if first {
                    group.back.insert(0, extra);
                } else {
                    group.back.push(extra);
                }
                free_back.remove(&extra);
                best = score;
                continue;
            }
            let (first, last) = (group.base[0], group.base[group.base.len() - 1]);
            let near = |x: &usize| {
                free_base.contains(x)
                    && base[*x].file == base[o].file
                    && !base[*x].role.is_cell()
                    && !base[o].role.is_cell()
                    && !base_keys[*x].words.is_empty()
            };
            let mut steps: Vec<(f64, usize, bool)> = Vec::new();
            if near(&(last + 1)) {
                let joined = [of_base.as_slice(), &base_keys[last + 1].words].concat();
                steps.push((alike(&joined, &words), last + 1, false));
            }
            if let Some(before) = first.checked_sub(1).filter(near) {
                let joined = [base_keys[before].words.as_slice(), &of_base].concat();
                steps.push((alike(&joined, &words), before, true));
            }
            let Some((score, extra, ahead)) = steps
                .into_iter()
                .max_by(|x, y| x.0.total_cmp(&y.0))
                .filter(|s| s.0 > best + BETTER || (s.0 > best && s.0 > 0.97))
            else {
                break;
            };
            if ahead {
                of_base = [base_keys[extra].words.as_slice(), &of_base].concat();
                group.base.insert(0, extra);
            } else {
                of_base = [of_base.as_slice(), &base_keys[extra].words].concat();
                group.base.push(extra);
            }
            free_base.remove(&extra);
            best = score;
        }
        groups.push(group);
    }
    groups
}

/// Paragraphs that stand elsewhere than they did: those that keep the others in order as they are.
pub fn moved(now: &[Piece], groups: &[Group], now_of: &[Option<usize>], items: &mut Vec<Item>) {
    let mut ordered: Vec<(usize, usize)> = groups
        .iter()
        .filter_map(|g| Some((*g.back.first()?, now_of[*g.base.first()?]?)))
        .filter(|(_, n)| !now[*n].role.is_cell())
        .collect();
    ordered.sort_unstable();
    let places: Vec<usize> = ordered.iter().map(|(_, n)| *n).collect();
    let stays = longest_rising(&places);
    for (i, n) in places.iter().enumerate().filter(|(i, _)| !stays.contains(i)) {
        let piece = &now[*n];
        let before = i.checked_sub(1).map(|b| places[b]);
        let fits = before.filter(|b| {
            let target = &now[*b];
            target.file == piece.file
                && target.when == piece.when
                && target.role == piece.role
                && !target.at.partial
                && !piece.at.partial
                && (!piece.role.is_item() || target.block == piece.block)
        });
        items.push(Item {
            kind: ItemKind::Moved,
            doubt: fits.is_none().then_some(Doubt::Misplaced),
            piece: Some(*n),
            was: piece.text(),
            is: before.map_or(String::new(), |b| now[b].text()),
            words: vec![Stretch { op: Op::Same, text: piece.text() }],
            by: Vec::new(),
            edit: fits.map(|after| Edit::Move { piece: *n, after }),
        });
    }
}

/// Positions of a longest rising run.
fn longest_rising(values: &[usize]) -> BTreeSet<usize> {
    let mut length = vec![1usize; values.len()];
    let mut from: Vec<Option<usize>> = vec![None; values.len()];
    for i in 0..values.len() {
        for j in 0..i {
            if values[j] < values[i] && length[j] + 1 > length[i] {
                (length[i], from[i]) = (length[j] + 1, Some(j));
            }
        }
    }
    let mut at = (0..values.len()).max_by_key(|i| (length[*i], std::cmp::Reverse(*i)));
    let mut run = BTreeSet::new();
    while let Some(i) = at {
        run.insert(i);
        at = from[i];
    }
    run
}
