//! Links: the areas of a page that lead to an address.

use super::{
    face::Faces,
    object::{Rect, Ref, hundredths, int, reference, text},
};
use crate::typeset::{Item, Mark, NodeId};

/// What one link node covers on one page.
pub(super) struct LinkArea {
    pub node: NodeId,
    /// 0-based within the document.
    pub page: u32,
    /// One box a line.
    pub lines: Vec<Rect>,
}

impl LinkArea {
    fn bounds(&self) -> Rect {
        self.lines.iter().copied().reduce(Rect::union).unwrap_or(Rect([0; 4]))
    }

    /// Adds a mark's items, joining those on one line.
    pub fn cover(&mut self, mark: &Mark, faces: &mut Faces) {
        for item in &mark.items {
            let area = item_box(item, faces);
            let same_line = |line: &&mut Rect| {
                let middle = (area.0[1] + area.0[3]) / 2;
                (line.0[1]..=line.0[3]).contains(&middle)
            };
            match self.lines.iter_mut().find(same_line) {
                Some(line) => *line = line.union(area),
                None => self.lines.push(area),
            }
        }
    }

    /// The annotation; `contents` is what a screen reader announces (ISO 32000-1, 12.5.6.5); printed, because PDF/A wants it so.
    pub fn write(&self, out: &mut Vec<u8>, page: Ref, key: u32, url: &str, contents: &str) {
        out.extend_from_slice(b"<</Type/Annot/Subtype/Link/Rect");
        self.bounds().write(out);
        if self.lines.len() > 1 {
            out.extend_from_slice(b"/QuadPoints[");
            for (i, line) in self.lines.iter().enumerate() {
                let [left, bottom, right, top] = line.0;
                for (j, n) in
                    [left, top, right, top, left, bottom, right, bottom].into_iter().enumerate()
                {
                    if i + j > 0 {
                        out.push(b' ');
                    }
                    super::object::length(out, n);
                }
            }
            out.push(b']');
        }
        out.extend_from_slice(b"/F 4/Border[0 0 0]/P ");
        reference(out, page);
        out.extend_from_slice(b"/StructParent ");
        int(out, i64::from(key));
        out.extend_from_slice(b"/Contents");
        text(out, contents);
        out.extend_from_slice(b"/A<</S/URI/URI(");
        super::object::escaped(out, address(url).as_bytes());
        out.extend_from_slice(b")>>>>");
    }
}

/// An address in ASCII, as PDF wants it: other bytes and blanks percent-encoded.
fn address(url: &str) -> String {
    use std::fmt::Write;
    let mut out = String::with_capacity(url.len());
    for b in url.bytes() {
        if b.is_ascii_graphic() {
            out.push(char::from(b));
        } else {
            let _ = write!(out, "%{b:02X}");
        }
    }
    out
}

/// The area an item covers; a run from its face's descent to its ascent.
pub(super) fn item_box(item: &Item, faces: &mut Faces) -> Rect {
    let [left, bottom, right, top] = match item {
        Item::Run { x, y, run } => {
            let (ascent, descent) = faces
                .load(run.font)
                .map_or((800, -200), |face| (face.metrics.ascent, face.metrics.descent));
            let em = run.size / 1000.0;
            [*x, *y + descent as f32 * em, *x + run.width, *y + ascent as f32 * em]
        }
        Item::Rect { x, y, width, height, .. } | Item::Image { x, y, width, height, .. } => {
            [*x, *y, *x + *width, *y + *height]
        }
    };
    Rect([left, bottom, right, top].map(hundredths))
}
