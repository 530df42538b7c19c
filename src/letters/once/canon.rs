//! What makes a block the same as another: its words and how they are set.

use crate::document::{Block, BlockKind, Span};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// The first 8 hex digits of a SHA-256 over everything that is printed of a block.
pub(super) fn digest(block: &Block) -> String {
    let mut text = String::new();
    canon(block, &mut text);
    let digest = Sha256::digest(text.as_bytes());
    let mut out = String::with_capacity(8);
    for byte in &digest[..4] {
        // Writing to a string cannot fail.
        let _ = write!(out, "{byte:02x}");
    }
    out
}

fn canon(block: &Block, out: &mut String) {
    match &block.kind {
        BlockKind::Heading { level, spans } => {
            let _ = write!(out, "h{level}");
            words(spans, out);
        }
        BlockKind::Paragraph { spans } => {
            out.push('p');
            words(spans, out);
        }
        BlockKind::List { ordered, start, items } => {
            let _ = write!(out, "l{ordered}{start}");
            for item in items {
                out.push('(');
                item.iter().for_each(|inner| canon(inner, out));
                out.push(')');
            }
        }
        BlockKind::Table { header, rows } => {
            out.push('t');
            for row in std::iter::once(header).chain(rows) {
                out.push('(');
                row.iter().for_each(|cell| words(cell, out));
                out.push(')');
            }
        }
        BlockKind::Figure { image, alt } => {
            let _ = write!(out, "f{image:?}{alt:?}");
        }
        BlockKind::Rule => out.push('r'),
        BlockKind::PageBreak => out.push('b'),
    }
}

fn words(spans: &[Span], out: &mut String) {
    let _ = write!(out, "{spans:?}");
}
