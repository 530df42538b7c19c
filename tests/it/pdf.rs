//! The PDF writer, on pages set by hand.

mod hand;

use hand::{FONTS, Stock, meta};
use noticeworks::pdf::BatchWriter;
use std::sync::Arc;

fn batch(letters: u32) -> Vec<u8> {
    let stock = Stock::new();
    let mut out = Vec::new();
    let mut writer = BatchWriter::new(&mut out, Arc::clone(&FONTS), meta()).unwrap();
    for i in 0..letters {
        let letter = stock.letter(&format!("Pat Example-{i}"), i * 7919);
        writer.add(&letter, &format!("NW-{i:05}")).unwrap();
    }
    writer.finish().unwrap();
    out
}

#[test]
fn writes_file_for_external_checks() {
    let bytes = batch(50);
    if let Ok(dir) = std::env::var("NOTICEWORKS_PDF_OUT") {
        std::fs::write(format!("{dir}/batch.pdf"), &bytes).unwrap();
    }
    assert!(bytes.len() < 400_000, "{}", bytes.len());
}
