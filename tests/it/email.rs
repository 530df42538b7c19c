//! The e-mail room, dry: bytes of one message, its text and its HTML.

#![allow(clippy::unwrap_used, reason = "a test may stop")]

use insta::assert_snapshot;
use noticeworks::document::{Block, BlockKind, Document, Origin, Section, SectionStyle, Span};
use noticeworks::email::{self, ComposeError, Mailer};
use noticeworks::incident::{self, Incident};
use proptest::prelude::*;
use std::path::Path;
use std::sync::Arc;

fn lakeshore() -> Incident {
    incident::load(Path::new("samples/lakeshore")).map_or_else(|_| panic!("sample"), |(i, _)| i)
}

fn block(kind: BlockKind) -> Block {
    Block { kind, satisfies: vec![], contains: vec![], courtesy: false, origin: Origin::default() }
}

fn words(text: &str) -> Vec<Span> {
    vec![Span { text: text.into(), ..Span::default() }]
}

fn paragraph(text: &str) -> Block {
    block(BlockKind::Paragraph { spans: words(text) })
}

fn document(blocks: Vec<Block>) -> Document {
    let section = Section {
        key: 0,
        name: "letter".into(),
        personal: true,
        style: SectionStyle::Body,
        blocks,
    };
    Document {
        lang: "en".into(),
        title: "Notice of Data Breach".into(),
        sections: vec![Arc::new(section)],
    }
}

fn letter() -> Document {
    let linked =
        |text: &str, to: &str| Span { text: text.into(), link: Some(to.into()), ..Span::default() };
    document(vec![
        block(BlockKind::Heading { level: 1, spans: words("Notice of Data Breach") }),
        paragraph("Dear Zoë O'Brien & Søn <Ltd>,"),
        block(BlockKind::Heading { level: 2, spans: words("What happened") }),
        paragraph(
            "Between May 28 and May 31, 2026, someone used a flaw to get into our file-transfer \
             server and copy files from it.",
        ),
        block(BlockKind::List {
            ordered: false,
            start: 1,
            items: vec![
                vec![paragraph("your Social Security number")],
                vec![
                    paragraph(
                        "information about the care that you received, such as the dates of \
                         service and the name of your provider",
                    ),
                    block(BlockKind::List {
                        ordered: true,
                        start: 3,
                        items: vec![vec![paragraph("a nested point")]],
                    }),
                ],
            ],
        }),
        block(BlockKind::Table {
            header: vec![words("Bureau"), words("Phone")],
            rows: vec![
                vec![words("Equifax"), words("1-888-555-0100")],
                vec![words("TransUnion"), words("1-800-555-0101")],
            ],
        }),
        block(BlockKind::Table {
            header: vec![words("Bureau"), words("Write to")],
            rows: vec![vec![
                words("Experian"),
                words("Security Freeze, P.O. Box 9554, Allen, TX 75013, with a copy of a bill"),
            ]],
        }),
        block(BlockKind::Rule),
        block(BlockKind::Paragraph {
            spans: vec![
                Span { text: "Call us".into(), bold: true, ..Span::default() },
                Span { text: " or visit ".into(), breaks: true, ..Span::default() },
                linked("our page", "https://incident.lakeshore.example"),
                Span { text: ", ".into(), ..Span::default() },
                linked("incident.lakeshore.example", "https://incident.lakeshore.example/"),
                Span { text: " or ".into(), ..Span::default() },
                linked("this", "javascript:alert(1)"),
            ],
        }),
        block(BlockKind::Figure { image: "signature".into(), alt: "Signature".into() }),
        block(BlockKind::PageBreak),
    ])
}

fn compose(to: &str, name: &str, piece: &str, subject: &str) -> Result<String, ComposeError> {
    Mailer::new(&lakeshore())
        .message(&letter(), to, name, piece, subject)
        .map(|bytes| String::from_utf8(bytes).expect("a message is ASCII"))
}

/// Header names and unfolded values, up to the empty line.
fn headers(message: &str) -> Vec<(String, String)> {
    let head = message.split("\r\n\r\n").next().expect("a head").replace("\r\n ", " ");
    let pair = |line: &str| line.split_once(": ").map(|(n, v)| (n.to_owned(), v.to_owned()));
    head.split("\r\n").map(|line| pair(line).expect("name and value")).collect()
}

