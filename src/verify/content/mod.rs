//! Follows the operators of a content stream and notes what a reader sees.

mod matrix;
mod state;
mod text;

pub use state::State;

use super::drawn::{NO_RULE, is_module, is_rule};
use super::font::Font;
use super::lexer::{Lexer, Operand};
use super::pictures::Pictures;
use super::places::of_fragment;
use super::sheet::{Area, Fragment, Ink, Painted};
use super::weight::weight;
use matrix::{IDENTITY, apply, bounds, times};
use std::sync::Arc;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// What names in a content stream stand for.
pub trait Resources {
    fn font(&self, name: &[u8]) -> Option<Arc<Font>>;
    fn external(&self, name: &[u8]) -> External;
    fn pictures(&self) -> &Pictures;
}

/// What `Do` paints.
pub enum External {
    /// A picture of the task.
    Image(usize),
    /// Something that letters have no use for.
    Unknown,
}

/// What no version of the program writes, and what could hide or bend something.
const USELESS: &str = "an operator that letters have no use for";

/// Reads one stream; what cannot be read is an oddity of the fragment.
pub fn read(data: &[u8], resources: &dyn Resources, state: &mut State) -> Fragment {
    let mut reader = Reader { resources, state, seen: Fragment::default() };
    reader.read(data);
    let mut seen = reader.seen;
    for run in &mut seen.runs {
        if !run.text.is_ascii() && !is_nfc(&run.text) {
            run.text = run.text.nfc().collect();
        }
        seen.weight = seen.weight.wrapping_add(weight(&run.text));
    }
    seen.places = of_fragment(&seen.runs, &seen.painted, resources.pictures());
    seen
}

struct Reader<'a> {
    resources: &'a dyn Resources,
    state: &'a mut State,
    seen: Fragment,
}

impl Reader<'_> {
    fn odd(&mut self, what: &'static str) {
        if !self.seen.oddities.contains(&what) {
            self.seen.oddities.push(what);
        }
    }

    fn read(&mut self, data: &[u8]) {
        self.state.fresh = false;
        let (mut lexer, mut operands) = (Lexer::new(data), Vec::new());
        loop {
            match lexer.next(&mut operands) {
                Ok(Some(operator)) => {
                    if self.operator(operator, &operands).is_none() {
                        self.odd("an operator without its operands");
                    }
                }
                Ok(None) => return,
                Err(_) => return self.odd("content that is not well formed"),
            }
        }
    }

    fn operator(&mut self, operator: &[u8], operands: &[Operand]) -> Option<()> {
        let n = |i: usize| operands.get(i).and_then(Operand::number);
        match operator {
            b"Td" => self.next_line(n(0)?, n(1)?),
            b"Tj" => self.show(operands.first()?)?,
            b"TJ" => {
                let Operand::Array(items) = operands.first()? else { return None };
                for item in items {
                    match item {
                        Operand::Number(by) => self.shift(*by),
                        other => self.show(other)?,
                    }
                }
            }
            b"Tf" => {
                let Operand::Name(name) = operands.first()? else { return None };
                let font = self.resources.font(name);
                if font.is_none() {
                    self.odd("a font that does not say what its codes mean");
                }
                let size = n(1)?;
                let text = &mut self.state.now.text;
                (text.font, text.size) = (font, size);
            }
            b"Ts" => self.state.now.text.rise = n(0)?,
            b"Tr" if n(0)? == 0.0 => {}
            b"Tr" => self.odd("text that is not filled: outlined, clipping or invisible"),
            b"BT" => {
                if std::mem::replace(&mut self.state.in_text, true) {
                    self.odd("a text object within another");
                }
                self.begin(IDENTITY);
            }
            b"ET" => {
                if !std::mem::replace(&mut self.state.in_text, false) {
                    self.odd("the end of a text object that was not begun");
                }
                self.state.open = false;
            }
            b"q" if !self.state.in_text => self.state.saved.push(self.state.now.clone()),
            b"Q" => self.state.now = self.state.saved.pop()?,
            b"cm" => {
                let m = [n(0)?, n(1)?, n(2)?, n(3)?, n(4)?, n(5)?];
                self.state.now.ctm = times(m, self.state.now.ctm);
            }
            b"BMC" | b"BDC" => {
                let Operand::Name(tag) = operands.first()? else { return None };
                self.mark(tag, operands.get(1));
            }
            b"EMC" => self.unmark()?,
            b"Do" => {
                let Operand::Name(name) = operands.first()? else { return None };
                self.external(name);
            }
            b"re" => {
                let (x, y, width, height) = (n(0)?, n(1)?, n(2)?, n(3)?);
                let corners = [(x, y), (x + width, y), (x, y + height), (x + width, y + height)];
                let corners = corners.map(|(x, y)| apply(self.state.now.ctm, x, y));
                self.state.path.extend(bounds(&corners));
            }
            b"f" => self.paint(),
            b"g" => self.state.now.gray = n(0)?,
            b"W" | b"W*" => self.odd("a clipping path"),
            b"gs" => self.odd("an external graphics state"),
            b"sh" | b"BI" => self.odd("a shading or an inline image"),
            b"G" | b"rg" | b"RG" | b"k" | b"K" | b"cs" | b"CS" | b"sc" | b"SC" | b"scn"
            | b"SCN" => self.odd("a color"),
            b"m" | b"l" | b"c" | b"v" | b"y" | b"h" | b"S" | b"s" | b"B" | b"B*" | b"b" | b"b*" => {
                self.drawing(operands);
            }
            _ => self.odd(USELESS),
        }
        Some(())
    }

    /// Lines and curves: where they run is kept, for the window must stay free of them.
    fn drawing(&mut self, operands: &[Operand]) {
        self.odd("a line, a curve or an outline");
        for pair in operands.chunks_exact(2) {
            if let [Operand::Number(x), Operand::Number(y)] = pair {
                let (x, y) = apply(self.state.now.ctm, *x, *y);
                let area = Area { left: x, right: x + 0.01, bottom: y, top: y + 0.01 };
                self.seen.painted.push(Painted { area, ink: Ink::Other });
            }
        }
        self.state.path.clear();
    }

    /// Fills what was drawn: rules of the list, and nothing else.
    fn paint(&mut self) {
        let path = std::mem::take(&mut self.state.path);
        let (gray, ctm) = (self.state.now.gray, self.state.now.ctm);
        let scaled = ctm[0] != 1.0 || ctm[3] != 1.0;
        for area in path {
            let (width, height) = (area.right - area.left, area.top - area.bottom);
            let ink = match is_rule(height, gray) {
                false if is_module(width, height, gray) => Ink::Module,
                rule => {
                    if !rule {
                        self.odd(NO_RULE);
                    }
                    Ink::Rule { gray, scaled }
                }
            };
            self.seen.painted.push(Painted { area, ink });
        }
    }

    fn external(&mut self, name: &[u8]) {
        let ctm = self.state.now.ctm;
        let corners = [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)];
        let corners = corners.map(|(x, y)| apply(ctm, x, y));
        let ink = match self.resources.external(name) {
            External::Image(picture) => Ink::Picture(picture),
            External::Unknown => {
                self.odd("a picture that the incident does not name");
                Ink::Other
            }
        };
        if ctm[1] != 0.0 || ctm[2] != 0.0 || ctm[0] <= 0.0 || ctm[3] <= 0.0 {
            self.odd("a picture that is turned or mirrored");
        }
        self.seen.painted.extend(bounds(&corners).map(|area| Painted { area, ink }));
    }
}
