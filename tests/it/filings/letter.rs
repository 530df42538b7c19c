//! Letters to regulators without a form.

use super::fixture::*;
use noticeworks::document::plain_text;
use noticeworks::filings::{Filing, Letter, LetterDesk, address_questions, docx};
use noticeworks::incident::Incident;
use noticeworks::law::{DutyKind, LawPack};
use std::collections::BTreeSet;
use std::io::Read;
use std::sync::LazyLock;

static LAW: LazyLock<LawPack> = LazyLock::new(|| LawPack::embedded().map_err(|_| "law").unwrap());

fn letter_of(incident: &Incident, filing: &Filing) -> Option<Letter> {
    let desk = LetterDesk::new(incident, &LAW, None).map_err(|_| "template").unwrap();
    desk.letter(filing).map_err(|f| f.message).unwrap()
}

fn filing(incident: &Incident, rule: &str) -> Filing {
    let state = rule[..2].to_uppercase();
    let plan = plan(vec![duty(rule, &state, DutyKind::Regulator, &["harbor-health"])]);
    make(incident, &plan).0.remove(0)
}

/// The letter's text, lines of an address each by itself.
fn said(letter: &Letter) -> String {
    plain_text(&letter.document).replace(" \n", "\n")
}

fn text_of(incident: &Incident, rule: &str) -> String {
    said(&letter_of(incident, &filing(incident, rule)).unwrap())
}

#[test]
fn a_letter_has_addressee_heads_answers_and_signature_and_a_form_has_none() {
    let incident = incident("");
    let made = filing(&incident, "md-ag");
    let letter = letter_of(&incident, &made).unwrap();
    let text = said(&letter);
    for words in [
        "Maryland Attorney General\n",
        "200 St. Paul Place",
        "Dear Attorney General:",
        "September 18, 2026",
        "Counsel & Counsel LLP is outside counsel to Lakeshore Care Analytics, Inc.",
        "Harbor Health System",
        "1. ",
        "Ada Counsel",
        "Sample letters to residents of Maryland",
    ] {
        assert!(text.contains(words), "{words}\n{text}");
    }
    let open = made.open().count() > 0;
    assert_eq!(letter.stamp.is_empty(), !open);
    assert!(letter_of(&incident, &filing(&incident, "tx-ag")).is_none());
}

#[test]
fn a_letter_is_written_in_sentences_with_the_contact_once_and_no_path() {
    let incident = incident("");
    for rule in ["nh-ag", "md-ag", "mt-ocp", "ma-ag", "nd-ag", "vt-ag-final"] {
        let text = text_of(&incident, rule);
        assert_eq!(text.matches("312-555-0101").count(), 2, "head and closing\n{text}");
        assert_eq!(text.matches("Ada Counsel").count(), 1, "{text}");
        for wrong in [".pdf", "../", "covered_entity[", "[[", "(notice with", "filing."] {
            assert!(!text.contains(wrong), "{rule}: {wrong}\n{text}");
        }
        for line in text.lines() {
            let bare = |c: char| c.is_ascii_digit() || ",/.".contains(c);
            assert!(line.is_empty() || !line.chars().all(bare), "{rule}: `{line}`\n{text}");
        }
    }
    let text = text_of(&incident, "nh-ag");
    for words in [
        "1 Granite Place South\nConcord, NH 03301",
        "No resident of New Hampshire is known to be affected.",
        "Letters to the people affected are to be mailed on September 18, 2026.",
    ] {
        assert!(text.contains(words), "{words}\n{text}");
    }
}

#[test]
fn counsel_speaks_in_the_third_person() {
    let own = incident("");
    let quoted = text_of(&own, "nh-ag");
    assert!(
        quoted.contains(
            "In its letters to the people affected, Lakeshore Care Analytics, Inc. says:"
        ),
        "{quoted}"
    );
    assert!(quoted.contains("\u{201c}We replaced the server."), "{quoted}");
    let mut told = incident("");
    told.breach.regulator_steps =
        "Lakeshore closed the server and has engaged outside specialists to examine every file on it, and it has told the police of the theft.".to_owned();
    let text = text_of(&told, "nh-ag");
    assert!(
        text.contains("Lakeshore closed the server") && !text.contains("We replaced"),
        "{text}"
    );
    assert!(!text.contains("In its letters"), "{text}");
}

