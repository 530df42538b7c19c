//! A roster becomes the spool.

#![allow(clippy::unwrap_used)]

mod cleaning;
mod cleaning_addresses;
mod duplicates;
mod encodings;
mod files;
mod findings;
mod headings;
mod hostile;
mod laws;
mod makers;
mod old_books;
mod program;
mod released;
mod repairs;
mod samples;
mod shapes;
mod shapes_more;
mod sheets;
mod support;
mod understood;
mod understood_addresses;
mod waves;
mod workbook;
