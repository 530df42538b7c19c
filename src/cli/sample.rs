//! `noticeworks sample --rows N --seed S`: a made-up roster on stdout.

pub use crate::roster::write_sample;
