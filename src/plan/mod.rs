//! Incident, people (or estimates) and law become duties with deadlines and reasons, and every
//! row's planned outcome. Knows nothing of PDF or mail.

mod model;

pub use model::*;
