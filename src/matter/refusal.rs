//! Why a piece of work was not done: typed, without exit codes.

use crate::finding::{Code, Finding, Findings, Severity};
use std::io;

/// Why a command stopped before its end.
pub enum Refusal {
    /// The configuration is wrong; the findings say where (exit code 2).
    Configuration(Findings),
    /// A guard refused: nothing was done (exit code 4).
    Refused(Findings),
    /// Rows are held whom nobody accepted to leave out; nothing was done (exit code 5).
    Unsettled(Findings),
    /// Something could not be read or written (exit code 3).
    Io { what: String, error: io::Error },
    /// Standard output was closed by its reader; not an error.
    BrokenPipe,
}

impl Refusal {
    /// One configuration finding.
    pub fn one(code: Code, message: impl Into<String>, remedy: impl Into<String>) -> Self {
        let mut findings = Findings::default();
        findings.push(Finding::new(code, Severity::Error, message).remedy(remedy));
        Refusal::Configuration(findings)
    }

    /// One refusal of a guard.
    pub fn refused(code: Code, message: impl Into<String>, remedy: impl Into<String>) -> Self {
        let mut findings = Findings::default();
        findings.push(Finding::new(code, Severity::Error, message).remedy(remedy));
        Refusal::Refused(findings)
    }
}

/// Says what was being done when an I/O error came.
pub trait Doing<T> {
    /// `what` completes "cannot ...".
    fn doing(self, what: impl FnOnce() -> String) -> Result<T, Refusal>;
}

impl<T> Doing<T> for io::Result<T> {
    fn doing(self, what: impl FnOnce() -> String) -> Result<T, Refusal> {
        self.map_err(|error| match error.kind() {
            io::ErrorKind::BrokenPipe => Refusal::BrokenPipe,
            _ => Refusal::Io { what: what(), error },
        })
    }
}
