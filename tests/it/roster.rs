//! A roster becomes the spool.

#![allow(clippy::unwrap_used)]

mod cleaning;
mod duplicates;
mod encodings;
mod hostile;
mod laws;
mod samples;
mod support;
mod workbook;
