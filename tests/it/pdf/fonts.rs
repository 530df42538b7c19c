//! Embedding: subsets, CFF, and the rights that a font grants.

use super::{
    batch_with,
    hand::{Hand, meta, run},
    letter::SHIPPED,
    listener::Listener,
    reader::{File, Value},
};
use noticeworks::pdf::{BatchWriter, PdfError};
use noticeworks::typeset::{Face, FontSet, Glyph, GlyphRun, Laid};
use read_fonts::{FontRef, TableProvider};
use std::{borrow::Cow, sync::Arc};

fn set(data: Cow<'static, [u8]>, name: &str) -> Arc<FontSet> {
    let postscript_name = name.to_owned();
    let face = Face { data, index: 0, postscript_name, bold: false, italic: false };
    Arc::new(FontSet { faces: vec![face] })
}

fn squares() -> Arc<FontSet> {
    let data: &'static [u8] = include_bytes!("../../data/pdf/squares.otf");
    set(Cow::Borrowed(data), "Squares-Regular")
}

/// `BAB ffi`, the last a glyph without a character of its own.
fn squares_letter() -> Laid {
    let glyph = |id, cluster, advance| Glyph { id, cluster, advance, dx: 0.0, dy: 0.0 };
    let glyphs = vec![
        glyph(3, 0, 650.0),
        glyph(2, 1, 700.0),
        glyph(3, 2, 650.0),
        glyph(1, 3, 250.0),
        glyph(4, 4, 900.0),
    ];
    let text = "BAB ffi".to_owned();
    let run = GlyphRun { font: 0, size: 20.0, gray: 0.0, glyphs, text, width: 63.0 };
    let mut hand = Hand::new("Squares");
    hand.paragraph(false, &[Arc::new(run)]);
    hand.laid
}

pub fn squares_file() -> Vec<u8> {
    batch_with(&squares(), [squares_letter()])
}

#[test]
fn cff_font_is_embedded_as_a_subset_with_a_map_of_its_codes() {
    let file = File::read(&squares_file());
    assert_eq!(Listener::new(&file).listen(), [("P".to_owned(), "BAB ffi".to_owned())]);
    let page = file.objects[&file.pages()[0]].dict();
    let fonts = file.resolve(&page["Resources"]).dict()["Font"].dict();
    let font = file.resolve(&fonts["F0"]).dict();
    let Value::Stream(_, map) = file.resolve(&font["Encoding"]) else { panic!("no map") };
    assert!(std::str::from_utf8(map).unwrap().contains("4 begincidchar\n<0001> 1\n"));
    let cid_font = file.resolve(&font["DescendantFonts"].array()[0]).dict();
    assert_eq!(cid_font["Subtype"].name(), "CIDFontType0");
    let descriptor = file.resolve(&cid_font["FontDescriptor"]).dict();
    let Value::Stream(dict, program) = file.resolve(&descriptor["FontFile3"]) else {
        panic!("no program")
    };
    assert_eq!(dict["Subtype"].name(), "CIDFontType0C");
    assert_eq!(program[..2], [1, 0], "a bare CFF table");
}

#[test]
fn truetype_subset_has_the_glyphs_used_and_their_widths() {
    let mut hand = Hand::new("Subset");
    hand.paragraph(false, &[run(0, 11.0, "Hill")]);
    let file = File::read(&batch_with(&SHIPPED, [hand.laid]));
    let page = file.objects[&file.pages()[0]].dict();
    let fonts = file.resolve(&page["Resources"]).dict()["Font"].dict();
    assert_eq!(fonts.len(), 1);
    let font = file.resolve(&fonts["F0"]).dict();
    let (tag, name) = font["BaseFont"].name().split_once('+').unwrap();
    assert_eq!((tag.len(), name), (6, "STIXTwoText-Regular"));
    let cid_font = file.resolve(&font["DescendantFonts"].array()[0]).dict();
    let descriptor = file.resolve(&cid_font["FontDescriptor"]).dict();
    let Value::Stream(dict, program) = file.resolve(&descriptor["FontFile2"]) else {
        panic!("no program")
    };
    assert_eq!(dict["Length1"].number() as usize, program.len());
    let subset = FontRef::new(program).unwrap();
    assert_eq!(subset.maxp().unwrap().num_glyphs(), 4, "H, i, l and the missing glyph");
    let Value::Stream(_, map) = file.resolve(&cid_font["CIDToGIDMap"]) else { panic!("no map") };
    let whole = FontRef::new(&SHIPPED.faces[0].data).unwrap();
    for glyph in &run(0, 11.0, "Hil").glyphs {
        let at = usize::from(glyph.id) * 2;
        let new = u16::from_be_bytes([map[at], map[at + 1]]);
        assert_ne!(new, 0);
        let old = whole.hmtx().unwrap().advance(glyph.id.into());
        assert_eq!(subset.hmtx().unwrap().advance(new.into()), old);
    }
}

/// A shipped font with other rights in its OS/2 table.
fn with_rights(rights: u16) -> Arc<FontSet> {
    let mut data = SHIPPED.faces[0].data.to_vec();
    let font = FontRef::new(&data).unwrap();
    let record = font.table_directory().table_records().iter().find(|r| r.tag() == *b"OS/2");
    let at = record.unwrap().offset() as usize + 8;
    data[at..at + 2].copy_from_slice(&rights.to_be_bytes());
    set(Cow::Owned(data), "Rights-Regular")
}

fn hill() -> Laid {
    let mut hand = Hand::new("Rights");
    hand.paragraph(false, &[run(0, 11.0, "Hill")]);
    hand.laid
}

#[test]
fn fonts_that_must_not_be_embedded_are_refused() {
    for rights in [0x0002, 0x0200] {
        let mut writer = BatchWriter::new(Vec::new(), with_rights(rights), meta()).unwrap();
        let error = writer.add(&hill(), "NW-1").unwrap_err();
        let error = error.get_ref().unwrap().downcast_ref::<PdfError>().unwrap();
        assert_eq!(*error, PdfError::NotEmbeddable { font: "Rights-Regular".into() });
    }
}

#[test]
fn font_that_must_not_be_subset_is_embedded_whole() {
    let fonts = with_rights(0x0100);
    let file = File::read(&batch_with(&fonts, [hill()]));
    let whole = file.objects.values().any(
        |value| matches!(value, Value::Stream(_, data) if data[..] == fonts.faces[0].data[..]),
    );
    assert!(whole);
    assert_eq!(Listener::new(&file).listen()[0].1, "Hill");
}
