//! What a slot of the record holds, and how decisions and forms name one.

use super::slots::Slot;
use crate::tables::alike;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What kind of value a slot holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SlotKind {
    Text,
    Days,
    Number,
    /// `yes` or `no`.
    Flag,
    /// One or more of these ids.
    Ids(&'static [&'static str]),
    /// Ids that the incident or the forms define.
    OpenIds,
    File,
}

impl SlotKind {
    /// In a word, for the reference.
    pub fn label(self) -> &'static str {
        match self {
            SlotKind::Text => "text",
            SlotKind::Days => "days",
            SlotKind::Number => "number",
            SlotKind::Flag => "yes or no",
            SlotKind::Ids(_) | SlotKind::OpenIds => "ids",
            SlotKind::File => "file",
        }
    }
}

/// Ids of `incident.breach_type`.
pub const BREACH_TYPES: &[&str] = &[
    "hacking_it_incident",
    "improper_disposal",
    "loss",
    "theft",
    "unauthorized_access_disclosure",
];

/// Ids of `incident.location`.
pub const LOCATIONS: &[&str] = &[
    "desktop_computer",
    "electronic_medical_record",
    "email",
    "laptop",
    "network_server",
    "other_portable_electronic_device",
    "paper_films",
    "other",
];

/// Ids of `entity.type`: the covered entity's kind, or the sender that is none.
pub const ENTITY_TYPES: &[&str] = &[
    "healthcare_provider",
    "health_plan",
    "clearinghouse",
    "phr_vendor",
    "phr_related_entity",
    "business_associate",
    "phr_service_provider",
];

pub(super) const SUBTYPES: &[&str] = &[
    "insurer",
    "hmo",
    "self_insured_employer_plan",
    "medicaid_agency",
    "medicaid_mco",
    "medicare_advantage",
    "fehb_carrier",
    "government_provider",
    "part2_program",
    "none",
];

pub(super) const METHODS: &[&str] = &["written", "electronic", "substitute"];
pub(super) const KINDS: &[&str] = &["initial", "update"];
pub(super) const FILERS: &[&str] = &[
    "covered_entity",
    "business_associate",
    "covered_entity_for_business_associate",
    "phr_vendor",
    "phr_related_entity",
    "phr_service_provider",
];

impl Slot {
    /// The first part of the name: `incident`, `entity`, `filing`.
    pub fn group(&self) -> String {
        let name = self.name();
        name.split('.').next().unwrap_or(&name).to_owned()
    }

    /// Whether it holds a number of people: counted, never typed in.
    pub(super) fn is_figure(&self) -> bool {
        matches!(
            self,
            Slot::CountsPatients | Slot::CountsState | Slot::CountsStateMailed | Slot::CountsTotal
        )
    }

    /// The question whose `[[decision]]` answers it for every form.
    pub(super) fn question(&self) -> String {
        match self.group().as_str() {
            "filing" => self.name().into_owned(),
            _ => format!("filing.{}", self.name()),
        }
    }

    /// The slot that a decision's question answers: `filing.<slot>`, or a statement of the filer's
    /// own whose name begins so (`filing.authorized`).
    pub(super) fn asked(question: &str) -> Option<Slot> {
        let rest = question.strip_prefix("filing.")?;
        Slot::named(rest)
            .or_else(|| Slot::named(question).filter(|slot| slot.kind() == SlotKind::Flag))
    }

    /// The slot that was meant by a name outside the vocabulary.
    pub(super) fn nearest(name: &str) -> Option<String> {
        let names: Vec<_> = Slot::ALL.iter().map(Slot::name).collect();
        let scored = names.iter().map(|known| (alike::likeness_by_letters(name, known), &**known));
        let near = alike::most_alike(scored, 0.6);
        near.first().map(|name| (*name).to_owned())
    }

    /// The slots of a row's `maps_to`. Names outside the vocabulary are told, with their line, where
    /// the file's keys are checked; here they are left out.
    pub(super) fn known<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Slot>, D::Error> {
        let names = Vec::<String>::deserialize(from)?;
        Ok(names.iter().filter_map(|name| Slot::named(name)).collect())
    }
}

impl Serialize for Slot {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.name())
    }
}
