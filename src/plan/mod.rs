//! Incident, people (or estimates) and law become duties with deadlines and reasons, and every
//! row's planned outcome. Knows nothing of PDF or mail.

mod assess;
mod calendar;
mod condition;
mod cube;
mod custom;
mod definition;
mod desk;
mod docket;
mod facts;
mod gaps;
mod make;
mod model;
mod outcome;
mod people;
mod protection;
mod reason;
mod rows;
mod rules;
mod tally;
mod versions;
mod words;

pub use make::make;
pub use model::*;
pub use outcome::{delegate, outcome};
pub use rules::Rules;
