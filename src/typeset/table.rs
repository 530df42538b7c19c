//! Tables: column widths, rows that do not split, heads that repeat.

use super::{
    NodeId, SetError, StructRole,
    blocks::{Align, Builder, Column},
    galley::{ARTIFACT, GalleyRow, Head, Paint},
    line::Line,
    paragraph::Setting,
    shaper::Weight,
    style::Type,
};
use crate::document::Span;

/// Space between columns.
const GUTTER: f32 = 14.0;
/// Space above and below the lines of a row.
const PAD: f32 = 3.0;
/// Rows taller than this are cut between lines, for no page might hold them.
const TALLEST: f32 = 400.0;

/// Type of this size and more is large print.
const LARGE: f32 = 16.0;

type Cell = Vec<Span>;

impl Builder<'_> {
    /// Sets a table. Without words in its header it is one of names and values: no head, the
    /// first column bold.
    pub(super) fn table(
        &mut self,
        header: &[Cell],
        rows: &[Vec<Cell>],
        parent: Option<NodeId>,
        column: Column,
    ) -> Result<(), SetError> {
        let base = self.base();
        if base.size >= LARGE && header.len() > 2 {
            return self.unrolled(header, rows, parent, column);
        }
        let type_ = self.style.table(self.section);
        let pairs = header.iter().all(|cell| cell.iter().all(|s| s.text.trim().is_empty()));
        let columns = self.columns(header, rows, pairs, type_, column)?;
        let table = self.galley.node(StructRole::Table, parent);
        let first = self.galley.rows.len();
        let mut head = None;
        if !pairs {
            let ink = self.galley.ink.len();
            self.row(header, &columns, true, pairs, table, type_, column)?;
            let head_rows = &mut self.galley.rows[first..];
            let height = head_rows.iter().map(|r| r.height).sum();
            if let Some(last) = head_rows.last_mut() {
                last.keeps = 1;
            }
            // A head taller than a third of the page is not worth repeating.
            if height < 220.0 && head_rows.len() == 1 {
                self.galley.heads.push(Head { height, ink: ink..self.galley.ink.len() });
                head = Some(self.galley.heads.len() - 1);
            }
        }
        for row in rows {
            let start = self.galley.rows.len();
            self.row(row, &columns, false, pairs, table, type_, column)?;
            self.galley.rows[start..].iter_mut().for_each(|r| r.head = head);
        }
        let end = self.galley.rows.len();
        self.close(first..end, base.leading * 0.35, base.leading * 0.85);
        Ok(())
    }

    /// A table in large print: for each column a table of names and values under the column's
    /// head, since side by side no telephone number would stay whole.
    fn unrolled(
        &mut self,
        header: &[Cell],
        rows: &[Vec<Cell>],
        parent: Option<NodeId>,
        column: Column,
    ) -> Result<(), SetError> {
        let base = self.base();
        for (i, head) in header.iter().enumerate().skip(1) {
            let node = self.galley.node(StructRole::P, parent);
            let weight = Weight { bold: true, italic: false };
            let set = self.text(node, head, base, weight, column)?;
            self.join(set.clone());
            if let Some(last) = self.galley.rows[set.clone()].last_mut() {
                last.keeps = 2;
            }
            self.close(set, base.leading * 0.5, base.leading * 0.25);
            let cell = |row: &Vec<Cell>, n: usize| row.get(n).cloned().unwrap_or_default();
            let own: Vec<Vec<Cell>> =
                rows.iter().map(|row| vec![cell(row, 0), cell(row, i)]).collect();
            self.table(&[Cell::new(), Cell::new()], &own, parent, column)?;
        }
        Ok(())
    }

    /// Sets one row of cells and the hairline below it.
    #[expect(clippy::too_many_arguments, reason = "a row is described by its table")]
    fn row(
        &mut self,
        cells: &[Cell],
        columns: &[(Column, Align)],
        is_head: bool,
        pairs: bool,
        table: NodeId,
        type_: Type,
        whole: Column,
    ) -> Result<(), SetError> {
        let tr = self.galley.node(StructRole::Tr, Some(table));
        let mut set: Vec<(Vec<NodeId>, Vec<Line>)> = Vec::with_capacity(columns.len());
        for (i, (column, _)) in columns.iter().enumerate() {
            let role = if is_head { StructRole::Th } else { StructRole::Td };
            let cell = self.galley.node(role, Some(tr));
            let weight = Weight { bold: is_head || (pairs && i == 0), italic: false };
            let setting =
                Setting { size: type_.size, width: column.width(), weight, rtl: self.rtl };
            let spans = cells.get(i).map_or(&[][..], Vec::as_slice);
            self.compositor.set(spans, setting)?;
            let lines = std::mem::take(&mut self.compositor.lines);
            set.push((self.parts(cell), lines));
        }
        let lines = set.iter().map(|(_, lines)| lines.len()).max().unwrap_or(0).max(1);
        let height = lines as f32 * type_.leading + 2.0 * PAD;
        let slice = if height > TALLEST { 1 } else { lines };
        let rule = if is_head { (0.75, 0.0) } else { (0.4, 0.6) };
        for from in (0..lines).step_by(slice) {
            let last = from + slice >= lines;
            let ink = self.galley.ink.len();
            let top = if from == 0 { PAD } else { 0.0 };
            for ((nodes, lines), (column, align)) in set.iter().zip(columns) {
                for (i, line) in lines.iter().enumerate().skip(from).take(slice) {
                    let down = top + (i - from) as f32 * type_.leading + type_.baseline();
                    self.line(line, nodes, *column, *align, down);
                }
            }
            let height = top + slice as f32 * type_.leading + if last { PAD + rule.0 } else { 0.0 };
            if last {
                let paint = Paint::Rect { width: whole.width(), height: rule.0, gray: rule.1 };
                self.galley.paint(ARTIFACT, whole.left, height - rule.0, paint);
            }
            self.galley.rows.push(GalleyRow {
                height,
                ink: ink..self.galley.ink.len(),
                joined: from > 0,
                ..GalleyRow::default()
            });
        }
        Ok(())
    }

    /// Divides the width among the columns: as their longest lines ask if there is room, else
    /// each its longest word and a share of the rest.
    fn columns(
        &mut self,
        header: &[Cell],
        rows: &[Vec<Cell>],
        pairs: bool,
        type_: Type,
        whole: Column,
    ) -> Result<Vec<(Column, Align)>, SetError> {
        let count = header.len().max(rows.iter().map(Vec::len).max().unwrap_or(0)).max(1);
        let room = whole.width() - GUTTER * (count - 1) as f32;
        let mut least = vec![12.0f32; count];
        let mut most = vec![12.0f32; count];
        for (r, row) in std::iter::once(header).chain(rows.iter().map(Vec::as_slice)).enumerate() {
            for (i, cell) in row.iter().enumerate() {
                let weight = Weight { bold: r == 0 || (pairs && i == 0), italic: false };
                let setting = Setting { size: type_.size, width: 1.0e6, weight, rtl: self.rtl };
                let (word, line) = self.compositor.widths(cell, setting)?;
                // A hundredth more than measured, lest rounding break a line that fits.
                least[i] = least[i].max(word + 0.01);
                most[i] = most[i].max(line + 0.01);
            }
        }
        let widths = share(&least, &most, room, pairs);
        let mut out = Vec::with_capacity(count);
        let mut from = 0.0;
        for (i, width) in widths.into_iter().enumerate() {
            let column = if self.rtl {
                Column { left: whole.right - from - width, right: whole.right - from }
            } else {
                Column { left: whole.left + from, right: whole.left + from + width }
            };
            let cells = rows.iter().filter_map(|row| row.get(i));
            let align = if i > 0 && are_figures(cells) { Align::End } else { Align::Start };
            out.push((column, align));
            from += width + GUTTER;
        }
        Ok(out)
    }
}

