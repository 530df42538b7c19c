//! What the writer refuses, and that a refusal leaves no trace.

use super::{
    SHIPPED, batch,
    hand::{Hand, Stock, meta, run},
};
use noticeworks::pdf::{BatchWriter, PdfError};
use noticeworks::typeset::{GlyphRun, Image, Item, Laid, Node, StructRole, Tag};
use std::{io::ErrorKind, sync::Arc};

fn refusal(laid: &Laid) -> String {
    let mut writer = BatchWriter::new(Vec::new(), Arc::clone(&SHIPPED), meta()).unwrap();
    let error = writer.add(laid, "NW-7").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidData);
    error.get_ref().unwrap().downcast_ref::<PdfError>().unwrap().to_string()
}

fn with_run(change: impl FnOnce(&mut GlyphRun)) -> Laid {
    let run = run(0, 11.0, "Pat");
    let mut run = GlyphRun { glyphs: run.glyphs.clone(), text: run.text.clone(), ..*run };
    change(&mut run);
    let mut hand = Hand::new("Refused");
    hand.paragraph(true, &[Arc::new(run)]);
    hand.laid
}

#[test]
fn missing_glyphs() {
    insta::assert_snapshot!(refusal(&with_run(|run| run.glyphs[1].id = 0)), @"page 1 of `NW-7` shows a character that font `STIXTwoText-Regular` does not have");
    let beyond = refusal(&with_run(|run| run.glyphs[1].id = 65_000));
    assert_eq!(beyond, refusal(&with_run(|run| run.glyphs[1].id = 0)));
}

#[test]
fn unknown_face() {
    insta::assert_snapshot!(refusal(&with_run(|run| run.font = 40)), @"page 1 of `NW-7` names font 40, but the set has 7");
}

#[test]
fn clusters_outside_the_text() {
    insta::assert_snapshot!(refusal(&with_run(|run| run.glyphs[2].cluster = 30)), @"page 1 of `NW-7` holds glyphs that point outside their text");
    refusal(&with_run(|run| run.text = "Pät".into()));
}

#[test]
fn lengths_that_are_no_numbers() {
    insta::assert_snapshot!(refusal(&with_run(|run| run.glyphs[0].advance = f32::NAN)), @"page 1 of `NW-7` holds a length that is not a number");
    refusal(&with_run(|run| run.size = f32::INFINITY));
    let mut laid = with_run(|_| ());
    Arc::make_mut(&mut laid.pages[0]).width = 0.0;
    refusal(&laid);
}

#[test]
fn image_without_its_pixels() {
    let image = Arc::new(Image { width: 2, height: 2, rgb: vec![0; 9], alpha: None });
    let mut hand = Hand::new("Refused");
    let item = Item::Image { x: 0.0, y: 0.0, width: 9.0, height: 9.0, image };
    hand.mark(Tag::Artifact, false, vec![item]);
    insta::assert_snapshot!(refusal(&hand.laid), @"page 1 of `NW-7` holds an image whose pixels do not match its size");
}

#[test]
fn trees_that_are_none() {
    let mut unrooted = with_run(|_| ());
    unrooted.tree[1].parent = Some(1);
    insta::assert_snapshot!(refusal(&unrooted), @"the structure tree of `NW-7` is not a tree with its root first");
    let mut stray = with_run(|_| ());
    stray.tree.pop();
    refusal(&stray);
    let mut two_roots = with_run(|_| ());
    two_roots.tree.push(Node {
        role: StructRole::P,
        parent: None,
        alt: None,
        url: None,
        lang: None,
    });
    refusal(&two_roots);
}

#[test]
fn a_refused_letter_leaves_the_batch_as_it_was() {
    let stock = Stock::new();
    let mut out = Vec::new();
    let mut writer = BatchWriter::new(&mut out, Arc::clone(&SHIPPED), meta()).unwrap();
    writer.add(&stock.letter("Pat Example", 1), "NW-00000").unwrap();
    let mut broken = stock.letter("Mx. Broken", 2);
    broken.tree[3].parent = None;
    assert!(writer.add(&broken, "NW-broken").is_err());
    writer.add(&stock.letter("Kim Sample", 3), "NW-00001").unwrap();
    writer.finish().unwrap();
    assert!(out == batch([stock.letter("Pat Example", 1), stock.letter("Kim Sample", 3)]));
}
