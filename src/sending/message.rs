//! One sealed e-mail, and where such come from.

use crate::ledger::LedgerError;
use lettre::Address;
use std::ops::ControlFlow;

/// An e-mail as it was sealed: header and body without `Date` and signature. Personal data: no
/// `Debug`.
pub struct Message {
    pub piece: String,
    pub to: Address,
    pub bytes: Vec<u8>,
}

/// Why the messages cannot be read on; the text names no person.
#[derive(Debug, thiserror::Error)]
pub enum OutboxError {
    /// A message that cannot be read or is not what was sealed.
    #[error("{0}")]
    NotSealed(String),
    /// The ledger could not be asked.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
}

/// The sealed messages in their order. They are composed one at a time as they are wanted, so
/// that memory does not grow with their number.
pub trait Outbox: Sync {
    /// Visits every message: asks `wanted` with its piece id and, if so, hands it to `take`,
    /// until that breaks off.
    ///
    /// # Errors
    /// A message that cannot be read or is not what was sealed.
    fn visit(
        &self,
        wanted: &mut dyn FnMut(&str) -> Result<bool, OutboxError>,
        take: &mut dyn FnMut(Message) -> ControlFlow<()>,
    ) -> Result<(), OutboxError>;
}
