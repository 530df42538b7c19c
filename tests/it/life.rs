//! The life of a breach: waves, corrections, people withdrawn, and figures that stay true.

pub mod breach;
mod dates;
mod hints;
mod people;
mod speaks;
mod story;
mod told_outside;
mod undone;
mod verified;
