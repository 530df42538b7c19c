//! Why a piece of work was not done: typed, without exit codes.

use crate::finding::{Code, Finding, Findings, Severity};
use crate::ledger::LedgerError;
use std::error::Error;
use std::io;

/// Why a piece of work was refused or broken off.
pub enum Refusal {
    /// The configuration is wrong; the findings say where.
    Configuration(Findings),
    /// A guard refused: nothing was done.
    Refused(Findings),
    /// Rows are held whom nobody accepted to leave out; nothing was done.
    Unsettled(Findings),
    /// Something could not be read or written.
    Io { what: String, error: io::Error },
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
        self.map_err(|error| Refusal::Io { what: what(), error })
    }
}

/// What kind of I/O error it is, also where another error stands around it.
pub fn kind(error: &io::Error) -> io::ErrorKind {
    let mut cause = error.get_ref().map(|inner| inner as &(dyn Error + 'static));
    while let Some(inner) = cause.filter(|_| error.kind() == io::ErrorKind::Other) {
        if inner.downcast_ref::<LedgerError>().is_some_and(LedgerError::is_full) {
            return io::ErrorKind::StorageFull;
        }
        match inner.downcast_ref::<io::Error>().map(io::Error::kind) {
            None | Some(io::ErrorKind::Other) => cause = inner.source(),
            Some(kind) => return kind,
        }
    }
    error.kind()
}
