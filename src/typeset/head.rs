//! The head of a letter's first page: return address, letterhead, address, date, reference.

use super::{
    Frame, Image, SetError, StructRole,
    blocks::{Align, Builder, Column, bounded},
    galley::{Galley, GalleyRow, Paint},
    paragraph::Compositor,
    shaper::Weight,
    style::{Style, Type},
};
use crate::document::Span;
use std::sync::Arc;

/// From the page's upper edge to the return address and the letterhead.
const TOP: f32 = 36.0;
/// Between the head and what the window may show.
const CLEAR: f32 = 6.0;
/// The return address.
pub(super) const RETURN: Type = Type::new(10.0, 11.0);
const LETTERHEAD: Type = Type::new(13.0, 16.0);

/// What the letters of a batch have in common on their first pages.
#[derive(Clone, Default)]
pub(super) struct HeadKey {
    letterhead: String,
    logo: Option<Arc<Image>>,
    return_address: Vec<String>,
}

impl HeadKey {
    pub fn of(frame: &Frame) -> Self {
        HeadKey {
            letterhead: frame.letterhead.clone(),
            logo: frame.logo.clone(),
            return_address: frame.return_address.clone(),
        }
    }

    pub fn is_of(&self, frame: &Frame) -> bool {
        let logo = match (&self.logo, &frame.logo) {
            (Some(a), Some(b)) => Arc::ptr_eq(a, b),
            (None, None) => true,
            _ => false,
        };
        logo && self.letterhead == frame.letterhead && self.return_address == frame.return_address
    }
}

/// Letterhead and return address as one row that starts at the page's top.
///
/// The return address stands left; the letterhead right of it, or left where there is none.
pub(super) fn head(
    compositor: &mut Compositor,
    style: &Style,
    frame: &Frame,
    rtl: bool,
) -> Result<Galley, SetError> {
    let mut builder = Builder::new(compositor, style, rtl);
    let floor = style.envelope.may_show().top - CLEAR;
    let whole = builder.measure();
    let alone = frame.return_address.is_empty();
    let split = whole.left + whole.width() * 0.46;
    let (left, right) = if alone {
        (whole, whole)
    } else {
        (Column { right: split - 12.0, ..whole }, Column { left: split, ..whole })
    };
    if !alone {
        let node = builder.galley.node(StructRole::P, None);
        let spans = broken(&frame.return_address);
        let rows =
            builder.aligned(node, &spans, RETURN, Weight::default(), left, physical_left(rtl))?;
        let height = stack(&mut builder.galley, rows.start, TOP, floor);
        height.ok_or(SetError::ReturnAddressTooLong)?;
    }
    let align = match (alone, rtl) {
        (true, false) | (false, true) => Align::Start,
        _ => Align::End,
    };
    if let Some(logo) = &frame.logo {
        let (width, height) = bounded(logo, 200.0, 64.0, 144.0);
        let node = builder.galley.node(StructRole::Figure, None);
        builder.galley.nodes[node as usize].alt = Some(frame.letterhead.as_str().into());
        let x = if alone { right.left } else { right.right - width };
        let paint = Paint::Image { width, height, image: logo.clone() };
        builder.galley.paint(node, x, TOP, paint);
    } else if !frame.letterhead.is_empty() {
        let node = builder.galley.node(StructRole::P, None);
        let spans = [Span { text: frame.letterhead.clone(), ..Span::default() }];
        let bold = Weight { bold: true, italic: false };
        let rows = builder.aligned(node, &spans, LETTERHEAD, bold, right, align)?;
        let height = stack(&mut builder.galley, rows.start, TOP - 4.0, floor);
        height.ok_or(SetError::LetterheadTooLong)?;
    }
    let mut galley = builder.galley;
    galley.rows = vec![GalleyRow { ink: 0..galley.ink.len(), ..GalleyRow::default() }];
    Ok(galley)
}

/// A paragraph of one short text: the date, the reference.
pub(super) fn single(
    compositor: &mut Compositor,
    style: &Style,
    text: &str,
    rtl: bool,
    after: f32,
) -> Result<Galley, SetError> {
    let mut builder = Builder::new(compositor, style, rtl);
    let node = builder.galley.node(StructRole::P, None);
    let spans = [Span { text: text.to_owned(), ..Span::default() }];
    let column = builder.measure();
    let rows = builder.text(node, &spans, style.body, Weight::default(), column)?;
    builder.join(rows.clone());
    builder.close(rows, 0.0, after);
    Ok(builder.galley)
}

/// Lines with forced breaks between them.
fn broken(lines: &[String]) -> Vec<Span> {
    let last = lines.len().saturating_sub(1);
    let span = |(i, text): (usize, &String)| Span {
        text: text.clone(),
        breaks: i < last,
        ..Span::default()
    };
    lines.iter().enumerate().map(span).collect()
}

/// Piles the rows from `first` on below `top`, as ink measured from the page's top edge; none if
/// they reach below `floor`.
fn stack(galley: &mut Galley, first: usize, top: f32, floor: f32) -> Option<()> {
    let mut y = top;
    for row in first..galley.rows.len() {
        let GalleyRow { height, ink, .. } = galley.rows[row].clone();
        galley.ink[ink].iter_mut().for_each(|ink| ink.down += y);
        y += height;
    }
    (y <= floor).then_some(())
}

/// The envelope has its corners where they are, whatever the language.
fn physical_left(rtl: bool) -> Align {
    if rtl { Align::End } else { Align::Start }
}
