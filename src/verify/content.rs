//! Follows the operators of a content stream and notes what a reader sees.

use super::font::{Font, UNKNOWN};
use super::lexer::{Lexer, Operand, text_string};
use super::places::of_runs;
use super::sheet::{Area, Fragment, Run};
use super::weight::weight;
use std::sync::Arc;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// a b c d e f of a transformation (ISO 32000-1, 8.3.3).
pub type Matrix = [f64; 6];

pub const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

/// `inner`, then `outer`.
pub fn times(inner: Matrix, outer: Matrix) -> Matrix {
    let [a, b, c, d, e, f] = inner;
    let [u, v, w, x, y, z] = outer;
    [
        a * u + b * w,
        a * v + b * x,
        c * u + d * w,
        c * v + d * x,
        e * u + f * w + y,
        e * v + f * x + z,
    ]
}

fn apply(m: Matrix, x: f64, y: f64) -> (f64, f64) {
    (m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5])
}

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

#[derive(Clone)]
struct Text {
    font: Option<(u16, Arc<Font>)>,
    size: f64,
    spacing: f64,
    word_spacing: f64,
    scale: f64,
    leading: f64,
    rise: f64,
}

#[derive(Clone)]
struct Graphics {
    ctm: Matrix,
    text: Text,
}

/// A span of marked content.
#[derive(Clone)]
struct Marked {
    /// What the span reads as, until it was read.
    actual: Option<String>,
    /// Its glyphs do not speak for themselves.
    silent: bool,
}

/// What is carried from one stream of a page to the next.
#[derive(Clone)]
pub struct State {
    now: Graphics,
    saved: Vec<Graphics>,
    marked: Vec<Marked>,
    in_text: bool,
    matrix: Matrix,
    line: Matrix,
    /// Where the next run begins.
    origin: Matrix,
    /// The next glyph goes on with the last run.
    open: bool,
    path: Vec<(f64, f64)>,
    fresh: bool,
}

impl State {
    pub fn new() -> Self {
        let text = Text {
            font: None,
            size: 0.0,
            spacing: 0.0,
            word_spacing: 0.0,
            scale: 1.0,
            leading: 0.0,
            rise: 0.0,
        };
        Self {
            now: Graphics { ctm: IDENTITY, text },
            saved: Vec::new(),
            marked: Vec::new(),
            in_text: false,
            matrix: IDENTITY,
            line: IDENTITY,
            origin: IDENTITY,
            open: false,
            path: Vec::new(),
            fresh: true,
        }
    }

    /// Nothing was read yet: the stream stands first on its page.
    pub fn is_fresh(&self) -> bool {
        self.fresh
    }

    /// Everything that was begun on the page was ended.
    pub fn is_settled(&self) -> bool {
        !self.in_text && self.marked.is_empty() && self.saved.is_empty() && self.path.is_empty()
    }
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

    fn next_line(&mut self, x: f64, y: f64) {
        self.begin(times([1.0, 0.0, 0.0, 1.0, x, y], self.state.line));
    }

    /// Text goes on elsewhere: a new run.
    fn begin(&mut self, at: Matrix) {
        let state = &mut *self.state;
        (state.matrix, state.line, state.origin, state.open) = (at, at, at, false);
    }

    fn advance(&mut self, by: f64) {
        self.state.matrix = times([1.0, 0.0, 0.0, 1.0, by, 0.0], self.state.matrix);
    }

    fn mark(&mut self, properties: Option<&Operand>) {
        let actual = match properties.and_then(|p| p.get(b"ActualText")) {
            Some(Operand::Text(bytes)) => Some(text_string(bytes)),
            _ => None,
        };
        if matches!(properties, Some(Operand::Name(_))) {
            self.odd("marked content with properties kept elsewhere");
        }
        let silent = actual.is_some() || self.state.marked.last().is_some_and(|m| m.silent);
        self.state.marked.push(Marked { actual, silent });
    }

    fn show(&mut self, shown: &Operand) -> Option<()> {
        let Operand::Text(bytes) = shown else { return None };
        if !self.state.in_text {
            self.odd("text outside a text object");
        }
        let text = self.state.now.text.clone();
        let Some((number, font)) = text.font else {
            self.odd("text without a font");
            return Some(());
        };
        if !self.state.open {
            // A mark over the first letter may be raised or shifted: the run begins at its baseline.
            let whole = times(self.state.origin, self.state.now.ctm);
            let (x, y) = apply(whole, 0.0, 0.0);
            let size = text.size * (whole[2].powi(2) + whole[3].powi(2)).sqrt();
            if whole[1].abs() > 1e-6 || whole[0] <= 0.0 || whole[3] <= 0.0 {
                self.odd("text that is turned or mirrored");
            }
            self.seen.runs.push(Run { x, y, end: x, size, font: number, text: String::new() });
            self.state.open = true;
        }
        let mut said = String::new();
        for (code, reads, width) in font.codes(bytes) {
            match self.state.marked.last_mut() {
                Some(Marked { actual, silent: true }) => {
                    if let Some(actual) = actual.take() {
                        said.push_str(&actual);
                    }
                }
                _ => match reads {
                    Some(reads) if !reads.contains(UNKNOWN) => said.push_str(reads),
                    _ => {
                        said.push(UNKNOWN);
                        self.odd("a glyph that no reader can name");
                    }
                },
            }
            let word = if font.spaces_words(code) { text.word_spacing } else { 0.0 };
            let by = (f64::from(width) / 1000.0 * text.size + text.spacing + word) * text.scale;
            self.advance(by);
        }
        let whole = times(self.state.matrix, self.state.now.ctm);
        if let Some(run) = self.seen.runs.last_mut() {
            run.text.push_str(&said);
            run.end = apply(whole, 0.0, 0.0).0;
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

fn bounds(points: &[(f64, f64)]) -> Option<Area> {
    let mut points = points.iter();
    let (x, y) = *points.next()?;
    let mut area = Area { left: x, right: x, bottom: y, top: y };
    for (x, y) in points {
        area.left = area.left.min(*x);
        area.right = area.right.max(*x);
        area.bottom = area.bottom.min(*y);
        area.top = area.top.max(*y);
    }
    Some(area)
}
