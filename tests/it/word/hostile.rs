//! Files from outside that mean no good.

use super::Desk;
use super::hand::Hand;
use noticeworks::docx::{Foreign, Unreadable, read};
use std::io::{Cursor, Write};

fn packed(document: &str) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
    zip.write_all(document.as_bytes()).unwrap();
    zip.finish().unwrap().into_inner()
}

#[test]
fn what_is_no_document_is_refused() {
    assert_eq!(read(&[0xd0, 0xcf, 0x11, 0xe0, 0, 0]).unwrap_err(), Unreadable::OldOrLocked);
    assert!(matches!(read(b"no zip").unwrap_err(), Unreadable::Damaged(_)));
    assert!(matches!(read(&packed("<w:document><w:p>")).unwrap_err(), Unreadable::Damaged(_)));
    let whole = Desk::of("filing", "en").bytes;
    assert!(matches!(read(&whole[..whole.len() / 2]).unwrap_err(), Unreadable::Damaged(_)));
}

#[test]
fn a_document_that_swells_is_refused() {
    let bomb = format!("<w:document><w:t>{}</w:t></w:document>", " ".repeat(20 << 20));
    assert!(matches!(read(&packed(&bomb)).unwrap_err(), Unreadable::Swollen(_)));
    let deep = format!("{}{}", "<w:p>".repeat(5000), "</w:p>".repeat(5000));
    assert_eq!(read(&packed(&deep)).unwrap_err(), Unreadable::Overgrown);
}

#[test]
fn entities_are_refused() {
    let outside = "<!DOCTYPE d [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><w:document><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:document>";
    assert_eq!(read(&packed(outside)).unwrap_err(), Unreadable::Declares);
    let unknown = "<w:document><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:document>";
    assert_eq!(read(&packed(unknown)).unwrap_err(), Unreadable::Declares);
}

#[test]
fn macros_links_and_pictures_are_inert_and_told() {
    let desk = Desk::of("filing", "en");
    let mut hand: Hand = desk.hand();
    hand.part("word/vbaProject.bin", "no macro");
    hand.part(
        "word/_rels/document.xml.rels",
        "<Relationships><Relationship Id=\"r\" Type=\"http://x/attachedTemplate\" Target=\"http://evil.example/t.dotm\" TargetMode=\"External\"/></Relationships>",
    );
    hand.xml = hand.xml.replacen("</w:p>", "<w:r><w:drawing/></w:r></w:p>", 1);
    let foreign: Vec<Foreign> =
        read(&hand.save()).unwrap().foreign.iter().map(|(kind, _)| *kind).collect();
    for kind in [Foreign::Macro, Foreign::Outside, Foreign::Object] {
        assert!(foreign.contains(&kind), "{kind:?} in {foreign:?}");
    }
    assert!(desk.items(&hand).iter().all(|item| item.doubt.is_some() && item.edit.is_none()));
}
