//! Which of the possible breaks are taken.

use super::breaks::Break;

/// What the fitting must know of one unbreakable piece of text.
#[derive(Clone, Copy)]
pub(super) struct Measure {
    pub width: f32,
    /// Width of the spaces behind it, which may hang beyond the margin.
    pub space: f32,
    pub after: Break,
}

/// A last line shorter than this share of the measure looks lost.
const RUNT: f32 = 0.12;

/// Chooses the ends of lines (exclusive indices into `atoms`) for the most even right edge that
/// needs no more lines than filling each line in turn.
///
/// No atom is wider than `width`, or it gets a line of its own.
pub(super) fn lines(atoms: &[Measure], width: f32, work: &mut Work, out: &mut Vec<usize>) {
    out.clear();
    let mut start = 0;
    for end in 0..atoms.len() {
        if atoms[end].after == Break::Forced || end + 1 == atoms.len() {
            stretch(atoms, start, end + 1, width, work, out);
            start = end + 1;
        }
    }
}

/// Memory of the fitting, kept between paragraphs.
#[derive(Default)]
pub(super) struct Work {
    /// Per end of a line: lines so far, cost, and where the line began.
    best: Vec<(u32, f32, usize)>,
}

fn stretch(
    atoms: &[Measure],
    start: usize,
    end: usize,
    width: f32,
    work: &mut Work,
    out: &mut Vec<usize>,
) {
    const SLACK: f32 = 0.01;
    let total: f32 = atoms[start..end].iter().map(|a| a.width + a.space).sum();
    if total - atoms[end - 1].space <= width + SLACK {
        out.push(end);
        return;
    }
    let n = end - start;
    let best = &mut work.best;
    best.clear();
    best.resize(n + 1, (u32::MAX, f32::INFINITY, 0));
    best[0] = (0, 0.0, 0);
    for to in 1..=n {
        let last = to == n;
        let tail = &atoms[start + to - 1];
        let mut set = -tail.space;
        for from in (0..to).rev() {
            let atom = &atoms[start + from];
            set += atom.width + atom.space;
            if set > width + SLACK && from + 1 < to {
                break;
            }
            let (lines, cost, _) = best[from];
            if lines == u32::MAX {
                continue;
            }
            let slack = ((width - set) / width).max(0.0);
            let mut demerit = if last { 0.0 } else { slack * slack };
            if last && slack > 1.0 - RUNT {
                demerit += 0.05;
            }
            if !last && tail.after == Break::Inside {
                demerit += 0.01;
            }
            let candidate = (lines + 1, cost + demerit, from);
            if (candidate.0, candidate.1) < (best[to].0, best[to].1) {
                best[to] = candidate;
            }
        }
    }
    let first = out.len();
    let mut at = n;
    while at > 0 {
        out.push(start + at);
        at = best[at].2;
    }
    out[first..].reverse();
}
