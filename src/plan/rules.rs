//! What the plan needs of the law pack, and no more.

use crate::law::{Jurisdiction, LawPack};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// The law as the plan sees it; filled from the law pack, or by hand in tests.
pub struct Rules<'a> {
    pub jurisdictions: Vec<&'a Jurisdiction>,
    /// The incident's element id -> categories of the law files' definitions. An id without an
    /// entry stands for itself.
    pub categories: BTreeMap<String, Vec<String>>,
    /// Federal holidays as observed.
    pub is_holiday: Box<dyn Fn(Date) -> bool + 'a>,
    /// Version and digest of the pack.
    pub pack: String,
    /// Ids of questions that other rooms ask; a decision on one of them is not an error here.
    pub elsewhere: BTreeSet<String>,
}

impl<'a> From<&'a LawPack> for Rules<'a> {
    /// The whole pack; `elsewhere` is left for the caller to fill.
    fn from(pack: &'a LawPack) -> Self {
        let categories =
            pack.elements().iter().map(|e| (e.id.clone(), e.categories.clone())).collect();
        Self {
            jurisdictions: pack.jurisdictions().collect(),
            categories,
            is_holiday: Box::new(|day| pack.is_federal_holiday(day)),
            pack: format!("{} {}", pack.version(), pack.digest()),
            elsewhere: BTreeSet::new(),
        }
    }
}
