//! Byte offsets of a law file as lines and columns.

use crate::finding::{Code, Finding, Place, Severity};
use std::ops::Range;

/// A law file's name and text, able to say where a byte is.
pub(super) struct Lines<'t> {
    pub file: &'t str,
    pub text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    pub fn new(file: &'t str, text: &'t str) -> Self {
        let starts =
            std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { file, text, starts }
    }

    /// Line and column, both 1-based, the column in characters.
    pub fn place(&self, span: &Range<usize>) -> Place {
        let at = span.start.min(self.text.len());
        let line = self.starts.partition_point(|start| *start <= at);
        let start = self.starts[line - 1];
        let column = self.text[start..at].chars().count() + 1;
        let end = span.end.min(start + self.line_text(line).len()).max(at);
        let mut place = Place::at(self.file, line as u64, column as u32);
        place.width = self.text[at..end].chars().count() as u32;
        place
    }

    /// An error at a span, with the source line.
    pub fn error(&self, code: Code, span: &Range<usize>, message: String) -> Finding {
        let place = self.place(span);
        let line = place.line.unwrap_or(1) as usize;
        let mut finding = Finding::new(code, Severity::Error, message).at(place);
        finding.source_line = Some(self.line_text(line).to_owned());
        finding
    }

    /// The 1-based line a byte stands on.
    pub fn line_of(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at)
    }

    fn line_text(&self, line: usize) -> &'t str {
        let start = self.starts[line - 1];
        self.text[start..].lines().next().unwrap_or("")
    }
}
