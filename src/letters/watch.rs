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

    /// SHA-256 of the sealed text of the letter seen last, hex; none where nothing is sealed.
    fn digest(&self) -> Option<&str> {
        None
    }

    /// After the last letter.
    ///
    /// # Errors
    /// Whatever must stop the run.
    fn done(self: Box<Self>) -> io::Result<()>;
}
