//! Words become glyphs, each shaped once.

use super::{
    FontSet, Glyph, SetError,
    faces::{self, Loaded},
};
use foldhash::HashMap;
use harfrust::{
    Buffer, Direction, Language, Script, ShapeOptions, ShapePlan, ShapePlanKey, ShaperFont, unicode,
};
use std::{ops::Range, sync::Arc};
use unicode_normalization::char::is_combining_mark;

/// Words kept before the cache starts anew: at some 400 bytes each a few megabytes.
const WORDS: usize = 16_384;

/// Which of a family's four faces.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Weight {
    pub bold: bool,
    pub italic: bool,
}

impl Weight {
    fn index(self) -> usize {
        usize::from(self.bold) + 2 * usize::from(self.italic)
    }
}

/// A shaped word: one part per face it needs, in logical order.
pub(super) struct Shaped {
    pub parts: Vec<ShapedPart>,
    /// Thousandths of an em.
    pub width: f32,
}

/// Glyphs of one face in visual order; clusters count from the word's start.
pub(super) struct ShapedPart {
    pub face: u16,
    pub text: Range<usize>,
    pub glyphs: Vec<Glyph>,
    pub width: f32,
}

pub(super) struct Shaper {
    faces: Vec<Loaded>,
    /// For each weight, the faces in the order they are asked.
    order: [Vec<u16>; 4],
    plans: Vec<(u16, ShapePlan)>,
    buffer: Option<Buffer>,
    language: Option<Language>,
    /// By weight, left to right then right to left.
    words: [HashMap<Box<str>, Arc<Shaped>>; 8],
    held: usize,
    /// Reach of a face's glyph above and below the baseline.
    extents: HashMap<(u16, u16), (f32, f32)>,
}

impl Shaper {
    pub fn new(set: &Arc<FontSet>) -> Self {
        let order = std::array::from_fn(|i| {
            let (bold, italic) = (i & 1 == 1, i & 2 == 2);
            let mut order: Vec<u16> = (0..set.faces.len() as u16).collect();
            order.sort_by_key(|&f| {
                let face = &set.faces[f as usize];
                2 * u8::from(face.bold != bold) + u8::from(face.italic != italic)
            });
            order
        });
        Shaper {
            faces: (0..set.faces.len()).map(|at| Loaded::of(set, at)).collect(),
            order,
            plans: Vec::new(),
            buffer: Some(Buffer::new()),
            language: None,
            words: Default::default(),
            held: 0,
            extents: HashMap::default(),
        }
    }

    /// Words are shaped by the customs of this language (BCP 47) from here on.
    pub fn set_language(&mut self, lang: &str) {
        if self.language.as_ref().map_or("", |l| l.as_str()) != lang.to_ascii_lowercase() {
            self.language = Language::new(lang);
            self.plans.clear();
            self.forget();
        }
    }

    pub fn forget(&mut self) {
        self.words.iter_mut().for_each(HashMap::clear);
        self.extents.clear();
        self.held = 0;
    }

    pub fn primary(&self, weight: Weight) -> u16 {
        self.order[weight.index()].first().copied().unwrap_or(0)
    }

    /// The space of a face, as a glyph.
    pub fn space(&self, face: u16) -> Option<Glyph> {
        self.faces.get(face as usize)?.space
    }

    /// The glyphs of a word without spaces.
    pub fn word(&mut self, text: &str, weight: Weight, rtl: bool) -> Result<Arc<Shaped>, SetError> {
        let slot = weight.index() + 4 * usize::from(rtl);
        if let Some(shaped) = self.words[slot].get(text) {
            return Ok(shaped.clone());
        }
        let shaped = Arc::new(self.shape(text, weight, rtl)?);
        if self.held >= WORDS {
            self.forget();
        }
        self.held += 1;
        self.words[slot].insert(text.into(), shaped.clone());
        Ok(shaped)
    }

    fn shape(&mut self, text: &str, weight: Weight, rtl: bool) -> Result<Shaped, SetError> {
        let mut shaped = Shaped { parts: Vec::new(), width: 0.0 };
        for (face, script, range) in self.itemize(text, weight)? {
            let part = self.part(text, range, face, script, rtl)?;
            shaped.width += part.width;
            shaped.parts.push(part);
        }
        Ok(shaped)
    }

