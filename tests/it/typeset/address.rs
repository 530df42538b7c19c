//! The window, wherever the letter slides.

use super::{samples::*, typesetter};
use noticeworks::typeset::{
    Area, Clearance, Envelope, FontSet, Gauge, Item, LETTER, Laid, SetError, Style, Typesetter,
};
use proptest::prelude::*;
use std::sync::Arc;

/// Boxes of all ink on page 1, from its upper left corner: artifacts too, with the text.
fn boxes(laid: &Laid) -> Vec<(Area, String)> {
    let mut out = Vec::new();
    for item in laid.pages[0].marks.iter().flat_map(|m| &m.items) {
        let (left, right, low, high, text) = match item {
            // No glyph of ours reaches beyond an em above or a half below.
            Item::Run { x, y, run } => {
                let text = run.text.trim_end();
                let hanging = run
                    .glyphs
                    .iter()
                    .rev()
                    .take_while(|g| g.cluster as usize >= text.len())
                    .map(|g| g.advance * run.size / 1000.0)
                    .sum::<f32>();
                (*x, x + run.width - hanging, y - 0.25 * run.size, y + 0.8 * run.size, text)
            }
            Item::Rect { x, y, width, height, .. } | Item::Image { x, y, width, height, .. } => {
                (*x, x + width, *y, y + height, "")
            }
        };
        out.push((
            Area { left, right, top: LETTER.1 - high, bottom: LETTER.1 - low },
            text.to_owned(),
        ));
    }
    out
}

fn meet(a: Area, b: Area) -> bool {
    a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}

fn within(inner: Area, outer: Area, clear: f32) -> bool {
    const NEAR: f32 = 0.02;
    inner.left >= outer.left + clear - NEAR
        && inner.right <= outer.right - clear + NEAR
        && inner.top >= outer.top + clear - NEAR
        && inner.bottom <= outer.bottom - clear + NEAR
}

/// Every place of the insert: eleven steps across times eleven down.
fn places(envelope: &Envelope) -> impl Iterator<Item = Area> {
    let (x, y) = envelope.play();
    let envelope = *envelope;
    (0..=10).flat_map(move |i| {
        (0..=10).map(move |j| envelope.shows(x * i as f32 / 10.0, y * j as f32 / 10.0))
    })
}

/// The cheap test may say "in doubt", but never that an address shows which does not.
fn gauge_is_right(lines: &[String]) -> Result<bool, TestCaseError> {
    let fonts = Arc::new(FontSet::shipped());
    let gauge = Gauge::new(&fonts, &Style::default());
    if !gauge.surely_shows(lines) {
        return Ok(false);
    }
    let fit = Typesetter::new(fonts, Style::default()).address(lines);
    let fit = fit.map_err(|e| TestCaseError::fail(format!("{e} {lines:?}")))?;
    prop_assert!(fit.clearance != Clearance::AtRest, "{lines:?}");
    prop_assert_eq!(&fit.lines, lines, "no line was turned");
    Ok(true)
}

