//! The shipped faces, fallbacks, and characters nobody has.

use super::{FONTS, read, samples::*, typesetter};
use noticeworks::typeset::{Face, FontError, FontSet, Item, SetError, Style, Typesetter};
use std::{borrow::Cow, sync::Arc};

#[test]
fn names_of_many_origins_have_glyphs() {
    let coverage = FONTS.coverage();
    for name in [
        "Nguyễn Thị Ánh Hằng",
        "Łukasz Żółć",
        "O’Brien",
        "Zoë Ångström",
        "Ştefan Ţepeş",
        "Ștefan Țepeș",
        "Ğüneş Işık",
        "Þórður Æsa",
        "Κατερίνα Παπαδοπούλου",
        "Владимир Щукин",
        "Ґалаґан Їжак",
        "Əli Məmmədov",
        "Қайрат Ұлы",
        "Ɓala Ɗan",
        "Jǐng Lǜ",
        "Ẽmĩ̃",
        "Māori Kahurangi",
        "Čeněk Ďuriš",
    ] {
        for c in name.chars() {
            assert!(coverage.has(c), "{c} of {name}");
        }
    }
    for c in "§¶†•–—…“”‘’„«»€£©®™№½¼¾°±×÷−☐☑☒✓".chars()
    {
        assert!(FONTS.covers(c), "{c}");
    }
    assert!(!coverage.has('漢') && !coverage.has('ש') && !coverage.has('ع'));
}

#[test]
fn a_letter_for_each_name_keeps_the_name() {
    let mut typesetter = typesetter();
    for name in ["Nguyễn Łukasz", "O’Brien Zoë", "Əli Қайрат", "Jǐng Lǜ"] {
        let laid = typesetter.letter(&frame(), &of(vec![para(&format!("Dear {name}:"))])).unwrap();
        assert!(read(&laid).contains(&format!("Dear {name}:")), "{name}");
    }
}

#[test]
fn a_character_that_no_face_has_holds_the_letter_and_is_named() {
    let mut typesetter = typesetter();
    let lost = typesetter.letter(&frame(), &of(vec![para("Dear 王:")])).err();
    assert_eq!(lost, Some(SetError::NoGlyph('王')));
    insta::assert_snapshot!(lost.unwrap(), @"no font has the character `王` (U+738B)");
    let mut in_window = frame();
    in_window.addressee[0] = "Sam \u{1F600} Poe".into();
    let lost = typesetter.letter(&in_window, &of(vec![])).err();
    assert_eq!(lost, Some(SetError::NoGlyph('\u{1F600}')));
    let control = typesetter.letter(&frame(), &of(vec![para("a\u{7}b")])).err();
    assert_eq!(control, Some(SetError::NoGlyph('\u{7}')));
}

#[test]
fn a_letter_can_be_set_after_one_was_held() {
    let mut typesetter = typesetter();
    let good = of(vec![para("Dear Zoë:")]);
    let before = super::dump(&typesetter.letter(&frame(), &good).unwrap());
    assert!(typesetter.letter(&frame(), &of(vec![para("Dear Zoë 王 and on")])).is_err());
    assert_eq!(super::dump(&typesetter.letter(&frame(), &good).unwrap()), before);
}

#[test]
fn decomposed_text_is_composed() {
    let mut typesetter = typesetter();
    let whole = typesetter.letter(&frame(), &of(vec![para("Zoë Nguyễn")])).unwrap();
    let parts =
        typesetter.letter(&frame(), &of(vec![para("Zoe\u{308} Nguye\u{302}\u{303}n")])).unwrap();
    assert_eq!(super::dump(&whole), super::dump(&parts));
}

#[test]
fn kerning_and_ligatures_are_on() {
    let run = one_run("AVAVAV");
    let apart: f32 = ["A", "V"].map(|c| one_run(c).width).iter().sum::<f32>() * 3.0;
    assert!(run.width < apart - 1.0, "{} of {apart}", run.width);
    // The face joins f and i by forms of each, so letters and glyphs stay one to one.
    let (f, office) = (one_run("f"), one_run("office"));
    assert!(office.glyphs[1].id != f.glyphs[0].id && office.glyphs[2].id != f.glyphs[0].id);
    assert_eq!(office.text, "office");
}

#[test]
fn glyphs_agree_with_the_width_of_their_run() {
    let run = one_run("We found that files were copied.");
    let sum: f32 = run.glyphs.iter().map(|g| g.advance * run.size / 1000.0).sum();
    assert!((run.width - sum).abs() < 0.01);
    assert!(run.glyphs.iter().all(|g| g.id != 0 && (g.cluster as usize) < run.text.len()));
}

#[test]
fn a_fallback_font_serves_only_what_the_others_lack() {
    // The program's own symbol font stands for a user's.
    let symbols = FONTS.faces.last().unwrap();
    let mut set = FontSet { faces: FontSet::shipped().faces.into_iter().take(4).collect() };
    assert!(!set.covers('☐'));
    set.add_fallback(symbols.data.to_vec(), 0).unwrap();
    assert!(set.covers('☐'));
    assert_eq!(set.faces[4].postscript_name, "NotoSansSymbols2-Regular");
    let mut typesetter = Typesetter::new(Arc::new(set), Style::default());
    let laid = typesetter.letter(&frame(), &of(vec![para("☐ I agree: ☒")])).unwrap();
    let runs: Vec<(u16, String)> = laid
        .pages
        .iter()
        .flat_map(|p| &p.marks)
        .flat_map(|m| &m.items)
        .filter_map(|item| match item {
            Item::Run { run, .. }
                if run.text.contains(['☐', '☒']) || run.text.contains("agree") =>
            {
                Some((run.font, run.text.clone()))
            }
            _ => None,
        })
        .collect();
    let expected = [(4, "☐"), (0, " I agree: "), (4, "☒")].map(|(f, t)| (f, t.to_owned()));
    assert_eq!(runs, expected);
}

#[test]
fn what_is_no_font_is_refused() {
    let mut set = FontSet::shipped();
    assert_eq!(set.add_fallback(b"no font".to_vec(), 0), Err(FontError::NotAFont(0)));
    let regular = FONTS.faces[0].data.to_vec();
    assert_eq!(set.add_fallback(regular, 3), Err(FontError::NotAFont(3)));
    assert_eq!(set.faces.len(), FONTS.faces.len());
}

#[test]
fn a_broken_face_covers_nothing() {
    let broken = Face {
        data: Cow::Borrowed(b"broken"),
        index: 0,
        postscript_name: "Broken".into(),
        bold: false,
        italic: false,
    };
    let set = FontSet { faces: vec![broken] };
    assert!(!set.covers('é'));
    let mut typesetter = Typesetter::new(Arc::new(set), Style::default());
    assert_eq!(typesetter.letter(&frame(), &of(vec![])).err(), Some(SetError::NoGlyph('R')));
}

fn one_run(text: &str) -> Arc<noticeworks::typeset::GlyphRun> {
    let laid = typesetter().report(&Default::default(), &of(vec![para(text)])).unwrap();
    match &laid.pages[0].marks[0].items[0] {
        Item::Run { run, .. } => run.clone(),
        _ => panic!("no run"),
    }
}
