//! A roster becomes the spool.

mod cleaning;
mod duplicates;
mod encodings;
mod hostile;
mod laws;
mod samples;
mod support;
mod workbook;
