//! Incident, people (or estimates) and law become duties with deadlines and reasons, and every
//! row's planned outcome. Knows nothing of PDF or mail.

mod assess;
mod assessor;
mod calendar;
mod compliance;
mod condition;
mod cube;
mod custom;
mod definition;
mod docket;
mod email;
mod explain;
mod facts;
mod gaps;
mod ics;
mod interview;
mod involved;
mod kind;
mod make;
mod model;
mod outcome;
mod people;
mod protection;
mod reason;
mod rows;
mod rules;
mod runbook;
mod stricter;
mod tally;
mod versions;
mod words;

pub use cube::placed;
pub use email::{EmailRules, by_post};
pub use explain::{Explanation, explain};
pub use ics::ics;
pub use involved::{ByMeans, Headcount, Involved};
pub use kind::{About, QuestionKind};
pub use make::{late, make};
pub use model::*;
pub use outcome::{delegate, outcome};
pub use rules::Rules;
pub use runbook::{Gate, Phase, Step, runbook};
