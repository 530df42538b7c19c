//! Whether the facts of an incident agree with one another.

mod dates;
mod envelope;
mod parts;
mod promises;

use super::node::Node;
use crate::finding::{Code, Findings, Severity};
use crate::written::TextFile;
use std::ops::Range;

/// Gathers what cannot be, or is unlikely to be, true of one incident.
pub(super) fn agree(source: &TextFile, root: &Node<'_>, findings: &mut Findings) {
    let mut facts = Facts { source, findings };
    dates::check(root, &mut facts);
    envelope::check(root, &mut facts);
    parts::check(root, &mut facts);
    promises::check(root, &mut facts);
}

struct Facts<'a> {
    source: &'a TextFile,
    findings: &'a mut Findings,
}

impl Facts<'_> {
    fn error(
        &mut self,
        code: Code,
        span: &Range<usize>,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        self.push(code, Severity::Error, span, message.into(), remedy.into());
    }

    fn warning(
        &mut self,
        code: Code,
        span: &Range<usize>,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        self.push(code, Severity::Warning, span, message.into(), remedy.into());
    }

    fn note(
        &mut self,
        code: Code,
        span: &Range<usize>,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        self.push(code, Severity::Note, span, message.into(), remedy.into());
    }

    fn push(
        &mut self,
        code: Code,
        severity: Severity,
        span: &Range<usize>,
        message: String,
        remedy: String,
    ) {
        self.findings.push(self.source.finding(code, severity, span, message, remedy));
    }
}
