//! What `verify` proves, and which planted faults it finds.

mod drawn;
pub mod mailing;
mod pages;
mod rows;
mod seal;
mod sheets;
