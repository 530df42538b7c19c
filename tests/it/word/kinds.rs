//! Every kind of edit, one by one.

use super::hand::Pen;
use super::{Desk, flat, of};
use noticeworks::docx;
use noticeworks::word::{Doubt, ItemKind};
use std::collections::BTreeMap;

const LETTER: &str = r#"<!-- satisfies: title -->
# Notice of a Breach

<!-- courtesy -->
Dear {% if child %}Parent of {% elif estate %}Estate of {% endif %}{{ person.name }}:

<!-- satisfies: breach_description -->
## What Happened

<!-- satisfies: breach_description -->
On May 3 somebody opened the drawer with the old paper files. We don't know who did it. The drawer held your name and address.

<!-- courtesy -->
This second paragraph talks about the weather in the town and nothing else.

<!-- courtesy -->
A third paragraph praises the coffee of the *small* office near the river.

<!-- satisfies: recommended_actions -->
- **Read statements.** Look at your bank statements with care.
- Ask for a copy of your credit report.
- Call us at {{ sender.phone }} if you have questions.

<!-- satisfies: cra_contacts -->
| Bureau | Phone |
| --- | --- |
| First Example Bureau | 800-555-0142 |
| Second Example Bureau | 800-555-0143 |
"#;

fn desk() -> Desk {
    Desk::one(LETTER)
}

fn text(desk: &Desk, items: &[noticeworks::word::Item]) -> String {
    desk.applied(items)["en/test"].clone()
}

#[test]
fn a_word_is_replaced_silently_and_by_a_tracked_change() {
    for pen in [Pen::Silent, Pen::Tracked("Pat Counsel")] {
        let desk = desk();
        let mut hand = desk.hand();
        hand.replace("old paper files", "old paper", "locked", pen);
        let items = desk.items(&hand);
        assert_eq!(items.len(), 1, "{items:?}");
        assert_eq!((items[0].kind, &items[0].doubt), (ItemKind::Words, &None));
        assert_eq!(items[0].by.is_empty(), pen == Pen::Silent);
        assert_eq!(text(&desk, &items), LETTER.replace("old paper files", "locked files"));
    }
}

#[test]
fn author_and_day_of_a_tracked_change_are_told() {
    let desk = desk();
    let mut hand = desk.hand();
    hand.replace("old paper files", "old", "very old", Pen::Tracked("Pat Counsel"));
    let people = docx::read(&hand.save()).unwrap().people;
    assert_eq!((people[0].author.as_str(), people[0].day.as_str()), ("Pat Counsel", "2026-09-18"));
}

#[test]
fn an_edit_in_a_branch_changes_that_branch_only() {
    let desk = desk();
    let mut hand = desk.hand();
    hand.replace("Dear", "Parent of ", "Guardian of ", Pen::Silent);
    let items = desk.items(&hand);
    assert_eq!(text(&desk, &items), LETTER.replace("Parent of ", "Guardian of "));
}

#[test]
fn an_edit_over_the_border_of_a_branch_is_asked() {
    let desk = desk();
    let mut hand = desk.hand();
    // From inside one branch into the next, the label between them included.
    let from = hand.xml.find("Parent of ").unwrap();
    let to = hand.xml[from..].find("Estate of ").unwrap() + from;
    let start = hand.xml[..from].rfind("<w:r>").unwrap();
    let end = hand.xml[to..].find("</w:r>").unwrap() + to + 6;
    hand.xml.replace_range(start..end, "<w:r><w:t xml:space=\"preserve\">Family of </w:t></w:r>");
    let items = desk.items(&hand);
    assert!(items.iter().any(|i| i.doubt == Some(Doubt::AcrossBorder)), "{items:?}");
    assert_eq!(text(&desk, &items), LETTER);
}

#[test]
fn a_lost_placeholder_is_asked() {
    let desk = desk();
    let mut hand = desk.hand();
    hand.xml = hand.xml.replace("{{ sender.phone }}", "800-555-0199");
    let items = desk.items(&hand);
    assert!(
        matches!(&items[0].doubt, Some(Doubt::PlaceholderLost(names)) if names[0] == "{{ sender.phone }}")
    );
    assert_eq!(text(&desk, &items), LETTER);
}

