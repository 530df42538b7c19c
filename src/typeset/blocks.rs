//! A section's blocks become a galley.

use super::{
    GlyphRun, Image, NodeId, SetError, StructRole,
    galley::{ARTIFACT, Galley, GalleyRow, Paint},
    line::Line,
    paragraph::{Compositor, Setting},
    shaper::Weight,
    style::{Style, Type},
};
use crate::document::{Block, BlockKind, SectionStyle, Span};
use std::{ops::Range, sync::Arc};

/// The part of the page's width that text is set in.
#[derive(Clone, Copy)]
pub(super) struct Column {
    pub left: f32,
    pub right: f32,
}

impl Column {
    pub fn width(self) -> f32 {
        self.right - self.left
    }
}

/// Which edge of its column a line stands at.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Align {
    /// Where reading begins.
    Start,
    End,
}

/// Sets blocks one below the other.
pub(super) struct Builder<'a> {
    pub compositor: &'a mut Compositor,
    pub style: &'a Style,
    pub section: SectionStyle,
    pub rtl: bool,
    pub images: &'a [(String, Arc<Image>)],
    pub galley: Galley,
    /// A list item's mark, waiting for the item's first row.
    pub mark: Option<(NodeId, f32, Arc<GlyphRun>)>,
    /// Whether the blocks hold a figure, shown or left out.
    pub shows: bool,
}

impl<'a> Builder<'a> {
    pub fn new(compositor: &'a mut Compositor, style: &'a Style, rtl: bool) -> Self {
        Builder {
            compositor,
            style,
            section: SectionStyle::Body,
            rtl,
            images: &[],
            galley: Galley::default(),
            mark: None,
            shows: false,
        }
    }

    pub fn base(&self) -> Type {
        self.style.of(self.section)
    }

    /// The whole width between the margins.
    pub fn measure(&self) -> Column {
        Column { left: self.style.side, right: super::LETTER.0 - self.style.side }
    }

    /// Sets a section's blocks.
    pub fn blocks(&mut self, blocks: &[Block]) -> Result<(), SetError> {
        let column = self.measure();
        let mut extents = Vec::with_capacity(blocks.len());
        for (i, block) in blocks.iter().enumerate() {
            let start = self.galley.rows.len();
            self.block(block, None, column)?;
            extents.push(start..self.galley.rows.len());
            self.lead_in(blocks, i);
        }
        for (i, block) in blocks.iter().enumerate() {
            if matches!(block.kind, BlockKind::Figure { .. }) {
                self.keep_signature(blocks, &extents, i);
            }
            // Above a single line that ends the section nothing more is to be waited for.
            if matches!(block.kind, BlockKind::Heading { .. })
                && i + 2 == blocks.len()
                && extents[i + 1].len() == 1
                && let Some(last) = self.galley.rows[extents[i].clone()].last_mut()
            {
                last.keeps = 1;
            }
            if let BlockKind::Paragraph { spans } = &block.kind
                && spans.iter().any(|s| s.breaks)
            {
                self.keep_name(blocks, &extents, i);
            }
        }
        Ok(())
    }

    pub(super) fn block(
        &mut self,
        block: &Block,
        parent: Option<NodeId>,
        column: Column,
    ) -> Result<(), SetError> {
        let base = self.base();
        match &block.kind {
            BlockKind::Heading { level, spans } => self.heading(*level, spans, parent, column),
            BlockKind::Paragraph { spans } => {
                let node = self.galley.node(StructRole::P, parent);
                let rows = self.text(node, spans, base, Weight::default(), column)?;
                self.close(rows, 0.0, base.leading * 0.5);
                Ok(())
            }
            BlockKind::List { ordered, start, items } => {
                self.list(*ordered, *start, items, parent, column)
            }
            BlockKind::Table { header, rows } => self.table(header, rows, parent, column),
            BlockKind::Figure { image, alt } => {
                self.figure(image, alt, parent, column);
                Ok(())
            }
            BlockKind::Rule => {
                let width = column.width();
                let ink = self.galley.ink.len();
                let paint = Paint::Rect { width, height: 0.5, gray: 0.4 };
                self.galley.paint(ARTIFACT, column.left, 0.0, paint);
                let gap = base.leading * 0.75;
                self.galley.rows.push(GalleyRow {
                    before: gap,
                    after: gap,
                    height: 0.5,
                    ink: ink..ink + 1,
                    keeps: 1,
                    ..GalleyRow::default()
                });
                Ok(())
            }
            BlockKind::PageBreak => {
                let ink = self.galley.ink.len();
                self.galley.rows.push(GalleyRow {
                    ink: ink..ink,
                    turns: true,
                    keeps: 1,
                    ..GalleyRow::default()
                });
                Ok(())
            }
        }
    }

