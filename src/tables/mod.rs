//! What stands in tables that people read: counts and dates in words.

pub mod words;
