//! What the codes of a font mean to a reader and how wide they are, from the file's own ToUnicode
//! map and widths; and whether the font program draws just that.

use super::embedded;
use super::faces::Faces;
use super::lexer::{Lexer, Operand};
use hayro_syntax::object::{Array, Dict, Name, Object, Stream};
use std::collections::BTreeMap;

pub struct Font {
    /// The font of the task that it was cut from; none if it is none of them.
    pub face: Option<u16>,
    /// What speaks against it.
    pub wrong: Vec<&'static str>,
    /// What each code's glyph can stand for, by the font it was cut from.
    readings: BTreeMap<u16, Vec<Box<str>>>,
    /// Two bytes a code.
    wide: bool,
    text: Vec<Box<str>>,
    widths: Vec<f32>,
    other_width: f32,
}

/// A code that the file does not explain.
pub const UNKNOWN: char = '\u{fffd}';

impl Font {
    /// None if the font says too little to be read.
    pub fn read(font: &Dict<'_>, faces: &Faces<'_>) -> Option<Self> {
        let name = font.get::<Name<'_>>("BaseFont")?.as_str().to_owned();
        let name = match name.split_once('+') {
            Some((tag, rest)) if tag.len() == 6 => rest.to_owned(),
            _ => name,
        };
        let wide = font.get::<Name<'_>>("Subtype")?.as_ref() == b"Type0";
        let map = font.get::<Stream<'_>>("ToUnicode")?.decoded().ok()?;
        let text = to_unicode(&map)?;
        let mut cids = None;
        let (widths, other_width) = if wide {
            let descendant = font.get::<Array<'_>>("DescendantFonts")?.iter::<Dict<'_>>().next()?;
            let of_cid = cid_widths(&descendant);
            let other = descendant.get::<f32>("DW").unwrap_or(1000.0);
            match font.get::<Stream<'_>>("Encoding") {
                None => (of_cid, other),
                Some(encoding) => {
                    let map = to_cid(&encoding.decoded().ok()?)?;
                    let mut widths = vec![other; map.keys().max().map_or(0, |c| c + 1)];
                    for (code, cid) in &map {
                        widths[*code] = of_cid.get(*cid).copied().unwrap_or(other);
                    }
                    cids = Some(map);
                    (widths, other)
                }
            }
        } else {
            let first = usize::try_from(font.get::<i32>("FirstChar").unwrap_or(0)).ok()?;
            let mut widths = vec![0.0; first.min(256)];
            widths.extend(font.get::<Array<'_>>("Widths").iter().flat_map(Array::iter::<f32>));
            (widths, 0.0)
        };
        let mut read = Self {
            face: None,
            wrong: Vec::new(),
            readings: BTreeMap::new(),
            wide,
            text,
            widths,
            other_width,
        };
        match wide {
            true => embedded::prove(font, &name, cids.as_ref(), faces, &mut read),
            false => read.wrong.push(embedded::OTHER_KIND),
        }
        Some(read)
    }

    /// The codes that the file explains, with what each reads as and its width.
    pub fn explained(&self) -> impl Iterator<Item = (u16, &str, f32)> {
        self.text.iter().zip(0u16..=u16::MAX).filter(|(text, _)| !text.is_empty()).map(
            |(text, code)| {
                let width = self.widths.get(usize::from(code)).copied();
                (code, &**text, width.unwrap_or(self.other_width))
            },
        )
    }

    /// Notes what a code's glyph can stand for.
    pub fn learn(&mut self, code: u16, readings: &[Box<str>]) {
        self.readings.insert(code, readings.to_vec());
    }

    /// What a code's glyph can stand for.
    pub fn readings(&self, code: u16) -> &[Box<str>] {
        self.readings.get(&code).map_or(&[], Vec::as_slice)
    }

    /// Codes of a shown string with what each reads as and its width in thousandths of an em.
    pub fn codes<'f>(
        &'f self,
        shown: &'f [u8],
    ) -> impl Iterator<Item = (u16, Option<&'f str>, f32)> + 'f {
        shown.chunks(if self.wide { 2 } else { 1 }).map(|bytes| {
            let code = bytes.iter().fold(0u16, |code, byte| code << 8 | u16::from(*byte));
            let at = usize::from(code);
            let text = self.text.get(at).map(|t| &**t).filter(|t| !t.is_empty());
            (code, text, self.widths.get(at).copied().unwrap_or(self.other_width))
        })
    }
}

