//! What happened, to whom the duty falls, and what counsel decided: `incident.toml`.
//!
//! This room reads and checks the incident folder's facts. It knows neither people nor law.

mod day;
mod model;

pub use day::Day;
pub use model::*;
