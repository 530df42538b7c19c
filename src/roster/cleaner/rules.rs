//! What cleaning a row needs to know of the incident and the roster's columns.

use super::exposed;
use crate::incident::{EntityIx, Incident, ProtectionRecipient, StrandIx};
use crate::roster::columns::Columns;
use crate::roster::release::Releases;
use crate::roster::repairs::Ready;
use crate::roster::tables::{self, fold};
use crate::roster::told::Told;
use crate::roster::{ElementSet, Person, Recipient};
use foldhash::HashMap;
use jiff::civil::Date;

/// What cleaning a row needs to know; one for all workers.
pub struct Rules<'a> {
    pub columns: &'a Columns,
    pub as_of: Date,
    pub(super) labels: HashMap<String, usize>,
    pub(super) entities: HashMap<String, EntityIx>,
    pub(super) entity_count: usize,
    pub(super) strands: HashMap<String, StrandIx>,
    pub(super) strand_elements: Vec<ElementSet>,
    /// By protection: to whom it is offered, and for which kinds of data; none for all.
    offers: Vec<(Vec<Recipient>, ElementSet)>,
    majority: HashMap<&'static str, u8>,
    majority_unknown: u8,
    pub(super) releases: &'a Releases,
    pub(super) told: &'a Told,
    pub(super) repairs: &'a Ready,
}

impl<'a> Rules<'a> {
    pub fn new(
        incident: &Incident,
        columns: &'a Columns,
        as_of: Date,
        majority: &dyn Fn(&str) -> u8,
        releases: &'a Releases,
        told: &'a Told,
        repairs: &'a Ready,
    ) -> Self {
        let labels = exposed::labels(incident);
        let mut entities = HashMap::default();
        let all: Vec<EntityIx> = incident.entity_indices().collect();
        entities.extend(all.iter().rev().map(|at| (fold(&incident[*at].name), *at)));
        entities.extend(all.iter().map(|at| (fold(&incident[*at].id), *at)));
        let strands = incident.strand_indices().map(|at| (fold(&incident[at].id), at)).collect();
        let strand_elements = incident
            .strands
            .iter()
            .map(|s| s.elements.iter().filter_map(|id| labels.get(&fold(id)).copied()).collect())
            .collect();
        let offers = incident.protections.iter().map(|offer| {
            let to = offer.recipients.iter().map(|recipient| match recipient {
                ProtectionRecipient::Adult => Recipient::Adult,
                ProtectionRecipient::Minor => Recipient::ParentOrGuardian,
            });
            let of = |id: &String| incident.elements.iter().position(|e| e.id == *id);
            (to.collect(), offer.offered_for.iter().filter_map(of).collect())
        });
        Self {
            columns,
            as_of,
            offers: offers.collect(),
            labels,
            entities,
            entity_count: incident.entities.len(),
            strands,
            strand_elements,
            majority: tables::STATES.iter().map(|(code, _)| (*code, majority(code))).collect(),
            majority_unknown: majority(""),
            releases,
            told,
            repairs,
        }
    }

    /// The protection that the person is offered: the first whose recipients and data they are
    /// among.
    pub(super) fn offer(&self, person: &Person) -> Option<usize> {
        self.offers.iter().position(|(to, of)| {
            to.contains(&person.recipient) && (of.is_empty() || of.intersects(person.elements))
        })
    }

    pub(super) fn majority(&self, state: &str) -> u8 {
        self.majority.get(state).copied().unwrap_or(self.majority_unknown)
    }
}
