//! The same pages through `printpdf`.

use super::{
    SHIPPED,
    hand::{Stock, meta},
    letter::Sample,
    runs::every_kind,
};
use noticeworks::pdf::{Finished, write_with_printpdf};
use noticeworks::typeset::Laid;
use printpdf::{PdfDocument, PdfParseOptions};
use std::sync::Arc;

pub fn file(laids: &[Laid]) -> (Vec<u8>, Finished) {
    let mut out = Vec::new();
    let labeled = laids.iter().map(|laid| (laid, "NW-1"));
    let finished = write_with_printpdf(labeled, Arc::clone(&SHIPPED), &meta(), &mut out).unwrap();
    (out, finished)
}

pub fn samples() -> Vec<(&'static str, Vec<u8>)> {
    let stock = Stock::new();
    let mut sample = Sample::new();
    let hand: Vec<_> =
        (0..3).map(|i| stock.letter(&format!("Pat Example-{i}"), i * 7919)).collect();
    let typeset: Vec<_> =
        (0..3).map(|i| sample.letter(&format!("Pat Example-{i}"), i * 7919)).collect();
    vec![
        ("hand-printpdf.pdf", file(&hand).0),
        ("letters-printpdf.pdf", file(&typeset).0),
        ("report-printpdf.pdf", file(&[sample.report()]).0),
        ("runs-printpdf.pdf", file(&[every_kind()]).0),
    ]
}

#[test]
fn printpdf_writes_every_page_and_line() {
    let laid = Sample::new().letter("Pat Example", 1);
    let (bytes, finished) = file(&[laid]);
    assert_eq!((finished.pages, finished.bytes), (3, bytes.len() as u64));
    let options = PdfParseOptions::default();
    let read = PdfDocument::parse(&bytes, &options, &mut Vec::new()).unwrap();
    assert_eq!(read.metadata.info.document_title, "Letters, batch 1 & more");
    let pages: Vec<String> = read.extract_text().iter().map(|page| page.join(" ")).collect();
    assert_eq!(pages.len(), 3);
    for words in ["Pat Example", "Dear Pat Example:", "the official finding", "Page 1 of 3"] {
        assert!(pages[0].contains(words), "{words}: {}", pages[0]);
    }
}

#[test]
fn printpdf_files_are_the_same_again_and_told_apart() {
    let stock = Stock::new();
    let (a, again) =
        (file(&[stock.letter("Pat Example", 1)]), file(&[stock.letter("Pat Example", 1)]));
    assert!(a == again);
    let id = |bytes: &[u8]| {
        let at = bytes.windows(3).rposition(|w| w == b"/ID").unwrap();
        bytes[at..at + 40].to_vec()
    };
    assert_ne!(id(&a.0), id(&file(&[stock.letter("Kim Sample", 1)]).0));
}

#[test]
fn printpdf_is_given_no_missing_glyph_either() {
    let mut laid = every_kind();
    let mark = Arc::make_mut(&mut laid.pages[0]).marks.last_mut().unwrap();
    if let noticeworks::typeset::Item::Run { run, .. } = &mut mark.items[0] {
        let mut glyphs = run.glyphs.clone();
        glyphs[0].id = 0;
        let (text, width) = (run.text.clone(), run.width);
        *run = Arc::new(noticeworks::typeset::GlyphRun { glyphs, text, width, ..**run });
    }
    let result = write_with_printpdf([(&laid, "NW-1")], Arc::clone(&SHIPPED), &meta(), Vec::new());
    assert!(result.unwrap_err().to_string().contains("does not have"));
}
