//! Lists: marks hang, items stay whole.

use super::{
    GlyphRun, NodeId, SetError, StructRole,
    blocks::{Builder, Column},
    galley::{GalleyRow, Paint},
    paragraph::Setting,
    shaper::Weight,
};
use crate::document::{Block, BlockKind, Span};
use std::sync::Arc;

impl Builder<'_> {
    pub(super) fn list(
        &mut self,
        ordered: bool,
        start: u64,
        items: &[Vec<Block>],
        parent: Option<NodeId>,
        column: Column,
    ) -> Result<(), SetError> {
        let base = self.base();
        let nested = parent.is_some();
        let mut marks = Vec::with_capacity(items.len());
        for i in 0..items.len() as u64 {
            let text = match (ordered, nested) {
                (true, _) => format!("{}.", start.saturating_add(i)),
                (false, false) => "•".to_owned(),
                (false, true) => "–".to_owned(),
            };
            marks.push(self.run(&text, base.size)?);
        }
        let widest = marks.iter().map(|run| run.width).fold(0.0, f32::max);
        let gap = base.size * 0.6;
        let indent = (widest + gap).max(base.size * 1.65);
        let (inner, edge) = if self.rtl {
            (Column { right: column.right - indent, ..column }, column.right - indent + gap)
        } else {
            (Column { left: column.left + indent, ..column }, column.left + indent - gap)
        };
        let list = self.galley.node(StructRole::L, parent);
        let mut starts = Vec::with_capacity(items.len() + 1);
        for (item, mark) in items.iter().zip(marks) {
            starts.push(self.galley.rows.len());
            let li = self.galley.node(StructRole::Li, Some(list));
            let label = self.galley.node(StructRole::Lbl, Some(li));
            let body = self.galley.node(StructRole::LBody, Some(li));
            let x = if self.rtl { edge } else { edge - mark.width };
            self.mark = Some((label, x, mark));
            self.item(item, body, inner)?;
        }
        starts.push(self.galley.rows.len());
        self.keep_ends(&starts);
        if let Some(row) = self.galley.rows.last_mut() {
            row.after = base.leading * if nested { 0.25 } else { 0.5 };
        }
        Ok(())
    }

    /// Neither the first nor the last item of one line stands alone on a page.
    fn keep_ends(&mut self, starts: &[usize]) {
        let items = starts.len() - 1;
        if items < 3 {
            return;
        }
        if starts[1] - starts[0] == 1 {
            self.galley.rows[starts[1]].joined = true;
        }
        if starts[items] - starts[items - 1] == 1 {
            self.galley.rows[starts[items - 1]].joined = true;
        }
    }

    /// One item: its rows stay together, but for the later items of a list within it.
    fn item(&mut self, blocks: &[Block], body: NodeId, column: Column) -> Result<(), SetError> {
        let base = self.base();
        let first = self.galley.rows.len();
        for block in blocks {
            let start = self.galley.rows.len();
            match &block.kind {
                BlockKind::Paragraph { spans } => {
                    let node = match blocks.len() {
                        1 => body,
                        _ => self.galley.node(StructRole::P, Some(body)),
                    };
                    let rows = self.text(node, spans, base, Weight::default(), column)?;
                    self.close(rows, 0.0, base.leading * 0.25);
                    self.join(start..self.galley.rows.len());
                }
                _ => self.block(block, Some(body), column)?,
            }
            if start > first
                && let Some(row) = self.galley.rows.get_mut(start)
            {
                row.joined = true;
            }
        }
        if let Some((node, x, run)) = self.mark.take() {
            let ink = self.galley.ink.len();
            self.galley.paint(node, x, base.baseline(), Paint::Run(run));
            self.galley.rows.push(GalleyRow {
                height: base.leading,
                ink: ink..ink + 1,
                ..GalleyRow::default()
            });
        }
        if let Some(row) = self.galley.rows.get_mut(first) {
            row.joined = false;
        }
        Ok(())
    }

    /// A short text as one run, for marks of lists.
    fn run(&mut self, text: &str, size: f32) -> Result<Arc<GlyphRun>, SetError> {
        let span = Span { text: text.to_owned(), ..Span::default() };
        let setting = Setting { size, width: 1.0e6, weight: Weight::default(), rtl: false };
        self.compositor.set(std::slice::from_ref(&span), setting)?;
        let run = self.compositor.lines.first().and_then(|line| line.runs.first());
        run.map(|(_, _, run)| run.clone()).ok_or(SetError::NoGlyph('•'))
    }
}
