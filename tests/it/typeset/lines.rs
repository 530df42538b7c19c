//! Where lines end.

use super::{lines_of, read, samples::*, squeezed, typesetter};
use noticeworks::{
    document::Span,
    typeset::{Item, Laid, Tag},
};
use proptest::prelude::*;

/// Sets one paragraph as a report and gives its lines.
fn set(text: &str) -> Vec<String> {
    let laid = typesetter().report(&Default::default(), &of(vec![para(text)])).unwrap();
    (0..laid.pages.len()).flat_map(|p| lines_of(&laid, p)).map(|(_, text)| text).collect()
}

/// Every line end of `text` preceded by fillers of growing length.
fn ends(text: &str) -> Vec<String> {
    let mut ends = Vec::new();
    for n in 0..110 {
        let filler = "m ".repeat(n / 2) + &"i".repeat(n % 7);
        let lines = set(&format!("{filler} {text} and so on, as was said before"));
        ends.extend(lines.iter().take(lines.len() - 1).map(|l| l.trim_end().to_owned()));
    }
    ends
}

#[test]
fn mail_addresses_telephone_numbers_and_zip_codes_are_not_torn() {
    for whole in [
        "privacy-office@cedar-hollow.example",
        "(800) 555-0142",
        "1-800-555-0142",
        "+1 800-555-0142",
        "1-800-LETTERS",
        "IL 62704-1234",
        "24-month",
    ] {
        let torn = ends(whole).into_iter().find(|end| {
            (1..whole.len()).any(|cut| {
                whole.is_char_boundary(cut)
                    && end.ends_with(&format!(" {}", whole[..cut].trim_end()))
            })
        });
        assert_eq!(torn, None, "{whole}");
    }
}

#[test]
fn web_addresses_break_after_slashes_only() {
    let url = "https://enroll.example/cedar-hollow/members/2026/start-here.html";
    let mut after = std::collections::BTreeSet::new();
    for end in ends(url) {
        if let Some(at) = end.find("https:")
            && end[at..].len() < url.len()
        {
            after.insert(end[at..].to_owned());
        }
    }
    insta::assert_debug_snapshot!(after, @r#"
    {
        "https://enroll.example/",
        "https://enroll.example/cedar-hollow/",
        "https://enroll.example/cedar-hollow/members/",
        "https://enroll.example/cedar-hollow/members/2026/",
    }
    "#);
}

#[test]
fn a_word_wider_than_the_line_breaks_at_the_margin_and_keeps_its_letters() {
    let word =
        "Lopadotemachoselachogaleokranioleipsanodrimhypotrimmatosilphiokarabomelito".repeat(4);
    let lines = set(&format!("See {word} now"));
    assert!(lines.len() >= 4);
    assert_eq!(lines.concat(), format!("See {word} now"));
}

#[test]
fn forced_breaks_hold_and_leave_a_space() {
    let spans = vec![
        Span { breaks: true, ..span("Dana Whitfield, MD ") },
        Span { breaks: true, ..span("  Privacy Officer") },
        span("Cedar Hollow"),
    ];
    let laid =
        typesetter().report(&Default::default(), &of(vec![super::samples::spans(spans)])).unwrap();
    let lines: Vec<String> = lines_of(&laid, 0).into_iter().map(|(_, t)| t).collect();
    assert_eq!(lines, ["Dana Whitfield, MD ", "Privacy Officer ", "Cedar Hollow"]);
}

#[test]
fn the_right_edge_is_even_and_no_lone_word_ends_a_paragraph() {
    let lines =
        set("We encourage you to remain vigilant, to review the statements that you receive \
        from your health insurer and your bank, and to report anything that you do not recognize \
        in the months to come, please.");
    let last = lines.last().unwrap();
    assert!(last.split_whitespace().count() > 1, "{lines:?}");
}

#[test]
fn no_break_spaces_do_not_break() {
    let torn = ends("5\u{a0}p.m.\u{a0}Eastern");
    assert!(torn.iter().all(|l| !l.ends_with('5') && !l.ends_with("p.m.")));
}

/// The rightmost ink of a letter's content, hanging spaces left out.
pub fn right_edge(laid: &Laid) -> f32 {
    let mut edge = 0.0f32;
    for mark in laid.pages.iter().flat_map(|p| &p.marks).filter(|m| m.tag != Tag::Artifact) {
        for item in &mark.items {
            if let Item::Run { x, run, .. } = item {
                let hanging: f32 = run
                    .glyphs
                    .iter()
                    .rev()
                    .take_while(|g| run.text[g.cluster as usize..].starts_with(' '))
                    .map(|g| g.advance * run.size / 1000.0)
                    .sum();
                edge = edge.max(x + run.width - hanging);
            }
        }
    }
    edge
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_text_is_lost_and_none_passes_the_margin(
        text in proptest::collection::vec("[A-Za-zÀ-ž0-9@/.,:;()'’“”%&#!?*+=_-]{1,40}", 1..120)
    ) {
        let text = text.join(" ");
        let laid = typesetter().report(&Default::default(), &of(vec![para(&text)])).unwrap();
        prop_assert_eq!(squeezed(&read(&laid)), squeezed(&text));
        prop_assert!(right_edge(&laid) <= 540.02, "{}", right_edge(&laid));
    }
}
