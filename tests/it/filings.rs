//! Filings: forms as data, figures from the cube, answers that are never invented.

mod counted;
pub mod counts;
mod data;
mod decisions;
pub mod fixture;
mod golden;
mod hhs;
mod letter;
mod posted;
mod preliminary;
mod recorded;
mod samples;
mod sheet;
mod special;
mod states;
