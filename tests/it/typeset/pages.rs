//! What may and may not be parted by the end of a page.

use super::{artifacts, dump, lines_of, read, samples::*, squeezed, typesetter};
use noticeworks::document::{Block, BlockKind, Document, Section, SectionStyle, Span};
use noticeworks::typeset::{Frame, Item, Laid, Running, SetError, Tag, Typesetter};
use std::sync::Arc;

const SENTENCE: &str = "We take the confidentiality of your information seriously and are sorry. ";

/// A report whose first page ends somewhere within `blocks`, for every way to end.
fn at_all_heights(blocks: &dyn Fn() -> Vec<Block>, check: &dyn Fn(&Laid)) {
    let mut typesetter = typesetter();
    for n in 24..47 {
        let filler: Vec<_> = (0..n).map(|i| format!("Filler {i}")).collect();
        let filler: Vec<&str> = filler.iter().map(String::as_str).collect();
        let mut all: Vec<Block> = filler.chunks(1).map(|t| para(t[0])).collect();
        all.truncate(n / 2 + 8);
        if n % 2 == 1 {
            all.push(heading(3, "Odd"));
            all.push(para("Filler"));
            all.push(para("Filler"));
        }
        all.extend(blocks());
        check(&typesetter.report(&Running::default(), &of(all)).unwrap());
    }
}

fn pages_of(laid: &Laid) -> Vec<Vec<String>> {
    (0..laid.pages.len())
        .map(|p| {
            lines_of(laid, p).into_iter().map(|(_, text)| text.trim_end().to_owned()).collect()
        })
        .collect()
}

#[test]
fn paragraphs_leave_two_lines_on_each_page() {
    let mut parted = 0;
    for sentences in [4, 6, 9] {
        let text = SENTENCE.repeat(sentences);
        at_all_heights(&|| vec![para(&text)], &|laid| {
            let pages = pages_of(laid);
            let of_text =
                |page: &Vec<String>| page.iter().filter(|l| !l.starts_with(['F', 'O'])).count();
            let counts: Vec<usize> = pages.iter().map(of_text).collect();
            assert!(counts.iter().all(|c| *c != 1), "{pages:#?}");
        });
        parted += sentences;
    }
    assert!(parted > 0);
}

#[test]
fn a_closing_its_name_and_the_line_before_share_a_page() {
    let name = || spans(vec![Span { breaks: true, ..span("Name One") }, span("Name Two")]);
    at_all_heights(&|| vec![para("We regret this."), para("Sincerely,"), name()], &|laid| {
        let pages = pages_of(laid);
        let page = pages.iter().find(|p| p.iter().any(|l| l == "Sincerely,")).unwrap();
        for line in ["We regret this.", "Name One", "Name Two"] {
            assert!(page.iter().any(|l| l == line), "{line}: {pages:#?}");
        }
    });
}

#[test]
fn no_item_of_a_list_stands_alone_on_a_page() {
    at_all_heights(&|| vec![para("These:"), list(&["i1", "i2", "i3", "i4"])], &|laid| {
        for page in pages_of(laid) {
            let items = page.iter().filter(|l| {
                l.contains("i1") || l.contains("i2") || l.contains("i3") || l.contains("i4")
            });
            assert_ne!(items.count(), 1, "{page:#?}");
        }
    });
}

#[test]
fn a_heading_stays_with_two_lines_of_its_text() {
    let text = SENTENCE.repeat(6);
    for body in [vec![para(&text)], vec![para("Short."), para(&text)]] {
        at_all_heights(
            &|| {
                let mut blocks = vec![heading(2, "Title of the part")];
                blocks.extend(body.clone());
                blocks
            },
            &|laid| {
                for page in pages_of(laid) {
                    if let Some(at) = page.iter().position(|l| l == "Title of the part") {
                        assert!(page.len() >= at + 3, "{page:#?}");
                    }
                }
            },
        );
    }
}

#[test]
fn list_items_are_not_parted_and_the_first_follows_its_announcement() {
    let item = SENTENCE.repeat(3);
    at_all_heights(&|| vec![para("These are they:"), list(&[&item, &item, &item])], &|laid| {
        let pages = pages_of(laid);
        for page in &pages {
            assert_ne!(page.last().map(String::as_str), Some("These are they:"));
            let starts = page.iter().filter(|l| l.starts_with('•')).count();
            let ends = page.iter().filter(|l| l.ends_with("sorry.")).count();
            assert_eq!(starts, ends, "{pages:#?}");
        }
    });
}

#[test]
fn an_item_taller_than_a_page_is_parted_rather_than_cut() {
    let item = SENTENCE.repeat(80);
    let laid = typesetter().report(&Running::default(), &of(vec![list(&[&item])])).unwrap();
    assert!(laid.pages.len() >= 2);
    assert_eq!(squeezed(&read(&laid)), squeezed(&format!("•{item}")));
    inside_margins(&laid);
}

