//! The words that keys choose from, each list in the order of the model's enum.

pub(super) const ROLE: &[&str] = &[
    "covered_entity",
    "business_associate",
    "phr_vendor",
    "phr_related_entity",
    "phr_service_provider",
];

pub(super) const ENTITY_KIND: &[&str] =
    &["healthcare_provider", "health_plan", "clearinghouse", "phr_vendor", "phr_related_entity"];

pub(super) const SUBTYPE: &[&str] = &[
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

pub(super) const AGENCY: &[&str] = &["agent", "independent", "unknown"];

pub(super) const DELEGATE: &[&str] = &["sender", "self", "undecided"];

pub(super) const WINDOW_CERTAINTY: &[&str] = &["confirmed", "estimated", "unknown"];

pub(super) const ELEMENTS_CERTAINTY: &[&str] = &["confirmed", "possible"];

pub(super) const BREACH_TYPE: &[&str] = &[
    "hacking_it_incident",
    "improper_disposal",
    "loss",
    "theft",
    "unauthorized_access_disclosure",
];

pub(super) const LOCATION: &[&str] = &[
    "desktop_computer",
    "electronic_medical_record",
    "email",
    "laptop",
    "network_server",
    "other_portable_electronic_device",
    "paper_films",
    "other",
];

pub(super) const RISK_OF_HARM: &[&str] = &["not_excluded", "low_probability"];

pub(super) const WAVE_KIND: &[&str] = &["initial", "supplemental", "correction", "remail"];

pub(super) const HOLD_KIND: &[&str] = &["written", "oral"];

pub(super) const CUSTOM_CLOCK: &[&str] =
    &["discovery", "determination", "individual_notice", "hhs_notice"];

pub(super) const PROTECTION_RECIPIENT: &[&str] = &["adult", "minor"];

pub(super) const STATE_PARAGRAPHS: &[&str] = &["all", "recipient"];

pub(super) const ONE_LETTER_PER: &[&str] = &["person_and_entity"];

pub(super) const CODE_FIELDS: &[&str] = &["piece", "sheet", "sheets", "sequence", "file", "check"];

pub(super) const EMAIL_MODE: &[&str] = &["with_mail", "instead_of_mail"];

pub(super) const VENDOR_ROLE: &[&str] =
    &["forensic", "mail_house", "call_centre", "monitoring", "translator", "breached_tool"];

/// The American spelling of words that files have in the British one; either is read.
const ALSO: &[(&str, &str)] = &[("licenses", "licences"), ("call_center", "call_centre")];

/// A key or choice as the schema spells it.
pub fn as_spelled(word: &str) -> &str {
    ALSO.iter().find(|(american, _)| *american == word).map_or(word, |(_, ours)| ours)
}

pub(super) const DATE_ORDERS: &[&str] = &["mdy", "dmy"];

pub(super) const HIDDEN_ROWS: &[&str] = &["read"];

pub(super) const ENCODINGS: &[&str] =
    &["utf-8", "utf-16le", "utf-16be", "windows-1252", "cp850", "macroman"];

/// What one column may hold of several, each a way in which it is written.
pub const COLUMN_PATTERNS: &[&str] = &[
    "Last, First Middle",
    "Last, First",
    "Last First Middle",
    "First Middle Last",
    "First Last",
    "City, ST ZIP",
    "City, ST",
    "ST ZIP",
];

/// The roster's canonical columns.
pub(super) const COLUMNS: &[&str] = &[
    "record_id",
    "entity",
    "first_name",
    "middle_name",
    "last_name",
    "full_name",
    "latin_name",
    "suffix",
    "address_1",
    "address_2",
    "address_3",
    "city",
    "state",
    "zip",
    "country",
    "email",
    "email_consent",
    "date_of_birth",
    "age",
    "guardian_name",
    "deceased",
    "representative_name",
    "language",
    "data_elements",
    "activation_code",
    "cohort",
    "population",
    "residence_state",
    "address_kind",
    "minor_consented",
    "email_consent_on",
    "alt_format",
    "prior_record_id",
];
