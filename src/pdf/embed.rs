//! Fonts, embedded as subsets after the last page.

use super::{
    PdfError,
    face::{Faces, Outlines, UsedFace},
    object::{self, Ref, decimal, int, reference},
    sink::Sink,
    to_unicode::{to_cid, to_unicode},
};
use crate::typeset::Face;
use read_fonts::{FontRef, types::Tag};
use sha2::{Digest, Sha256};
use std::{
    borrow::Cow,
    io::{self, Write},
};
use subsetter::{GlyphRemapper, subset};

/// A face as it is embedded.
pub(super) struct Embedded<'a> {
    /// With its subset tag.
    pub name: String,
    pub program: Cow<'a, [u8]>,
    /// Glyph in the font file (the code in content streams) and glyph in the program.
    pub glyphs: Vec<(u16, u16)>,
}

/// Writes every face used; returns index and font object of each.
pub(super) fn write_fonts<W: Write>(
    sink: &mut Sink<W>,
    faces: &Faces,
) -> io::Result<Vec<(u16, Ref)>> {
    let mut written = Vec::new();
    for (index, face, used) in faces.used() {
        let embedded = embed(face, used)?;
        written.push((index, write_font(sink, index, used, &embedded)?));
    }
    Ok(written)
}

/// Cuts a face down to the glyphs used, unless its license wants it whole; an sfnt in any case.
pub(super) fn embed<'a>(face: &'a Face, used: &UsedFace) -> Result<Embedded<'a>, PdfError> {
    let codes: Vec<u16> = used.glyphs().collect();
    if used.whole {
        let glyphs = codes.iter().map(|g| (*g, *g)).collect();
        let name = face.postscript_name.clone();
        return Ok(Embedded { name, program: Cow::Borrowed(&*face.data), glyphs });
    }
    let bad = |reason: String| PdfError::BadFont { font: face.postscript_name.clone(), reason };
    let remapper = GlyphRemapper::new_from_glyphs(&codes);
    let program = subset(&face.data, face.index, &remapper).map_err(|e| bad(e.to_string()))?;
    let glyphs = codes.iter().filter_map(|code| Some((*code, remapper.get(*code)?))).collect();
    let name = format!("{}+{}", tag(face, &codes), face.postscript_name);
    Ok(Embedded { name, program: Cow::Owned(program), glyphs })
}

/// The outlines of a CFF font without the tables around them.
fn cff_table(program: &[u8]) -> Option<&[u8]> {
    FontRef::new(program).ok()?.table_data(Tag::new(b"CFF ")).map(|table| table.as_bytes())
}

/// Six capitals that differ when the subset differs.
fn tag(face: &Face, codes: &[u16]) -> String {
    let mut hash = Sha256::new();
    hash.update(face.postscript_name.as_bytes());
    codes.iter().for_each(|code| hash.update(code.to_be_bytes()));
    hash.finalize().iter().take(6).map(|b| char::from(b'A' + b % 26)).collect()
}

