//! Text operators: where runs begin, what they say, how far they reach.

use super::Reader;
use super::matrix::{Matrix, apply, times};
use super::state::Marked;
use crate::verify::font::UNKNOWN;
use crate::verify::lexer::{Operand, text_string};
use crate::verify::sheet::Run;

impl Reader<'_> {
    pub(super) fn next_line(&mut self, x: f64, y: f64) {
        self.begin(times([1.0, 0.0, 0.0, 1.0, x, y], self.state.line));
    }

    /// Text goes on elsewhere: a new run.
    pub(super) fn begin(&mut self, at: Matrix) {
        let state = &mut *self.state;
        (state.matrix, state.line, state.origin, state.open) = (at, at, at, false);
    }

    pub(super) fn advance(&mut self, by: f64) {
        self.state.matrix = times([1.0, 0.0, 0.0, 1.0, by, 0.0], self.state.matrix);
    }

    pub(super) fn mark(&mut self, properties: Option<&Operand>) {
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

    pub(super) fn show(&mut self, shown: &Operand) -> Option<()> {
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
}
