//! The faces text is set in.

use super::{FontError, faces};
use harfrust::font::attribute;
use read_fonts::types::NameId;
use std::borrow::Cow;

/// One font file.
pub struct Face {
    pub data: Cow<'static, [u8]>,
    /// Index within a collection; 0 for a single font.
    pub index: u32,
    pub postscript_name: String,
    pub bold: bool,
    pub italic: bool,
}

/// The shipped faces first (regular, bold, italic, bold italic), then the fallbacks in order.
pub struct FontSet {
    pub faces: Vec<Face>,
}

macro_rules! shipped {
    ($name:literal, $bold:literal, $italic:literal) => {
        Face {
            data: Cow::Borrowed(include_bytes!(concat!(
                env!("CARGO_MANIFEST_DIR"),
                "/fonts/",
                $name,
                ".ttf"
            ))),
            index: 0,
            postscript_name: $name.to_owned(),
            bold: $bold,
            italic: $italic,
        }
    };
}

impl FontSet {
    /// STIX Two Text in four faces; behind it Noto Serif for rarer Latin, Greek and Cyrillic
    /// letters and Noto Sans Symbols 2 for check boxes (`fonts/README.md`).
    pub fn shipped() -> Self {
        FontSet {
            faces: vec![
                shipped!("STIXTwoText-Regular", false, false),
                shipped!("STIXTwoText-Bold", true, false),
                shipped!("STIXTwoText-Italic", false, true),
                shipped!("STIXTwoText-BoldItalic", true, true),
                shipped!("NotoSerif-Regular", false, false),
                shipped!("NotoSerif-Bold", true, false),
                shipped!("NotoSansSymbols2-Regular", false, false),
            ],
        }
    }

    /// Adds the user's own font for scripts that the shipped ones lack (Chinese, Arabic, Hebrew,
    /// Devanagari); asked after all faces before it.
    ///
    /// # Errors
    /// If the data holds no font at `index`, or one that maps no characters.
    pub fn add_fallback(&mut self, data: Vec<u8>, index: u32) -> Result<(), FontError> {
        let font = harfrust::Font::new(data.clone(), index).ok_or(FontError::NotAFont(index))?;
        if !font.charmap().has_unicode() {
            return Err(FontError::NoCharacters);
        }
        let attributes = font.default_attributes();
        let named = font.names().get(NameId::POSTSCRIPT_NAME);
        let name: String = named
            .and_then(|name| name.english_or_first().map(|n| n.name().chars().collect()))
            .unwrap_or_default();
        let usable: String =
            name.chars().filter(|c| c.is_ascii_graphic() && !"[](){}<>/%".contains(*c)).collect();
        self.faces.push(Face {
            postscript_name: if usable.is_empty() {
                format!("Fallback{}", self.faces.len())
            } else {
                usable
            },
            bold: attributes.weight.value() >= 600.0,
            italic: attributes.style != attribute::Style::Normal,
            data: Cow::Owned(data),
            index,
        });
        Ok(())
    }

    /// Whether some face can show the character. For many characters ask [`FontSet::coverage`].
    pub fn covers(&self, c: char) -> bool {
        self.coverage().has(c)
    }

    /// What the set can show, ready to be asked millions of times.
    pub fn coverage(&self) -> Coverage {
        Coverage { faces: self.faces.iter().map(faces::Loaded::copied).collect() }
    }
}

/// The characters of a font set.
pub struct Coverage {
    faces: Vec<faces::Loaded>,
}

impl Coverage {
    pub fn has(&self, c: char) -> bool {
        (' '..='~').contains(&c) && !self.faces.is_empty() || self.faces.iter().any(|f| f.has(c))
    }
}