    fn heading(
        &mut self,
        level: u8,
        spans: &[Span],
        parent: Option<NodeId>,
        column: Column,
    ) -> Result<(), SetError> {
        let base = self.base();
        let role = match level {
            0 | 1 => StructRole::H1,
            2 => StructRole::H2,
            _ => StructRole::H3,
        };
        let type_ = self.style.heading(self.section, level);
        let weight = Weight { bold: true, italic: level > 2 };
        let node = self.galley.node(role, parent);
        let rows = self.text(node, spans, type_, weight, column)?;
        self.join(rows.clone());
        if let Some(last) = self.galley.rows[rows.clone()].last_mut() {
            last.keeps = 2;
        }
        self.close(rows, base.leading * 0.9, base.leading * 0.25);
        Ok(())
    }

    /// Sets spans as rows of their own; the rules against widows and orphans are in them.
    pub fn text(
        &mut self,
        node: NodeId,
        spans: &[Span],
        type_: Type,
        weight: Weight,
        column: Column,
    ) -> Result<Range<usize>, SetError> {
        self.aligned(node, spans, type_, weight, column, Align::Start)
    }

    /// [`Builder::text`] at either edge or in the middle of the column.
    pub fn aligned(
        &mut self,
        node: NodeId,
        spans: &[Span],
        type_: Type,
        weight: Weight,
        column: Column,
        align: Align,
    ) -> Result<Range<usize>, SetError> {
        let setting = Setting { size: type_.size, width: column.width(), weight, rtl: self.rtl };
        self.compositor.set(spans, setting)?;
        let lines = std::mem::take(&mut self.compositor.lines);
        let nodes = self.parts(node);
        let first = self.galley.rows.len();
        let count = lines.len();
        // Lines that the writer broke himself, an address or a signature, stay together.
        let whole = count <= 8 && spans.iter().any(|s| s.breaks);
        for (i, line) in lines.iter().enumerate() {
            let ink = self.galley.ink.len();
            if let Some((node, x, run)) = self.mark.take() {
                self.galley.paint(node, x, type_.baseline(), Paint::Run(run));
            }
            self.line(line, &nodes, column, align, type_.baseline());
            self.galley.rows.push(GalleyRow {
                height: type_.leading,
                ink: ink..self.galley.ink.len(),
                joined: i > 0 && (whole || i == 1 || i + 1 == count),
                ..GalleyRow::default()
            });
        }
        self.compositor.lines = lines;
        Ok(first..self.galley.rows.len())
    }

    /// The nodes that hold a text's parts: its own, or children where links divide it.
    pub fn parts(&mut self, node: NodeId) -> Vec<NodeId> {
        let groups = std::mem::take(&mut self.compositor.groups);
        let mut nodes = Vec::with_capacity(groups.len().max(1));
        for part in &groups {
            let child = self.galley.node(part.role, Some(node));
            self.galley.nodes[child as usize].url.clone_from(&part.url);
            self.galley.nodes[child as usize].lang.clone_from(&part.lang);
            nodes.push(child);
        }
        self.compositor.groups = groups;
        if nodes.is_empty() {
            nodes.push(node);
        }
        nodes
    }

    pub fn line(&mut self, line: &Line, nodes: &[NodeId], column: Column, align: Align, down: f32) {
        let free = column.width() - line.width;
        let left = match (align, self.rtl) {
            (Align::Start, false) | (Align::End, true) => column.left,

            _ => column.left + free,
        };
        for (group, x, run) in &line.runs {
            let node = nodes.get(*group as usize).copied().unwrap_or(ARTIFACT);
            self.galley.paint(node, left + x, down, Paint::Run(run.clone()));
        }
    }