fn write_font<W: Write>(
    sink: &mut Sink<W>,
    index: u16,
    used: &UsedFace,
    embedded: &Embedded<'_>,
) -> io::Result<Ref> {
    let font = sink.alloc_many(5);
    let (cid_font, descriptor, program, map) =
        (font.plus(1), font.plus(2), font.plus(3), font.plus(4));
    let unicode = sink.alloc();
    let cff = used.outlines == Outlines::Cff;
    let cmap = format!("Noticeworks-F{index}");

    let out = sink.object(font);
    out.extend_from_slice(b"<</Type/Font/Subtype/Type0/BaseFont");
    if cff {
        object::name(out, &format!("{}-{cmap}", embedded.name));
        out.extend_from_slice(b"/Encoding ");
        reference(out, map);
    } else {
        object::name(out, &embedded.name);
        out.extend_from_slice(b"/Encoding/Identity-H");
    }
    out.extend_from_slice(b"/DescendantFonts[");
    reference(out, cid_font);
    out.extend_from_slice(b"]/ToUnicode ");
    reference(out, unicode);
    out.extend_from_slice(b">>");

    let out = sink.object(cid_font);
    out.extend_from_slice(b"<</Type/Font/Subtype/CIDFontType");
    out.push(if cff { b'0' } else { b'2' });
    out.extend_from_slice(b"/BaseFont");
    object::name(out, &embedded.name);
    out.extend_from_slice(b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>");
    out.extend_from_slice(b"/FontDescriptor ");
    reference(out, descriptor);
    out.extend_from_slice(b"/DW 0/W");
    write_widths(out, used, embedded, cff);
    if !cff {
        out.extend_from_slice(b"/CIDToGIDMap ");
        reference(out, map);
    }
    out.extend_from_slice(b">>");

    write_descriptor(sink.object(descriptor), used, &embedded.name, program, cff);

    if cff {
        let table = cff_table(&embedded.program).ok_or_else(|| PdfError::BadFont {
            font: embedded.name.clone(),
            reason: "its subset has no outlines".into(),
        })?;
        sink.stream(program, b"/Subtype/CIDFontType0C", table)?;
        let dict = format!(
            "/Type/CMap/CMapName/{cmap}/CIDSystemInfo\
             <</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/WMode 0"
        );
        sink.stream(map, dict.as_bytes(), &to_cid(&cmap, &embedded.glyphs))?;
    } else {
        let dict = format!("/Length1 {}", embedded.program.len());
        sink.stream(program, dict.as_bytes(), &embedded.program)?;
        sink.stream(map, b"", &glyph_map(&embedded.glyphs))?;
    }
    let texts: Vec<_> = embedded.glyphs.iter().map(|(code, _)| (*code, used.text(*code))).collect();
    sink.stream(unicode, b"", &to_unicode(&texts))?;
    Ok(font)
}

/// From CID, which is the glyph in the font file, to glyph in the program, two bytes each.
fn glyph_map(glyphs: &[(u16, u16)]) -> Vec<u8> {
    let last = glyphs.last().map_or(0, |(code, _)| usize::from(*code));
    let mut map = vec![0u8; 2 * (last + 1)];
    for (code, glyph) in glyphs {
        let at = 2 * usize::from(*code);
        map[at..at + 2].copy_from_slice(&glyph.to_be_bytes());
    }
    map
}

fn write_widths(out: &mut Vec<u8>, used: &UsedFace, embedded: &Embedded<'_>, cff: bool) {
    out.push(b'[');
    let mut last = None;
    for (code, glyph) in &embedded.glyphs {
        let cid = if cff { *glyph } else { *code };
        if last.is_some_and(|last| last + 1 == i32::from(cid)) {
            out.push(b' ');
        } else {
            if last.is_some() {
                out.push(b']');
            }
            int(out, i64::from(cid));
            out.push(b'[');
        }
        let width = f64::from(used.widths[usize::from(*code)]);
        decimal(out, (width * 1000.0).round() as i64, 3);
        last = Some(i32::from(cid));
    }
    out.extend_from_slice(if last.is_some() { b"]]" } else { b"]" });
}

fn write_descriptor(out: &mut Vec<u8>, used: &UsedFace, name: &str, program: Ref, cff: bool) {
    let metrics = &used.metrics;
    let flags = 4 | i32::from(metrics.fixed_pitch) | i32::from(metrics.italic_angle != 0) << 6;
    let [left, bottom, right, top] = metrics.bbox;
    out.extend_from_slice(b"<</Type/FontDescriptor/FontName");
    object::name(out, name);
    let numbers = format!(
        "/Flags {flags}/FontBBox[{left} {bottom} {right} {top}]/ItalicAngle {}/Ascent {}\
         /Descent {}/CapHeight {}/StemV {}/FontFile{} ",
        metrics.italic_angle,
        metrics.ascent,
        metrics.descent,
        metrics.cap_height,
        // No font file states it; nobody uses it for embedded fonts.
        10 + u32::from(metrics.weight.saturating_sub(50)) / 5,
        if cff { '3' } else { '2' },
    );
    out.extend_from_slice(numbers.as_bytes());
    reference(out, program);
    out.extend_from_slice(b">>");
}
