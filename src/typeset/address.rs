//! The name and address that show in the envelope's window.

use super::{
    NodeId, SetError, StructRole,
    galley::{Galley, Paint, Row},
    paragraph::{Compositor, Line, Setting},
    shaper::Weight,
    style::{Style, Type},
    window::Area,
};
use crate::document::Span;

/// Sizes tried, largest first.
const SIZES: [f32; 13] =
    [11.0, 10.75, 10.5, 10.25, 10.0, 9.75, 9.5, 9.25, 9.0, 8.75, 8.5, 8.25, 8.0];
/// Least line distance, as a share of the size; the lines of an address have few descenders.
const TIGHTEST: f32 = 0.94;
/// Line distance where there is room.
const LOOSEST: f32 = 1.2;
/// More printed lines are refused.
const MOST: usize = 6;
/// As many printed lines must show wherever the letter slides.
const ALWAYS: usize = 4;

/// How an address was fitted.
#[derive(Clone, Debug, PartialEq)]
pub struct AddressFit {
    /// As printed: long lines may have been turned.
    pub lines: Vec<String>,
    pub size: f32,
    pub leading: f32,
    /// Clear of the window's edges wherever the letter slides; else only when it stands on the
    /// envelope's lower edge.
    pub always_clear: bool,
    /// What the ink covers, points from the page's upper left corner.
    pub ink: Area,
}

/// Lines of one size, with how far their ink reaches.
struct Lines {
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
    let always = style.envelope.always_clear();
    let rest = style.envelope.clear_at_rest();
    for size in SIZES {
        let lines = set(compositor, address, size, 1.0e6)?;
        let fits = lines.set.iter().all(|line| line.width <= always.width());
        if fits && let Some(done) = place(style, lines, size, always, rest) {
            return Ok(done);
        }
    }
    let size = SIZES[SIZES.len() - 1];
    let lines = set(compositor, address, size, always.width())?;
    place(style, lines, size, always, rest).ok_or(SetError::AddressTooLong)
}

/// Sets each line of the address, turned where it is wider than `width`.
fn set(
    compositor: &mut Compositor,
    address: &[String],
    size: f32,
    width: f32,
) -> Result<Lines, SetError> {
    let mut lines = Lines { set: Vec::new(), up: 0.0, down: 0.0 };
    let setting = Setting { size, width, weight: Weight::default(), rtl: false };
    for text in address {
        let span = Span { text: text.clone(), ..Span::default() };
        compositor.set(std::slice::from_ref(&span), setting)?;
        lines.set.append(&mut compositor.lines);
    }
    let reach = |line: Option<&Line>| {
        line.into_iter().flat_map(|line| &line.runs).fold(
            (0.0f32, 0.0f32),
            |(up, down), (_, _, run)| {
                let (u, d) = compositor.shaper.reach(run.font, &run.glyphs);
                (up.max(u / 1000.0), down.max(d / 1000.0))
            },
        )
    };
    lines.up = reach(lines.set.first()).0;
    lines.down = reach(lines.set.last()).1;
    Ok(lines)
}

fn place(
    style: &Style,
    lines: Lines,
    size: f32,
    always: Area,
    rest: Area,
) -> Option<(Galley, AddressFit)> {
    let count = lines.set.len();
    if count > MOST {
        return None;
    }
    let ink = (lines.up + lines.down) * size;
    let room = if count <= ALWAYS { always } else { rest };
    let gaps = count.saturating_sub(1) as f32;
    let leading = if gaps > 0.0 { (room.height() - ink) / gaps } else { size * LOOSEST };
    if leading < size * TIGHTEST || (gaps == 0.0 && ink > room.height()) {
        return None;
    }
    let leading = leading.min(size * LOOSEST);
    let height = gaps * leading + ink;
    // A short address stands in the middle; a long one grows upwards from the lower edge.
    let free = room.height() - height;
    let top = if count <= ALWAYS { room.top + free / 2.0 } else { room.top + free };
    let type_ = Type::new(size, leading);
    Some(paint(style, &lines, type_, top, room))
}

fn paint(style: &Style, lines: &Lines, type_: Type, top: f32, room: Area) -> (Galley, AddressFit) {
    let mut galley = Galley::default();
    let node: NodeId = galley.node(StructRole::P, None);
    let mut fit = AddressFit {
        lines: Vec::with_capacity(lines.set.len()),
        size: type_.size,
        leading: type_.leading,
        always_clear: false,
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
    let clear = style.envelope.always_clear();
    fit.always_clear = fit.ink.top >= clear.top - 0.01 && fit.ink.bottom <= clear.bottom + 0.01;
    galley.rows.push(Row { ink: 0..galley.ink.len(), ..Row::default() });
    (galley, fit)
}
