//! Duties, deadlines, reasons and questions.

#![allow(clippy::unwrap_used)]

mod clocks;
mod conditions;
mod counts;
mod decisions;
mod fixture;
mod incidents;
mod interview;
mod law_examples;
mod laws;
mod mailboxes;
mod outcomes;
mod products;
mod random;
mod recount;
mod roles;
mod user;