/// `W`: `first [w w w]` and `first last w`, by CID.
fn cid_widths(descendant: &Dict<'_>) -> Vec<f32> {
    let other = descendant.get::<f32>("DW").unwrap_or(1000.0);
    let mut widths = Vec::new();
    let mut set = |cid: f32, width: f32| {
        let cid = cid as usize;
        if cid < 65_536 {
            if widths.len() <= cid {
                widths.resize(cid + 1, other);
            }
            widths[cid] = width;
        }
    };
    let Some(array) = descendant.get::<Array<'_>>("W") else { return widths };
    let mut items = array.iter::<Object<'_>>();
    while let Some(first) = items.next().and_then(Object::into_f32) {
        match items.next() {
            Some(Object::Array(list)) => {
                let list = list.iter::<f32>().enumerate();
                list.for_each(|(i, width)| set(first + i as f32, width));
            }
            Some(last) => {
                let Some(last) = last.into_f32() else { break };
                let Some(width) = items.next().and_then(Object::into_f32) else { break };
                let mut cid = first;
                while cid <= last.min(65_535.0) {
                    set(cid, width);
                    cid += 1.0;
                }
            }
            None => break,
        }
    }
    widths
}

/// Codes to text.
fn to_unicode(map: &[u8]) -> Option<Vec<Box<str>>> {
    let mut text: Vec<Box<str>> = Vec::new();
    let mut set = |code: usize, said: String| {
        if code < 65_536 {
            if text.len() <= code {
                text.resize(code + 1, Box::default());
            }
            text[code] = said.into();
        }
    };
    statements(map, |operator, operands| {
        match operator {
            b"endbfchar" => {
                for pair in operands.chunks(2) {
                    let [Operand::Text(code), Operand::Text(said)] = pair else { return None };
                    set(number(code), utf16(said, 0));
                }
            }
            b"endbfrange" => {
                for range in operands.chunks(3) {
                    let [Operand::Text(first), Operand::Text(last), to] = range else {
                        return None;
                    };
                    let (first, last) = (number(first), number(last).min(65_535));
                    match to {
                        Operand::Text(said) => {
                            (first..=last).for_each(|c| set(c, utf16(said, c - first)));
                        }
                        Operand::Array(list) => {
                            for (code, said) in (first..=last).zip(list) {
                                let Operand::Text(said) = said else { return None };
                                set(code, utf16(said, 0));
                            }
                        }
                        _ => return None,
                    }
                }
            }
            _ => {}
        }
        Some(())
    })?;
    Some(text)
}

/// Codes to CIDs.
fn to_cid(map: &[u8]) -> Option<BTreeMap<usize, usize>> {
    let mut cids = BTreeMap::new();
    statements(map, |operator, operands| {
        match operator {
            b"endcidchar" => {
                for pair in operands.chunks(2) {
                    let [Operand::Text(code), Operand::Number(cid)] = pair else { return None };
                    cids.insert(number(code), *cid as usize);
                }
            }
            b"endcidrange" => {
                for range in operands.chunks(3) {
                    let [Operand::Text(first), Operand::Text(last), Operand::Number(cid)] = range
                    else {
                        return None;
                    };
                    let first = number(first);
                    for code in first..=number(last).min(65_535) {
                        cids.insert(code, *cid as usize + code - first);
                    }
                }
            }
            _ => {}
        }
        Some(())
    })?;
    Some(cids)
}

/// The operators of a character map with what stands before them.
fn statements(map: &[u8], mut each: impl FnMut(&[u8], &[Operand]) -> Option<()>) -> Option<()> {
    let (mut lexer, mut operands) = (Lexer::new(map), Vec::new());
    while let Ok(Some(operator)) = lexer.next(&mut operands) {
        each(operator, &operands)?;
    }
    Some(())
}

fn number(code: &[u8]) -> usize {
    code.iter().take(4).fold(0, |n, byte| n << 8 | usize::from(*byte))
}

/// UTF-16, its last unit moved on by `plus`.
fn utf16(bytes: &[u8], plus: usize) -> String {
    let mut units: Vec<u16> =
        bytes.chunks_exact(2).map(|pair| u16::from(pair[0]) << 8 | u16::from(pair[1])).collect();
    if let Some(last) = units.last_mut() {
        *last = last.wrapping_add(plus as u16);
    }
    String::from_utf16_lossy(&units)
}

#[cfg(test)]
mod tests {
    use super::{to_cid, to_unicode};

    #[test]
    fn character_maps_are_read_char_by_char_and_in_ranges() {
        let map = b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap \
            << /Registry (Adobe) /Supplement 0 >> def 1 begincodespacerange <0000> <FFFF> \
            endcodespacerange 2 beginbfchar <0003> <0041> <0004> <D83DDE00> endbfchar \
            2 beginbfrange <0005> <0007> <0061> <0008> <0009> [<0058> <00590059>] endbfrange \
            endcmap end end";
        let text = to_unicode(map).unwrap();
        let text: Vec<&str> = text[3..].iter().map(|t| &**t).collect();
        assert_eq!(text, ["A", "\u{1f600}", "a", "b", "c", "X", "YY"]);
        let cids = to_cid(
            b"1 begincidchar <0003> 7 endcidchar 1 begincidrange <0005> <0006> 9 endcidrange",
        )
        .unwrap();
        assert_eq!(cids.into_iter().collect::<Vec<_>>(), [(3, 7), (5, 9), (6, 10)]);
    }
}
