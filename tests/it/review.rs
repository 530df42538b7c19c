//! The review book: what counsel reads before anything leaves.

#![allow(clippy::unwrap_used, reason = "a test may stop")]

mod sample;

use jiff::civil::date;
use noticeworks::document::{BlockKind, Span, plain_text};
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
    assert!(html.contains("default-src 'none'; style-src 'unsafe-inline'; img-src data:"));
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
fn the_verdict_names_what_stops_approval_and_leads_there() {
    let html = page();
    let verdict = between(&html, "<p class=\"verdict", "<p class=\"lead\">");
    let text = plain(verdict);
    for said in [
        "Not ready",
        "39 rows are held",
        "1 question waits for counsel",
        "1 requirement is not met",
        "1 duty is past due",
        "2 open questions may move a date",
    ] {
        assert!(text.contains(said), "{said} is not in: {text}");
    }
    for href in ["#findings", "#questions", "#coverage", "#duties"] {
        assert!(verdict.contains(&format!("href=\"{href}\"")), "{href}");
    }
    let mut ready = book();
    ready.outcomes.remove(&noticeworks::plan::Outcome::Held);
    ready.plan.questions.iter_mut().for_each(|question| question.blocking = false);
    ready.letter.requirements[5].answers.clear();
    let html = review::render(&ready);
    assert!(html.contains("Nothing holds up approval"));
}

#[test]
fn the_map_says_by_words_what_it_says_by_color() {
    let html = page();
    let map = between(&html, "<ul class=\"map\"", "</ul>");
    assert!(
        map.contains("aria-label=\"CA: California Department of Public Health, 29 days past\"")
    );
    assert!(map.contains("class=\"tile soon\" href=\"#duty-me-ag\""));
    assert!(map.contains("<span>AK</span>"));
}

#[test]
fn questions_of_a_kind_stand_together_and_say_what_changes() {
    let html = page();
    let section = between(&html, "id=\"h-questions\"", "</section>");
    let text = plain(section);
    let (first, second) = (text.find("media").unwrap(), text.find("HIPAA").unwrap());
    assert!(first < second, "what holds up approval comes first");
    assert!(text.contains("and 5 more"), "a long effect is folded: {text}");
    assert!(text.contains("taken until decided"));
    assert!(section.contains("[[decision]]"));
    let decided = plain(between(section, "<ul class=\"decided\">", "</ul>"));
    assert_eq!(decided, "KS.hipaa Does Kansas&#39;s section excuse the bureaus?: keep");
}

#[test]
fn findings_are_counted_and_hold_no_persons_value() {
    let html = page();
    let table = plain(between(&html, "<table class=\"findings\">", "</table>"));
    insta::assert_snapshot!(table, @"Weight Finding Count Where Held A minor without a parent or guardian Fill guardian_name , or answer the question on minors date_of_birth.unreadable 1 roster.csv:1042 column P guardian_name Warning Zip has 4 digits Write five digits; a leading zero was probably lost in a spreadsheet zip.too_short 312 roster.csv:40 column K zip roster.csv:47 column K zip roster.csv:54 column K zip roster.csv:61 column K zip roster.csv:68 column K zip and 307 more");
    assert!(!html.contains("0410"));
}

#[test]
fn every_block_stands_once_with_readers_and_law() {
    let html = page();
    for part in &book().letter.blocks {
        assert_eq!(html.matches(&format!("id=\"{}\"", part.id)).count(), 1, "{}", part.id);
    }
    let happened = between(&html, "id=\"en-what-happened-04\"", "¶");
    let text = plain(happened);
    for said in [
        "someone copied files",
        "all 2",
        "32,440 pieces",
        "breach description",
        "US-HIPAA Example Code",
        "and 2 more",
        "breach date",
    ] {
        assert!(text.contains(said), "{said} is not in: {text}");
    }
    // A requirement leads to its block, and the block to its requirement.
    for at in 0..book().letter.requirements.len() {
        assert!(html.contains(&format!("id=\"q{at}\"")), "requirement {at}");
    }
    assert!(happened.contains("href=\"#q0\""));
    let coverage = between(&html, "id=\"h-coverage\"", "</section>");
    assert!(coverage.contains("href=\"#en-what-happened-04\""));
    let gap = coverage.find("id=\"q5\"").unwrap();
    assert!(gap < coverage.find("id=\"q4\"").unwrap(), "gaps come first");
}

