//! A bundle for somebody outside: pages, tables and digests that can be read and checked in ten
//! years without this program.
//!
//! This room knows how a bundle is laid down, not what an incident is: what goes into it is decided
//! where the command is carried out.

mod bundle;
mod lock;
mod page;
mod tar;
mod wrap;

pub use bundle::{Bundle, Finished, SUMS, tree};
pub use lock::{Lock, LockError};
pub use page::{Page, esc};
pub use wrap::wrap;

/// The check of a bundle, for any Unix shell.
pub const SCRIPT: &str = include_str!("verify.sh");
/// What to do with a bundle, on one page.
pub const PROCEDURE: &str = include_str!("procedure.txt");
