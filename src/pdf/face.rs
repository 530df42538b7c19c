//! What the writer must know of a face, and which of its glyphs a file uses.

use super::{PdfError, run::BadRun};
use crate::typeset::{Face, FontSet, Glyph};
use read_fonts::{FontRef, TableProvider, types::Tag};
use std::{
    collections::{BTreeMap, btree_map::Entry},
    sync::Arc,
};
use unicode_normalization::is_nfkc;

/// How the outlines are described, which decides how the font is embedded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outlines {
    TrueType,
    Cff,
}

/// Numbers of a font descriptor, in thousandths of an em.
pub(super) struct Metrics {
    pub bbox: [i32; 4],
    pub ascent: i32,
    pub descent: i32,
    pub cap_height: i32,
    pub italic_angle: i32,
    pub weight: u16,
    pub fixed_pitch: bool,
}

/// One face of the set, read, with the glyphs used so far.
pub(super) struct UsedFace {
    pub outlines: Outlines,
    pub metrics: Metrics,
    /// Whether the license forbids subsetting.
    pub whole: bool,
    /// By glyph, in thousandths of an em, as the file will state them.
    pub widths: Vec<f32>,
    pub used: Vec<bool>,
    /// By glyph, the least character that the font itself maps to it; 0 for none.
    characters: Vec<u32>,
    /// Texts of glyphs the font maps no character to, such as ligatures.
    claims: BTreeMap<u16, Box<str>>,
}

impl UsedFace {
    fn read(face: &Face) -> Result<Self, PdfError> {
        let name = || face.postscript_name.clone();
        let bad = |e: &dyn ToString| PdfError::BadFont { font: name(), reason: e.to_string() };
        let font = FontRef::from_index(&face.data, face.index).map_err(|e| bad(&e))?;
        let outlines = if font.table_data(Tag::new(b"glyf")).is_some() {
            Outlines::TrueType
        } else if font.table_data(Tag::new(b"CFF ")).is_some() {
            Outlines::Cff
        } else {
            return Err(bad(&"neither TrueType nor CFF outlines"));
        };
        let os2 = font.os2().ok();
        let rights = os2.as_ref().map_or(0, |t| t.fs_type());
        // Bits 1 to 3 exclude each other; of an old font that sets several the mildest holds.
        if (rights & 0xE == 2) || rights & 0x200 != 0 {
            return Err(PdfError::NotEmbeddable { font: name() });
        }
        let whole = rights & 0x100 != 0;
        if whole && (outlines == Outlines::Cff || face.data.starts_with(b"ttcf")) {
            return Err(PdfError::NotSubsettable { font: name() });
        }
        let head = font.head().map_err(|e| bad(&e))?;
        let hhea = font.hhea().map_err(|e| bad(&e))?;
        let hmtx = font.hmtx().map_err(|e| bad(&e))?;
        let glyphs = font.maxp().map_err(|e| bad(&e))?.num_glyphs();
        let em = f32::from(head.units_per_em().max(1));
        let scale = |units: i16| (f32::from(units) * 1000.0 / em).round() as i32;
        let widths = (0..glyphs)
            .map(|g| f32::from(hmtx.advance(u32::from(g).into()).unwrap_or(0)) * 1000.0 / em)
            .map(|w| (w * 1000.0).round() / 1000.0)
            .collect();
        let post = font.post().ok();
        let metrics = Metrics {
            bbox: [head.x_min(), head.y_min(), head.x_max(), head.y_max()].map(scale),
            ascent: scale(hhea.ascender().to_i16()),
            descent: scale(hhea.descender().to_i16()),
            cap_height: scale(
                os2.as_ref()
                    .and_then(|t| t.s_cap_height())
                    .unwrap_or_else(|| hhea.ascender().to_i16()),
            ),
            italic_angle: post.as_ref().map_or(0, |t| t.italic_angle().to_f64().round() as i32),
            weight: os2.as_ref().map_or(400, |t| t.us_weight_class()),
            fixed_pitch: post.as_ref().is_some_and(|t| t.is_fixed_pitch() != 0),
        };
        Ok(Self {
            outlines,
            metrics,
            whole,
            widths,
            used: vec![false; usize::from(glyphs)],
            characters: characters(&font, usize::from(glyphs)),
            claims: BTreeMap::new(),
        })
    }