    fn figure(&mut self, name: &str, alt: &str, parent: Option<NodeId>, column: Column) {
        self.shows = true;
        let Some((_, image)) = self.images.iter().find(|(n, _)| n == name) else { return };
        let image = image.clone();
        let (width, height) = bounded(&image, 216.0, 64.0, 144.0);
        let node = self.galley.node(StructRole::Figure, parent);
        self.galley.nodes[node as usize].alt = Some(alt.into());
        let x = if self.rtl { column.right - width } else { column.left };
        let ink = self.galley.ink.len();
        self.galley.paint(node, x, 0.0, Paint::Image { width, height, image });
        let gap = self.base().leading * 0.35;
        self.galley.rows.push(GalleyRow {
            before: gap,
            after: gap,
            height,
            ink: ink..ink + 1,
            ..GalleyRow::default()
        });
    }

    /// Space above the first and below the last of some rows.
    pub fn close(&mut self, rows: Range<usize>, before: f32, after: f32) {
        if let [first, ..] = &mut self.galley.rows[rows.clone()] {
            first.before = before;
        }
        if let [.., last] = &mut self.galley.rows[rows] {
            last.after = after;
        }
    }

    /// No page break between these rows.
    pub fn join(&mut self, rows: Range<usize>) {
        for row in self.galley.rows[rows].iter_mut().skip(1) {
            row.joined = true;
        }
    }

    /// A paragraph that ends in a colon stays with the list or table it announces.
    fn lead_in(&mut self, blocks: &[Block], i: usize) {
        let announces =
            |spans: &[Span]| spans.last().is_some_and(|s| s.text.trim_end().ends_with([':', '：']));
        let next = blocks.get(i + 1).map(|b| &b.kind);
        if let BlockKind::Paragraph { spans } = &blocks[i].kind
            && announces(spans)
            && matches!(next, Some(BlockKind::List { .. } | BlockKind::Table { .. }))
            && let Some(row) = self.galley.rows.last_mut()
        {
            row.keeps = row.keeps.max(1);
        }
    }

    /// Lines that the writer broke himself, the signatory's name, follow a closing word of one
    /// line and the end of the text before it on the same page.
    fn keep_name(&mut self, blocks: &[Block], extents: &[Range<usize>], name: usize) {
        let is_text = |i: usize| matches!(blocks[i].kind, BlockKind::Paragraph { .. });
        if name == 0 || !is_text(name - 1) || extents[name - 1].len() != 1 {
            return;
        }
        self.galley.rows[extents[name].start].joined = true;
        if name > 1 && is_text(name - 2) {
            self.galley.rows[extents[name - 1].start].joined = true;
        }
    }

    /// Closing words, signature and name share a page, with the end of the text before them.
    fn keep_signature(&mut self, blocks: &[Block], extents: &[Range<usize>], figure: usize) {
        let is_text = |i: usize| matches!(blocks[i].kind, BlockKind::Paragraph { .. });
        let mut from = extents[figure].start;
        let mut to = extents[figure].end;
        for i in (figure + 1..blocks.len()).take(3) {
            if !is_text(i) || extents[i].len() > 6 {
                break;
            }
            to = extents[i].end;
        }
        if figure > 0 && is_text(figure - 1) && extents[figure - 1].len() <= 3 {
            from = extents[figure - 1].start;
            if figure > 1 && is_text(figure - 2) && from < to {
                self.galley.rows[from].joined = true;
            }
        }
        self.join(from..to);
    }
}

/// An image's size in points at a resolution, made to fit a width and a height.
pub(super) fn bounded(image: &Image, widest: f32, highest: f32, dpi: f32) -> (f32, f32) {
    let (w, h) = (image.width.max(1) as f32 * 72.0 / dpi, image.height.max(1) as f32 * 72.0 / dpi);
    let by = (widest / w).min(highest / h).min(1.0);
    (w * by, h * by)
}
