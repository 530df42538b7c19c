//! A document as DOCX, so that counsel can go on writing in the letter.

use crate::document::{Block, BlockKind, Document, Span};
use docx_rs::{
    BreakType, Docx, Paragraph, Run, RunFonts, Style, StyleType, Table, TableCell, TableRow,
};
use std::io::{self, Cursor};

/// Half-points, as the format counts sizes.
const BODY: usize = 22;

/// The document's bytes. Equal documents give equal bytes: the format's dates are its epoch.
///
/// # Errors
/// What the packer gives.
pub fn docx(document: &Document) -> io::Result<Vec<u8>> {
    let mut out = Docx::new()
        .default_fonts(RunFonts::new().ascii("Georgia").hi_ansi("Georgia"))
        .default_size(BODY);
    for (level, size) in [(1_usize, 32), (2, 26), (3, 24)] {
        let id = format!("Heading{level}");
        let style = Style::new(&id, StyleType::Paragraph)
            .name(format!("heading {level}"))
            .size(size)
            .bold()
            .outline_lvl(level - 1);
        out = out.add_style(style);
    }
    for section in &document.sections {
        for block in &section.blocks {
            out = push(out, block, "");
        }
    }
    let mut bytes = Cursor::new(Vec::new());
    out.build().pack(&mut bytes).map_err(io::Error::other)?;
    Ok(bytes.into_inner())
}

/// Appends a block; list items carry their mark as text, which survives every editor.
fn push(mut out: Docx, block: &Block, mark: &str) -> Docx {
    match &block.kind {
        BlockKind::Heading { level, spans } => {
            out.add_paragraph(paragraph(spans, mark).style(&format!("Heading{level}")))
        }
        BlockKind::Paragraph { spans } => out.add_paragraph(paragraph(spans, mark)),
        BlockKind::List { ordered, start, items } => {
            for (i, item) in items.iter().enumerate() {
                let mark = match ordered {
                    true => format!("{}. ", start + i as u64),
                    false => "\u{2022} ".to_owned(),
                };
                for (n, block) in item.iter().enumerate() {
                    out = push(out, block, if n == 0 { &mark } else { "" });
                }
            }
            out
        }
        BlockKind::Table { header, rows } => {
            let row = |cells: &Vec<Vec<Span>>| {
                let cells = cells.iter().map(|c| TableCell::new().add_paragraph(paragraph(c, "")));
                TableRow::new(cells.collect())
            };
            let rows = std::iter::once(header).chain(rows).map(row).collect();
            out.add_table(Table::new(rows)).add_paragraph(Paragraph::new())
        }
        BlockKind::PageBreak => {
            let run = Run::new().add_break(BreakType::Page);
            out.add_paragraph(Paragraph::new().add_run(run))
        }
        BlockKind::Figure { .. } | BlockKind::Rule => out,
    }
}

fn paragraph(spans: &[Span], mark: &str) -> Paragraph {
    let mut paragraph = Paragraph::new();
    if !mark.is_empty() {
        paragraph = paragraph.add_run(Run::new().add_text(mark));
    }
    for span in spans {
        let mut run = Run::new().add_text(&span.text);
        if span.bold {
            run = run.bold();
        }
        if span.italic {
            run = run.italic();
        }
        if span.breaks {
            run = run.add_break(BreakType::TextWrapping);
        }
        paragraph = paragraph.add_run(run);
    }
    paragraph
}
