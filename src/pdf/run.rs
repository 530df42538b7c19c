//! A glyph run as text-showing operators. Codes are the font's own glyph numbers, so the bytes
//! of a run do not depend on what else the file holds.

use super::{
    face::UsedFace,
    object::{decimal, escaped_byte, int, text},
};
use crate::typeset::{Glyph, GlyphRun};
use unicode_bidi::{BidiClass, bidi_class};

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
    for cluster in Clusters::of(run) {
        let (group, said) = cluster?;
        face.use_glyphs(group)?;
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
    }
    show.finish();
    Ok(())
}

/// A run's glyphs in visual order, those of one cluster together, with the text they stand for.
pub(super) struct Clusters<'a> {
    run: &'a GlyphRun,
    order: Order,
    at: usize,
}

impl<'a> Clusters<'a> {
    pub fn of(run: &'a GlyphRun) -> Self {
        Self { run, order: Order::of(&run.glyphs), at: 0 }
    }
}

impl<'a> Iterator for Clusters<'a> {
    type Item = Result<(&'a [Glyph], &'a str), BadRun>;

    fn next(&mut self) -> Option<Self::Item> {
        let (glyphs, text) = (&self.run.glyphs, &self.run.text);
        let at = self.at;
        let start = glyphs.get(at)?.cluster;
        let next = glyphs[at..].iter().position(|glyph| glyph.cluster != start);
        let end = next.map_or(glyphs.len(), |n| at + n);
        let until = self.order.cluster_end(glyphs, at, end, text.len());
        self.at = end;
        let said = text.get(start as usize..until).ok_or(BadRun::Cluster);
        Some(said.map(|said| (&glyphs[at..end], said)))
    }
}

/// Whether a cluster's glyphs are read as its text without further ado. A mark that stands back
/// over a wide letter leaves a gap before the next, which a reader may take for a space.
fn reads_as(face: &mut UsedFace, group: &[Glyph], said: &str) -> bool {
    if let [glyph] = group {
        return face.says(glyph.id, said);
    }
    let mut chars: Vec<char> = said.chars().collect();
    // Visual order, which is how a reader expects a script that runs from right to left.
    if chars.iter().any(|c| matches!(bidi_class(*c), BidiClass::R | BidiClass::AL)) {
        chars.reverse();
    }
    let stands_back = |glyph: &Glyph| glyph.dx < 0.0 && glyph.advance == 0.0;
    if group.last().is_some_and(stands_back) {
        return false;
    }
    let pairs = || group.iter().zip(&chars);
    let fits = |(glyph, c): (&Glyph, &char)| face.character(glyph.id).is_none_or(|own| own == *c);
    group.len() == chars.len()
        && pairs().all(fits)
        && pairs().all(|(glyph, c)| face.says(glyph.id, c.encode_utf8(&mut [0; 4])))
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