#[test]
fn the_signature_stays_with_its_closing_and_the_end_of_the_text() {
    let text = SENTENCE.repeat(6);
    let mut typesetter = typesetter();
    for n in 0..24 {
        for shown in [true, false] {
            let mut blocks: Vec<Block> = (0..n).map(|_| para("Filler")).collect();
            blocks.extend([
                para(&text),
                para("Sincerely,"),
                figure("signature"),
                para("Dana Whitfield"),
                para("Privacy Officer"),
            ]);
            let mut frame = frame();
            if shown {
                frame.images.push(("signature".into(), image(300, 80)));
            }
            let laid = typesetter.letter(&frame, &of(blocks)).unwrap();
            let pages = pages_of(&laid);
            let page = pages.iter().find(|p| p.iter().any(|l| l == "Sincerely,")).unwrap();
            let at = page.iter().position(|l| l == "Sincerely,").unwrap();
            assert!(at >= 2 && page[at - 1].ends_with("sorry."), "{page:#?}");
            assert_eq!(&page[at + 1..], ["Dana Whitfield", "Privacy Officer"]);
            let images = laid
                .pages
                .iter()
                .flat_map(|p| &p.marks)
                .flat_map(|m| &m.items)
                .filter(|i| matches!(i, Item::Image { .. }))
                .count();
            assert_eq!(images, usize::from(shown));
        }
    }
}

#[test]
fn a_page_break_turns_the_page_once() {
    let turn = || block(BlockKind::PageBreak);
    let laid = typesetter()
        .report(&Running::default(), &of(vec![para("One"), turn(), para("Two"), turn()]))
        .unwrap();
    assert_eq!(pages_of(&laid), [["One"], ["Two"]]);
    let top = |p: usize| lines_of(&laid, p)[0].0;
    assert_eq!(top(0), top(1));
}

#[test]
fn a_typical_letter_has_three_pages_and_numbers_them_aside() {
    let laid = typesetter().letter(&frame(), &letter("Zoë O’Brien", 1234)).unwrap();
    assert_eq!(laid.pages.len(), 3);
    for page in 0..3 {
        assert_eq!(artifacts(&laid, page), [format!("Page {} of 3", page + 1)]);
    }
}

#[test]
fn a_draft_says_so_on_every_page_and_moves_nothing() {
    let mut typesetter = typesetter();
    let document = letter("Zoë O’Brien", 1234);
    let last = typesetter.letter(&frame(), &document).unwrap();
    let mut draft = frame();
    draft.stamp = "DRAFT".into();
    let draft = typesetter.letter(&draft, &document).unwrap();
    for page in 0..3 {
        assert_eq!(artifacts(&draft, page).iter().filter(|t| *t == "DRAFT").count(), 2);
        assert_eq!(lines_of(&draft, page), lines_of(&last, page));
    }
}

#[test]
fn all_words_of_a_letter_are_there_and_within_the_margins() {
    let document = letter("Nguyễn Łukasz", 99);
    let laid = typesetter().letter(&frame(), &document).unwrap();
    let mut expected = Vec::new();
    for block in document.sections.iter().flat_map(|s| &s.blocks) {
        words(block, &mut expected);
    }
    let body = squeezed(&expected.concat());
    let mut text = squeezed(&read(&laid));
    for mark in ["•", "1.", "2.", "3.", "4.", "5."] {
        text = text.replace(&format!("{mark}Full"), "Full").replace(mark, &format!("{mark} "));
    }
    let bare = |s: &str| s.replace(['•', ' '], "");
    let mut found = bare(&text);
    for (n, item) in ["Full", "Social", "Date", "The", "A"].iter().enumerate() {
        found = found.replacen(&format!("{}.{item}", n + 1), item, 1);
    }
    assert!(found.ends_with(&bare(&body)), "{found}\n{}", bare(&body));
    inside_margins(&laid);
}

#[test]
fn what_is_remembered_changes_nothing() {
    let mut warm = typesetter();
    let people: Vec<(String, Document)> =
        (0..12).map(|i| (format!("Person {i}"), letter(&format!("Zoë {i} O’Brien"), i))).collect();
    let set = |typesetter: &mut Typesetter, (name, document): &(String, Document)| {
        let mut frame = frame();
        frame.addressee[0].clone_from(name);
        dump(&typesetter.letter(&frame, document).unwrap())
    };
    let first: Vec<String> = people.iter().map(|p| set(&mut warm, p)).collect();
    warm.clear_personal();
    let backwards: Vec<String> = people.iter().rev().map(|p| set(&mut warm, p)).collect();
    let cold: Vec<String> = people.iter().map(|p| set(&mut typesetter(), p)).collect();
    assert_eq!(first, cold);
    assert!(backwards.iter().rev().eq(cold.iter()));
}