#[test]
fn a_placeholder_that_nobody_knows_is_asked() {
    let desk = desk();
    let mut hand = desk.hand();
    hand.replace("old paper files", "old", "{{ weather.today }}", Pen::Silent);
    let items = desk.items(&hand);
    assert!(matches!(&items[0].doubt, Some(Doubt::PlaceholderUnknown(_))), "{items:?}");
}

#[test]
fn a_paragraph_that_meets_a_requirement_is_not_dropped_unasked() {
    for pen in [Pen::Silent, Pen::Tracked("Pat Counsel")] {
        let desk = desk();
        let mut hand = desk.hand();
        let p = hand.find("old paper files");
        hand.delete(&p, pen);
        let items = desk.items(&hand);
        let lost = Doubt::RequirementLost(vec!["breach_description".to_owned()]);
        assert_eq!(items.len(), 1, "{items:?}");
        assert_eq!(items[0].doubt, Some(lost));
        assert_eq!(items[0].by.is_empty(), pen == Pen::Silent, "{items:?}");
        // Accepted, it goes with its comment.
        let after = desk.made(&[&items[0]])["en/test"].clone();
        let gone = "<!-- satisfies: breach_description -->\nOn May 3 somebody opened the drawer with the old paper files. We don't know who did it. The drawer held your name and address.\n\n";
        assert_eq!(after, LETTER.replace(gone, ""));
    }
}

#[test]
fn a_courtesy_may_go() {
    let desk = desk();
    let mut hand = desk.hand();
    let p = hand.find("about the weather");
    hand.delete(&p, Pen::Tracked("Pat Counsel"));
    let items = desk.items(&hand);
    let gone = "<!-- courtesy -->\nThis second paragraph talks about the weather in the town and nothing else.\n\n";
    assert_eq!(text(&desk, &items), LETTER.replace(gone, ""));
}

#[test]
fn a_new_paragraph_is_asked_and_stands_as_a_courtesy_once_accepted() {
    let desk = desk();
    let mut hand = desk.hand();
    let p = hand.find("about the weather");
    hand.add_after(&p, "We * will write again.", Pen::Tracked("Pat Counsel"));
    let items = desk.items(&hand);
    assert_eq!(items[0].doubt, Some(Doubt::NoRequirement));
    let after = desk.made(&[&items[0]])["en/test"].clone();
    let put = "and nothing else.\n\n<!-- courtesy -->\nWe \\* will write again.\n";
    assert_eq!(after, LETTER.replace("and nothing else.\n", put));
    // Once it stands there, the same document changes nothing.
    let now = of(&desk.order, &BTreeMap::from([("en/test".to_owned(), after)]));
    assert_eq!(desk.compare(&hand.save(), &now), []);
}

#[test]
fn items_of_a_list_come_and_go() {
    let desk = desk();
    let mut hand = desk.hand();
    let p = hand.find("copy of your credit");
    hand.add_after(&p, "Change your password.", Pen::Silent);
    let items = desk.items(&hand);
    let put = "- Ask for a copy of your credit report.\n- Change your password.\n";
    assert_eq!(
        text(&desk, &items),
        LETTER.replace("- Ask for a copy of your credit report.\n", put)
    );
    let mut hand = desk.hand();
    let p = hand.find("copy of your credit");
    hand.delete(&p, Pen::Silent);
    let items = desk.items(&hand);
    assert_eq!(
        text(&desk, &items),
        LETTER.replace("- Ask for a copy of your credit report.\n", "")
    );
}

#[test]
fn a_cell_is_edited() {
    let desk = desk();
    let mut hand = desk.hand();
    hand.replace("800-555-0143", "0143", "0144", Pen::Tracked("Pat Counsel"));
    let items = desk.items(&hand);
    assert_eq!(text(&desk, &items), LETTER.replace("0143", "0144"));
}

