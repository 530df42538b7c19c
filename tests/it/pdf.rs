//! The PDF writer, on pages set by hand and on the typesetter's letters.

mod hand;
mod letter;

use hand::{Stock, meta};
use letter::{SHIPPED, Sample};
use noticeworks::pdf::{BatchWriter, write_single};
use noticeworks::typeset::Laid;
use std::sync::Arc;

fn batch(letters: impl IntoIterator<Item = Laid>) -> Vec<u8> {
    let mut out = Vec::new();
    let mut writer = BatchWriter::new(&mut out, Arc::clone(&SHIPPED), meta()).unwrap();
    for (i, letter) in letters.into_iter().enumerate() {
        writer.add(&letter, &format!("NW-{i:05}")).unwrap();
    }
    writer.finish().unwrap();
    out
}

fn by_hand(letters: u32) -> Vec<u8> {
    let stock = Stock::new();
    batch((0..letters).map(|i| stock.letter(&format!("Pat Example-{i}"), i * 7919)))
}

fn typeset(letters: u32) -> Vec<u8> {
    let mut sample = Sample::new();
    batch((0..letters).map(|i| sample.letter(&format!("Pat Example-{i}"), i * 7919)))
}

/// The files that `tests/tools/check_pdf.sh` hands to other programs.
#[test]
fn samples() {
    let mut single = Vec::new();
    let report = Sample::new().report();
    write_single(&report, &mut single, Arc::clone(&SHIPPED), meta()).unwrap();
    let files = [("hand.pdf", by_hand(50)), ("letters.pdf", typeset(50)), ("report.pdf", single)];
    for (name, bytes) in files {
        assert!(bytes.len() < 400_000, "{name}: {}", bytes.len());
        if let Ok(dir) = std::env::var("NOTICEWORKS_PDF_OUT") {
            std::fs::write(format!("{dir}/{name}"), &bytes).unwrap();
        }
    }
}
