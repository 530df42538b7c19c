//! The fonts that letters are set with, as they are shipped or as `[fonts] fallback` names them:
//! what a font in a finished file is held against.

use super::outline::Program;
use super::readings::{Readings, advance};
use read_fonts::FontRef;
use std::collections::HashMap;
use std::sync::{Mutex, OnceLock};
use unicode_normalization::UnicodeNormalization;

/// A font file that letters may be set with.
pub struct FontFile<'a> {
    /// As a PDF names it, without a subset's six letters.
    pub name: String,
    pub data: &'a [u8],
    /// Within a collection.
    pub index: u32,
}

/// All of them, in the order in which a sealed text counts them.
pub struct Faces<'a> {
    faces: Vec<Face<'a>>,
}

/// One of them.
pub struct Face<'a> {
    name: String,
    font: Option<FontRef<'a>>,
    program: Option<Program<'a>>,
    readings: OnceLock<Readings>,
    advances: Mutex<HashMap<u16, Option<f32>>>,
}

impl<'a> Faces<'a> {
    pub fn open(files: &[FontFile<'a>]) -> Self {
        let face = |file: &FontFile<'a>| Face {
            name: file.name.clone(),
            font: FontRef::from_index(file.data, file.index).ok(),
            program: Program::of_file(file.data, file.index),
            readings: OnceLock::new(),
            advances: Mutex::default(),
        };
        Self { faces: files.iter().map(face).collect() }
    }

    /// The faces of a name with their numbers.
    pub fn named(&self, name: &str) -> impl Iterator<Item = (u16, &Face<'a>)> {
        self.faces.iter().zip(0u16..).filter(move |(f, _)| f.name == name).map(|(f, i)| (i, f))
    }
}

impl<'a> Face<'a> {
    pub fn program(&self) -> Option<&Program<'a>> {
        self.program.as_ref()
    }

    /// What a glyph can stand for.
    pub fn readings(&self, glyph: u16) -> &[Box<str>] {
        let Some(font) = &self.font else { return &[] };
        self.readings.get_or_init(|| Readings::of(font)).get(glyph)
    }

    /// How wide a glyph is, thousandths of an em.
    pub fn advance(&self, glyph: u16) -> Option<f32> {
        let of = || advance(self.font.as_ref()?, glyph);
        match self.advances.lock() {
            Ok(mut known) => *known.entry(glyph).or_insert_with(of),
            Err(_) => of(),
        }
    }
}

/// Whether a glyph with these readings reads as a text, letter for letter; one blank is as good as
/// another.
pub fn reads(readings: &[Box<str>], text: &str) -> bool {
    let even = |c: char| if c.is_whitespace() { ' ' } else { c };
    let plain = |text: &str| text.nfd().filter(|c| !is_ignorable(*c)).map(even).collect::<String>();
    let text = plain(text);
    readings.iter().any(|reading| plain(reading) == text)
}

/// Whether glyphs with these readings can be written as a text. Within one cluster their order is
/// the script's own, and a hyphen or bracket may be drawn with its like.
pub fn spells(glyphs: &[Vec<Box<str>>], text: &str) -> bool {
    let mut tries = 4096;
    matches(glyphs, &letters(text), &mut tries)
}

fn matches(glyphs: &[Vec<Box<str>>], left: &[char], tries: &mut u32) -> bool {
    let Some((first, rest)) = glyphs.split_first() else { return left.is_empty() };
    for reading in first {
        *tries = tries.saturating_sub(1);
        if *tries == 0 {
            return false;
        }
        let mut next = left.to_vec();
        let taken = letters(reading).iter().all(|c| match next.iter().position(|l| l == c) {
            Some(at) => {
                next.remove(at);
                true
            }
            None => false,
        });
        if taken && matches(rest, &next, tries) {
            return true;
        }
    }
    false
}

/// The characters that show.
fn letters(text: &str) -> Vec<char> {
    let shows = |c: &char| !c.is_whitespace() && !is_ignorable(*c);
    text.nfd().filter(shows).map(alike).collect()
}

/// One character for those that a shaper draws alike: hyphens, and brackets that are mirrored
/// where text runs from right to left.
fn alike(c: char) -> char {
    match c {
        '\u{2010}' | '\u{2011}' => '-',
        ')' => '(',
        ']' => '[',
        '}' => '{',
        '>' => '<',
        '\u{bb}' => '\u{ab}',
        '\u{203a}' => '\u{2039}',
        c => c,
    }
}

/// Characters that never show.
fn is_ignorable(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
        | '\u{E0100}'..='\u{E01EF}')
}

#[cfg(test)]
mod tests {
    use super::{Faces, FontFile, reads, spells};
    use read_fonts::{FontRef, TableProvider};

    const REGULAR: &[u8] =
        include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/fonts/STIXTwoText-Regular.ttf"));

    fn glyph(c: char) -> u16 {
        let font = FontRef::new(REGULAR).unwrap();
        font.cmap().unwrap().map_codepoint(c).unwrap().to_u32() as u16
    }

    #[test]
    fn a_glyph_reads_as_its_own_letters_and_no_others() {
        let file = FontFile { name: "R".into(), data: REGULAR, index: 0 };
        let faces = Faces::open(&[file]);
        let (_, face) = faces.named("R").next().unwrap();
        let of = |c| face.readings(glyph(c)).to_vec();
        assert!(reads(&of('A'), "A") && reads(&of('\u{e9}'), "e\u{301}"));
        assert!(!reads(&of('A'), "B") && !reads(&of('l'), "1") && !reads(&of('A'), "AA"));
        assert!(reads(&of(' '), "\u{a0}"));
        assert!(spells(&[of('e'), of('\u{301}')], "\u{e9}"));
        assert!(!spells(&[of('e')], "\u{e9}") && !spells(&[of('e'), of('f')], "e"));
        assert!(spells(&[of('-')], "\u{2010}") && spells(&[of(' ')], "\u{200b}"));
        let program = face.program().unwrap();
        assert!(program.draws(glyph('A'), program, glyph('A')));
        assert!(!program.draws(glyph('A'), program, glyph('V')));
    }
}
