//! The law pack: rules in force on a date, each with citation, source and confidence.
//!
//! `law/*.toml` is data; `docs/LAW-FORMAT.md` describes the format. This room knows neither
//! people nor documents.

mod model;

pub use model::*;
