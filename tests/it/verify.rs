//! What `verify` proves, and which planted faults it finds.

pub mod mailing;
mod pages;
mod rows;
mod seal;
