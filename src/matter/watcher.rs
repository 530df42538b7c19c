//! Who watches a long piece of work: a progress bar in the terminal, a stream in a browser, nobody.

use crate::finding::Findings;
use crate::matter::refusal::Refusal;
use std::io;

/// Told how far a piece of work has come. Called from any thread.
pub trait Watcher: Sync {
    /// A stage of the work begins; `total` things are to be done, `what` names them ("letters").
    fn begin(&self, what: &'static str, total: u64);

    /// So many more are done.
    fn advance(&self, done: u64);

    /// How the stage goes, in a few words; the last ones hold.
    fn note(&self, _words: &str) {}

    /// What must be said before the work goes on, since it may be what stops it.
    fn found(&self, _findings: &Findings) {}

    /// The stage is over.
    fn end(&self);

    /// Whether somebody asked to stop. Work that takes long looks here now and then, and leaves
    /// what an interrupted command would leave.
    fn is_stopped(&self) -> bool {
        false
    }
}

/// Somebody asked to stop, as an error of what was being done.
#[derive(Debug, thiserror::Error)]
#[error("the work was stopped")]
pub struct Stopped;

impl Stopped {
    /// Among the errors of reading and writing.
    pub fn error() -> io::Error {
        io::Error::other(Self)
    }

    /// The error of a piece of work; a refusal where it was stopped on purpose.
    pub fn or(error: io::Error, what: impl FnOnce() -> String) -> Refusal {
        match error.get_ref().is_some_and(|inner| inner.is::<Self>()) {
            true => Refusal::refused(
                code!("work.stopped"),
                "the work was stopped before its end",
                "nothing half-made was left under a final name; start it again when you like",
            ),
            false => Refusal::Io { what: what(), error },
        }
    }
}

/// Nobody watches.
pub struct Unwatched;

impl Watcher for Unwatched {
    fn begin(&self, _: &'static str, _: u64) {}
    fn advance(&self, _: u64) {}
    fn end(&self) {}
}
