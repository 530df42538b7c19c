//! A text file as its author sees it: lines and columns, for pointing at what is wrong.

use crate::finding::{Code, Finding, Place, Severity};
use std::ops::Range;

/// A file that somebody wrote, with its text.
pub struct TextFile {
    pub file: String,
    pub text: String,
    /// Byte offset at which each line starts.
    starts: Vec<usize>,
    /// Whether findings may carry the source line.
    quoted: bool,
}

impl TextFile {
    /// A file whose lines findings may show.
    pub fn new(file: &str, text: impl Into<String>) -> Self {
        Self::of(file, text.into(), true)
    }

    /// A file whose lines no finding shows, such as `privileged.toml`.
    pub fn unquoted(file: &str, text: impl Into<String>) -> Self {
        Self::of(file, text.into(), false)
    }

    fn of(file: &str, text: String, quoted: bool) -> Self {
        let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
        let mut starts = vec![0];
        starts.extend(text.match_indices('\n').map(|(at, _)| at + 1));
        Self { file: file.to_owned(), text, starts, quoted }
    }

    /// Where a byte range is; a range over several lines ends with its first line.
    pub fn place(&self, span: &Range<usize>) -> Place {
        let (line, start, text) = self.line_at(span.start);
        let from = self.floor(span.start) - start;
        let to = self.floor(span.end.max(span.start)).saturating_sub(start).min(text.len());
        let column = text[..from.min(text.len())].chars().count() + 1;
        let width = text.get(from..to.max(from)).map_or(0, |t| t.chars().count());
        Place {
            width: u32::try_from(width).unwrap_or(u32::MAX),
            ..Place::at(&*self.file, line, u32::try_from(column).unwrap_or(u32::MAX))
        }
    }

    /// A finding that points at a byte range and shows its line.
    pub fn finding(
        &self,
        code: Code,
        severity: Severity,
        span: &Range<usize>,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Finding {
        let mut finding = Finding::new(code, severity, message).remedy(remedy);
        finding.place = Some(self.place(span));
        finding.source_line = self.quoted.then(|| self.line_at(span.start).2.to_owned());
        finding
    }

    /// The 1-based line on which a byte stands.
    pub fn line_of(&self, offset: usize) -> u64 {
        self.line_at(offset).0
    }

    /// 1-based line number, byte offset of its start, and its text without the line end.
    fn line_at(&self, offset: usize) -> (u64, usize, &str) {
        let offset = self.floor(offset);
        let index = self.starts.partition_point(|start| *start <= offset) - 1;
        let start = self.starts[index];
        let end = self.starts.get(index + 1).map_or(self.text.len(), |next| next - 1);
        (index as u64 + 1, start, self.text[start..end].trim_end_matches('\r'))
    }

    fn floor(&self, offset: usize) -> usize {
        self.text.floor_char_boundary(offset.min(self.text.len()))
    }
}