#[test]
fn a_moved_paragraph_moves() {
    for pen in [Pen::Silent, Pen::Tracked("Pat Counsel")] {
        let desk = desk();
        let mut hand = desk.hand();
        let (p, q) = (hand.find("about the weather"), hand.find("praises the coffee"));
        hand.move_after(&p, &q, pen);
        let items = desk.items(&hand);
        assert!(items.iter().all(|i| i.kind == ItemKind::Moved && i.doubt.is_none()), "{items:?}");
        let after = of(&desk.order, &desk.applied(&items));
        let at = |words: &str| after.iter().position(|p| p.text().contains(words)).unwrap();
        assert_eq!(at("about the weather"), at("praises the coffee") + 1);
        assert_eq!(after.len(), desk.pieces().len());
    }
}

#[test]
fn a_paragraph_is_parted_and_joined() {
    let desk = desk();
    let mut hand = desk.hand();
    let p = hand.find("old paper files");
    hand.split(&p, "We don");
    let items = desk.items(&hand);
    assert_eq!(items[0].kind, ItemKind::Split, "{items:?}");
    let put = "files.\n\n<!-- satisfies: breach_description -->\nWe don't";
    assert_eq!(text(&desk, &items), LETTER.replace("files. We don't", put));
    let mut hand = desk.hand();
    let p = hand.find("about the weather");
    hand.join(&p);
    let items = desk.items(&hand);
    assert_eq!(items[0].kind, ItemKind::Joined, "{items:?}");
    let was = "else.\n\n<!-- courtesy -->\nA third";
    assert_eq!(text(&desk, &items), LETTER.replace(was, "else. A third"));
}

#[test]
fn bold_comes_back_and_looks_do_not() {
    let desk = desk();
    let mut hand = desk.hand();
    let p = hand.find("about the weather");
    hand.bold_in(&p, "nothing else");
    let items = desk.items(&hand);
    assert_eq!(items[0].kind, ItemKind::Emphasis, "{items:?}");
    assert_eq!(text(&desk, &items), LETTER.replace("nothing else", "**nothing else**"));
    let mut hand = desk.hand();
    hand.xml = hand.xml.replace(
        "<w:r><w:t ",
        "<w:r><w:rPr><w:u w:val=\"single\"/><w:sz w:val=\"30\"/></w:rPr><w:t ",
    );
    assert_eq!(desk.items(&hand), []);
}

#[test]
fn quotes_and_dashes_that_a_word_processor_sets_are_no_change() {
    let desk = desk();
    let mut hand = desk.hand();
    hand.xml = hand.xml.replace('\u{2019}', "'").replace("May 3", "May\u{a0}3");
    assert_eq!(desk.items(&hand), []);
}

#[test]
fn what_was_put_in_and_taken_out_again_was_never_there() {
    let desk = desk();
    let mut hand = desk.hand();
    let nested = "<w:ins w:id=\"7000\" w:author=\"A\" w:date=\"2026-09-18T00:00:00Z\"><w:del w:id=\"7001\" w:author=\"B\" w:date=\"2026-09-19T00:00:00Z\"><w:r><w:delText>gone</w:delText></w:r></w:del></w:ins>";
    let p = hand.find("about the weather");
    hand.xml.insert_str(p.end - 6, nested);
    assert_eq!(desk.items(&hand), []);
}

#[test]
fn comments_are_listed_with_their_words() {
    let desk = desk();
    let mut hand = desk.hand();
    let p = hand.find("about the weather");
    let paragraph =
        hand.xml[p.clone()].replacen("<w:r>", "<w:commentRangeStart w:id=\"0\"/><w:r>", 1);
    let paragraph = paragraph.replace(
        "</w:p>",
        "<w:commentRangeEnd w:id=\"0\"/><w:r><w:commentReference w:id=\"0\"/></w:r></w:p>",
    );
    hand.xml.replace_range(p, &paragraph);
    hand.part("word/comments.xml", "<w:comments xmlns:w=\"x\"><w:comment w:id=\"0\" w:author=\"Pat Counsel\" w:date=\"2026-09-18T09:00:00Z\"><w:p><w:r><w:t>Is that so?</w:t></w:r></w:p></w:comment></w:comments>");
    let comments = docx::read(&hand.save()).unwrap().comments;
    assert_eq!(comments[0].text, "Is that so?");
    assert!(comments[0].on.contains("about the weather"));
    assert_eq!(desk.items(&hand), []);
}

