//! Letters to regulators without a form.

use super::fixture::*;
use noticeworks::document::plain_text;
use noticeworks::filings::{LetterDesk, docx};
use noticeworks::law::{DutyKind, LawPack};

#[test]
fn a_letter_has_addressee_heads_answers_and_signature_and_a_form_has_none() {
    let pack = LawPack::embedded().map_err(|_| "the pack").unwrap();
    let incident = incident("");
    let desk = LetterDesk::new(&incident, pack.contacts(), None).map_err(|_| "template").unwrap();
    let duties = ["md-ag", "tx-ag"]
        .map(|rule| duty(rule, &rule[..2].to_uppercase(), DutyKind::Regulator, &["harbor-health"]));
    let (filings, _) = make(&incident, &plan(duties.into()));
    let letter = desk.letter(&filings[0]).map_err(|f| f.message).unwrap().unwrap();
    let text = plain_text(&letter.document);
    for words in [
        "200 St. Paul Place",
        "September 18, 2026",
        "Counsel & Counsel LLP represents Lakeshore Care Analytics, Inc.",
        "Harbor Health System",
        "1. ",
        "Ada Counsel",
        "md-ag-sample-letter.pdf",
    ] {
        assert!(text.contains(words), "{words}\n{text}");
    }
    for answer in filings[0].fields.iter().filter(|a| !a.text().is_empty()) {
        assert!(text.contains(&answer.label), "{}", answer.label);
    }
    let open = filings[0].open().count() > 0;
    assert_eq!(letter.stamp.is_empty(), !open);
    let bytes = docx(&letter.document).unwrap();
    assert!(bytes.starts_with(b"PK") && bytes == docx(&letter.document).unwrap());
    assert!(desk.letter(&filings[1]).map_err(|f| f.message).unwrap().is_none());
}
