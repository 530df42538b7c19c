//! A roster (CSV, XLSX) becomes the spool: cleaned, merged people in a fixed order.
//!
//! Every row ends as one [`Person`] record of the spool with one [`Standing`]; nothing is
//! skipped. This room knows neither templates nor law.

mod elements;
mod person;

pub use elements::ElementSet;
pub use person::*;
