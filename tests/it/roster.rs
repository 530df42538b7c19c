//! A roster becomes the spool.

mod cleaning;
mod duplicates;
mod samples;
mod support;
