//! Faults that our own writer could make and that no reader of text would notice: other outlines,
//! other colors, boxes, pictures. `tests/tools/check_drawn.sh` plants many more with other tools.

use super::mailing::{Made, Mailing};
use noticeworks::typeset::{FontSet, GlyphRun, Image, Item, Mark, Tag};
use std::borrow::Cow;
use std::sync::Arc;

fn found(mailing: &Mailing, code: &str) {
    let found = mailing.faults();
    assert!(found.iter().any(|f| f == code), "{code} not in {found:?}");
}

/// Puts something on the second page of a letter.
fn draw(made: &mut Made, item: Item) {
    let mark = Mark { tag: Tag::Artifact, personal: true, items: vec![item] };
    Arc::make_mut(&mut made.laid.pages[1]).marks.push(mark);
}

/// Changes the first run of the second page.
fn spoil_run(made: &mut Made, spoil: impl FnOnce(&mut GlyphRun)) {
    let marks = &mut Arc::make_mut(&mut made.laid.pages[1]).marks;
    let runs = marks.iter_mut().flat_map(|mark| &mut mark.items).filter_map(|item| match item {
        Item::Run { run, .. } if run.text.len() > 12 => Some(run),
        _ => None,
    });
    let Some(run) = runs.into_iter().next() else { panic!("no run") };
    let mut other = GlyphRun {
        font: run.font,
        size: run.size,
        gray: run.gray,
        glyphs: run.glyphs.clone(),
        text: run.text.clone(),
        width: run.width,
    };
    spoil(&mut other);
    *run = Arc::new(other);
}

#[test]
fn a_font_whose_outlines_are_anothers_is_found() {
    let mailing = Mailing::new();
    let mut fonts = FontSet::shipped();
    let bold = fonts.faces[1].data.to_vec();
    fonts.faces[0].data = Cow::Owned(bold);
    mailing.print_in(Arc::new(fonts), "DRAFT", |_| ());
    found(&mailing, "verify.font");
    let mut fonts = FontSet::shipped();
    fonts.faces[0].postscript_name = "STIXTwoText-Italic".into();
    mailing.print_in(Arc::new(fonts), "DRAFT", |_| ());
    found(&mailing, "verify.font");
}

#[test]
fn glyphs_that_are_not_those_of_the_text_are_found() {
    let mailing = Mailing::new();
    // The writer gives the text in place of glyphs that do not read as it.
    mailing.print("DRAFT", |letters| {
        spoil_run(&mut letters[1], |run| {
            let other = run.glyphs[2].id;
            run.glyphs[0].id = other;
        });
    });
    found(&mailing, "verify.content");
    // The same words; only their drawing differs.
    mailing
        .print("DRAFT", |letters| spoil_run(&mut letters[1], |run| run.glyphs[3].advance += 900.0));
    found(&mailing, "verify.content");
    mailing.print("DRAFT", |letters| spoil_run(&mut letters[1], |run| run.gray = 1.0));
    found(&mailing, "verify.content");
    mailing.print("DRAFT", |letters| spoil_run(&mut letters[1], |run| run.size = 4.0));
    found(&mailing, "verify.content");
    mailing.print("DRAFT", |letters| spoil_run(&mut letters[1], |run| run.size += 0.25));
    found(&mailing, "verify.composed");
}

#[test]
fn boxes_and_pictures_that_letters_do_not_draw_are_found() {
    let mailing = Mailing::new();
    let rect = |width, height, gray| Item::Rect { x: 72.0, y: 560.0, width, height, gray };
    mailing.print("DRAFT", |letters| draw(&mut letters[1], rect(400.0, 40.0, 1.0)));
    found(&mailing, "verify.content");
    // Like a rule of the letters' own, but one more.
    mailing.print("DRAFT", |letters| draw(&mut letters[1], rect(468.0, 0.5, 0.4)));
    assert_eq!(mailing.faults(), ["verify.composed"]);
    let image = Image { width: 1, height: 1, rgb: vec![255; 3], alpha: None };
    let image = Arc::new(image);
    mailing.print("DRAFT", |letters| {
        let (x, y, width, height) = (72.0, 560.0, 400.0, 60.0);
        draw(&mut letters[1], Item::Image { x, y, width, height, image });
    });
    found(&mailing, "verify.content");
}

#[test]
fn odd_names_raise_no_alarm() {
    let mailing = Mailing::new();
    mailing.edit_rows(|rows| {
        let names =
            [("O---", "Brien"), ("Mary -", "Jones - Lee"), ("X / Y", "Doe"), ("'", "Quote")];
        for (row, (first, last)) in rows.iter_mut().rev().zip(names) {
            (row[2], row[4]) = (first.into(), last.into());
        }
    });
    let said = mailing.case.run(&["run", "--json", "{folder}"]);
    assert!(said.code <= 1 && said.json()["letters"].as_u64().unwrap() >= 9, "{}", said.stderr);
    let json = mailing.verify().json();
    assert_eq!(json["counts"], serde_json::json!({}), "{}", json["faults"]);
}

#[test]
fn type_below_what_law_asks_is_found_wherever_it_stands() {
    let mailing = Mailing::new();
    mailing.print("DRAFT", |letters| spoil_run(&mut letters[1], |run| run.size = 9.75));
    found(&mailing, "verify.type_size");
    let json = mailing.verify().json();
    let told = json["faults"].to_string();
    assert!(told.contains("9.75 points; law asks for at least 10"), "{told}");
    // An honest letter, its address in the window set small or not, has nothing of the kind.
    mailing.print("DRAFT", |_| ());
    assert!(!mailing.faults().contains(&"verify.type_size".to_owned()));
}
