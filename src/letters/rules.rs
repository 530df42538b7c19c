//! What this room needs of the law: rules of letters, contacts, and what elements count as.

use crate::law::{Agency, Contacts, ContentRule, ContentVerb, Definition, Jurisdiction};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// The law of one wave, as letters need it.
pub struct Rules<'a> {
    /// `US-HIPAA` and the states, in the order of their codes.
    pub jurisdictions: Vec<&'a Jurisdiction>,
    pub contacts: &'a Contacts,
    /// By element id.
    pub elements: BTreeMap<String, ElementFacts>,
    /// The day whose law applies: the mail date.
    pub on: Date,
}

/// What the law makes of a kind of information.
#[derive(Clone, Debug, Default)]
pub struct ElementFacts {
    /// Categories of the statutes that it falls under.
    pub categories: Vec<String>,
    /// Printed only in general words.
    pub sensitive: bool,
}

impl Rules<'_> {
    /// A jurisdiction's law by code.
    pub fn get(&self, code: &str) -> Option<&Jurisdiction> {
        self.jurisdictions.iter().find(|j| j.code == code).copied()
    }

    /// The consumer offices of a jurisdiction, in the data's order.
    pub fn agencies(&self, code: &str) -> impl Iterator<Item = &Agency> {
        let consumer = |a: &&Agency| a.purpose.iter().any(|p| p == "consumer");
        let code = code.to_owned();
        self.contacts.agencies.iter().filter(consumer).filter(move |a| a.jurisdiction == code)
    }

    /// The statutes' categories of some elements, their own ids included.
    pub fn categories<'e>(&self, ids: impl Iterator<Item = &'e str>) -> BTreeSet<String> {
        let mut all = BTreeSet::new();
        for id in ids {
            all.insert(id.to_owned());
            all.extend(self.elements.get(id).into_iter().flat_map(|e| e.categories.clone()));
        }
        all
    }

    /// Whether exposed categories meet a statute's definition. Where it lists no element, every
    /// involved person counts.
    pub fn meets(
        &self,
        jurisdiction: &Jurisdiction,
        statute: &str,
        exposed: &BTreeSet<String>,
    ) -> bool {
        let mut definitions = jurisdiction
            .definitions
            .iter()
            .filter(|d: &&Definition| {
                d.statute == statute && self.in_force(&d.effective, d.until.as_deref())
            })
            .peekable();
        if definitions.peek().is_none() {
            return true;
        }
        definitions.any(|d| {
            let mut listed = d.elements.iter().chain(&d.without_name).peekable();
            listed.peek().is_none() || listed.any(|e| exposed.contains(e))
        })
    }

    /// The content rules of a jurisdiction whose statute these categories meet.
    pub fn contents<'j>(
        &self,
        jurisdiction: &'j Jurisdiction,
        exposed: &BTreeSet<String>,
    ) -> Vec<&'j ContentRule> {
        let rules = jurisdiction.contents.iter();
        rules
            .filter(|r| self.in_force(&r.effective, r.until.as_deref()))
            .filter(|r| self.meets(jurisdiction, &r.statute, exposed))
            .collect()
    }

    /// Ids of the contents that statutes bar for a resident with these categories exposed.
    pub fn barred(&self, code: &str, exposed: &BTreeSet<String>) -> BTreeSet<String> {
        let Some(jurisdiction) = self.get(code) else { return BTreeSet::new() };
        let rules = self.contents(jurisdiction, exposed).into_iter();
        rules.filter(|r| r.rule == ContentVerb::Prohibited).map(|r| r.id.clone()).collect()
    }

    fn in_force(&self, effective: &Date, until: Option<&Date>) -> bool {
        *effective <= self.on && until.is_none_or(|until| self.on < *until)
    }
}
