//! Hebrew and Arabic among Latin text.
//!
//! The order of a line does not depend on the shapes of letters: a font whose symbols are mapped
//! to Hebrew letters stands for a real one.

use super::{FONTS, samples::*};
use noticeworks::document::Document;
use noticeworks::typeset::{FontSet, Item, Laid, Style, Typesetter};
use std::sync::Arc;

/// A font that has glyphs for the letters of Hebrew and Arabic, made of the symbols' glyphs.
fn typesetter() -> Typesetter {
    let mut set = FontSet::shipped();
    set.add_fallback(hebrew(&FONTS.faces.last().unwrap().data), 0).unwrap();
    assert!(set.covers('ש') && set.covers('כ'));
    Typesetter::new(Arc::new(set), Style::default())
}

/// Replaces the character map of a font by one from those letters to one of its glyphs.
fn hebrew(font: &[u8]) -> Vec<u8> {
    let mut cmap = Vec::new();
    let word = |cmap: &mut Vec<u8>, v: u16| cmap.extend(v.to_be_bytes());
    let long = |cmap: &mut Vec<u8>, v: u32| cmap.extend(v.to_be_bytes());
    for v in [0, 1, 3, 10] {
        word(&mut cmap, v);
    }
    long(&mut cmap, 12);
    for v in [12, 0] {
        word(&mut cmap, v);
    }
    // One group for each letter, all showing glyph 2.
    let letters = (0x5D0u32..=0x5EA).chain(0x627..=0x64A);
    long(&mut cmap, 16 + 12 * letters.clone().count() as u32);
    long(&mut cmap, 0);
    long(&mut cmap, letters.clone().count() as u32);
    for c in letters {
        for v in [c, c, 2] {
            long(&mut cmap, v);
        }
    }
    let tables = u16::from_be_bytes([font[4], font[5]]) as usize;
    let mut out = font.to_vec();
    for at in (0..tables).map(|i| 12 + 16 * i) {
        if &font[at..at + 4] == b"cmap" {
            out[at + 8..at + 12].copy_from_slice(&(font.len() as u32).to_be_bytes());
            out[at + 12..at + 16].copy_from_slice(&(cmap.len() as u32).to_be_bytes());
        }
    }
    out.extend(cmap);
    out
}

/// Texts of a page's runs on one line, from left to right.
fn seen(laid: &Laid, holding: &str) -> Vec<String> {
    let runs: Vec<(f32, f32, String)> = laid.pages[0]
        .marks
        .iter()
        .flat_map(|m| &m.items)
        .filter_map(|i| match i {
            Item::Run { x, y, run } => Some((*x, *y, run.text.clone())),
            _ => None,
        })
        .collect();
    let line = runs.iter().find(|r| r.2.contains(holding)).unwrap().1;
    let mut on_line: Vec<_> = runs.into_iter().filter(|r| r.1 == line).collect();
    on_line.sort_by(|a, b| a.0.total_cmp(&b.0));
    on_line.into_iter().map(|r| r.2).filter(|t| t != " ").collect()
}

#[test]
fn a_hebrew_name_reads_from_right_to_left_and_the_colon_stays_behind_it() {
    let laid = typesetter().letter(&frame(), &of(vec![para("Dear שרה כהן: welcome")])).unwrap();
    assert_eq!(seen(&laid, "Dear"), ["Dear", "כהן", "שרה", ":", "welcome"]);
    assert!(super::read(&laid).contains("Dear שרה כהן: welcome"), "read in logical order");
}

#[test]
fn numbers_within_hebrew_keep_their_direction() {
    let laid = typesetter().letter(&frame(), &of(vec![para("See שרה 123 כהן there")])).unwrap();
    assert_eq!(seen(&laid, "See"), ["See", "כהן", "123", "שרה", "there"]);
}

#[test]
fn telephone_numbers_among_arabic_words_keep_the_order_of_their_groups() {
    let document = |text: &str| Document { lang: "ar".into(), ..of(vec![para(text)]) };
    for number in ["1-800-555-0142", "2026-09-18", "+1-800-555-0142"] {
        let text = format!("علي {number}. محمد");
        let laid = typesetter().letter(&frame(), &document(&text)).unwrap();
        assert_eq!(seen(&laid, "علي"), ["محمد", ".", number, "علي"]);
    }
    let laid = typesetter().letter(&frame(), &document("علي (800) 555-0142 محمد")).unwrap();
    assert_eq!(seen(&laid, "علي"), ["محمد", "(800) 555-0142", "علي"]);
}

#[test]
fn a_hebrew_document_begins_at_the_right_margin() {
    let blocks = vec![para("שלום Zoe"), list(&["שרה"])];
    let document = Document { lang: "he".into(), ..of(blocks) };
    let laid = typesetter().letter(&frame(), &document).unwrap();
    assert_eq!(seen(&laid, "Zoe"), ["Zoe", "שלום"]);
    assert_eq!(seen(&laid, "שרה"), ["שרה", "•"]);
    let right = |text: &str| {
        laid.pages[0]
            .marks
            .iter()
            .flat_map(|m| &m.items)
            .find_map(|i| match i {
                Item::Run { x, run, .. } if run.text == text => Some(x + run.width),
                _ => None,
            })
            .unwrap()
    };
    assert!((right("שלום") - 540.0).abs() < 0.05);
    assert!(right("שרה") < 525.0);
}

#[test]
fn a_hebrew_name_in_the_window_stands_at_the_left() {
    let mut frame = frame();
    frame.addressee[0] = "שרה כהן".into();
    let laid = typesetter().letter(&frame, &of(vec![])).unwrap();
    let left = laid.pages[0].marks.iter().flat_map(|m| &m.items).find_map(|i| match i {
        Item::Run { x, run, .. } if run.text == "כהן" => Some(*x),
        _ => None,
    });
    assert_eq!(left, Some(72.0));
}
