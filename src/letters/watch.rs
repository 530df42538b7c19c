//! Somebody who sees every letter while it is composed: to seal it, or to prove it is the sealed
//! one.

use super::version::Version;
use crate::roster::Person;
use crate::typeset::Laid;
use std::io;

/// Watches a print run; shared by all workers.
pub trait Watch: Sync {
    /// Asked when a batch begins.
    ///
    /// # Errors
    /// Whatever must stop the run.
    fn batch(&self, number: usize) -> io::Result<Box<dyn BatchWatch + '_>>;
}

/// Watches one batch; sees its letters in print order.
pub trait BatchWatch {
    /// # Errors
    /// Whatever must stop the run.
    fn letter(
        &mut self,
        piece: &str,
        person: &Person,
        version: &Version,
        laid: &Laid,
    ) -> io::Result<()>;

    /// After the last letter.
    ///
    /// # Errors
    /// Whatever must stop the run.
    fn done(self: Box<Self>) -> io::Result<()>;
}