    /// Cuts a word where the face or the script changes; a mark stays with its base.
    fn itemize(
        &self,
        text: &str,
        weight: Weight,
    ) -> Result<Vec<(u16, Script, Range<usize>)>, SetError> {
        let mut items: Vec<(u16, Script, Range<usize>)> = Vec::new();
        let mut chars = text.char_indices().peekable();
        while let Some((start, base)) = chars.next() {
            let mut end = start + base.len_utf8();
            while let Some((at, c)) = chars.next_if(|(_, c)| clings(*c)) {
                end = at + c.len_utf8();
            }
            let cluster = &text[start..end];
            let order = &self.order[weight.index()];
            let has = |f: u16, c: char| self.faces[f as usize].has(c);
            let Some(face) = order.iter().copied().find(|&f| cluster.chars().all(|c| has(f, c)))
            else {
                let lone = cluster.chars().find(|&c| !order.iter().any(|&f| has(f, c)));
                return Err(SetError::NoGlyph(lone.unwrap_or(base)));
            };
            let script = unicode::script(base as u32);
            match items.last_mut() {
                Some((f, s, range)) if *f == face && (*s == script || !is_real(script)) => {
                    range.end = end;
                }
                Some((f, s, range)) if *f == face && !is_real(*s) => {
                    *s = script;
                    range.end = end;
                }
                _ => items.push((face, script, start..end)),
            }
        }
        Ok(items)
    }

    fn part(
        &mut self,
        text: &str,
        range: Range<usize>,
        face: u16,
        script: Script,
        rtl: bool,
    ) -> Result<ShapedPart, SetError> {
        let missing = || {
            let first = text[range.clone()].chars().next();
            SetError::NoGlyph(first.unwrap_or(char::REPLACEMENT_CHARACTER))
        };
        let loaded = &self.faces[face as usize];
        let font = loaded.font().ok_or_else(missing)?;
        let direction = if rtl { Direction::RightToLeft } else { Direction::LeftToRight };
        let script = is_real(script).then_some(script);
        let language = self.language.as_ref();
        let key = ShapePlanKey::new(font, script, direction).language(language);
        let plan = match self.plans.iter().position(|(f, p)| *f == face && key.matches(p)) {
            Some(at) => at,
            None => {
                let plan = ShapePlan::new(font, direction, script, language, &[]);
                self.plans.push((face, plan));
                self.plans.len() - 1
            }
        };
        let mut buffer = self.buffer.take().unwrap_or_default();
        buffer.clear();
        buffer.push_str(&text[range.clone()]);
        buffer.set_direction(direction);
        buffer.set_script(script);
        buffer.set_language(self.language.clone());
        let options = ShapeOptions::new().plan(Some(&self.plans[plan].1));
        let done = harfrust::shape(&ShaperFont::new(font), &mut buffer, options);
        let mut part = ShapedPart { face, text: range.clone(), glyphs: Vec::new(), width: 0.0 };
        if done.is_err() || !buffer.allocation_successful() {
            return Err(missing());
        }
        for (info, at) in buffer.glyph_infos().iter().zip(buffer.glyph_positions()) {
            let cluster = range.start + info.cluster as usize;
            // .notdef: the face promised a character it does not draw.
            if info.glyph_id == 0 || info.glyph_id > u32::from(u16::MAX) {
                let c = text[cluster..].chars().next();
                return Err(SetError::NoGlyph(c.unwrap_or(char::REPLACEMENT_CHARACTER)));
            }
            let glyph = Glyph {
                id: info.glyph_id as u16,
                cluster: cluster as u32,
                advance: at.x_advance as f32 * loaded.scale,
                dx: at.x_offset as f32 * loaded.scale,
                dy: at.y_offset as f32 * loaded.scale,
            };
            part.width += glyph.advance;
            part.glyphs.push(glyph);
        }
        self.buffer = Some(buffer);
        Ok(part)
    }

    /// How far the ink of glyphs reaches above and below the baseline, thousandths of an em.
    pub fn reach(&mut self, face: u16, glyphs: &[Glyph]) -> (f32, f32) {
        glyphs.iter().fold((0.0f32, 0.0f32), |(up, down), glyph| {
            let (top, bottom) = self.extent(face, glyph.id);
            (up.max(top + glyph.dy), down.max(bottom - glyph.dy))
        })
    }

    fn extent(&mut self, face: u16, glyph: u16) -> (f32, f32) {
        let faces = &self.faces;
        *self.extents.entry((face, glyph)).or_insert_with(|| {
            let loaded = faces.get(face as usize);
            let Some((loaded, font)) = loaded.and_then(|l| Some((l, l.font()?))) else {
                return (0.0, 0.0);
            };
            let extents = ShaperFont::new(font).glyph_extents(u32::from(glyph).into());
            extents.map_or((0.0, 0.0), |box_| {
                let top = box_.y_bearing as f32 * loaded.scale;
                (top, -top - box_.height as f32 * loaded.scale)
            })
        })
    }
}

/// Whether a character belongs to the one before it.
fn clings(c: char) -> bool {
    c >= '\u{300}' && (is_combining_mark(c) || faces::is_ignorable(c))
}

fn is_real(script: Script) -> bool {
    !matches!(&script.tag().to_be_bytes(), b"Zyyy" | b"Zinh" | b"Zzzz")
}
