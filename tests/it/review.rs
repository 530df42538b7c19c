//! The review book: what counsel reads before anything leaves.

#![allow(clippy::unwrap_used, reason = "a test may stop")]

mod sample;

use jiff::civil::date;
use noticeworks::document::{BlockKind, Span};
use noticeworks::plan::Arises;
use noticeworks::review::{self, Book, DutyState, State};
use sample::{AS_OF, book, duty};

fn page() -> String {
    let html = review::render(&book());
    // To be looked at in a browser.
    std::fs::write(concat!(env!("CARGO_TARGET_TMPDIR"), "/review.html"), &html).unwrap();
    html
}

/// Every value of an attribute, in order.
fn attributes<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    let open = format!(" {name}=\"");
    html.match_indices(&open)
        .map(|(at, _)| html[at + open.len()..].split('"').next().unwrap())
        .collect()
}

/// The text between two marks.
fn between<'a>(html: &'a str, from: &str, to: &str) -> &'a str {
    let start = html.find(from).unwrap_or_else(|| panic!("no {from}"));
    let end = html[start..].find(to).map_or(html.len(), |at| start + at);
    &html[start..end]
}

fn plain(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => {
                inside = false;
                text.push(' ');
            }
            c if !inside => text.push(c),
            _ => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn equal_books_give_equal_bytes() {
    assert_eq!(page(), review::render(&book()));
}

#[test]
fn it_reaches_for_nothing_outside_itself() {
    let html = page();
    for absent in ["<script", "<img", "<link", "<iframe", "url(", "@import", " src=", "srcset"] {
        assert!(!html.contains(absent), "{absent}");
    }
    assert!(html.contains("default-src 'none'; style-src 'unsafe-inline'"));
}

#[test]
fn the_first_page_says_what_is_late_and_what_is_next() {
    let html = page();
    insta::assert_snapshot!(plain(between(&html, "<p class=\"lead\">", "</p>")), @"10 duties arise on Sep 18, 2026, 1 past due . The next is due Sep 23, 2026 (5 days left): Vermont Attorney General. 2 questions wait for counsel; 1 holds up approval until answered.");
}

#[test]
fn every_duty_stands_in_one_group() {
    let day = |d| duty("me-ag", "Maine Attorney General", Some(d));
    let of = |duty| DutyState::of(&duty, AS_OF);
    assert_eq!(of(day(date(2026, 9, 17))), DutyState::Overdue);
    assert_eq!(of(day(AS_OF)), DutyState::DueNext);
    assert_eq!(of(day(date(2026, 10, 18))), DutyState::DueNext);
    assert_eq!(of(day(date(2026, 10, 19))), DutyState::Arising);
    assert_eq!(of(duty("me-ag", "x", None)), DutyState::Arising);
    let late_but = |arises| noticeworks::plan::Duty { arises, ..day(date(2026, 1, 1)) };
    assert_eq!(of(late_but(Arises::Possible)), DutyState::Possible);
    assert_eq!(of(late_but(Arises::No)), DutyState::NotArising);
    let html = page();
    for duty in &book().plan.duties {
        let row = format!("<tr id=\"duty-{}\">", duty.id);
        assert_eq!(html.matches(&row).count(), 1, "{}", duty.id);
    }
}

#[test]
fn a_duty_shows_count_threshold_day_clock_law_reason_and_carrier() {
    let html = page();
    let row = plain(between(&html, "<tr id=\"duty-ca-cdph.sierra-vista\">", "</tr>"));
    insta::assert_snapshot!(row, @"Aug 20, 2026 29 days past from discovery Jul 30, 2026 California Department of Public Health Report to a regulator · CA · sierra-vista 1,204 threshold: more than 500 1,204 residents had elements that the statute protects, which is more than 500 Example Code § 10-1-100(c) medium confidence Timing without unreasonable delay, at the latest 30 days after determination How online form: https://ag.example/breach Contents resident count, sample notice Sender");
    let media = plain(between(&html, "<tr id=\"duty-hipaa-media", "</tr>"));
    assert!(media.ends_with("Undecided"), "{media}");
}

#[test]
fn outcomes_add_up_or_the_book_says_so() {
    let html = page();
    let table = plain(between(&html, "id=\"h-rows\"", "</section>"));
    assert!(table.contains("Rows of the roster 62,583"), "{table}");
    assert!(!html.contains("role=\"alert\""));
    let wrong = Book { rows: 62_584, ..book() };
    assert!(review::render(&wrong).contains("role=\"alert\">The outcomes add up to 62,583, not"));
}

#[test]
fn questions_that_hold_up_approval_come_first_with_their_default() {
    let html = page();
    let list = plain(between(&html, "<ol class=\"questions\">", "</ol>"));
    assert!(list.starts_with("Who gives notice to the media for sierra-vista ?"), "{list}");
    assert!(list.contains("self taken until decided"), "{list}");
    assert!(list.contains("holds up approval"));
    let decided = plain(between(&html, "<ol class=\"questions decided\">", "</ol>"));
    assert!(decided.contains("all decided"), "{decided}");
}

#[test]
fn findings_are_counted_and_hold_no_persons_value() {
    let html = page();
    let table = plain(between(&html, "<table class=\"findings\">", "</table>"));
    insta::assert_snapshot!(table, @"Weight Finding Count Where Held A minor without a parent or guardian Fill guardian_name , or answer the question on minors date_of_birth.unreadable 1 roster.csv:1042 column P guardian_name Warning Zip has 4 digits Write five digits; a leading zero was probably lost in a spreadsheet zip.too_short 312 roster.csv:40 column K zip roster.csv:47 column K zip roster.csv:54 column K zip roster.csv:61 column K zip roster.csv:68 column K zip and 307 more");
    assert!(!html.contains("0410"));
}

#[test]
fn letters_show_what_each_part_satisfies() {
    let html = page();
    let letter = between(&html, "<article id=\"letter-1\"", "</article>");
    assert!(letter.contains(">breach description<br>breach date<br>discovery date</div>"));
    assert!(letter.contains("<h4>Notice of Data Breach</h4>"));
    assert!(plain(letter).contains("31,022 pieces · English"));
    assert!(html.contains("id=\"h-letter-2\""));
}

#[test]
fn headings_anchors_and_landmarks_are_whole() {
    let html = page();
    let ids = attributes(&html, "id");
    let mut unique = ids.clone();
    unique.sort_unstable();
    unique.dedup();
    assert_eq!(ids.len(), unique.len(), "an id stands twice");
    for href in attributes(&html, "href") {
        if let Some(target) = href.strip_prefix('#') {
            assert!(ids.contains(&target), "#{target} leads nowhere");
        }
    }
    for label in attributes(&html, "aria-labelledby").iter().flat_map(|l| l.split(' ')) {
        assert!(ids.contains(&label), "{label}");
    }
    assert_eq!(html.matches("<h1").count(), 1);
    let mut last = 1;
    for (at, _) in html
        .match_indices("<h")
        .filter(|(at, _)| html[at + 2..].starts_with(['1', '2', '3', '4', '5', '6']))
    {
        let level: u8 = html[at + 2..at + 3].parse().unwrap();
        assert!(level <= last + 1, "heading {level} after {last}");
        last = level;
    }
    for landmark in ["<header ", "<nav ", "<main ", "<footer>"] {
        assert_eq!(html.matches(landmark).count(), 1, "{landmark}");
    }
    for tag in ["section", "table", "article", "svg", "ol", "ul", "li", "tr", "div", "p", "dl"] {
        let open =
            html.matches(&format!("<{tag}>")).count() + html.matches(&format!("<{tag} ")).count();
        assert_eq!(open, html.matches(&format!("</{tag}>")).count(), "{tag}");
    }
    let columns = html.matches("<th>").count();
    assert_eq!(columns, 0, "a header cell without a scope");
}

#[test]
fn hostile_words_stay_words() {
    let evil = "\"><script>alert('x')</script>&";
    let mut book = book();
    book.title = evil.into();
    book.sender = evil.into();
    book.state = State::Approved(evil.into());
    book.made_of = evil.into();
    book.plan.law_pack = evil.into();
    book.plan.duties[0].recipient = evil.into();
    book.plan.duties[0].id = evil.into();
    book.plan.duties[0].reason = format!("{evil} `code`");
    book.plan.duties[0].url = "javascript:alert(1)".into();
    book.plan.questions[0].text = evil.into();
    book.plan.questions[0].answer = Some(evil.into());
    book.plan.not_covered.push(evil.into());
    book.filings[0].files[0].href = "javascript:alert(1)".into();
    book.filings[0].files[1].href = "../filings/a b\".pdf".into();
    book.versions[0].label = evil.into();
    book.versions[0].document.lang = evil.into();
    let linked =
        Span { text: evil.into(), link: Some("javascript:alert(1)".into()), ..Span::default() };
    let mut document = sample::letter(evil);
    document.sections = vec![std::sync::Arc::new(noticeworks::document::Section {
        key: 1,
        name: "x".into(),
        personal: true,
        style: noticeworks::document::SectionStyle::Body,
        blocks: vec![sample::block(BlockKind::Paragraph { spans: vec![linked] }, &[evil])],
    })];
    book.versions[1].document = document;
    let html = review::render(&book);
    assert!(!html.contains("<script"));
    assert!(!html.contains("href=\"javascript:"));
    assert!(html.contains("href=\"../filings/a%20b%22.pdf\""));
    assert!(html.contains("not one of the choices"));
}

#[test]
fn a_book_of_estimates_alone_is_still_a_book() {
    let mut book = book();
    book.rows = 0;
    book.outcomes.clear();
    book.plan.duties.clear();
    book.plan.questions.clear();
    book.findings = noticeworks::finding::Findings::default();
    book.filings.clear();
    book.versions.clear();
    book.pages = None;
    let html = review::render(&book);
    assert!(html.contains("There is no roster yet"));
    assert!(html.contains("not composed yet"));
    assert!(html.contains(
        "<p class=\"lead\">No duty arises on Sep 18, 2026. No question waits for counsel."
    ));
    assert!(!html.contains("<svg"));
}
