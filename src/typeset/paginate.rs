//! Rows become pages.

use super::{
    Item, LETTER, Mark, NodeId, Tag,
    galley::{ARTIFACT, Galley, GalleyRow, Ink, Paint},
};
use std::{ops::Range, sync::Arc};

/// A galley's place in a letter.
pub(super) struct Flow {
    pub galley: Arc<Galley>,
    pub personal: bool,
    /// What the galley's node 0 is in the letter's tree.
    pub nodes: NodeId,
}

/// The rows of one page.
pub(super) struct Placed {
    /// Of which flow, which row, and where it stands from the page's top.
    pub rows: Vec<(usize, usize, f32)>,
    pub area: Room,
}

/// Where text may stand on a page, from its top edge.
#[derive(Clone, Copy)]
pub(super) struct Room {
    pub top: f32,
    pub bottom: f32,
}

/// Distributes rows over pages: `first` is the room of page 1, `rest` of the others. Where a row
/// stands depends on the rows of its own page alone.
pub(super) fn pages(flows: &[Flow], first: Room, rest: Room) -> Vec<Placed> {
    let mut rows: Vec<(usize, usize)> = Vec::with_capacity(256);
    for (f, flow) in flows.iter().enumerate() {
        rows.extend((0..flow.galley.rows.len()).map(|r| (f, r)));
    }
    // A page break that nothing follows makes no page.
    while rows.last().is_some_and(|&at| row(flows, at).turns && row(flows, at).ink.is_empty()) {
        rows.pop();
    }
    let may_part = may_part(flows, &rows);
    let mut pages = Vec::new();
    let mut start = 0;
    loop {
        let area = if pages.is_empty() { first } else { rest };
        let (rows_here, next) = fill(flows, &rows, &may_part, start, area);
        pages.push(Placed { rows: rows_here, area });
        start = next;
        if start >= rows.len() {
            return pages;
        }
    }
}

fn row(flows: &[Flow], (f, r): (usize, usize)) -> &GalleyRow {
    &flows[f].galley.rows[r]
}

/// Before which rows a page may end.
fn may_part(flows: &[Flow], rows: &[(usize, usize)]) -> Vec<bool> {
    let mut kept = 0u8;
    rows.iter()
        .map(|&at| {
            let row = row(flows, at);
            let may = row.turns || (!row.joined && kept == 0);
            kept = row.keeps.max(kept.saturating_sub(1));
            may
        })
        .collect()
}

/// Fills one page from row `start`; the rows placed and the first row of the next page.
fn fill(
    flows: &[Flow],
    rows: &[(usize, usize)],
    may_part: &[bool],
    start: usize,
    area: Room,
) -> (Vec<(usize, usize, f32)>, usize) {
    let mut placed = Vec::with_capacity(64);
    let mut y = area.top + rows.get(start).map_or(0.0, |&at| repeated(flows, at));
    let mut after = 0.0;
    let mut bare = true;
    let mut part = None;
    let mut at = start;
    while at < rows.len() {
        let row = row(flows, rows[at]);
        if at > start {
            if row.turns {
                return (placed, at);
            }
            if may_part[at] {
                part = Some(at);
            }
            if !bare {
                y += f32::max(after, row.before);
            }
        }
        if y + row.height > area.bottom + 0.01 && at > start {
            // Rows that belong together are parted only where no page holds them all.
            let end = part.unwrap_or(at);
            placed.truncate(end - start);
            return (placed, end);
        }
        placed.push((rows[at].0, rows[at].1, y));
        y += row.height;
        after = row.after;
        // The empty row of a page break is none to keep a distance from.
        bare &= row.height == 0.0;
        at += 1;
    }
    (placed, at)
}

/// Height of the table head to repeat at the top of a page that starts with this row.
fn repeated(flows: &[Flow], at: (usize, usize)) -> f32 {
    row(flows, at).head.map_or(0.0, |head| flows[at.0].galley.heads[head].height)
}

/// Paints a page's rows over what is there.
pub(super) fn paint(flows: &[Flow], placed: &Placed, marks: &mut Vec<Mark>) {
    marks.reserve(placed.rows.len());
    if let Some(&(f, r, _)) = placed.rows.first()
        && let Some(head) = flows[f].galley.rows[r].head
    {
        let flow = &flows[f];
        let head = &flow.galley.heads[head];
        let items = head.ink.clone().map(|i| item(&flow.galley.ink[i], placed.area.top)).collect();
        marks.push(Mark { tag: Tag::Artifact, personal: flow.personal, items });
    }
    for &(f, r, y) in &placed.rows {
        let galley = &flows[f].galley;
        strip(&flows[f], galley.rows[r].ink.clone(), y, marks);
    }
}

/// Paints ink whose strip has its top edge at `y`; what continues a mark joins it.
pub(super) fn strip(flow: &Flow, ink: Range<usize>, y: f32, marks: &mut Vec<Mark>) {
    for ink in &flow.galley.ink[ink] {
        let tag = match ink.node {
            ARTIFACT => Tag::Artifact,
            node => Tag::Content(flow.nodes + node),
        };
        let painted = item(ink, y);
        match marks.last_mut() {
            Some(mark) if mark.tag == tag && mark.personal == flow.personal => {
                mark.items.push(painted);
            }
            _ => {
                let mut items = Vec::with_capacity(4);
                items.push(painted);
                marks.push(Mark { tag, personal: flow.personal, items });
            }
        }
    }
}

fn item(ink: &Ink, y: f32) -> Item {
    let x = ink.x;
    let down = LETTER.1 - y - ink.down;
    match &ink.paint {
        Paint::Run(run) => Item::Run { x, y: down, run: run.clone() },
        Paint::Rect { width, height, gray } => {
            Item::Rect { x, y: down - height, width: *width, height: *height, gray: *gray }
        }
        Paint::Image { width, height, image } => Item::Image {
            x,
            y: down - height,
            width: *width,
            height: *height,
            image: image.clone(),
        },
    }
}
