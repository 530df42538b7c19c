//! A document as tagged plain text, for whoever makes braille or audio of it: each line says what it
//! is, and nothing depends on its place on a page.

use super::{Block, BlockKind, Document, plain_text::spans_text};

/// One line for each heading, paragraph, item, row and picture, with a tag before it.
pub fn tagged_text(document: &Document) -> String {
    let mut out = String::new();
    for section in &document.sections {
        blocks(&section.blocks, 0, &mut out);
    }
    out
}

fn blocks(blocks: &[Block], depth: usize, out: &mut String) {
    for block in blocks {
        match &block.kind {
            BlockKind::Heading { level, spans } => {
                line(out, &format!("H{level}"), &spans_text(spans))
            }
            BlockKind::Paragraph { spans } => line(out, "P", &spans_text(spans)),
            BlockKind::List { ordered, start, items } => {
                let tag = format!("LI{}", depth + 1);
                for (number, item) in (*start..).zip(items) {
                    let mark = if *ordered { format!("{number}. ") } else { String::new() };
                    let mut rest = item.as_slice();
                    if let [Block { kind: BlockKind::Paragraph { spans }, .. }, more @ ..] = rest {
                        line(out, &tag, &format!("{mark}{}", spans_text(spans)));
                        rest = more;
                    }
                    self::blocks(rest, depth + 1, out);
                }
            }
            BlockKind::Table { header, rows } => {
                let cells = |row: &[Vec<super::Span>]| {
                    row.iter().map(|cell| spans_text(cell)).collect::<Vec<_>>().join(" | ")
                };
                line(out, "TH", &cells(header));
                rows.iter().for_each(|row| line(out, "TR", &cells(row)));
            }
            BlockKind::Figure { alt, .. } => line(out, "IMAGE", alt),
            BlockKind::Rule => line(out, "RULE", ""),
            // Neither speech nor braille has this page.
            BlockKind::PageBreak => {}
        }
    }
}

/// A line within a paragraph stays one paragraph.
fn line(out: &mut String, tag: &str, text: &str) {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    out.push_str(format!("[{tag}] {text}").trim_end());
    out.push('\n');
}
