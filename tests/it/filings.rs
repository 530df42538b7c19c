//! Filings: forms as data, figures from the cube, answers that are never invented.

mod counts;
mod data;
mod fixture;
mod hhs;
mod sheet;
mod states;