#[test]
fn usual_addresses_need_no_setting_and_unusual_ones_do() {
    let lines = |text: &str| text.split('/').map(str::to_owned).collect::<Vec<_>>();
    for usual in [
        "Ada Example/12 Elm Street/Portland, ME 04101",
        "Zo\u{eb} Mu\u{f1}oz-\u{160}imi\u{107}/Parent or Guardian of/9 Oak Street Apt 4/Boston, MA 02108",
    ] {
        assert!(gauge_is_right(&lines(usual)).unwrap(), "{usual}");
    }
    let wide = format!("Ada Example/{}/Portland, ME 04101", "W".repeat(60));
    let six = "To the/Next of Kin/of Ada Example/c/o Bo/9 Oak/Portland, ME 04101";
    let pile = "Ada Example/To the Next of Kin/9 Oak Street/Floor 3/Care of Bo/Portland, ME 04101";
    for unusual in [
        wide.as_str(),
        six,
        pile,
        "\u{5f20}\u{4f1f}/9 Oak Street/Portland, ME 04101",
        "\u{1F600}/9 Oak Street/Portland, ME 04101",
        "A\u{301}da/9 Oak Street/Portland, ME 04101",
    ] {
        assert!(!gauge_is_right(&lines(unusual)).unwrap(), "{unusual}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn the_gauge_never_promises_what_setting_does_not_keep(
        lines in prop::collection::vec("[ -~\u{a1}-\u{24f}]{1,60}", 1..7),
    ) {
        gauge_is_right(&lines.iter().map(|l| format!("x{}x", l.trim())).collect::<Vec<_>>())?;
    }
}

#[test]
fn the_arithmetic_of_the_usual_window() {
    let envelope = Envelope::number_10();
    let inches =
        |a: Area| [a.left, a.top, a.right, a.bottom].map(|v| (v / 72.0 * 1000.0).round() / 1000.0);
    assert_eq!(inches(envelope.may_show()), [0.0, 2.042, 5.375, 3.625]);
    assert_eq!(inches(envelope.always_shows()), [0.875, 2.5, 4.375, 3.167]);
    assert_eq!(inches(envelope.always_clear()), [1.0, 2.625, 4.25, 3.042]);
    assert_eq!(inches(envelope.clear_at_rest()), [1.0, 2.167, 4.25, 3.042]);
    for area in places(&envelope) {
        assert!(within(envelope.always_shows(), area, 0.0));
        let may = envelope.may_show();
        assert!(area.top >= may.top - 0.01 && area.bottom <= may.bottom + 0.01);
        assert!(area.left.max(0.0) >= may.left && area.right <= may.right + 0.01);
    }
}

/// Checks a letter against every place of its insert.
fn check(typesetter: &mut Typesetter, addressee: &[&str], stamp: &str) -> Clearance {
    let mut frame = frame();
    frame.addressee = lines(addressee);
    frame.stamp = stamp.into();
    frame.letterhead =
        "Cedar Hollow Family Medicine and Associated Physicians of the Valley".into();
    let fit = typesetter.address(&frame.addressee).unwrap();
    let laid = typesetter.letter(&frame, &letter("Zoë", 7)).unwrap();
    let envelope = typesetter.style().envelope;
    let may = envelope.may_show();
    for (area, text) in boxes(&laid) {
        let ours = fit.lines.contains(&text) || area_within(area, fit.ink);
        assert!(ours || !meet(area, may), "`{text}` may show at {area:?}");
    }
    let squeeze = |s: &[String]| s.concat().replace(' ', "");
    assert_eq!(squeeze(&fit.lines), squeeze(&frame.addressee), "no letter of an address is lost");
    assert!((8.0..=11.0).contains(&fit.size));
    let (_, rest) = envelope.play();
    for area in places(&envelope) {
        let at_rest = (area.bottom - envelope.shows(0.0, rest).bottom).abs() < 0.01;
        match fit.clearance {
            Clearance::Always => assert!(within(fit.ink, area, 9.0), "{fit:?} {area:?}"),
            Clearance::Shows => {
                assert!(within(fit.ink, area, if at_rest { 9.0 } else { 0.0 }), "{fit:?} {area:?}");
            }
            Clearance::AtRest => {
                assert!(!at_rest || within(fit.ink, area, 9.0), "{fit:?} {area:?}");
                let foot = Area { top: fit.ink.bottom - 2.0 * fit.leading, ..fit.ink };
                assert!(within(foot, area, 0.0), "street and city always show");
            }
        }
    }
    fit.clearance
}

fn area_within(area: Area, ink: Area) -> bool {
    area.left >= ink.left - 0.1
        && area.right <= ink.right + 0.1
        && area.top >= ink.top - 4.0
        && area.bottom <= ink.bottom + 4.0
}

#[test]
fn short_and_long_addresses_over_the_whole_play() {
    let mut typesetter = typesetter();
    let long = [
        "To the Parent or Guardian of",
        "Bartholomew Featherstonehaugh-Cholmondeley",
        "c/o Cedar Hollow Shelter for Families",
        "12000 North Juniper Street, Building 7",
        "Apartment 1234",
        "Springfield Heights, IL 62704-1234",
    ];
    let found: Vec<Clearance> = [
        &["Al Po"][..],
        &["Al Po", "1 A St", "Rye, NY 10580"],
        &long[3..],
        &long[2..],
        &["Al Po", "1 A St", "Unit 2", "Rye, NY 10580", "Rye"],
        &long,
    ]
    .iter()
    .map(|address| check(&mut typesetter, address, "DRAFT"))
    .collect();
    use Clearance::{Always, AtRest, Shows};
    assert_eq!(found, [Always, Always, Always, Shows, Shows, AtRest]);
}

#[test]
fn a_line_too_long_for_the_window_shrinks_then_turns() {
    let mut typesetter = typesetter();
    let wide = "12000 North Juniper Street and Country Club Drive East";
    check(&mut typesetter, &["Al Po", wide, "Rye, NY 10580"], "");
    let shrunk = typesetter.address(&lines(&["Al Po", wide, "Rye, NY 10580"])).unwrap();
    assert!(shrunk.size < 11.0 && shrunk.lines.len() == 3);
    let wider = format!("{wide}, Building Seventeen, Apartment 1234");
    check(&mut typesetter, &["Al Po", &wider, "Rye, NY 10580"], "");
    let turned = typesetter.address(&lines(&["Al Po", &wider, "Rye, NY 10580"])).unwrap();
    assert_eq!((turned.size, turned.lines.len()), (8.0, 4));
}

#[test]
fn what_cannot_fit_is_refused() {
    let mut typesetter = typesetter();
    let mut refuse = |addressee: Vec<String>| {
        let mut frame = frame();
        frame.addressee = addressee;
        typesetter.letter(&frame, &of(vec![])).err()
    };
    assert_eq!(refuse(vec!["Line".into(); 7]), Some(SetError::AddressTooLong));
    assert_eq!(refuse(vec!["Long words here ".repeat(12); 3]), Some(SetError::AddressTooLong));
    let mut high = frame();
    high.return_address = vec!["Line".into(); 12];
    let refused = typesetter.letter(&high, &of(vec![])).err();
    assert_eq!(refused, Some(SetError::ReturnAddressTooLong));
    let mut head = frame();
    head.letterhead = "Physicians ".repeat(60);
    assert_eq!(typesetter.letter(&head, &of(vec![])).err(), Some(SetError::LetterheadTooLong));
}

#[test]
fn a_taller_fold_keeps_six_lines_always_clear() {
    let envelope = Envelope { panel: 3.9375, ..Envelope::number_10() };
    let style = Style { envelope, ..Style::default() };
    let mut typesetter = Typesetter::new(Arc::new(FontSet::shipped()), style);
    let six = ["To the Parent of", "Al Po", "c/o Bo Po", "1 A St", "Unit 2", "Rye, NY 10580"];
    assert_eq!(check(&mut typesetter, &six, ""), Clearance::Always);
}

#[test]
fn a_logo_stays_above_the_window() {
    let mut frame = frame();
    frame.logo = Some(image(900, 900));
    let laid = typesetter().letter(&frame, &of(vec![])).unwrap();
    let may = Envelope::number_10().may_show();
    let placed: Vec<Area> =
        boxes(&laid).into_iter().filter(|(_, t)| t.is_empty()).map(|(a, _)| a).collect();
    assert_eq!(placed.len(), 1);
    assert!(!meet(placed[0], may) && placed[0].bottom < may.top);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_address_is_clear_or_refused(
        address in proptest::collection::vec("[A-Z][A-Za-zÀ-ž0-9#.,/-]{0,12}( [A-Za-z0-9#.,]{1,12}){0,5}", 1..7)
    ) {
        let address: Vec<&str> = address.iter().map(String::as_str).collect();
        let mut typesetter = typesetter();
        match typesetter.address(&lines(&address)) {
            Ok(_) => { check(&mut typesetter, &address, "DRAFT"); }
            Err(refused) => prop_assert_eq!(refused, SetError::AddressTooLong),
        }
    }
}
