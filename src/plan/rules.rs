//! What the plan needs of the law pack, and no more.

use crate::law::{InterviewQuestion, Jurisdiction, LawPack};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// The law as the plan sees it; filled from the law pack, or by hand in tests.
pub struct Rules<'a> {
    pub jurisdictions: Vec<&'a Jurisdiction>,
    /// The incident's element id -> categories of the law files' definitions. An id without an
    /// entry stands for itself.
    pub categories: BTreeMap<String, Vec<String>>,
    /// Plain words for ids of categories, licenses, kinds of entity and so on; an id without an
    /// entry is printed as it is.
    pub labels: BTreeMap<String, String>,
    /// What organizations are asked about themselves.
    pub interview: &'a [InterviewQuestion],
    /// Federal holidays as observed.
    pub is_holiday: Box<dyn Fn(Date) -> bool + 'a>,
    /// Version and digest of the pack.
    pub pack: String,
    /// The first day that the pack answers for; none: any.
    pub since: Option<Date>,
    /// Ids of questions that other rooms ask, families of them ending with a dot (`filing.`); a
    /// decision on one of them is not an error here.
    pub elsewhere: BTreeSet<String>,
    /// Covered entity's id -> the day on which HHS really was told, for duties that run from it.
    pub told_hhs: BTreeMap<String, Date>,
}

impl<'a> From<&'a LawPack> for Rules<'a> {
    /// The whole pack; `elsewhere` is left for the caller to fill.
    fn from(pack: &'a LawPack) -> Self {
        let categories =
            pack.elements().iter().map(|e| (e.id.clone(), e.categories.clone())).collect();
        let v = pack.vocabulary();
        let labels = [
            &v.categories,
            &v.licences,
            &v.roles,
            &v.entity_kinds,
            &v.entity_subtypes,
            &v.breach_types,
            &v.media,
        ]
        .into_iter()
        .flatten()
        .map(|term| (term.id.clone(), term.label.clone()))
        .collect();
        Self {
            labels,
            jurisdictions: pack.jurisdictions().collect(),
            categories,
            interview: &pack.interview().questions,
            is_holiday: Box::new(|day| pack.is_federal_holiday(day)),
            pack: format!("{} {}", pack.version(), pack.digest()),
            since: pack.since(),
            elsewhere: BTreeSet::new(),
            told_hhs: BTreeMap::new(),
        }
    }
}

impl Rules<'_> {
    /// Ids in plain words: `a, b or c`.
    pub(super) fn either(&self, ids: &[String]) -> String {
        let plain: Vec<&str> = ids.iter().map(|id| self.label(id)).collect();
        match plain.as_slice() {
            [] => String::new(),
            [one] => (*one).to_owned(),
            [rest @ .., last] => format!("{} or {last}", rest.join(", ")),
        }
    }

    /// The name of the jurisdiction with this code, else the code.
    pub(super) fn place<'s>(&'s self, code: &'s str) -> &'s str {
        self.jurisdictions.iter().find(|j| j.code == code).map_or(code, |j| &j.name)
    }

    fn label<'s>(&'s self, id: &'s str) -> &'s str {
        self.labels.get(id).map_or(id, String::as_str)
    }
}
