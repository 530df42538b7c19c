//! Follows the operators of a content stream and notes what a reader sees.

mod matrix;
mod state;
mod text;

pub use matrix::{IDENTITY, Matrix, times};
pub use state::State;

use super::font::Font;
use super::lexer::{Lexer, Operand};
use super::places::of_runs;
use super::sheet::Fragment;
use super::weight::weight;
use matrix::{apply, bounds};
use std::sync::Arc;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// What names in a content stream stand for.
pub trait Resources {
    /// The font and its number in the file.
    fn font(&self, name: &[u8]) -> Option<(u16, Arc<Font>)>;
    fn external(&self, name: &[u8]) -> External;
}

/// What `Do` paints.
pub enum External {
    Image,
    /// A form: its matrix and content, which brings its own resources.
    Form(Matrix, Vec<u8>, Box<dyn Resources>),
    Unknown,
}

/// Forms within forms.
const DEEPEST: usize = 6;

/// Reads one stream; what cannot be read is an oddity of the fragment.
pub fn read(data: &[u8], resources: &dyn Resources, state: &mut State) -> Fragment {
    let mut reader = Reader { resources, state, seen: Fragment::default(), depth: 0 };
    reader.read(data);
    let mut seen = reader.seen;
    for run in &mut seen.runs {
        if !run.text.is_ascii() && !is_nfc(&run.text) {
            run.text = run.text.nfc().collect();
        }
        seen.weight = seen.weight.wrapping_add(weight(&run.text));
    }
    seen.places = of_runs(&seen.runs);
    seen
}

struct Reader<'a> {
    resources: &'a dyn Resources,
    state: &'a mut State,
    seen: Fragment,
    depth: usize,
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
        let text = &mut self.state.now.text;
        match operator {
            b"Td" => self.next_line(n(0)?, n(1)?),
            b"TD" => {
                text.leading = -n(1)?;
                self.next_line(n(0)?, n(1)?);
            }
            b"T*" => {
                let leading = text.leading;
                self.next_line(0.0, -leading);
            }
            b"Tm" => {
                let m = [n(0)?, n(1)?, n(2)?, n(3)?, n(4)?, n(5)?];
                self.begin(m);
            }
            b"Tj" => self.show(operands.first()?)?,
            b"'" => {
                self.operator(b"T*", &[])?;
                self.show(operands.first()?)?;
            }
            b"\"" => {
                (text.word_spacing, text.spacing) = (n(0)?, n(1)?);
                self.operator(b"T*", &[])?;
                self.show(operands.get(2)?)?;
            }
            b"TJ" => {
                let Operand::Array(items) = operands.first()? else { return None };
                for item in items {
                    match item {
                        Operand::Number(shift) => {
                            let text = &self.state.now.text;
                            self.advance(-shift / 1000.0 * text.size * text.scale);
                        }
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
                let text = &mut self.state.now.text;
                (text.font, text.size) = (font, n(1)?);
            }
            b"Tc" => text.spacing = n(0)?,
            b"Tw" => text.word_spacing = n(0)?,
            b"Tz" => text.scale = n(0)? / 100.0,
            b"TL" => text.leading = n(0)?,
            b"Ts" => text.rise = n(0)?,
            b"Tr" => {
                if n(0)? != 0.0 {
                    self.odd("text that is not filled: outlined, clipping or invisible");
                }
            }
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
            b"q" => self.state.saved.push(self.state.now.clone()),
            b"Q" => self.state.now = self.state.saved.pop()?,
            b"cm" => {
                let m = [n(0)?, n(1)?, n(2)?, n(3)?, n(4)?, n(5)?];
                self.state.now.ctm = times(m, self.state.now.ctm);
            }
            b"BMC" => self.mark(None),
            b"BDC" => self.mark(operands.get(1)),
            b"EMC" => {
                let ended = self.state.marked.pop()?;
                if ended.actual.is_some() {
                    self.odd("a text that is read but not shown");
                }
            }
            b"Do" => {
                let Operand::Name(name) = operands.first()? else { return None };
                self.external(name);
            }
            b"m" | b"l" => self.point(n(0)?, n(1)?),
            b"c" => {
                for i in 0..3 {
                    self.point(n(2 * i)?, n(2 * i + 1)?);
                }
            }
            b"v" | b"y" => {
                for i in 0..2 {
                    self.point(n(2 * i)?, n(2 * i + 1)?);
                }
            }
            b"re" => {
                let (x, y, width, height) = (n(0)?, n(1)?, n(2)?, n(3)?);
                self.point(x, y);
                self.point(x + width, y + height);
                self.point(x, y + height);
                self.point(x + width, y);
            }
            b"f" | b"F" | b"f*" | b"S" | b"s" | b"B" | b"B*" | b"b" | b"b*" => self.paint(),
            b"n" => self.state.path.clear(),
            b"W" | b"W*" => self.odd("a clipping path"),
            b"h" | b"w" | b"J" | b"j" | b"M" | b"d" | b"ri" | b"i" | b"g" | b"G" | b"rg"
            | b"RG" | b"k" | b"K" | b"cs" | b"CS" | b"sc" | b"SC" | b"scn" | b"SCN" => {}
            b"gs" => self.odd("an external graphics state"),
            b"sh" | b"BI" => self.odd("a shading or an inline image"),
            _ => self.odd("an operator that letters have no use for"),
        }
        Some(())
    }

    fn point(&mut self, x: f64, y: f64) {
        self.state.path.push(apply(self.state.now.ctm, x, y));
    }

    fn paint(&mut self) {
        let path = std::mem::take(&mut self.state.path);
        if let Some(area) = bounds(&path) {
            self.seen.painted.push(area);
        }
    }

    fn external(&mut self, name: &[u8]) {
        let ctm = self.state.now.ctm;
        match self.resources.external(name) {
            External::Image => {
                let corners = [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)];
                let corners = corners.map(|(x, y)| apply(ctm, x, y));
                self.seen.painted.extend(bounds(&corners));
            }
            External::Form(matrix, data, resources) => {
                if self.depth == DEEPEST {
                    return self.odd("forms within forms without end");
                }
                let before = self.state.now.clone();
                self.state.now.ctm = times(matrix, ctm);
                let mut inner = Reader {
                    resources: &*resources,
                    state: self.state,
                    seen: std::mem::take(&mut self.seen),
                    depth: self.depth + 1,
                };
                inner.read(&data);
                self.seen = inner.seen;
                self.state.now = before;
            }
            External::Unknown => self.odd("a picture that is not there"),
        }
    }
}
