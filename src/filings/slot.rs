//! The vocabulary of `maps_to`: every fact a form may ask for.

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

const SUBTYPES: &[&str] = &[
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

const METHODS: &[&str] = &["written", "electronic", "substitute"];
const KINDS: &[&str] = &["initial", "update"];
const FILERS: &[&str] = &[
    "covered_entity",
    "business_associate",
    "covered_entity_for_business_associate",
    "phr_vendor",
    "phr_related_entity",
    "phr_service_provider",
];

use SlotKind::{Days, File, Flag, Ids, Number, OpenIds, Text};

/// Every slot but the open families of [`kind_of`].
pub const SLOTS: &[(&str, SlotKind)] = &[
    ("attachment.hhs_report", File),
    ("attachment.sample_letter", File),
    ("contact.address", Text),
    ("contact.email", Text),
    ("contact.firm", Text),
    ("contact.first_name", Text),
    ("contact.last_name", Text),
    ("contact.name", Text),
    ("contact.phone", Text),
    ("contact.relationship", Text),
    ("contact.title", Text),
    ("contact.zip", Text),
    ("counts.patients", Number),
    ("counts.state", Number),
    ("counts.state_mailed", Number),
    ("counts.total", Number),
    ("cra.notified", Flag),
    ("data_types", OpenIds),
    ("description", Text),
    ("description.containment", Text),
    ("description.steps_planned", Text),
    ("description.steps_taken", Text),
    ("entity.address", Text),
    ("entity.address.city", Text),
    ("entity.address.state", Text),
    ("entity.address.street", Text),
    ("entity.address.zip", Text),
    ("entity.contact.email", Text),
    ("entity.contact.first_name", Text),
    ("entity.contact.last_name", Text),
    ("entity.contact.phone", Text),
    ("entity.dba", Text),
    ("entity.hipaa_status", Text),
    ("entity.hipaa_type", Ids(ENTITY_TYPES)),
    ("entity.name", Text),
    ("entity.prior_notices_12m", Days),
    ("entity.safeguards", Text),
    ("entity.small_business", Flag),
    ("entity.subtype", Ids(SUBTYPES)),
    ("entity.type", Ids(ENTITY_TYPES)),
    ("entity.wisp", Flag),
    ("entity.wisp_updated", Flag),
    ("filing.authorized", Flag),
    ("filing.filer_role", Ids(FILERS)),
    ("filing.kind", Ids(KINDS)),
    ("filing.needed", Flag),
    ("filing.number", Text),
    ("filing.rule", OpenIds),
    ("filing.submitted_on", Days),
    ("incident.actions_other", Text),
    ("incident.actions_taken", OpenIds),
    ("incident.actor", Text),
    ("incident.attack_type", OpenIds),
    ("incident.breach_end", Days),
    ("incident.breach_start", Days),
    ("incident.breach_start..incident.breach_end", Days),
    ("incident.breach_type", Ids(BREACH_TYPES)),
    ("incident.delay_reason", Text),
    ("incident.determined", Days),
    ("incident.discovered", Days),
    ("incident.discovered_end", Days),
    ("incident.discovery_how", Text),
    ("incident.encryption", Flag),
    ("incident.estimated_cost", Text),
    ("incident.location", Ids(LOCATIONS)),
    ("incident.safeguards_before", OpenIds),
    ("law_enforcement.agency", Text),
    ("law_enforcement.contact", Text),
    ("law_enforcement.delay", Flag),
    ("law_enforcement.notified", Flag),
    ("law_enforcement.phone", Text),
    ("law_enforcement.report_filed", Flag),
    ("law_enforcement.report_number", Text),
    ("notice.end", Days),
    ("notice.mailed_on", Days),
    ("notice.media", Flag),
    ("notice.media_states", OpenIds),
    ("notice.method", Ids(METHODS)),
    ("notice.provided", Flag),
    ("notice.start", Days),
    ("notice.substitute", Flag),
    ("notice.substitute_count", Number),
    ("on_request.forensic_report", File),
    ("on_request.policies", File),
    ("on_request.steps", Text),
    ("protection.description", Text),
    ("protection.months", Text),
    ("protection.offered", Flag),
    ("protection.provider", Text),
    ("roster.names", File),
    ("vendor.address.city", Text),
    ("vendor.address.state", Text),
    ("vendor.address.street", Text),
    ("vendor.address.zip", Text),
    ("vendor.contact.email", Text),
    ("vendor.contact.first_name", Text),
    ("vendor.contact.last_name", Text),
    ("vendor.contact.phone", Text),
    ("vendor.name", Text),
    ("vendor.present", Flag),
];

/// The slot that a decision's question answers: `filing.<slot>`, or a statement of the filer's own
/// whose name begins so (`filing.authorized`).
pub(super) fn slot_asked(question: &str) -> Option<(&str, SlotKind)> {
    let rest = question.strip_prefix("filing.")?;
    match kind_of(rest) {
        Some(kind) => Some((rest, kind)),
        None => kind_of(question).filter(|kind| *kind == Flag).map(|kind| (question, kind)),
    }
}

/// What a slot holds; none for a name outside the vocabulary.
///
/// `data_types.<element or group>` is the family of yes-or-no questions about one kind of
/// information.
pub fn kind_of(slot: &str) -> Option<SlotKind> {
    if slot.strip_prefix("data_types.").is_some_and(|rest| !rest.is_empty()) {
        return Some(Flag);
    }
    SLOTS.iter().find(|(name, _)| *name == slot).map(|(_, kind)| *kind)
}
