//! Faces opened for shaping.

use super::{Face, FontSet, Glyph};
use harfrust::{
    Font,
    font::{Blob, charmap::Charmap},
    unicode,
};
use std::{borrow::Cow, sync::Arc};

/// A face ready to shape with. A file that cannot be read covers nothing.
pub(super) struct Loaded {
    font: Option<Font>,
    /// From font units to thousandths of an em.
    pub scale: f32,
    pub space: Option<Glyph>,
}

/// The bytes of one face of a shared set: a Chinese font is not copied for every worker.
struct Shared(Arc<FontSet>, usize);

impl AsRef<[u8]> for Shared {
    fn as_ref(&self) -> &[u8] {
        &self.0.faces[self.1].data
    }
}

impl Loaded {
    pub fn of(set: &Arc<FontSet>, at: usize) -> Self {
        let blob = match &set.faces[at].data {
            Cow::Borrowed(data) => Blob::Static(data),
            Cow::Owned(_) => Blob::Shared(Arc::new(Shared(set.clone(), at))),
        };
        Self::open(Font::new(blob, set.faces[at].index))
    }

    pub fn copied(face: &Face) -> Self {
        Self::open(match &face.data {
            Cow::Borrowed(data) => Font::new(*data, face.index),
            Cow::Owned(data) => Font::new(data.clone(), face.index),
        })
    }

    fn open(font: Option<Font>) -> Self {
        let Some(font) = font.filter(|font| font.units_per_em() > 0) else {
            return Loaded { font: None, scale: 1.0, space: None };
        };
        let scale = 1000.0 / f32::from(font.units_per_em());
        let space = font.charmap().map_unicode(' ').and_then(|id| {
            let advance = font.glyph_metrics().h_advance(id) * scale;
            let id = u16::try_from(id.to_u32()).ok()?;
            Some(Glyph { id, cluster: 0, advance, dx: 0.0, dy: 0.0 })
        });
        Loaded { font: Some(font), scale, space }
    }

    pub fn font(&self) -> Option<&Font> {
        self.font.as_ref()
    }

    /// Whether the face shows the character: itself, or by its canonical parts, as the shaper
    /// will compose them.
    pub fn has(&self, c: char) -> bool {
        self.font.as_ref().is_some_and(|font| has(&font.charmap(), c))
    }
}

fn has(map: &Charmap<'_>, c: char) -> bool {
    if is_ignorable(c) || map.map_unicode(c).is_some() {
        return true;
    }
    match unicode::decompose(c as u32) {
        Some(unicode::Decomposed::Pair(a, b)) => {
            [a, b].into_iter().all(|part| char::from_u32(part).is_some_and(|part| has(map, part)))
        }
        Some(unicode::Decomposed::Singleton(a)) => {
            char::from_u32(a).is_some_and(|part| has(map, part))
        }
        None => false,
    }
}

/// Characters that shape but never show: joiners, direction marks, variation selectors.
pub(super) fn is_ignorable(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}' | '\u{E0100}'..='\u{E01EF}')
}
