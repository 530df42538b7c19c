//! Rectangles, such as the modules of a two-dimensional code or the bars of a mail barcode.
//!
//! Many on a common lattice are written in the lattice's own units: `3 0 2 1 re` instead of
//! `563.38 30 2.25 1.13 re`, which makes a code of 256 modules three times smaller and exact.

use super::object::{decimal, hundredths, int, length};

/// Fewer are not worth a change of coordinates.
const FEWEST: usize = 8;
/// How far from the lattice an edge may be, in its units: less than a printer's dot.
const SLACK: f32 = 0.01;

/// Rectangles of one gray that wait to be filled together: left, bottom, right, top in points.
#[derive(Default)]
pub(super) struct Rects {
    waiting: Vec<[f32; 4]>,
}

impl Rects {
    pub fn push(&mut self, rect: [f32; 4]) {
        self.waiting.push(rect);
    }

    /// Paints what waits in the current gray.
    pub fn fill(&mut self, out: &mut Vec<u8>) {
        if self.waiting.is_empty() {
            return;
        }
        if self.waiting.len() < FEWEST || !self.fill_lattice(out) {
            for rect in &self.waiting {
                // Corners are rounded, not sides, so that neighbors still touch.
                let [left, bottom, right, top] = rect.map(hundredths);
                for n in [left, bottom, right - left, top - bottom] {
                    length(out, n);
                    out.push(b' ');
                }
                out.extend_from_slice(b"re\n");
            }
            out.extend_from_slice(b"f\n");
        }
        self.waiting.clear();
    }

    /// Writes in lattice units if all lie on one.
    fn fill_lattice(&self, out: &mut Vec<u8>) -> bool {
        let rects = &self.waiting;
        let (Some(across), Some(up)) = (Axis::of(rects, 0), Axis::of(rects, 1)) else {
            return false;
        };
        // Row by row; places in units, sizes in thousandths of a unit.
        let mut cells: Vec<[i64; 4]> = rects
            .iter()
            .map(|[left, bottom, right, top]| {
                let [height, width] = [up.size(top - bottom), across.size(right - left)];
                [up.place(*bottom), height, across.place(*left), width]
            })
            .collect();
        cells.sort_unstable();
        cells.dedup_by(|next, cell| {
            let touches = cell[..2] == next[..2] && cell[2] * 1000 + cell[3] == next[2] * 1000;
            if touches {
                cell[3] += next[3];
            }
            touches
        });
        out.extend_from_slice(b"q ");
        for n in [across.step, 0.0, 0.0, up.step, across.start, up.start] {
            decimal(out, (f64::from(n) * 100_000.0).round() as i64, 5);
            out.push(b' ');
        }
        out.extend_from_slice(b"cm\n");
        for [bottom, height, left, width] in cells {
            int(out, left);
            out.push(b' ');
            int(out, bottom);
            out.push(b' ');
            decimal(out, width, 3);
            out.push(b' ');
            decimal(out, height, 3);
            out.extend_from_slice(b" re\n");
        }
        out.extend_from_slice(b"f Q\n");
        true
    }
}

/// One direction of a lattice.
struct Axis {
    start: f32,
    step: f32,
}

impl Axis {
    /// The lattice of the lower edges in a direction (0 across, 1 up), if they have one.
    fn of(rects: &[[f32; 4]], direction: usize) -> Option<Self> {
        let mut edges: Vec<f32> = rects.iter().map(|rect| rect[direction]).collect();
        edges.sort_unstable_by(f32::total_cmp);
        edges.dedup_by(|a, b| (*a - *b).abs() < 0.02);
        let (first, last) = (*edges.first()?, *edges.last()?);
        let gap = edges.windows(2).map(|pair| pair[1] - pair[0]).reduce(f32::min);
        let step = match gap {
            Some(gap) => (last - first) / ((last - first) / gap).round(),
            None => rects.iter().map(|r| r[direction + 2] - r[direction]).reduce(f32::min)?,
        };
        let axis = Self { start: first, step };
        let on = |edge: f32| {
            let place = (edge - first) / step;
            (place - place.round()).abs() <= SLACK
        };
        (step > 0.1 && rects.iter().all(|rect| on(rect[direction]))).then_some(axis)
    }

    fn place(&self, edge: f32) -> i64 {
        ((edge - self.start) / self.step).round() as i64
    }

    /// In thousandths of a step; whole steps where it is one within the slack.
    fn size(&self, length: f32) -> i64 {
        let steps = length / self.step;
        if (steps - steps.round()).abs() <= SLACK {
            steps.round() as i64 * 1000
        } else {
            (steps * 1000.0).round() as i64
        }
    }
}
