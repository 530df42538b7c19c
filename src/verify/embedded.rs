//! A font as it lies in the file against the font it was cut from: every code that the file
//! explains must draw the outline of that very glyph, as wide, and be explained as what the glyph
//! stands for.

use super::faces::{Face, Faces, reads};
use super::font::{Font, UNKNOWN};
use super::outline::Program;
use hayro_syntax::object::{Array, Dict, Name, Stream};
use std::collections::BTreeMap;

pub const OTHER_KIND: &str = "a font of a kind that letters are not set with";
const STRANGE: &str = "a font that is none of those that letters are set with";
const REDRAWN: &str = "a font whose glyphs are not those of the font it is named for";
const MISREAD: &str = "a font whose glyphs are read as other characters than they are";
const WIDTHS: &str = "a font whose glyphs are not as wide as they are drawn";

/// Widths are written in thousandths of an em, three places at most.
const NEAR: f32 = 0.51;

/// Codes to glyphs of the embedded program.
enum Glyphs<'m> {
    /// `CIDToGIDMap`, two bytes a code.
    Map(Vec<u8>),
    /// The program's own order of CIDs.
    Cids(&'m BTreeMap<usize, usize>),
}

impl Glyphs<'_> {
    fn of(&self, code: u16, program: &Program<'_>) -> Option<u16> {
        match self {
            Self::Map(map) => {
                let at = 2 * usize::from(code);
                let pair: [u8; 2] = map.get(at..at + 2)?.try_into().ok()?;
                Some(u16::from_be_bytes(pair))
            }
            Self::Cids(map) => program.of_cid(u16::try_from(*map.get(&usize::from(code))?).ok()?),
        }
    }
}

/// Finds the font that a composite font was cut from and notes what speaks against it.
pub fn prove(
    font: &Dict<'_>,
    name: &str,
    cids: Option<&BTreeMap<usize, usize>>,
    faces: &Faces<'_>,
    read: &mut Font,
) {
    let mut candidates = faces.named(name).peekable();
    if candidates.peek().is_none() {
        return read.wrong.push(STRANGE);
    }
    let Some((bytes, is_cff, glyphs)) = parts(font, cids) else {
        return read.wrong.push(OTHER_KIND);
    };
    let mut wrong = vec![REDRAWN];
    for (number, face) in candidates {
        let Some(whole) = face.program() else { continue };
        let program = match is_cff {
            true => Program::bare_cff(&bytes, whole.em()),
            false => Program::of_file(&bytes, 0),
        };
        let Some(program) = program.filter(|program| program.is_cut_from(whole)) else { continue };
        wrong = compare(&program, &glyphs, face, whole, read);
        if !wrong.contains(&REDRAWN) {
            read.face = Some(number);
            let codes: Vec<u16> = read.explained().map(|(code, ..)| code).collect();
            codes.into_iter().for_each(|code| read.learn(code, face.readings(code)));
            break;
        }
    }
    read.wrong.extend(wrong);
}

/// The program, whether it is a bare CFF, and the way from codes to its glyphs.
fn parts<'m>(
    font: &Dict<'_>,
    cids: Option<&'m BTreeMap<usize, usize>>,
) -> Option<(Vec<u8>, bool, Glyphs<'m>)> {
    let descendants = font.get::<Array<'_>>("DescendantFonts")?;
    let descendant = descendants.iter::<Dict<'_>>().next()?;
    let descriptor = descendant.get::<Dict<'_>>("FontDescriptor")?;
    let across = |encoding: Option<Name<'_>>| encoding.is_some_and(|e| e.as_ref() == b"Identity-H");
    let kind = descendant.get::<Name<'_>>("Subtype")?;
    let one_program = ["FontFile", "FontFile2", "FontFile3"]
        .iter()
        .filter(|k| descriptor.contains_key(k))
        .count();
    if one_program != 1 || descendants.raw_iter().count() != 1 {
        return None;
    }
    match kind.as_ref() {
        b"CIDFontType2" if across(font.get::<Name<'_>>("Encoding")) => {
            let program = descriptor.get::<Stream<'_>>("FontFile2")?.decoded().ok()?.into_owned();
            let map = descendant.get::<Stream<'_>>("CIDToGIDMap")?.decoded().ok()?.into_owned();
            Some((program, false, Glyphs::Map(map)))
        }
        b"CIDFontType0" => {
            let encoding = font.get::<Stream<'_>>("Encoding")?;
            let plain = encoding.dict().get::<i32>("WMode").unwrap_or(0) == 0
                && !encoding.dict().contains_key("UseCMap");
            let stream = descriptor.get::<Stream<'_>>("FontFile3")?;
            let bare = stream.dict().get::<Name<'_>>("Subtype")?.as_ref() == b"CIDFontType0C";
            let program = stream.decoded().ok()?.into_owned();
            (plain && bare).then_some((program, true, Glyphs::Cids(cids?)))
        }
        _ => None,
    }
}

/// Every explained code against the whole font, whose own glyph numbers the codes are.
fn compare(
    program: &Program<'_>,
    glyphs: &Glyphs<'_>,
    face: &Face<'_>,
    whole: &Program<'_>,
    read: &Font,
) -> Vec<&'static str> {
    let mut wrong: Vec<&'static str> = Vec::new();
    let mut say = |what| {
        if !wrong.contains(&what) {
            wrong.push(what);
        }
    };
    for (code, text, width) in read.explained() {
        let drawn = glyphs.of(code, program).is_some_and(|g| program.draws(g, whole, code));
        if !drawn {
            say(REDRAWN);
        }
        if face.advance(code).is_none_or(|own| (own - width).abs() > NEAR) {
            say(WIDTHS);
        }
        let silent = text.chars().eq(std::iter::once(UNKNOWN));
        if !silent && !reads(face.readings(code), text) {
            say(MISREAD);
        }
    }
    wrong
}
