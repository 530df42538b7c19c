//! The PDF writer, on pages set by hand and on the typesetter's letters.
#![allow(clippy::unwrap_used)]

mod batches;
mod fonts;
mod hand;
mod letter;
mod listener;
mod reader;
mod refusals;
mod runs;
#[cfg(feature = "printpdf")]
mod second_writer;

use hand::{Stock, meta};
use letter::{SHIPPED, Sample};
use noticeworks::pdf::{BatchWriter, write_single};
use noticeworks::typeset::{FontSet, Laid};
use std::sync::Arc;

fn batch(letters: impl IntoIterator<Item = Laid>) -> Vec<u8> {
    batch_with(&SHIPPED, letters)
}

fn batch_with(fonts: &Arc<FontSet>, letters: impl IntoIterator<Item = Laid>) -> Vec<u8> {
    let mut out = Vec::new();
    let mut writer = BatchWriter::new(&mut out, Arc::clone(fonts), meta()).unwrap();
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

fn single(laid: &Laid) -> Vec<u8> {
    let mut out = Vec::new();
    write_single(laid, &mut out, Arc::clone(&SHIPPED), meta()).unwrap();
    out
}

/// The files that `tests/tools/check_pdf.sh` hands to other programs.
#[test]
fn samples() {
    let files = [
        ("hand.pdf", by_hand(50)),
        ("letters.pdf", typeset(50)),
        ("report.pdf", single(&Sample::new().report())),
        ("runs.pdf", single(&runs::every_kind())),
        ("cff.pdf", fonts::squares_file()),
    ];
    files.iter().for_each(|(_, bytes)| drop(reader::File::read(bytes)));
    let files = files.into_iter();
    #[cfg(feature = "printpdf")]
    let files = files.chain(second_writer::samples());
    for (name, bytes) in files {
        if let Ok(dir) = std::env::var("NOTICEWORKS_PDF_OUT") {
            std::fs::write(format!("{dir}/{name}"), &bytes).unwrap();
        }
    }
}
