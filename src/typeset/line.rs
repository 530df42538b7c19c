//! The atoms of a line become glyph runs, each at its place.

use super::{
    Glyph, GlyphRun, bidi,
    paragraph::{Compositor, Group, Setting},
};
use std::{ops::Range, sync::Arc};

/// A line: runs with their distance from its left end, in reading order.
#[derive(Clone, Default)]
pub(super) struct Line {
    pub runs: Vec<(Group, f32, Arc<GlyphRun>)>,
    /// Without the spaces that hang at its end.
    pub width: f32,
}

impl Compositor {
    pub(super) fn line(&self, atoms: Range<usize>, setting: Setting) -> Line {
        let last = atoms.end - 1;
        let length = self.atoms[last].next - self.atoms[atoms.start].text.start;
        let mut out = RunBuilder::new(setting.size, length);
        for (i, atom) in atoms.clone().zip(&self.atoms[atoms]) {
            for piece in &self.pieces[atom.pieces.clone()] {
                let group = self.spans[piece.stretch].group;
                for part in &piece.shaped.parts {
                    let text = &self.text[piece.at..][part.text.clone()];
                    out.add(group, part.face, text, part.text.start, &part.glyphs);
                }
            }
            if i == last {
                out.line.width = out.end();
            }
            for (at, glyph) in self.spaces(atom.text.end..atom.next) {
                let stretch = &self.spans[self.stretch_at(at)];
                out.add(stretch.group, self.shaper.primary(stretch.weight), " ", 0, &[glyph]);
            }
        }
        out.flush();
        out.line
    }

    /// A line with text of both directions: one run per segment, in reading order, each at its
    /// visual place.
    pub(super) fn mixed_line(&self, atoms: Range<usize>, setting: Setting) -> Line {
        let base = u8::from(setting.rtl);
        let mut out = RunBuilder::new(setting.size, 8);
        let mut levels = Vec::new();
        let last = atoms.end - 1;
        for (i, atom) in atoms.clone().zip(&self.atoms[atoms]) {
            for piece in &self.pieces[atom.pieces.clone()] {
                let group = self.spans[piece.stretch].group;
                for part in &piece.shaped.parts {
                    let text = &self.text[piece.at..][part.text.clone()];
                    out.add(group, part.face, text, part.text.start, &part.glyphs);
                    out.flush();
                    levels.push(piece.level);
                }
            }
            if i == last {
                break;
            }
            for (at, glyph) in self.spaces(atom.text.end..atom.next) {
                let stretch = &self.spans[self.stretch_at(at)];
                out.add(stretch.group, self.shaper.primary(stretch.weight), " ", 0, &[glyph]);
                out.flush();
                levels.push(self.levels.get(at).copied().unwrap_or(base));
            }
        }
        let mut line = out.line;
        let mut x = 0.0;
        for i in bidi::visual_order(&levels) {
            line.runs[i].1 = x;
            x += line.runs[i].2.width;
        }
        line.width = x;
        self.hang(&mut line, last, setting);
        line
    }

    /// Puts the spaces behind a mixed line beyond its end.
    fn hang(&self, line: &mut Line, last: usize, setting: Setting) {
        let atom = &self.atoms[last];
        let mut out = RunBuilder::new(setting.size, 8);
        for (at, glyph) in self.spaces(atom.text.end..atom.next) {
            let stretch = &self.spans[self.stretch_at(at)];
            out.add(stretch.group, self.shaper.primary(stretch.weight), " ", 0, &[glyph]);
        }
        out.flush();
        for (group, x, run) in out.line.runs {
            let x = if setting.rtl { -x - run.width } else { line.width + x };
            line.runs.push((group, x, run));
        }
    }
}

/// Collects glyphs into runs of one group and face.
struct RunBuilder {
    line: Line,
    size: f32,
    length: usize,
    x: f32,
    group: Group,
    run: Option<GlyphRun>,
}

impl RunBuilder {
    /// For about `length` bytes of text.
    fn new(size: f32, length: usize) -> Self {
        RunBuilder { line: Line::default(), size, length, x: 0.0, group: 0, run: None }
    }

    fn add(&mut self, group: Group, face: u16, text: &str, first: usize, glyphs: &[Glyph]) {
        if self.run.as_ref().is_some_and(|r| r.font != face) || self.group != group {
            self.flush();
        }
        self.group = group;
        let (size, length) = (self.size, self.length);
        let run = self.run.get_or_insert_with(|| GlyphRun {
            font: face,
            size,
            gray: 0.0,
            glyphs: Vec::with_capacity(length),
            text: String::with_capacity(length),
            width: 0.0,
        });
        let shift = run.text.len() as u32;
        run.text.push_str(text);
        for glyph in glyphs {
            run.width += glyph.advance * size / 1000.0;
            let cluster = glyph.cluster - first as u32 + shift;
            run.glyphs.push(Glyph { cluster, ..*glyph });
        }
    }

    fn end(&self) -> f32 {
        self.x + self.run.as_ref().map_or(0.0, |r| r.width)
    }

    fn flush(&mut self) {
        if let Some(run) = self.run.take() {
            let x = self.x;
            self.x += run.width;
            self.line.runs.push((self.group, x, Arc::new(run)));
        }
    }
}