#[test]
fn text_part_can_be_read_in_any_program() {
    assert_snapshot!(email::text(&letter()), @r#"
    Notice of Data Breach
    =====================

    Dear Zoë O'Brien & Søn <Ltd>,

    What happened
    -------------

    Between May 28 and May 31, 2026, someone used a flaw to get into our
    file-transfer server and copy files from it.

    - your Social Security number
    - information about the care that you received, such as the dates of
      service and the name of your provider
      3. a nested point

    Bureau      Phone
    ----------  --------------
    Equifax     1-888-555-0100
    TransUnion  1-800-555-0101

    Bureau: Experian
    Write to: Security Freeze, P.O. Box 9554, Allen, TX 75013, with a copy
    of a bill

    ----------

    Call us or visit
    our page (https://incident.lakeshore.example),
    incident.lakeshore.example or this
    "#);
}

#[test]
fn headers_name_sender_person_and_piece_and_no_day() {
    let message = compose("zoe@patient.example", "Zoë O'Brien", "w1-0001", "Notice — Zoë").unwrap();
    let lines: Vec<String> =
        headers(&message).into_iter().map(|(name, value)| format!("{name}: {value}")).collect();
    assert_snapshot!(lines.join("\n"), @r#"
    From: "Lakeshore Care Analytics" <notice@lakeshore.example>
    To: =?utf-8?b?Wm/DqyBPJ0JyaWVu?= <zoe@patient.example>
    Subject: Notice =?utf-8?b?4oCUIFpvw6s=?=
    Message-ID: <w1-0001@lakeshore.example>
    Auto-Submitted: auto-generated
    MIME-Version: 1.0
    Content-Type: multipart/alternative; boundary="=_0a51becf2793470da336935c"
    "#);
    assert!(!message.contains("\r\nDate:"));
}

#[test]
fn a_long_name_in_other_letters_and_its_address_stand_on_two_lines() {
    let message = compose(
        "person.vaughn.2029@letters.example",
        "Γιώργος Vaughn",
        "NW-7K2M-9Q4T-XB8H",
        "A notice",
    )
    .unwrap();
    let to = message.split_once("\r\nTo: ").unwrap().1.split_once("\r\nSubject").unwrap().0;
    assert!(to.ends_with("?=\r\n <person.vaughn.2029@letters.example>"), "{to}");
    assert!(message.lines().all(|line| line.len() <= 76));
}

#[test]
fn a_domain_in_other_letters_is_written_in_ascii_and_a_mailbox_in_them_gets_a_letter() {
    let message = compose("ada@bücher.example", "Ada", "NW-7K2M-9Q4T-XB8H", "A notice").unwrap();
    assert!(message.contains("<ada@xn--bcher-kva.example>"));
    let refused = compose("ädä@inbox.example", "Ada", "NW-7K2M-9Q4T-XB8H", "A notice");
    assert_eq!(refused, Err(ComposeError::InternationalAddress));
}

#[test]
fn html_part_escapes_fetches_nothing_and_opens_only_safe_links() {
    let html = email::html(&letter());
    assert!(html.contains("Dear Zoë O&#39;Brien &amp; Søn &lt;Ltd&gt;,"));
    assert!(html.contains("<a href=\"https://incident.lakeshore.example\""));
    for absent in ["<img", "<script", "src=", "url(", "@import", "javascript:", "<Ltd>", "<link"] {
        assert!(!html.contains(absent), "{absent}");
    }
    assert!(html.contains("prefers-color-scheme:dark") && html.contains("role=\"presentation\""));
    assert_eq!(html.matches("<table").count(), html.matches("</table>").count());
}

#[test]
fn both_parts_are_quoted_printable_between_three_boundaries() {
    let message = compose("zoe@patient.example", "Zoë", "w1-0001", "Notice").unwrap();
    assert_eq!(message.matches("Content-Transfer-Encoding: quoted-printable").count(), 2);
    assert_eq!(message.matches("\r\n--=_").count(), 3);
    let plain = message.find("text/plain").unwrap();
    assert!(plain < message.find("text/html").unwrap());
    assert!(message.is_ascii());
    assert!(message.split("\r\n").all(|line| line.len() <= 78), "a line is too long");
    assert!(!message.replace("\r\n", "").contains(['\r', '\n']), "a bare line end");
}

#[test]
fn parts_say_what_all_sections_say_remembered_or_not() {
    let section = |personal: bool, blocks: Vec<Block>| {
        let style = SectionStyle::Small;
        Arc::new(Section { key: 0, name: "part".into(), personal, style, blocks })
    };
    let long = "Ω wide = words \t".repeat(30);
    let shared = section(false, vec![paragraph(&long), block(BlockKind::Rule)]);
    let bare = section(false, vec![block(BlockKind::PageBreak)]);
    let mailer_of = lakeshore();
    let warm = Mailer::new(&mailer_of);
    for name in ["Ada", "Bo", "Ada"] {
        let mut document = letter();
        let own = section(true, vec![paragraph(&format!("Dear {name}:"))]);
        document.sections.extend([shared.clone(), own, bare.clone(), shared.clone()]);
        let make = |mailer: &Mailer| {
            mailer.message(&document, "a@patient.example", name, "p1", "Notice").unwrap()
        };
        let message = make(&warm);
        assert_eq!(message, make(&Mailer::new(&mailer_of)));
        let parsed = mail_parser::MessageParser::default().parse(&message).unwrap();
        let lf = |part: std::borrow::Cow<str>| part.replace("\r\n", "\n");
        assert_eq!(lf(parsed.body_text(0).unwrap()), email::text(&document));
        assert_eq!(lf(parsed.body_html(0).unwrap()), email::html(&document));
    }
}

#[test]
fn without_email_table_the_sender_writes() {
    let mut incident = lakeshore();
    incident.email.from = None;
    let message =
        Mailer::new(&incident).message(&letter(), "a@patient.example", "", "p1", "Notice").unwrap();
    // A long header may be folded.
    let message = String::from_utf8(message).unwrap().replace("\r\n ", " ");
    // `Lakeshore Care Analytics, Inc.`: a comma must not end the name.
    let name = "=?utf-8?b?TGFrZXNob3JlIENhcmUgQW5hbHl0aWNzLCBJbmMu?=";
    let from = format!("From: {name} <privacy@lakeshore.example>\r\n");
    assert!(message.starts_with(&from), "{message}");
    assert!(message.contains("\r\nTo: a@patient.example\r\n"));
    incident.sender.email.clear();
    let refused =
        Mailer::new(&incident).message(&letter(), "a@patient.example", "", "p1", "Notice");
    assert_eq!(refused.err(), Some(ComposeError::NoSender));
}

#[test]
fn what_cannot_stand_in_a_header_is_refused_without_being_repeated() {
    for to in ["", "zoe", "zoe@", "zoe@x\r\nBcc: all@x.example", "a b@x.example", "a@x, b@x"] {
        let error = compose(to, "", "p1", "Notice").err();
        assert_eq!(error, Some(ComposeError::Recipient), "{to}");
    }
    let error = compose("zoë@patient.example", "", "p1", "Notice").unwrap_err();
    assert_eq!(error, ComposeError::InternationalAddress);
    assert!(!error.to_string().contains("patient.example"));
    for piece in ["", "a b", "a>", "a\r\nX: y", "a..b", ".a", &"x".repeat(65)] {
        let error = compose("zoe@patient.example", "", piece, "Notice").err();
        assert_eq!(error, Some(ComposeError::PieceId), "{piece}");
    }
}

proptest! {
    #[test]
    fn no_name_or_subject_adds_a_header(name in "\\PC{0,40}|[\r\n:\"<>,;=?a-z ]{0,60}",
                                        subject in "\\PC{0,90}|[\r\n:\t =?a-z]{0,90}") {
        let message = compose("zoe@patient.example", &name, "p1", &subject).unwrap();
        let names: Vec<String> = headers(&message).into_iter().map(|(name, _)| name).collect();
        prop_assert_eq!(names, ["From", "To", "Subject", "Message-ID", "Auto-Submitted",
                                "MIME-Version", "Content-Type"]);
        prop_assert!(message.is_ascii());
        prop_assert_eq!(&message, &compose("zoe@patient.example", &name, "p1", &subject).unwrap());
    }

    #[test]
    fn no_words_of_a_person_end_a_part_or_become_markup(words in "\\PC{0,200}") {
        let hostile = format!("--=_ {words} --=_0a51becf2793470da336935c <b>{words}</b>");
        let document = document(vec![paragraph(&hostile)]);
        let message =
            Mailer::new(&lakeshore()).message(&document, "z@patient.example", "", "w1-0001", "Notice");
        let message = String::from_utf8(message.unwrap()).unwrap();
        prop_assert_eq!(message.matches("\r\n--=_").count(), 3);
        prop_assert!(!email::html(&document).contains("<b>"));
        let longest = email::text(&document).lines().map(|l| l.chars().count()).max();
        let longest_word = hostile.split(' ').map(|w| w.chars().count()).max();
        prop_assert!(longest <= longest_word.max(Some(72)));
    }
}
