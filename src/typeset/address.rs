//! The name and address that show in the envelope's window.

use super::{
    GlyphRun, NodeId, SetError, StructRole,
    galley::{Galley, GalleyRow, Paint},
    line::Line,
    paragraph::{Compositor, Setting},
    shaper::Weight,
    style::{Style, Type},
    window::Area,
};
use crate::document::Span;
use std::sync::Arc;

/// Sizes tried, largest first.
pub(super) const SIZES: [f32; 13] =
    [11.0, 10.75, 10.5, 10.25, 10.0, 9.75, 9.5, 9.25, 9.0, 8.75, 8.5, 8.25, 8.0];
/// Least line distance, as a share of the size: enough that a sorting machine tells lines apart.
pub(super) const TIGHTEST: f32 = 0.98;
/// Line distance that reads well; rather smaller type than less.
const EASY: f32 = 1.1;
/// Line distance where there is room.
const LOOSEST: f32 = 1.2;
/// More printed lines are refused.
pub(super) const MOST: usize = 6;

/// How an address was fitted.
#[derive(Clone, Debug, PartialEq)]
pub struct AddressFit {
    /// As printed: long lines may have been turned.
    pub lines: Vec<String>,
    pub size: f32,
    pub leading: f32,
    pub clearance: Clearance,
    /// What the ink covers, points from the page's upper left corner.
    pub ink: Area,
}

/// How far an address keeps from the window's edges.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Clearance {
    /// The full distance wherever the letter slides.
    Always,
    /// All of it shows wherever the letter slides, with the full distance at rest.
    Shows,
    /// The full distance when the letter stands on the envelope's lower edge; if it rides up,
    /// the first lines may slip behind the paper.
    AtRest,
}

/// Lines of one size, with how far their ink reaches.
struct AddressLines {
    set: Vec<Line>,
    /// Share of an em above the first baseline and below the last.
    up: f32,
    down: f32,
}

/// Fits the address into the window and paints it as one row that starts at the page's top.
pub(super) fn fit(
    compositor: &mut Compositor,
    style: &Style,
    address: &[String],
) -> Result<(Galley, AddressFit), SetError> {
    // Widths and reaches grow with the size: one setting tells which size fits.
    let unit = set(compositor, address, 1.0, 1.0e6)?;
    for (clearance, room) in rooms(style) {
        for tightest in [EASY, TIGHTEST] {
            for size in SIZES {
                if let Some(plan) = unit.place(size, size, tightest, clearance, room) {
                    return Ok(paint(&unit.scaled(size), plan));
                }
            }
        }
    }
    let size = SIZES[SIZES.len() - 1];
    for (clearance, room) in rooms(style) {
        let lines = set(compositor, address, size, room.width())?;
        if let Some(plan) = lines.place(size, 1.0, TIGHTEST, clearance, room) {
            return Ok(paint(&lines, plan));
        }
    }
    Err(SetError::AddressTooLong)
}

/// Where an address may stand, the safest place first.
pub(super) fn rooms(style: &Style) -> [(Clearance, Area); 3] {
    let always = style.envelope.always_clear();
    let rest = style.envelope.clear_at_rest();
    let shows = Area { top: style.envelope.always_shows().top.max(rest.top), ..always };
    [(Clearance::Always, always), (Clearance::Shows, shows), (Clearance::AtRest, rest)]
}

/// Sets each line of the address, turned where it is wider than `width`.
fn set(
    compositor: &mut Compositor,
    address: &[String],
    size: f32,
    width: f32,
) -> Result<AddressLines, SetError> {
    let mut lines = AddressLines { set: Vec::new(), up: 0.0, down: 0.0 };
    let setting = Setting { size, width, weight: Weight::default(), rtl: false };
    for text in address {
        let span = Span { text: text.clone(), ..Span::default() };
        compositor.set(std::slice::from_ref(&span), setting)?;
        lines.set.append(&mut compositor.lines);
    }
    let mut reach = |line: Option<&Line>| {
        let runs = line.into_iter().flat_map(|line| &line.runs);
        runs.fold((0.0f32, 0.0f32), |(up, down), (_, _, run)| {
            let (u, d) = compositor.shaper.reach(run.font, &run.glyphs);
            (up.max(u / 1000.0), down.max(d / 1000.0))
        })
    };
    lines.up = reach(lines.set.first()).0;
    lines.down = reach(lines.set.last()).1;
    Ok(lines)
}

/// Where lines of a size stand in a room.
struct Plan {
    type_: Type,
    top: f32,
    clearance: Clearance,
    room: Area,
}

impl AddressLines {
    /// These lines `by` times as large.
    fn scaled(&self, by: f32) -> AddressLines {
        let run = |run: &GlyphRun| GlyphRun {
            font: run.font,
            size: run.size * by,
            gray: run.gray,
            glyphs: run.glyphs.clone(),
            text: run.text.clone(),
            width: run.width * by,
        };
        let line = |line: &Line| Line {
            runs: line.runs.iter().map(|(g, x, r)| (*g, x * by, Arc::new(run(r)))).collect(),
            width: line.width * by,
        };
        AddressLines { set: self.set.iter().map(line).collect(), up: self.up, down: self.down }
    }

    /// Finds room for these lines at `size`, their widths taken `by` times; none if there is no
    /// room.
    fn place(
        &self,
        size: f32,
        by: f32,
        tightest: f32,
        clearance: Clearance,
        room: Area,
    ) -> Option<Plan> {
        let count = self.set.len();
        if count > MOST || self.set.iter().any(|line| line.width * by > room.width()) {
            return None;
        }
        let ink = (self.up + self.down) * size;
        let gaps = count.saturating_sub(1) as f32;
        let leading = if gaps > 0.0 { (room.height() - ink) / gaps } else { size * LOOSEST };
        if leading < size * tightest || ink > room.height() {
            return None;
        }
        let leading = leading.min(size * LOOSEST);
        let free = room.height() - (gaps * leading + ink);
        // A short address stands in the middle; a long one grows upward from the lower edge,
        // so that street and city show wherever the letter slides.
        let top = match clearance {
            Clearance::Always => room.top + free / 2.0,
            Clearance::Shows | Clearance::AtRest => room.top + free,
        };
        Some(Plan { type_: Type::new(size, leading), top, clearance, room })
    }
}

fn paint(lines: &AddressLines, plan: Plan) -> (Galley, AddressFit) {
    let Plan { type_, top, clearance, room } = plan;
    let mut galley = Galley::default();
    let node: NodeId = galley.node(StructRole::P, None);
    let mut fit = AddressFit {
        lines: Vec::with_capacity(lines.set.len()),
        size: type_.size,
        leading: type_.leading,
        clearance,
        ink: Area { left: room.left, top, right: room.left, bottom: top },
    };
    let first = top + lines.up * type_.size;
    for (i, line) in lines.set.iter().enumerate() {
        let down = first + i as f32 * type_.leading;
        for (_, x, run) in &line.runs {
            galley.paint(node, room.left + x, down, Paint::Run(run.clone()));
        }
        let text: String = line.runs.iter().map(|(_, _, run)| run.text.as_str()).collect();
        fit.lines.push(text.trim_end().to_owned());
        fit.ink.right = fit.ink.right.max(room.left + line.width);
        fit.ink.bottom = down + lines.down * type_.size;
    }
    galley.rows.push(GalleyRow { ink: 0..galley.ink.len(), ..GalleyRow::default() });
    (galley, fit)
}
