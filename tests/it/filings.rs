//! Filings: forms as data, figures from the cube, answers that are never invented.

mod counts;
mod data;
pub mod fixture;
mod hhs;
mod letter;
mod sheet;
mod states;