#[test]
fn words_that_a_law_prescribes_are_asked() {
    let desk = desk();
    let mut hand = desk.hand();
    hand.replace("What Happened", "Happened", "Took Place", Pen::Silent);
    let items = desk.items(&hand);
    assert_eq!(items[0].doubt, Some(Doubt::Prescribed(vec!["Example Code 1".to_owned()])));
    assert_eq!(text(&desk, &items), LETTER);
}

#[test]
fn words_for_other_readers_are_asked() {
    let desk = desk();
    let mut hand = desk.hand();
    hand.replace("about the weather", "in the town", "in Exampleland", Pen::Silent);
    let items = desk.items(&hand);
    assert_eq!(items[0].doubt, Some(Doubt::OtherReaders("Exampleland".to_owned())));
}

#[test]
fn an_edited_gray_line_is_told_and_changes_nothing() {
    let desk = desk();
    let mut hand = desk.hand();
    hand.replace("Gray line 0", "about readers", "about nobody", Pen::Silent);
    let items = desk.items(&hand);
    assert_eq!(items[0].doubt, Some(Doubt::NoteEdited), "{items:?}");
}

#[test]
fn an_older_copy_merges_or_says_what_conflicts() {
    let desk = desk();
    // Another counsel changed one word meanwhile.
    let texts =
        BTreeMap::from([("en/test".to_owned(), LETTER.replace("drawer held", "cabinet held"))]);
    let now = of(&desk.order, &texts);
    let mut hand = desk.hand();
    hand.replace("old paper files", "old paper", "locked", Pen::Silent);
    let items = desk.compare(&hand.save(), &now);
    assert!(items.len() == 1 && items[0].doubt.is_none(), "{items:?}");
    let mut hand = desk.hand();
    hand.replace("old paper files", "drawer held", "safe held", Pen::Silent);
    let items = desk.compare(&hand.save(), &now);
    assert!(matches!(items[0].doubt, Some(Doubt::Conflict(_))), "{items:?}");
    // Both made the same change: nothing is left to do.
    let mut hand = desk.hand();
    hand.replace("old paper files", "drawer held", "cabinet held", Pen::Silent);
    assert_eq!(desk.compare(&hand.save(), &now), []);
    // And a copy that nobody edited takes nothing back.
    assert_eq!(desk.compare(&desk.bytes, &now), []);
}

#[test]
fn new_words_print_as_they_were_typed() {
    let desk = desk();
    let mut hand = desk.hand();
    hand.replace("about the weather", "the weather", "5 * 4_3 [x] & <b> #1 | it's", Pen::Silent);
    let items = desk.items(&hand);
    let after = of(&desk.order, &desk.applied(&items));
    let said = after.iter().find(|p| p.text().contains("in the town")).unwrap();
    assert!(
        flat(&said.text()).contains("about 5 * 4_3 [x] & <b> #1 | it's in the town"),
        "{}",
        said.text()
    );
}

#[test]
fn a_paragraph_of_one_word_that_was_taken_in_asks_nothing_again() {
    let desk = Desk::one(&LETTER.replace(
        "This second paragraph talks about the weather in the town and nothing else.",
        "Sincerely,",
    ));
    let mut hand = desk.hand();
    hand.replace("Sincerely", "Sincerely", "Respectfully", Pen::Tracked("Pat Counsel"));
    let items = desk.items(&hand);
    let now = of(&desk.order, &desk.applied(&items));
    assert!(now.iter().any(|p| p.text() == "Respectfully,"));
    assert_eq!(desk.compare(&hand.save(), &now), []);
}
