//! What happened, to whom the duty falls, and what counsel decided: `incident.toml`.
//!
//! This room reads and checks the incident folder's facts. It knows neither people nor law.

mod day;
mod facts;
mod load;
mod lookup;
mod model;
mod node;
mod position;
mod schema;
mod shape;
mod shapes;
mod text;
mod vocabulary;

pub use crate::folder::{INCIDENT as INCIDENT_FILE, PRIVILEGED as PRIVILEGED_FILE};
pub use day::Day;
pub use load::{from_text, load};
pub use model::*;
pub use position::{EntityIx, StrandIx};
pub use schema::{COLUMN_PATTERNS, INCIDENT as INCIDENT_SCHEMA, PRIVILEGED as PRIVILEGED_SCHEMA};
pub use shape::{Ids, Key, Shape, Table};
pub use vocabulary::{ElementKind, KnownElement, known_elements, known_federal_laws, known_states};
