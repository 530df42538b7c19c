//! Tera and Markdown become blocks, each knowing what it satisfies and contains.
//!
//! The one content of every channel: letters, e-mails, notices, filing summaries. Knows nothing
//! of fonts or SMTP.

mod model;

pub use model::*;
