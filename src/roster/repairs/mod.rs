//! Corrections of a roster that never touch the client's file: `repairs.toml` says what was wrong,
//! what is right, who says so and why. They are applied whenever the roster is read, to the next
//! export too, before anything is cleaned.

mod apply;
mod file;
mod look;

pub use apply::{Fits, Ready};
pub(in crate::roster) use file::where_and_why;
pub use file::{FILE, Repair, RepairState, Repairs, Rule, Undo, ordered};
pub use look::{Looked, look};
