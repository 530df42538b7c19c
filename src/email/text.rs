//! A document as plain text: wrapped lines, lists and tables that can be read in any program.

use crate::document::{Block, BlockKind, Document, Section, Span};
use crate::markup::is_web;

/// RFC 3676 advises lines of at most 78 characters.
const WIDTH: usize = 72;

/// The text part; lines end with LF, the last one too.
pub fn text(document: &Document) -> String {
    let mut out: String = document.sections.iter().map(|one| section(one)).collect();
    while out.ends_with("\n\n") {
        out.pop();
    }
    out
}

/// One section's lines.
pub(super) fn section(section: &Section) -> String {
    let mut writer = TextWriter { out: String::new(), indent: 0 };
    writer.blocks(&section.blocks);
    writer.out
}

struct TextWriter {
    out: String,
    indent: usize,
}

impl TextWriter {
    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        match &block.kind {
            BlockKind::Heading { level, spans } => self.heading(*level, spans),
            BlockKind::Paragraph { spans } => {
                self.paragraph(&plain(spans), "");
                self.out.push('\n');
            }
            BlockKind::List { ordered, start, items } => self.list(*ordered, *start, items),
            BlockKind::Table { header, rows } => self.table(header, rows),
            BlockKind::Rule => self.out.push_str("----------\n\n"),
            // An e-mail carries no images and has no pages.
            BlockKind::Figure { .. } | BlockKind::PageBreak => {}
        }
    }

    fn heading(&mut self, level: u8, spans: &[Span]) {
        let title = plain(spans);
        self.paragraph(&title, "");
        let line = if level == 1 { "=" } else { "-" };
        let longest = title.lines().map(|l| l.chars().count()).max().unwrap_or(0);
        self.out.push_str(&line.repeat(longest.min(WIDTH)));
        self.out.push_str("\n\n");
    }

    fn list(&mut self, ordered: bool, start: u64, items: &[Vec<Block>]) {
        for (number, item) in (start..).zip(items) {
            let mark = if ordered { format!("{number}. ") } else { "- ".to_owned() };
            let mut blocks = item.iter();
            match blocks.next() {
                Some(Block { kind: BlockKind::Paragraph { spans }, .. }) => {
                    self.paragraph(&plain(spans), &mark);
                }
                Some(other) => {
                    self.paragraph("", &mark);
                    self.inside(mark.len(), std::slice::from_ref(other));
                }
                None => self.paragraph("", &mark),
            }
            self.inside(mark.len(), blocks.as_slice());
        }
        if !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    fn inside(&mut self, indent: usize, blocks: &[Block]) {
        self.indent += indent;
        self.blocks(blocks);
        self.indent -= indent;
    }

    /// In columns where they fit a line, else a short list for each row.
    fn table(&mut self, header: &[Vec<Span>], rows: &[Vec<Vec<Span>>]) {
        let header: Vec<String> = header.iter().map(|cell| flat(cell)).collect();
        let rows: Vec<Vec<String>> =
            rows.iter().map(|row| row.iter().map(|cell| flat(cell)).collect()).collect();
        let mut widths: Vec<usize> = header.iter().map(|cell| cell.chars().count()).collect();
        for row in &rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = (*width).max(cell.chars().count());
            }
        }
        let total = widths.iter().sum::<usize>() + 2 * widths.len().saturating_sub(1);
        if total + self.indent <= WIDTH {
            let rule: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
            if header.iter().any(|cell| !cell.is_empty()) {
                self.row(&header, &widths);
                self.row(&rule, &widths);
            }
            for row in &rows {
                self.row(row, &widths);
            }
        } else {
            self.records(&header, &rows);
        }
        if !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    fn row(&mut self, cells: &[String], widths: &[usize]) {
        let padded: Vec<String> =
            cells.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}")).collect();
        self.out.push_str(&" ".repeat(self.indent));
        self.out.push_str(padded.join("  ").trim_end());
        self.out.push('\n');
    }

    fn records(&mut self, header: &[String], rows: &[Vec<String>]) {
        for row in rows {
            for (name, cell) in header.iter().zip(row).filter(|(_, cell)| !cell.is_empty()) {
                let line = if name.is_empty() { cell.clone() } else { format!("{name}: {cell}") };
                self.paragraph(&line, "");
            }
            self.out.push('\n');
        }
    }

    /// Wraps text; `mark` heads the first line and indents the others.
    fn paragraph(&mut self, text: &str, mark: &str) {
        let hang = self.indent + mark.chars().count();
        let width = WIDTH.saturating_sub(hang).max(20);
        let mut head = format!("{}{mark}", " ".repeat(self.indent));
        let lines = text.split('\n').flat_map(|line| wrap(line, width));
        for line in lines {
            let full = format!("{head}{line}");
            self.out.push_str(full.trim_end());
            self.out.push('\n');
            head = " ".repeat(hang);
        }
    }
}

/// Breaks at spaces only, so that a web address or a no-break space stays whole.
fn wrap(line: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut length = 0;
    for word in line.split(' ').filter(|word| !word.is_empty()) {
        let chars = word.chars().count();
        let last = lines.len() - 1;
        if length > 0 && length + 1 + chars > width {
            lines.push(word.to_owned());
            length = chars;
        } else {
            if length > 0 {
                lines[last].push(' ');
                length += 1;
            }
            lines[last].push_str(word);
            length += chars;
        }
    }
    lines
}

/// The spans' words; a link is followed by its address unless its words say it.
fn plain(spans: &[Span]) -> String {
    let mut text = String::new();
    let mut spans = spans.iter().peekable();
    while let Some(span) = spans.next() {
        text.push_str(&span.text);
        if let Some(link) = &span.link {
            // A link of several styles is several spans; its address follows the last one.
            let goes_on = spans.peek().is_some_and(|next| next.link.as_ref() == Some(link));
            let bare = |s: &str| {
                s.trim_start_matches("https://")
                    .trim_start_matches("http://")
                    .trim_start_matches("mailto:")
                    .trim_start_matches("tel:")
                    .trim_end_matches('/')
                    .to_owned()
            };
            let shown = is_web(link) && !link.starts_with("tel:");
            if shown && !goes_on && bare(link) != bare(&span.text) {
                text.push_str(&format!(" ({link})"));
            }
        }
        if span.breaks {
            text.push('\n');
        }
    }
    text.trim_end_matches('\n').to_owned()
}

/// The spans' words on one line.
fn flat(spans: &[Span]) -> String {
    plain(spans).split_whitespace().collect::<Vec<_>>().join(" ")
}