    /// Notes that the file shows these glyphs.
    pub fn use_glyphs(&mut self, glyphs: &[Glyph]) -> Result<(), BadRun> {
        for glyph in glyphs {
            let used = self.used.get_mut(usize::from(glyph.id)).ok_or(BadRun::MissingGlyph)?;
            *used = true;
            if glyph.id == 0 {
                return Err(BadRun::MissingGlyph);
            }
            if !(glyph.advance.is_finite() && glyph.dx.is_finite() && glyph.dy.is_finite()) {
                return Err(BadRun::Length);
            }
        }
        Ok(())
    }

    /// Whether a reader who copies this glyph gets `text`. The first text of a glyph without a
    /// character of its own becomes its text for the whole file.
    pub fn says(&mut self, glyph: u16, text: &str) -> bool {
        let own = self.characters[usize::from(glyph)];
        if own != 0 {
            let mut chars = text.chars();
            return match (chars.next(), chars.next()) {
                // A no-break space may be read as a space.
                (Some(c), None) => {
                    u32::from(c) == own || (own == 0x20 && matches!(c, '\u{a0}' | '\u{202f}'))
                }
                _ => false,
            };
        }
        match self.claims.entry(glyph) {
            Entry::Vacant(entry) => {
                entry.insert(text.into());
                true
            }
            Entry::Occupied(entry) => **entry.get() == *text,
        }
    }

    /// The character that the font maps to a glyph, if any.
    pub fn character(&self, glyph: u16) -> Option<char> {
        match self.characters[usize::from(glyph)] {
            0 => None,
            c => char::from_u32(c),
        }
    }

    /// What the file's ToUnicode map says of a glyph. Glyphs that only ever stand inside a span
    /// with its own text get the replacement character.
    pub fn text(&self, glyph: u16) -> String {
        match (self.character(glyph), self.claims.get(&glyph)) {
            (Some(c), _) => c.into(),
            (None, Some(claim)) => claim.to_string(),
            (None, None) => "\u{fffd}".into(),
        }
    }

    /// The glyphs used, ascending.
    pub fn glyphs(&self) -> impl Iterator<Item = u16> + '_ {
        self.used.iter().enumerate().filter(|(_, used)| **used).map(|(glyph, _)| glyph as u16)
    }
}

/// The least character of each glyph, of those that may stand in a ToUnicode map. Characters
/// that are another's form of display (ligatures, Arabic letter shapes, radicals, the no-break
/// space) do not count: such a glyph gets the text it is first used for.
fn characters(font: &FontRef, glyphs: usize) -> Vec<u32> {
    let mut characters = vec![0u32; glyphs];
    let Some((_, _, map)) = font.cmap().ok().and_then(|cmap| cmap.best_subtable()) else {
        return characters;
    };
    for (character, glyph) in map.iter() {
        let private = (0xE000..0xF900).contains(&character) || character >= 0xF_0000;
        let banned = matches!(character, 0xFEFF | 0xFFFE);
        let of_its_own = |c: char| !c.is_control() && is_nfkc(c.encode_utf8(&mut [0; 4]));
        if private || banned || !char::from_u32(character).is_some_and(of_its_own) {
            continue;
        }
        if let Some(slot) = characters.get_mut(glyph.to_u32() as usize)
            && (*slot == 0 || character < *slot)
        {
            *slot = character;
        }
    }
    characters
}

/// The faces of a file, each read when first used.
pub(super) struct Faces {
    pub set: Arc<FontSet>,
    loaded: Vec<Option<Box<UsedFace>>>,
}

impl Faces {
    pub fn new(set: Arc<FontSet>) -> Self {
        let loaded = set.faces.iter().map(|_| None).collect();
        Self { set, loaded }
    }

    /// The face with this index, which must be one of the set's.
    pub fn load(&mut self, index: u16) -> Result<&mut UsedFace, PdfError> {
        let slot = &mut self.loaded[usize::from(index)];
        match slot {
            Some(face) => Ok(face),
            None => {
                let face = UsedFace::read(&self.set.faces[usize::from(index)])?;
                Ok(slot.insert(Box::new(face)))
            }
        }
    }

    /// A face that has been read.
    #[cfg(feature = "printpdf")]
    pub fn get(&self, index: u16) -> Option<&UsedFace> {
        self.loaded.get(usize::from(index))?.as_deref()
    }

    /// Index, file and use of every face with at least one glyph used.
    pub fn used(&self) -> impl Iterator<Item = (u16, &Face, &UsedFace)> {
        self.loaded.iter().zip(&self.set.faces).enumerate().filter_map(|(i, (used, face))| {
            let used = used.as_deref()?;
            used.used.contains(&true).then_some((i as u16, face, used))
        })
    }
}