#[test]
fn every_regulator_of_the_law_is_addressed_and_an_address_that_nobody_knows_is_asked() {
    let forms = forms();
    let listed: BTreeSet<&str> =
        forms.addressees.all.iter().flat_map(|a| a.serves.iter().map(String::as_str)).collect();
    let mut duties = 0;
    for law in LAW.jurisdictions() {
        for rule in law.duties.iter().filter(|d| d.kind == DutyKind::Regulator) {
            duties += 1;
            assert!(listed.contains(rule.id.as_str()), "{} has no addressee", rule.id);
        }
    }
    assert!(duties > 60, "{duties}");
    for office in &forms.addressees.all {
        assert!(!office.lines.is_empty() && !office.salutation.ends_with(':'), "{}", office.label);
        assert!(!office.label.contains('(') || office.label.contains("(DACO)"), "{}", office.label);
        let agency = office.agency.as_str();
        assert!(agency.is_empty() || LAW.contacts().agency(agency).is_some(), "{agency}");
    }
    let question = "filing.ca-cdph.postal_address";
    let asked = |more: &str| {
        let incident = incident(more);
        let made = filing(&incident, "ca-cdph");
        let text = said(&letter_of(&incident, &made).unwrap());
        (address_questions(&incident, LAW.contacts(), &[made]), text)
    };
    let (questions, text) = asked("");
    assert_eq!(questions.iter().map(|q| q.id.as_str()).collect::<Vec<_>>(), [question]);
    assert!(text.contains("[Postal address to be completed]"), "{text}");
    let decided = format!(
        "[[decision]]\nquestion = \"{question}\"\nchoice = \"District Office; 1 Made-up Street; Sacramento, CA 95899\"\nby = \"A\"\non = 2026-09-01\n"
    );
    let (questions, text) = asked(&decided);
    assert!(questions.is_empty());
    assert!(text.contains("District Office\n1 Made-up Street\nSacramento, CA 95899"), "{text}");
}

/// The parts of a DOCX.
fn part(bytes: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// Whether these elements stand in this order wherever several stand in one parent.
fn in_order(xml: &str, open: &str, close: &str, order: &[&str]) {
    for inner in xml.split(open).skip(1).map(|rest| rest.split(close).next().unwrap()) {
        let places: Vec<usize> = inner
            .match_indices("<w:")
            .map(|(at, _)| inner[at + 3..].split([' ', '/', '>']).next().unwrap())
            .map(|name| {
                order.iter().position(|o| *o == name).unwrap_or_else(|| panic!("{name} in {inner}"))
            })
            .collect();
        assert!(places.is_sorted(), "{inner}");
    }
}

#[test]
fn the_docx_is_a_us_letter_with_styles_in_the_order_of_the_schema() {
    let incident = incident("");
    let letter = letter_of(&incident, &filing(&incident, "md-ag")).unwrap();
    let bytes = docx(&letter).unwrap();
    assert_eq!(bytes, docx(&letter).unwrap());
    let (document, styles) = (part(&bytes, "word/document.xml"), part(&bytes, "word/styles.xml"));
    assert!(document.contains("<w:pgSz w:w=\"12240\" w:h=\"15840\"/>"), "8.5 by 11 inches");
    for side in ["top", "right", "bottom", "left"] {
        assert!(document.contains(&format!("w:{side}=\"1440\"")), "an inch at the {side}");
    }
    let paragraph =
        ["pStyle", "keepNext", "keepLines", "widowControl", "spacing", "ind", "jc", "outlineLvl"];
    let run = ["rFonts", "b", "bCs", "i", "iCs", "sz", "szCs", "lang"];
    for xml in [&document, &styles] {
        in_order(xml, "<w:pPr>", "</w:pPr>", &paragraph);
        in_order(xml, "<w:rPr>", "</w:rPr>", &run);
    }
    in_order(
        &document,
        "<w:sectPr>",
        "</w:sectPr>",
        &["headerReference", "footerReference", "pgSz", "pgMar"],
    );
    assert!(styles.contains("<w:keepNext/>") && styles.contains("w:after=\"160\""));
    let core = part(&bytes, "docProps/core.xml");
    for words in [
        "<dc:title>Notice to the Maryland Attorney General</dc:title>",
        "<dc:creator>Counsel &amp; Counsel LLP</dc:creator>",
        "<dc:language>en-US</dc:language>",
        ">2026-09-18T00:00:00Z<",
    ] {
        assert!(core.contains(words), "{words}\n{core}");
    }
    let foot = part(&bytes, "word/footer1.xml");
    assert!(foot.contains(" PAGE ") && foot.contains(" NUMPAGES "), "{foot}");
    let head = part(&bytes, "word/header1.xml");
    assert_eq!(head.contains("DRAFT"), !letter.stamp.is_empty());
}