#[test]
fn another_language_picture_or_stamp_is_not_answered_from_memory() {
    let mut warm = typesetter();
    let document = |lang: &str| Document {
        lang: lang.into(),
        ..of(vec![para("Office"), figure("signature")])
    };
    let mut with = frame();
    with.images.push(("signature".into(), image(100, 40)));
    let mut larger = frame();
    larger.images.push(("signature".into(), image(200, 40)));
    let draft = Frame { stamp: "DRAFT".into(), ..frame() };
    let numbered = Frame { page_of: "{page}/{pages}".into(), ..frame() };
    for (frame, lang) in [
        (&frame(), "en"),
        (&with, "en"),
        (&larger, "en"),
        (&with, "ar"),
        (&with, "en"),
        (&frame(), "tr"),
        (&draft, "tr"),
        (&numbered, "tr"),
    ] {
        let cold = typesetter().letter(frame, &document(lang)).unwrap();
        assert_eq!(dump(&warm.letter(frame, &document(lang)).unwrap()), dump(&cold), "{lang}");
    }
}

#[test]
fn letters_share_the_runs_and_pages_that_they_have_in_common() {
    let mut typesetter = typesetter();
    let shared = |laid: &Laid| -> Vec<usize> {
        let marks = laid.pages.iter().flat_map(|p| &p.marks);
        marks
            .filter(|m| !m.personal)
            .flat_map(|m| &m.items)
            .filter_map(|i| match i {
                Item::Run { run, .. } => Some(Arc::as_ptr(run) as usize),
                _ => None,
            })
            .collect()
    };
    let one = typesetter.letter(&frame(), &letter("Ada", 1)).unwrap();
    let two = typesetter.letter(&frame(), &letter("Bob", 2)).unwrap();
    assert_eq!(shared(&one), shared(&two));
    assert!(shared(&one).len() > 60);
    assert!(one.pages[0].is_personal() && !Arc::ptr_eq(&one.pages[0], &two.pages[0]));
    assert!(!one.pages[2].is_personal() && Arc::ptr_eq(&one.pages[2], &two.pages[2]));
}

#[test]
fn only_what_is_the_persons_is_marked_personal() {
    let laid = typesetter().letter(&frame(), &letter("Quentin Ashdown", 4321)).unwrap();
    let says = |personal: bool| -> String {
        let marks = laid.pages.iter().flat_map(|p| &p.marks);
        marks
            .filter(|m| m.personal == personal)
            .flat_map(|m| &m.items)
            .map(super::text_of)
            .collect()
    };
    for own in ["Quentin", "1200 Juniper", "NW-4F7K-29QX", "CHFM-004321", "4321;"] {
        assert!(says(true).contains(own), "{own}");
    }
    assert!(!says(false).contains("Quentin") && !says(false).contains("4321"));
    for common in ["What happened?", "Return Mail", "September 18", "Page 1 of 3"] {
        assert!(says(false).contains(common), "{common}");
    }
}

#[test]
fn back_matter_is_smaller_and_nothing_in_it_is_below_ten() {
    let laid = typesetter().report(&Running::default(), &document(vec![back_matter()])).unwrap();
    let sizes: std::collections::BTreeSet<u32> = laid
        .pages
        .iter()
        .flat_map(|p| &p.marks)
        .filter(|m| m.tag != Tag::Artifact)
        .flat_map(|m| &m.items)
        .filter_map(|i| match i {
            Item::Run { run, .. } => Some((run.size * 10.0) as u32),
            _ => None,
        })
        .collect();
    assert!(sizes.first() == Some(&100) && sizes.last() <= Some(&120), "{sizes:?}");
}

#[test]
fn a_foot_wider_than_the_page_is_refused() {
    let running = Running { foot: "Page ".repeat(60), ..Running::default() };
    let refused = typesetter().report(&running, &of(vec![para("x")])).err();
    assert_eq!(refused, Some(SetError::RunningTextTooLong));
}

#[test]
fn a_typesetter_can_go_to_another_thread() {
    fn goes<T: Send>(_: &T) {}
    goes(&typesetter());
    let section: Arc<Section> = section(false, SectionStyle::Body, vec![para("x")]);
    goes(&section);
}

/// Content stays within the margins, or in the first page's head.
pub fn inside_margins(laid: &Laid) {
    for (number, page) in laid.pages.iter().enumerate() {
        for mark in page.marks.iter().filter(|m| m.tag != Tag::Artifact) {
            for item in &mark.items {
                let (x, y) = match item {
                    Item::Run { x, y, .. } | Item::Rect { x, y, .. } | Item::Image { x, y, .. } => {
                        (*x, *y)
                    }
                };
                assert!(x >= 71.9, "x {x}");
                let top = if number == 0 { 760.0 } else { 721.0 };
                assert!((72.0..=top).contains(&y), "y {y} on page {number}");
            }
        }
    }
    assert!(super::lines::right_edge(laid) <= 540.02);
}
