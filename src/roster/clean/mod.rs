//! What is repaired in a cell, and what is only reported. A legal name is never changed.

pub mod address;
pub mod date;
pub mod email;
pub mod flag;
pub mod garbled;
pub mod markup;
pub mod name;
pub mod signs;
pub mod text;
pub mod whole_name;
pub mod zip;