/// Widths of columns that together fill `room` exactly.
fn share(least: &[f32], most: &[f32], room: f32, pairs: bool) -> Vec<f32> {
    let count = least.len() as f32;
    if pairs && least.len() == 2 {
        let key = most[0].clamp(room * 0.25, room * 0.38);
        return vec![key, room - key];
    }
    let (low, high): (f32, f32) = (least.iter().sum(), most.iter().sum());
    if high <= room {
        // The rest goes to the columns by their content, so that the table spans the page.
        let spare = room - high;
        return most.iter().map(|m| m + spare * m / high).collect();
    }
    if low <= room {
        let spare = room - low;
        let wish = high - low;
        return least
            .iter()
            .zip(most)
            .map(|(l, m)| l + spare * if wish > 0.0 { (m - l) / wish } else { 1.0 / count })
            .collect();
    }
    // Words must be cut somewhere: no column is asked for more than its fair part unless others
    // leave it room.
    let fair = room / count;
    let modest: f32 = least.iter().filter(|l| **l <= fair).sum();
    let large: f32 = least.iter().filter(|l| **l > fair).sum();
    least.iter().map(|l| if *l <= fair { *l } else { (room - modest) * l / large }).collect()
}

/// Whether a column holds nothing but amounts.
fn are_figures<'a>(cells: impl Iterator<Item = &'a Cell>) -> bool {
    let mut any = false;
    for span in cells.flatten() {
        any |= span.text.bytes().any(|b| b.is_ascii_digit());
        if !span.text.bytes().all(|b| b.is_ascii_digit() || b" ,.$%".contains(&b)) {
            return false;
        }
    }
    any
}
