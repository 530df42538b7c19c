//! Who watches a long piece of work: a progress bar in the terminal, a stream in a browser, nobody.

use crate::finding::Findings;

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
}

/// Nobody watches.
pub struct Unwatched;

impl Watcher for Unwatched {
    fn begin(&self, _: &'static str, _: u64) {}
    fn advance(&self, _: u64) {}
    fn end(&self) {}
}