#[test]
fn a_choice_hides_what_its_people_do_not_read() {
    let html = page();
    // California is the first state: what only California reads has its class.
    assert!(html.contains(
        "body:has(#f-state option[value=\"0\"]:checked) .b:not(.f0v0,.f0a){display:none}"
    ));
    let class = |id: &str| {
        let tag = between(&html, "<div class=\"b part", &format!(" id=\"{id}\""));
        tag.rsplit("<div ").next().unwrap().to_owned()
    };
    assert!(
        class("en-states-ca-06").contains("f0v0") && !class("en-states-ca-06").contains("f0v1")
    );
    assert!(class("en-what-happened-04").contains("f0a"));
}

#[test]
fn the_matrix_parts_versions_by_wording() {
    let html = page();
    let matrix = plain(between(&html, "<table class=\"matrix\">", "</table>"));
    for said in ["Adult, protection offered 31,022", "Parent or guardian 1,418", "●", "A", "B"] {
        assert!(matrix.contains(said), "{said} is not in: {matrix}");
    }
}

#[test]
fn what_changed_is_told_word_by_word() {
    let html = page();
    assert!(html.contains("<del>saw</del> <ins>copied</ins> files."));
    let same = Book { changes: None, ..book() };
    assert!(!review::render(&same).contains("id=\"changes\""));
}

#[test]
fn paper_holds_what_the_screen_holds() {
    let chapters = review::paper(&book(), &|_| true);
    let text: String = chapters.iter().map(plain_text).collect();
    for said in [
        "Draft · not approved",
        "To the parent or guardian of Robin Sample:",
        "Rely on HIPAA in full",
        "California Department of Public Health",
        "[new: copied]",
        "Duties under contracts",
        "Signature",
    ] {
        assert!(text.contains(said), "{said} is missing on paper");
    }
    assert!(chapters.iter().all(|chapter| !chapter.title.is_empty()));
}

#[test]
fn the_wall_parts_late_from_next_and_says_what_waits() {
    let book = book();
    let steps = noticeworks::plan::runbook(&book.plan, AS_OF);
    let names = std::collections::BTreeMap::from([("sierra-vista".into(), "Sierra Vista".into())]);
    let html = review::wall("File-transfer <incident>", &book.plan, &steps, &names, AS_OF);
    assert!(!html.contains("<script") && html.contains("File-transfer &lt;incident&gt;"));
    let late = plain(between(&html, "<section class=\"late\"", "</section>"));
    assert!(late.contains("29 days late") && late.contains("CA · Sierra Vista"), "{late}");
    let next = plain(between(&html, "<section class=\"next\"", "</section>"));
    assert!(next.contains("Vermont") && !next.contains("Massachusetts"), "{next}");
    assert!(html.contains("Waits until it is decided who acts"));
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
    book.letter.versions[0].label = evil.into();
    book.letter.blocks[0].language = evil.into();
    book.letter.blocks[0].chips = vec![evil.into()];
    book.letter.blocks[0].place = evil.into();
    book.letter.requirements[0].cite = evil.into();
    book.letter.filters[0].values[0] = evil.into();
    book.questions[0].title = evil.into();
    book.questions[0].choices[0].decision = evil.into();
    book.questions[0].items[0].text = evil.into();
    book.sheets[0].label = evil.into();
    book.proofs = "javascript:alert(1)".into();
    if let Some(changes) = &mut book.changes {
        changes.seal = evil.into();
        changes.people = vec![evil.into()];
        changes.words[0].words = vec![(review::Word::New, evil.into())];
    }
    let linked =
        Span { text: evil.into(), link: Some("javascript:alert(1)".into()), ..Span::default() };
    book.letter.blocks[1].block = sample::block(BlockKind::Paragraph { spans: vec![linked] }, &[]);
    let html = review::render(&book);
    assert!(!html.contains("<script"));
    assert!(!html.contains("href=\"javascript:"));
    assert!(html.contains("href=\"../filings/a%20b%22.pdf\""));
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
    book.letter = review::LetterBook::default();
    book.questions.clear();
    book.sheets.clear();
    book.changes = None;
    book.pages = None;
    let html = review::render(&book);
    assert!(html.contains("There is no roster yet"));
    assert!(html.contains("not composed yet"));
    assert!(html.contains(
        "<p class=\"lead\">No duty arises on Sep 18, 2026. No question waits for counsel."
    ));
    assert!(!html.contains("<svg"));
}
