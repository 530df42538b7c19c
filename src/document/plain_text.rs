//! A document as plain text: for e-mail's text part, diffs and tests.

use super::{Block, BlockKind, Document, Section, Span};

/// The whole document; blocks are parted by an empty line, tables by bars, links show their
/// address when it differs from their words.
pub fn plain_text(document: &Document) -> String {
    let mut out = String::new();
    for section in &document.sections {
        push_blocks(&section.blocks, &mut out);
    }
    out
}

/// One section as plain text.
pub fn section_text(section: &Section) -> String {
    let mut out = String::new();
    push_blocks(&section.blocks, &mut out);
    out
}

fn push_blocks(blocks: &[Block], out: &mut String) {
    for block in blocks {
        let text = block_text(&block.kind);
        if text.is_empty() {
            continue;
        }
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(&text);
        out.push('\n');
    }
}

/// One block as plain text; of a figure or a page break nothing.
pub fn block_text(kind: &BlockKind) -> String {
    match kind {
        BlockKind::Heading { spans, .. } | BlockKind::Paragraph { spans } => spans_text(spans),
        BlockKind::List { ordered, start, items } => {
            let mark = |i: usize| match ordered {
                true => format!("{}. ", start + i as u64),
                false => "- ".to_owned(),
            };
            let items = items.iter().enumerate().map(|(i, item)| {
                let mark = mark(i);
                let parts: Vec<String> = item.iter().map(|b| block_text(&b.kind)).collect();
                mark.clone()
                    + &parts.join("\n").replace('\n', &format!("\n{}", " ".repeat(mark.len())))
            });
            items.collect::<Vec<_>>().join("\n")
        }
        BlockKind::Table { header, rows } => {
            let line = |cells: &Vec<Vec<Span>>| {
                cells.iter().map(|c| spans_text(c)).collect::<Vec<_>>().join(" | ")
            };
            std::iter::once(header).chain(rows).map(line).collect::<Vec<_>>().join("\n")
        }
        BlockKind::Figure { .. } | BlockKind::PageBreak => String::new(),
        BlockKind::Rule => "-".repeat(40),
    }
}

pub(super) fn spans_text(spans: &[Span]) -> String {
    let mut out = String::new();
    for span in spans {
        out.push_str(&span.text);
        if let Some(link) = &span.link
            && !same_address(&span.text, link)
        {
            out.push_str(&format!(" ({link})"));
        }
        if span.breaks {
            out.push('\n');
        }
    }
    out
}

fn same_address(words: &str, link: &str) -> bool {
    let bare = |s: &str| {
        let s = s.trim_start_matches("mailto:").trim_start_matches("tel:");
        let s = s.trim_start_matches("https://").trim_start_matches("http://");
        s.trim_start_matches("www.").trim_end_matches('/').to_owned()
    };
    bare(words) == bare(link)
}
