//! Spans of text become set lines.

use super::{
    Glyph, SetError, StructRole, bidi,
    breaks::{self, Break},
    fit::{self, Measure},
    kept::Kept,
    line::Line,
    shaper::{Shaped, Shaper, Weight},
};
use crate::document::Span;
use std::{borrow::Cow, ops::Range, sync::Arc};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// How a paragraph is to be set.
#[derive(Clone, Copy)]
pub(super) struct Setting {
    pub size: f32,
    pub width: f32,
    /// All of it bold, or italic, besides what its spans say.
    pub weight: Weight,
    /// The paragraph runs from right to left.
    pub rtl: bool,
}

/// Index into [`Compositor::groups`].
pub(super) type Group = u16;

/// A part of a paragraph that the structure tree tells apart.
pub(super) struct Part {
    pub role: StructRole,
    pub url: Option<Arc<str>>,
    pub lang: Option<Arc<str>>,
}

/// Sets paragraphs; its memory is kept from one to the next, its words much longer.
pub(super) struct Compositor {
    pub shaper: Shaper,
    /// The set lines of the last paragraph.
    pub lines: Vec<Line>,
    /// Its parts, where links or other languages divide it; else empty.
    pub groups: Vec<Part>,
    pub(super) text: String,
    pub(super) spans: Vec<Stretch>,
    ends: Vec<(usize, Break)>,
    pub(super) atoms: Vec<Atom>,
    pub(super) pieces: Vec<Piece>,
    measures: Vec<Measure>,
    taken: Vec<usize>,
    work: fit::Work,
    pub(super) levels: Vec<u8>,
    kept: Kept,
}

/// A span's share of the paragraph.
pub(super) struct Stretch {
    pub text: Range<usize>,
    pub weight: Weight,
    pub group: Group,
}

/// What stands between two possible breaks.
pub(super) struct Atom {
    pub text: Range<usize>,
    /// End of the spaces behind it.
    pub next: usize,
    pub pieces: Range<usize>,
}

/// A part of an atom in one style and direction.
pub(super) struct Piece {
    pub shaped: Arc<Shaped>,
    pub at: usize,
    pub stretch: usize,
    pub level: u8,
}

impl Compositor {
    pub fn new(shaper: Shaper) -> Self {
        Compositor {
            shaper,
            lines: Vec::new(),
            groups: Vec::new(),
            text: String::new(),
            spans: Vec::new(),
            ends: Vec::new(),
            atoms: Vec::new(),
            pieces: Vec::new(),
            measures: Vec::new(),
            taken: Vec::new(),
            work: fit::Work::default(),
            levels: Vec::new(),
            kept: Kept::default(),
        }
    }

    /// Words are shaped by the customs of this language (BCP 47) from here on.
    pub fn set_language(&mut self, lang: &str) {
        self.shaper.set_language(lang);
        self.kept.forget();
    }

    /// Forgets all words and paragraphs.
    pub fn forget(&mut self) {
        self.shaper.forget();
        self.kept.forget();
        self.lines.clear();
        self.groups.clear();
        self.text.clear();
        self.pieces.clear();
    }

    /// Sets spans as lines, to be found in `lines` and `groups`.
    pub fn set(&mut self, spans: &[Span], setting: Setting) -> Result<(), SetError> {
        self.lines.clear();
        self.gather(spans, setting.weight);
        let key = Kept::key(&self.text, &self.spans, setting);
        if let Some(key) = &key
            && let Some(lines) = self.kept.get(key)
        {
            self.lines.extend_from_slice(lines);
            return Ok(());
        }
        self.measure(setting)?;
        if self.atoms.is_empty() {
            return Ok(());
        }
        let mut taken = std::mem::take(&mut self.taken);
        fit::lines(&self.measures, setting.width, &mut self.work, &mut taken);
        let mut start = 0;
        for &end in &taken {
            let line = if self.levels.is_empty() {
                self.line(start..end, setting)
            } else {
                self.mixed_line(start..end, setting)
            };
            self.lines.push(line);
            start = end;
        }
        self.taken = taken;
        if let Some(key) = key {
            self.kept.keep(key, &self.lines);
        }
        Ok(())
    }

    /// Width of the longest unbreakable piece, and of the text on lines broken only where forced.
    pub fn widths(&mut self, spans: &[Span], setting: Setting) -> Result<(f32, f32), SetError> {
        self.gather(spans, setting.weight);
        self.measure(setting)?;
        let (mut least, mut most, mut line) = (0.0f32, 0.0f32, 0.0);
        for m in &self.measures {
            least = least.max(m.width);
            line += m.width;
            most = most.max(line);
            line = if m.after == Break::Forced { 0.0 } else { line + m.space };
        }
        Ok((least, most))
    }

    /// Shapes and measures what was gathered.
    fn measure(&mut self, setting: Setting) -> Result<(), SetError> {
        self.atoms.clear();
        self.pieces.clear();
        self.measures.clear();
        self.levels.clear();
        if self.text.is_empty() {
            return Ok(());
        }
        if setting.rtl || bidi::has_rtl(&self.text) {
            self.levels = bidi::levels(&self.text, setting.rtl);
        }
        breaks::opportunities(&self.text, &mut self.ends);
        let ends = std::mem::take(&mut self.ends);
        let mut start = 0;
        for &(next, after) in &ends {
            self.atom(start..next, after, setting)?;
            start = next;
        }
        self.ends = ends;
        Ok(())
    }

