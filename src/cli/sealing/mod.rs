//! Approving a wave, printing what was approved, and recording what became of it.

mod approve;
mod approved;
mod batches;
mod claim;
mod compose;
mod confirm;
mod differing;
mod evidence;
pub mod fence;
mod letters;
mod manifest;
mod notice;
mod now;
mod piece;
mod reference;
mod sealed;
mod standing;
mod state;
mod story;
mod texts;
mod trace;
mod whereabouts;

pub use approve::approve;
pub use claim::claim;
pub use confirm::confirm;
pub use differing::tell;
pub use evidence::{evidence, not_in_future};
pub use fence::{fenced, hold};
pub use letters::letters;
pub use now::{file_digest, shipped};
pub use sealed::{ALTERED, Sealed, ledger_stop, seal_stop};
pub use standing::{Standing, standing};
pub use state::{SealStatus, seals};
pub use texts::{drafts, texts};
pub use trace::trace;
