//! Glyph runs: what is set is what is read.

use super::{
    batch,
    hand::{Hand, run},
    letter::SHIPPED,
    listener::Listener,
    reader::{File, Value},
    single,
};
use noticeworks::typeset::{Glyph, GlyphRun, Item, Laid, StructRole, Tag};
use proptest::prelude::*;
use read_fonts::{FontRef, TableProvider};
use std::{collections::BTreeSet, sync::Arc};

fn glyph(id: u16, cluster: u32) -> Glyph {
    Glyph { id, cluster, advance: 500.0, dx: 0.0, dy: 0.0 }
}

fn of(text: &str, glyphs: Vec<Glyph>) -> Arc<GlyphRun> {
    let width = glyphs.iter().map(|g| g.advance).sum::<f32>() * 0.011;
    Arc::new(GlyphRun { font: 0, size: 11.0, gray: 0.0, glyphs, text: text.into(), width })
}

fn id(c: char) -> u16 {
    run(0, 11.0, &c.to_string()).glyphs[0].id
}

/// The last glyph that the font maps no character to.
fn nameless() -> u16 {
    let font = FontRef::new(&SHIPPED.faces[0].data).unwrap();
    let (_, _, map) = font.cmap().unwrap().best_subtable().unwrap();
    let named: BTreeSet<u16> = map.iter().map(|(_, glyph)| glyph.to_u32() as u16).collect();
    (1..font.maxp().unwrap().num_glyphs()).rfind(|glyph| !named.contains(glyph)).unwrap()
}

fn letter(runs: &[Arc<GlyphRun>]) -> Laid {
    let mut hand = Hand::new("Runs");
    for run in runs {
        hand.paragraph(true, std::slice::from_ref(run));
    }
    hand.laid
}

fn read(laid: &Laid) -> Vec<String> {
    let file = File::read(&single(laid));
    Listener::new(&file).listen().into_iter().map(|(_, text)| text).collect()
}

/// A page with each peculiarity of a run.
pub fn every_kind() -> Laid {
    let kerned = {
        let mut glyphs = run(0, 11.0, "AVATAR").glyphs.clone();
        glyphs[0].advance -= 80.4;
        glyphs[1].advance -= 80.4;
        of("AVATAR", glyphs)
    };
    let raised = {
        let mut glyphs = run(0, 11.0, "x2y").glyphs.clone();
        (glyphs[1].dx, glyphs[1].dy) = (30.0, 350.0);
        of("x2y", glyphs)
    };
    let mut laid = letter(&[
        run(0, 11.0, "Plain (with brackets) and a \\ and a Ŝ"),
        kerned,
        raised,
        ligature(),
        // One glyph for two characters in turn: the second needs words of its own.
        of("\u{2011}-", vec![glyph(id('-'), 0), glyph(id('-'), 3)]),
        // Two glyphs for one character.
        of("é", vec![glyph(id('e'), 0), glyph(id('´'), 0)]),
        backwards(),
        // A font may have one glyph for both blanks.
        of("a\u{a0}b", vec![glyph(id('a'), 0), glyph(id(' '), 1), glyph(id('b'), 3)]),
    ]);
    laid.tree[1].role = StructRole::H1;
    laid
}

/// `off` with one glyph for `ff`, a glyph that the font maps to no character or to another.
fn ligature() -> Arc<GlyphRun> {
    of("off", vec![glyph(id('o'), 0), glyph(nameless(), 1)])
}

/// Visual order of a text from right to left.
fn backwards() -> Arc<GlyphRun> {
    of("αβγ", vec![glyph(id('γ'), 4), glyph(id('β'), 2), glyph(id('α'), 0)])
}

#[test]
fn every_kind_of_run_is_read_as_its_text() {
    assert_eq!(
        read(&every_kind()),
        [
            "Plain (with brackets) and a \\ and a Ŝ",
            "AVATAR",
            "x2y",
            "off",
            "\u{2011}-",
            "é",
            // In visual order, as PDF wants it.
            "γβα",
            "a b",
        ]
    );
}

#[test]
fn a_glyph_with_two_texts_keeps_both() {
    let first = of("ffi", vec![glyph(nameless(), 0)]);
    let second = of("fl", vec![glyph(nameless(), 0)]);
    assert_eq!(read(&letter(&[first, second])), ["ffi", "fl"]);
}

fn content(runs: &[Arc<GlyphRun>]) -> String {
    let file = File::read(&batch([letter(runs)]));
    let stream = file.contents(file.pages()[0])[0];
    let Value::Stream(_, data) = &file.objects[&stream] else { panic!("no stream") };
    data.iter()
        .map(|b| if b.is_ascii_graphic() || b" \n".contains(b) { char::from(*b) } else { '~' })
        .collect()
}

#[test]
fn kerning_and_shifts_are_written_and_undone() {
    let width = run(0, 11.0, "i").glyphs[0].advance;
    let mut glyphs = vec![glyph(id('i'), 0), glyph(id('i'), 1), glyph(id('i'), 2)];
    for glyph in &mut glyphs {
        glyph.advance = width;
    }
    glyphs[0].advance -= 40.25;
    (glyphs[2].dx, glyphs[2].dy) = (10.0, -100.0);
    let shown = content(&[of("iii", glyphs)]);
    let shown = shown.split("Td\n").nth(1).unwrap().split("ET").next().unwrap();
    insta::assert_snapshot!(shown, @r"
    [(~~)40(~~)]TJ
    -1.1 Ts [-10(~~)]TJ
    0 Ts
    ");
}

#[test]
fn equal_advances_need_no_array() {
    assert!(!content(&[run(0, 11.0, "An even line of words")]).contains("TJ"));
}

#[test]
fn modules_of_a_code_are_written_in_its_own_units() {
    let mut hand = Hand::new("Code");
    let module = |x: u16, y: u16| Item::Rect {
        x: 100.3 + f32::from(x) * 1.125,
        y: 50.7 + f32::from(y) * 1.125,
        width: 1.125,
        height: 1.125,
        gray: 0.0,
    };
    let modules = (0..4).flat_map(|y| [module(0, y), module(1, y), module(3 + y, y)]).collect();
    hand.mark(Tag::Artifact, true, modules);
    let file = File::read(&batch([hand.laid]));
    let stream = file.contents(file.pages()[0])[0];
    let Value::Stream(_, data) = &file.objects[&stream] else { panic!("no stream") };
    insta::assert_snapshot!(std::str::from_utf8(data).unwrap(), @r"
    /Artifact BMC
    0 g
    q 1.125 0 0 1.125 100.3 50.7 cm
    0 0 2 1 re
    3 0 1 1 re
    0 1 2 1 re
    4 1 1 1 re
    0 2 2 1 re
    5 2 1 1 re
    0 3 2 1 re
    6 3 1 1 re
    f Q
    EMC
    ");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_set_is_read(words in prop::collection::vec("[ -~¡-¬®-ÿĀ-ž]{1,40}", 1..6)) {
        let runs: Vec<_> = words.iter().map(|text| run(0, 11.0, text)).collect();
        prop_assert_eq!(read(&letter(&runs)), words);
    }
}
