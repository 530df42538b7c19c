//! Text operators: where runs begin, what they say, how far they reach.

use super::Reader;
use super::matrix::{Matrix, apply, times};
use super::state::{Marked, Spoken};
use crate::verify::drawn::{KERN, MARK_SHIFT, SMALLEST, near};
use crate::verify::faces::spells;
use crate::verify::font::UNKNOWN;
use crate::verify::lexer::{Operand, text_string};
use crate::verify::roles::TAGS;
use crate::verify::sheet::{NO_FACE, Run};
use unicode_normalization::char::is_combining_mark;

const APART: &str = "letters pushed apart or over one another";

impl Reader<'_> {
    pub(super) fn next_line(&mut self, x: f64, y: f64) {
        self.begin(times([1.0, 0.0, 0.0, 1.0, x, y], self.state.line));
    }

    /// Text goes on elsewhere: a new run.
    pub(super) fn begin(&mut self, at: Matrix) {
        let state = &mut *self.state;
        (state.matrix, state.line, state.origin, state.open) = (at, at, at, false);
        (state.last, state.far) = (None, false);
    }

    pub(super) fn advance(&mut self, by: f64) {
        self.state.matrix = times([1.0, 0.0, 0.0, 1.0, by, 0.0], self.state.matrix);
    }

    /// A shift within a shown text, thousandths of an em.
    pub(super) fn shift(&mut self, by: f64) {
        if by.abs() > MARK_SHIFT {
            self.odd(APART);
        } else if by.abs() > KERN && !self.is_mark(self.state.last) {
            self.state.far = true;
        }
        let by = -by / 1000.0 * self.state.now.text.size;
        self.advance(by);
    }

    /// Whether a glyph stands over or under another, or for a character that does not show: only
    /// such are moved far.
    fn is_mark(&self, code: Option<u16>) -> bool {
        let (Some(code), Some(font)) = (code, &self.state.now.text.font) else { return false };
        let silent = self.state.marked.last().is_some_and(|m| m.silent);
        let over = |text: &str| text.chars().next().is_some_and(is_combining_mark);
        silent || font.readings(code).iter().any(|text| over(text))
    }

    pub(super) fn mark(&mut self, tag: &[u8], properties: Option<&Operand>) {
        let mut actual = None;
        match properties {
            None if tag == b"Artifact" => {}
            Some(Operand::Dict(entries)) => {
                for (key, value) in entries {
                    match (&key[..], value) {
                        (b"ActualText", Operand::Text(bytes)) if tag == b"Span" => {
                            actual = Some(text_string(bytes));
                        }
                        (b"MCID", Operand::Number(_)) if TAGS.contains(&tag) => {}
                        _ => self.odd("marked content that says more than what it is"),
                    }
                }
            }
            Some(Operand::Name(_)) => self.odd("marked content with properties kept elsewhere"),
            _ => self.odd("marked content that says more than what it is"),
        }
        let silent = actual.is_some() || self.state.marked.last().is_some_and(|m| m.silent);
        let spoken = actual.clone().map(|text| Spoken { text, glyphs: Vec::new() });
        self.state.marked.push(Marked { actual, silent, spoken });
    }

    /// The end of a span: what it reads as must be what its glyphs spell.
    pub(super) fn unmark(&mut self) -> Option<()> {
        let ended = self.state.marked.pop()?;
        if ended.actual.is_some() {
            self.odd("a text that is read but not shown");
        }
        if let Some(Spoken { text, glyphs }) = ended.spoken
            && !spells(&glyphs, &text)
        {
            self.odd("a text that is read otherwise than it is drawn");
        }
        Some(())
    }

    pub(super) fn show(&mut self, shown: &Operand) -> Option<()> {
        let Operand::Text(bytes) = shown else { return None };
        if !self.state.in_text {
            self.odd("text outside a text object");
        }
        let text = self.state.now.text.clone();
        let gray = self.state.now.gray;
        let Some(font) = text.font else {
            self.odd("text without a font");
            return Some(());
        };
        if !self.state.open {
            // A mark over the first letter may be raised or shifted: the run begins at its baseline.
            let whole = times(self.state.origin, self.state.now.ctm);
            let (x, y) = apply(whole, 0.0, 0.0);
            let size = text.size * (whole[2].powi(2) + whole[3].powi(2)).sqrt();
            let turned = whole[1].abs() > 1e-6 || whole[2].abs() > 1e-6;
            if turned || whole[0] <= 0.0 || !near(whole[0], whole[3]) {
                self.odd("text that is turned, mirrored or stretched");
            }
            if size < SMALLEST {
                self.odd("text too small to be read");
            }
            let font = font.face.unwrap_or(NO_FACE);
            self.seen.runs.push(Run { x, y, end: x, size, gray, font, text: String::new() });
            self.state.open = true;
        }
        if text.rise.abs() > text.size {
            self.odd(APART);
        }
        let mut said = String::new();
        for (code, reads, width) in font.codes(bytes) {
            if std::mem::take(&mut self.state.far) && !self.is_mark(Some(code)) {
                self.odd(APART);
            }
            self.state.last = Some(code);
            match self.state.marked.last_mut() {
                Some(Marked { actual, silent: true, .. }) => {
                    if let Some(actual) = actual.take() {
                        said.push_str(&actual);
                    }
                    if reads.is_none() {
                        self.odd("a glyph that no reader can name");
                    }
                    let readings = font.readings(code).to_vec();
                    let spoken = self.state.marked.iter_mut().rev().find_map(|m| m.spoken.as_mut());
                    spoken.into_iter().for_each(|spoken| spoken.glyphs.push(readings.clone()));
                }
                _ => match reads {
                    Some(reads) if !reads.contains(UNKNOWN) => said.push_str(reads),
                    _ => {
                        said.push(UNKNOWN);
                        self.odd("a glyph that no reader can name");
                    }
                },
            }
            self.advance(f64::from(width) / 1000.0 * text.size);
        }
        let whole = times(self.state.matrix, self.state.now.ctm);
        if let Some(run) = self.seen.runs.last_mut() {
            run.gray = run.gray.max(gray);
            run.text.push_str(&said);
            run.end = apply(whole, 0.0, 0.0).0;
        }
        Some(())
    }
}