    /// Joins the spans' text: composed characters, single kinds of space, forced breaks as
    /// line feeds.
    fn gather(&mut self, spans: &[Span], weight: Weight) {
        self.text.clear();
        self.spans.clear();
        self.groups.clear();
        let parted = spans.iter().any(|s| s.link.is_some() || s.lang.is_some());
        for (i, span) in spans.iter().enumerate() {
            if parted {
                let part = |s: &Span| (s.link.clone(), s.lang.clone());
                let same = i > 0 && part(&spans[i - 1]) == part(span);
                if !same {
                    let role =
                        if span.link.is_some() { StructRole::Link } else { StructRole::Span };
                    let (url, lang) = part(span);
                    self.groups.push(Part { role, url, lang });
                }
            }
            let start = self.text.len();
            let fresh = start == 0 || self.text.ends_with('\n');
            let text = composed(&span.text);
            let text = if fresh { text.trim_start_matches(is_space) } else { &text };
            if text.bytes().all(|b| matches!(b, b' '..=b'~')) {
                self.text.push_str(text);
            } else {
                self.text.extend(text.chars().map(|c| if is_space(c) { ' ' } else { c }));
            }
            if span.breaks {
                self.text.truncate(self.text.trim_end_matches(' ').len());
                self.text.push('\n');
            }
            self.spans.push(Stretch {
                text: start.min(self.text.len())..self.text.len(),
                weight: Weight {
                    bold: weight.bold || span.bold,
                    italic: weight.italic != span.italic,
                },
                group: self.groups.len().saturating_sub(1) as Group,
            });
        }
        self.text.truncate(self.text.trim_end_matches([' ', '\n']).len());
        let end = self.text.len();
        for span in &mut self.spans {
            span.text = span.text.start.min(end)..span.text.end.min(end);
        }
    }

    /// Adds an atom, in parts no wider than the line if it must be.
    fn atom(&mut self, text: Range<usize>, after: Break, setting: Setting) -> Result<(), SetError> {
        let content = self.text[text.clone()].trim_end_matches([' ', '\n']).len();
        let (end, next) = (text.start + content, text.end);
        let first = self.pieces.len();
        let width = self.pieces_of(text.start..end)? * setting.size / 1000.0;
        if width > setting.width
            && content > 0
            && let Some(cut) = self.cut(text.start..end, first, setting)
        {
            self.pieces.truncate(first);
            self.atom(text.start..cut, Break::Inside, setting)?;
            return self.atom(cut..next, after, setting);
        }
        let space = self.spaces(end..next).map(|(_, glyph)| glyph.advance).sum::<f32>()
            * setting.size
            / 1000.0;
        self.atoms.push(Atom { text: text.start..end, next, pieces: first..self.pieces.len() });
        self.measures.push(Measure { width, space, after });
        Ok(())
    }

    /// Shapes a text without spaces at its ends; its width in thousandths of an em.
    fn pieces_of(&mut self, text: Range<usize>) -> Result<f32, SetError> {
        let mut width = 0.0;
        let mut at = text.start;
        while at < text.end {
            let stretch = self.stretch_at(at);
            let mut end = text.end.min(self.spans[stretch].text.end);
            let mut level = 0;
            if let Some(&here) = self.levels.get(at) {
                level = here;
                let same = self.levels[at..end].iter().take_while(|l| **l == here).count();
                end = at + same;
            }
            let weight = self.spans[stretch].weight;
            let shaped = self.shaper.word(&self.text[at..end], weight, level % 2 == 1)?;
            width += shaped.width;
            self.pieces.push(Piece { shaped, at, stretch, level });
            at = end;
        }
        Ok(width)
    }

    pub(super) fn stretch_at(&self, at: usize) -> usize {
        self.spans.partition_point(|s| s.text.end <= at).min(self.spans.len() - 1)
    }

    /// Where to cut a text wider than the line: the last place between two characters that
    /// leaves a first part which fits, or is one character.
    fn cut(&self, text: Range<usize>, first: usize, setting: Setting) -> Option<usize> {
        let limit = setting.width * 1000.0 / setting.size;
        let mut places: Vec<(usize, f32)> = Vec::new();
        for piece in &self.pieces[first..] {
            for part in &piece.shaped.parts {
                for glyph in &part.glyphs {
                    places.push((piece.at + glyph.cluster as usize, glyph.advance));
                }
            }
        }
        places.sort_by_key(|(at, _)| *at);
        let mut width = 0.0;
        let mut cut = None;
        for (at, advance) in places {
            if at > text.start && (width <= limit || cut.is_none()) {
                cut = Some(at);
            }
            width += advance;
            if width > limit && cut.is_some() {
                break;
            }
        }
        cut
    }

    /// The spaces of a range as glyphs of the faces they stand in; a forced break counts as one.
    pub(super) fn spaces(&self, range: Range<usize>) -> impl Iterator<Item = (usize, Glyph)> {
        range.filter_map(|at| {
            let weight = self.spans[self.stretch_at(at)].weight;
            Some((at, self.shaper.space(self.shaper.primary(weight))?))
        })
    }
}

fn composed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.nfc().collect())
    }
}

/// Spaces that a line may end at and that look alike; no-break and typographic spaces are not.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}
