//! An incident as the recount sees it.

use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// A covered entity, vendor or affiliate.
#[derive(Clone)]
pub struct Party {
    pub id: String,
    pub kind: &'static str,
    pub subtype: &'static str,
    pub licences: Vec<(&'static str, &'static str)>,
    pub independent: bool,
    pub told_on: Option<Date>,
    pub knew_on: Option<Date>,
    /// What it does itself: `individual`, `hhs`, `state`, `media`, `substitute`, `cra`.
    pub itself: BTreeSet<&'static str>,
}

#[derive(Clone)]
pub struct Part {
    pub id: String,
    pub discovered: Date,
    pub determined: Option<Date>,
    pub locations: Vec<&'static str>,
    pub kind: &'static str,
    pub encrypted: bool,
}

#[derive(Clone)]
pub struct Wait {
    pub stated: Date,
    pub last: Date,
    pub codes: Vec<&'static str>,
}

/// People who are alike.
#[derive(Clone)]
pub struct Crowd {
    pub party: usize,
    pub part: usize,
    pub state: &'static str,
    pub n: u64,
    pub elements: Vec<&'static str>,
    /// `patient`, `employee`, `dependant`.
    pub population: &'static str,
    pub estate: bool,
    /// Cannot be written to.
    pub unreachable: bool,
}

/// An incident as the recount sees it.
#[derive(Clone)]
pub struct Story {
    pub role: &'static str,
    pub parties: Vec<Party>,
    pub parts: Vec<Part>,
    pub waits: Vec<Wait>,
    pub crowds: Vec<Crowd>,
    pub mail_on: Date,
    pub decisions: BTreeMap<String, String>,
    pub protected: Vec<&'static str>,
}
