//! A glyph run as text-showing operators. Codes are the font's own glyph numbers, so the bytes
//! of a run do not depend on what else the file holds.

use super::{
    face::UsedFace,
    object::{decimal, escaped_byte, int, text},
};
use crate::typeset::{Glyph, GlyphRun};

/// What is wrong with a run; the caller knows page and letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BadRun {
    MissingGlyph,
    Cluster,
    Length,
}

/// Writes `(...)Tj` or `[(...)-20(...)]TJ`, and whatever the run's shifts need, for the font and
/// size already set and the pen at the run's origin.
pub(super) fn write(run: &GlyphRun, face: &mut UsedFace, out: &mut Vec<u8>) -> Result<(), BadRun> {
    let mut show = Show::new(out, run.size);
    let order = Order::of(&run.glyphs);
    let glyphs = &run.glyphs;
    let mut at = 0;
    while at < glyphs.len() {
        let cluster = glyphs[at].cluster;
        let next = glyphs[at..].iter().position(|g| g.cluster != cluster);
        let end = next.map_or(glyphs.len(), |n| at + n);
        let until = order.cluster_end(glyphs, at, end, run.text.len());
        let said = run.text.get(cluster as usize..until).ok_or(BadRun::Cluster)?;
        let group = &glyphs[at..end];
        for glyph in group {
            let used = face.used.get_mut(usize::from(glyph.id)).ok_or(BadRun::MissingGlyph)?;
            *used = true;
            if glyph.id == 0 {
                return Err(BadRun::MissingGlyph);
            }
            if !(glyph.advance.is_finite() && glyph.dx.is_finite() && glyph.dy.is_finite()) {
                return Err(BadRun::Length);
            }
        }
        let plain = reads_as(face, group, said);
        if !plain {
            show.begin_actual(said);
        }
        for glyph in group {
            show.glyph(glyph, face.widths[usize::from(glyph.id)]);
        }
        if !plain {
            show.end_actual();
        }
        at = end;
    }
    show.finish();
    Ok(())
}

/// Whether a cluster's glyphs are read as its text without further ado.
fn reads_as(face: &mut UsedFace, group: &[Glyph], said: &str) -> bool {
    if let [glyph] = group {
        return face.says(glyph.id, said);
    }
    let own = |glyph: &Glyph| face.character(glyph.id);
    let forward = group.iter().map(own).eq(said.chars().map(Some));
    forward || group.iter().rev().map(own).eq(said.chars().map(Some))
}

/// In which direction clusters run, to know where each ends in the text.
enum Order {
    Ascending,
    Descending,
    /// Starts of clusters, sorted.
    Mixed(Vec<u32>),
}

impl Order {
    fn of(glyphs: &[Glyph]) -> Self {
        if glyphs.is_sorted_by_key(|g| g.cluster) {
            Self::Ascending
        } else if glyphs.iter().rev().is_sorted_by_key(|g| g.cluster) {
            Self::Descending
        } else {
            let mut starts: Vec<_> = glyphs.iter().map(|g| g.cluster).collect();
            starts.sort_unstable();
            Self::Mixed(starts)
        }
    }

    /// Where the text of the cluster of `glyphs[at..end]` ends.
    fn cluster_end(&self, glyphs: &[Glyph], at: usize, end: usize, length: usize) -> usize {
        let next = match self {
            Self::Ascending => glyphs.get(end).map(|g| g.cluster),
            Self::Descending => at.checked_sub(1).map(|before| glyphs[before].cluster),
            Self::Mixed(starts) => {
                let after = starts.partition_point(|start| *start <= glyphs[at].cluster);
                starts.get(after).copied()
            }
        };
        next.map_or(length, |start| start as usize)
    }
}

/// One text-showing operator in the making.
struct Show<'a> {
    out: &'a mut Vec<u8>,
    size: f32,
    /// Where the operator starts, once its string is open.
    start: Option<usize>,
    /// Whether it needs an array.
    adjusted: bool,
    in_string: bool,
    rise: f32,
    /// How far the pen stands left of where it should, in thousandths of an em.
    lag: f32,
}

impl<'a> Show<'a> {
    fn new(out: &'a mut Vec<u8>, size: f32) -> Self {
        let (start, rise, lag) = (None, 0.0, 0.0);
        Self { out, size, start, adjusted: false, in_string: false, rise, lag }
    }

    fn glyph(&mut self, glyph: &Glyph, width: f32) {
        if glyph.dy != self.rise {
            self.finish_operator();
            self.set_rise(glyph.dy);
        }
        if self.start.is_none() {
            self.start = Some(self.out.len());
        }
        let shift = (self.lag + glyph.dx).round();
        if shift != 0.0 {
            if self.in_string {
                self.out.push(b')');
                self.in_string = false;
            }
            int(self.out, -(shift as i64));
            self.adjusted = true;
            self.lag -= shift;
        }
        if !self.in_string {
            self.out.push(b'(');
            self.in_string = true;
        }
        let [high, low] = glyph.id.to_be_bytes();
        escaped_byte(self.out, high);
        escaped_byte(self.out, low);
        self.lag += glyph.advance - width;
    }

    fn begin_actual(&mut self, said: &str) {
        self.finish_operator();
        self.out.extend_from_slice(b"/Span<</ActualText");
        text(self.out, said);
        self.out.extend_from_slice(b">>BDC ");
    }

    fn end_actual(&mut self) {
        self.finish_operator();
        self.out.extend_from_slice(b"EMC ");
    }

    fn set_rise(&mut self, dy: f32) {
        let rise = (f64::from(dy) * f64::from(self.size)).round() as i64;
        decimal(self.out, rise, 3);
        self.out.extend_from_slice(b" Ts ");
        self.rise = dy;
    }

    fn finish_operator(&mut self) {
        let Some(start) = self.start.take() else { return };
        if self.in_string {
            self.out.push(b')');
        }
        if self.adjusted {
            self.out.insert(start, b'[');
            self.out.extend_from_slice(b"]TJ\n");
        } else {
            self.out.extend_from_slice(b"Tj\n");
        }
        (self.adjusted, self.in_string) = (false, false);
    }

    fn finish(mut self) {
        self.finish_operator();
        if self.rise != 0.0 {
            self.set_rise(0.0);
        }
    }
}
