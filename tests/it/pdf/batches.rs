//! Batches: what is shared, what is said, how large, the same bytes again.

use super::{
    SHIPPED, batch, by_hand,
    hand::{Stock, meta},
    letter::Sample,
    listener::Listener,
    reader::{File, Value},
    single, typeset,
};
use noticeworks::pdf::{BatchWriter, PageRange};
use sha2::{Digest, Sha256};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

#[test]
fn is_read_aloud_in_order() {
    let stock = Stock::new();
    let bytes = batch([stock.letter("Pat Example", 1), stock.letter("Kim Sample", 2)]);
    let file = File::read(&bytes);
    let said = Listener::new(&file).listen();
    assert_eq!(said.len() % 2, 0);
    let (first, second) = said.split_at(said.len() / 2);
    let short: Vec<String> = first
        .iter()
        .map(|(role, text)| format!("{role}: {}", text.chars().take(70).collect::<String>()))
        .collect();
    insta::assert_snapshot!(short.join("\n"), @r"
    Figure: [Cedar Example Health]
    P: Pat Example 2 Elm Street Springfield, IL 62701
    H1: Notice of a data breach
    P: Dear Pat Example:
    P: (1) We are writing to tell you about an event that involved some of yo
    P: (2) We are writing to tell you about an event that involved some of yo
    P: (3) We are writing to tell you about an event that involved some of yo
    P: (4) We are writing to tell you about an event that involved some of yo
    P: (5) We are writing to tell you about an event that involved some of yo
    H2: What was involved
    Lbl: •
    LBody: Names
    Lbl: •
    LBody: Dates of birth
    Lbl: •
    LBody: Medical record numbers
    Span: More at 
    Link: cedar-health.example/notice<https://cedar-health.example/notice>
    TH: Bureau
    TH: Telephone
    TD: Example One
    TD: 555-0101
    TD: Example Two
    TD: 555-0102
    P: (6) We are writing to tell you about an event that involved some of yo
    P: (7) We are writing to tell you about an event that involved some of yo
    P: (8) We are writing to tell you about an event that involved some of yo
    P: This sentence goes over the page and ends here.
    P: Code for Pat Example: NW-00000001
    P: (9) We are writing to tell you about an event that involved some of yo
    P: (10) We are writing to tell you about an event that involved some of y
    P: (11) We are writing to tell you about an event that involved some of y
    P: (12) We are writing to tell you about an event that involved some of y
    ");
    assert_eq!(second[1].1, "Kim Sample 3 Elm Street Springfield, IL 62701");
    for (a, b) in first.iter().zip(second) {
        assert_eq!(a.0, b.0);
    }
}

#[test]
fn typeset_letters_are_read_aloud_whole() {
    let bytes = typeset(3);
    let file = File::read(&bytes);
    let said = Listener::new(&file).listen();
    let dear: Vec<&str> =
        said.iter().map(|(_, text)| text.as_str()).filter(|t| t.starts_with("Dear")).collect();
    assert_eq!(dear, ["Dear Pat Example-0:", "Dear Pat Example-1:", "Dear Pat Example-2:"]);
    let text: String = said.iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!(text.matches("the official finding").count(), 3);
    assert!(text.contains("off the network the same day"));
    let headers = said.iter().filter(|(role, _)| role == "TH").count();
    assert_eq!(headers, 6);
}

#[test]
fn what_letters_share_is_written_once() {
    let letters = 40;
    let bytes = by_hand(letters);
    let file = File::read(&bytes);
    let mut named: BTreeMap<u32, usize> = BTreeMap::new();
    for page in file.pages() {
        let streams = file.contents(page);
        assert_eq!(streams.len(), 2, "shared and personal");
        streams.iter().for_each(|s| *named.entry(*s).or_default() += 1);
    }
    let shared: Vec<usize> = named.values().copied().filter(|n| *n > 1).collect();
    assert_eq!(shared, [letters as usize; 3]);
    assert_eq!(named.len(), 3 + 3 * letters as usize);
    let streams: BTreeSet<&Vec<u8>> = named
        .keys()
        .map(|n| match &file.objects[n] {
            Value::Stream(_, data) => data,
            _ => panic!("no stream"),
        })
        .collect();
    assert_eq!(streams.len(), named.len(), "no stream is there twice");
}

#[test]
fn equal_content_is_shared_whoever_holds_it() {
    // Two stocks make equal runs at different addresses.
    let again = batch([Stock::new().letter("Pat Example", 1), Stock::new().letter("Kim", 2)]);
    let stock = Stock::new();
    let once = batch([stock.letter("Pat Example", 1), stock.letter("Kim", 2)]);
    assert!(again == once);
}

#[test]
fn same_letters_same_bytes_and_other_letters_another_identifier() {
    let id = |bytes: &[u8]| File::read(bytes).trailer["ID"].clone();
    let (a, b) = (typeset(4), typeset(4));
    assert!(a == b);
    let stock = Stock::new();
    let other = |name| batch([stock.letter(name, 1)]);
    assert_ne!(id(&other("Pat Example")), id(&other("Pat Exbmple")));
}

#[test]
fn finished_tells_the_truth_and_add_the_pages() {
    let stock = Stock::new();
    let mut out = Vec::new();
    let mut writer = BatchWriter::new(&mut out, Arc::clone(&SHIPPED), meta()).unwrap();
    let first = writer.add(&stock.letter("Pat Example", 1), "NW-1").unwrap();
    let second = writer.add(&Sample::new().letter("Kim Sample", 2), "NW-2").unwrap();
    let finished = writer.finish().unwrap();
    assert_eq!(first, PageRange { first_page: 1, pages: 3 });
    assert_eq!(second, PageRange { first_page: 4, pages: 3 });
    assert_eq!(finished.pages, 6);
    assert_eq!(finished.bytes, out.len() as u64);
    let digest: String = Sha256::digest(&out).iter().map(|b| format!("{b:02x}")).collect();
    assert_eq!(finished.sha256, digest);
    assert_eq!(File::read(&out).pages().len(), 6);
}

#[test]
fn a_letter_of_a_batch_takes_few_bytes() {
    // What a letter adds, with 65 structure elements and three square codes of 256 modules.
    let each = (by_hand(220).len() - by_hand(20).len()) / 200;
    assert!(each < 2_300, "{each} bytes a letter with codes");
    let each = (typeset(220).len() - typeset(20).len()) / 200;
    assert!(each < 2_100, "{each} bytes a letter without codes");
}

#[test]
fn an_empty_batch_is_a_file() {
    let file = File::read(&batch([]));
    assert!(file.pages().is_empty());
    assert!(Listener::new(&file).listen().is_empty());
}

#[test]
fn bookmarks_carry_labels_and_lead_to_first_pages() {
    let file = File::read(&by_hand(3));
    let outline = file.resolve(&file.catalog().dict()["Outlines"]);
    let (mut at, mut before, mut found) = (outline.dict()["First"].reference(), None, Vec::new());
    loop {
        let item = file.objects[&at].dict();
        assert_eq!(item.get("Prev").map(Value::reference), before);
        found.push((item["Title"].text(), item["Dest"].array()[0].reference()));
        before = Some(at);
        match item.get("Next") {
            Some(next) => at = next.reference(),
            None => break,
        }
    }
    assert_eq!(outline.dict()["Last"].reference(), at);
    let pages = file.pages();
    let expected: Vec<_> = (0..3).map(|i| (format!("NW-{i:05}"), pages[3 * i])).collect();
    assert_eq!(found, expected);
}

#[test]
fn info_and_metadata_agree_and_no_clock_is_asked() {
    let file = File::read(&single(&Sample::new().report()));
    let info = file.resolve(&file.trailer["Info"]);
    assert_eq!(info.dict()["Title"].text(), "Letters, batch 1 & more");
    assert_eq!(info.dict()["Subject"].text(), "Wave 1 – adults");
    assert_eq!(info.dict()["CreationDate"].text(), "D:20260918000000Z");
    let Value::Stream(dict, packet) = file.resolve(&file.catalog().dict()["Metadata"]) else {
        panic!("no metadata")
    };
    assert!(!dict.contains_key("Filter"));
    let packet = std::str::from_utf8(packet).unwrap();
    for fact in [
        "<pdfaid:part>2</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>",
        "Letters, batch 1 &amp; more",
        "Wave 1 – adults",
        "<xmp:CreateDate>2026-09-18T00:00:00Z</xmp:CreateDate>",
    ] {
        assert!(packet.contains(fact), "{fact}");
    }
}

#[test]
fn another_language_is_named_on_its_letter() {
    let stock = Stock::new();
    let mut spanish = stock.letter("Pat Example", 1);
    spanish.lang = "es-US".into();
    let file = File::read(&batch([stock.letter("Kim", 2), spanish]));
    assert_eq!(file.catalog().dict()["Lang"].text(), "en-US");
    let parts: Vec<_> = file
        .objects
        .values()
        .filter(|v| matches!(v, Value::Dict(d) if d.get("S") == Some(&Value::Name("Part".into()))))
        .map(|part| part.get("Lang").map(Value::text))
        .collect();
    assert_eq!(parts, [None, Some("es-US".to_owned())]);
}
