//! The condition of a rule, as structure.

use serde::{Deserialize, Serialize};

/// A condition as structure. All keys given must hold; an empty condition always holds.
///
/// What structure cannot express stands in `question`: until counsel answers it, the condition
/// holds and the duty arises.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct When {
    /// The covered entity's kind is one of these: `healthcare_provider`, ...
    pub entity_kind: Vec<String>,
    /// The covered entity's subtype is one of these.
    pub entity_subtype: Vec<String>,
    /// The sender's role: `covered_entity`, `business_associate`.
    pub role: Vec<String>,
    /// The covered entity holds one of these licences in this jurisdiction.
    pub licence: Vec<String>,
    /// Any of these elements is exposed (for the person, or for anybody counted).
    pub elements_any: Vec<String>,
    /// All exposed elements are among these.
    pub elements_only: Vec<String>,
    /// Breach types of the strand: `hacking_it_incident`, ...
    pub breach_type: Vec<String>,
    /// `electronic` or `paper`.
    pub medium: Vec<String>,
    /// The people counted are HIPAA patients (true) or not (false).
    pub patients: Option<bool>,
    /// A law-enforcement hold was used in this jurisdiction.
    pub hold_used: Option<bool>,
    /// Counsel decided that harm is excluded and no letters go (a strand of low probability).
    pub harm_excluded: Option<bool>,
    /// A report to HHS arises for the covered entity.
    pub hhs_report: Option<bool>,
    /// Identity protection is offered to anybody counted.
    pub protection_offered: Option<bool>,
    /// The covered entity names a parent company.
    pub parent_company: Option<bool>,
    /// At least / at most this many residents.
    pub residents_at_least: Option<u64>,
    pub residents_at_most: Option<u64>,
    /// Holds if any of these holds.
    pub any: Vec<When>,
    /// Holds if this does not.
    pub not: Option<Box<When>>,
    /// What only a person can settle.
    pub question: Option<String>,
}

impl When {
    /// The keys that are set, for display and comparison.
    pub fn brief(&self) -> serde_json::Value {
        let mut value = serde_json::to_value(self).unwrap_or_default();
        drop_empty(&mut value);
        value
    }

    /// This condition and every condition inside it.
    pub fn walk(&self) -> Vec<&When> {
        let mut all = vec![self];
        for inner in self.any.iter().chain(self.not.as_deref()) {
            all.extend(inner.walk());
        }
        all
    }
}

/// Takes keys without a value out of objects, at every depth.
fn drop_empty(value: &mut serde_json::Value) {
    if let Some(map) = value.as_object_mut() {
        for inner in map.values_mut() {
            drop_empty(inner);
        }
        map.retain(|_, v| !v.is_null() && v.as_array().is_none_or(|a| !a.is_empty()));
    } else if let Some(list) = value.as_array_mut() {
        list.iter_mut().for_each(drop_empty);
    }
}
