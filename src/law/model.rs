//! The nouns of a law file.
//!
//! One file per jurisdiction. Every rule is dated, cited and sourced, says how sure we are, and
//! carries its condition as structure ([`When`]), never as prose.

use crate::incident::Day;
use serde::{Deserialize, Serialize};

/// A jurisdiction's whole law, all versions.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Jurisdiction {
    /// `CA`, `US-HIPAA`, `US-FTC`.
    pub code: String,
    pub name: String,
    pub kind: JurisdictionKind,
    /// The day the sources were last read.
    pub checked: Day,
    pub confidence: Confidence,
    #[serde(default)]
    pub unknown: Vec<String>,
    #[serde(default)]
    pub notes: Vec<String>,
    #[serde(default, rename = "statute")]
    pub statutes: Vec<Statute>,
    #[serde(default, rename = "definition")]
    pub definitions: Vec<Definition>,
    #[serde(default, rename = "hipaa")]
    pub hipaa: Vec<HipaaTreatment>,
    #[serde(default, rename = "duty")]
    pub duties: Vec<DutyRule>,
    #[serde(default, rename = "content")]
    pub contents: Vec<ContentRule>,
    #[serde(default, rename = "letter_style")]
    pub letter_styles: Vec<LetterStyle>,
    #[serde(default, rename = "protection")]
    pub protections: Vec<ProtectionRule>,
    #[serde(default, rename = "methods")]
    pub methods: Vec<Methods>,
    #[serde(default, rename = "majority")]
    pub majority: Vec<Majority>,
    #[serde(default, rename = "penalty")]
    pub penalties: Vec<Penalty>,
    #[serde(default, rename = "example")]
    pub examples: Vec<PublishedExample>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum JurisdictionKind {
    Federal,
    State,
    District,
    Territory,
}

/// How sure the law pack is of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    Low,
    Medium,
    High,
}

/// What stands behind a rule; the mark of docs/LAW-COVERAGE.md.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Proof {
    /// Read in the statute's or regulation's own text.
    StatuteText,
    Secondary,
    Doubtful,
    Unknown,
}

/// "Applies to breaches discovered (determined, notified) on or after".
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Reach {
    pub basis: ReachBasis,
    pub from: Day,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ReachBasis {
    Discovered,
    Determined,
    Notified,
}

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

/// A breach statute: whom it protects, what sets it off.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Statute {
    /// `general`, `medical`, `insurance`, ...; rules refer to it.
    pub id: String,
    pub cite: String,
    #[serde(default)]
    pub url: String,
    /// In our words; the condition is `when`.
    pub applies_to: String,
    #[serde(default)]
    pub when: When,
    /// False for a law that adds no notice duty of its own.
    #[serde(default = "yes")]
    pub notice_duty: bool,
    #[serde(default)]
    pub paper_records: bool,
    /// `access`, `acquisition`, `access_or_acquisition`, ...
    #[serde(default)]
    pub trigger: String,
    #[serde(default)]
    pub risk_of_harm_exception: bool,
    #[serde(default)]
    pub harm_standard: String,
    #[serde(default)]
    pub encryption_safe_harbor: bool,
}

fn yes() -> bool {
    true
}

/// Which exposed elements make a resident count under a statute.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    pub statute: String,
    /// First day in force; `1900-01-01` where the sources give no start.
    pub effective: Day,
    /// First day no longer in force.
    #[serde(default)]
    pub until: Option<Day>,
    /// Which breaches a new version reaches, where the enactment says so.
    #[serde(default)]
    pub applies_to_breaches: Option<Reach>,
    /// Element ids of the law files' vocabulary; empty: every involved patient counts.
    pub elements: Vec<String>,
    /// Elements that count even without the person's name.
    #[serde(default)]
    pub without_name: Vec<String>,
    pub confidence: Confidence,
    pub proof: Proof,
    pub source: String,
}

/// What HIPAA compliance does to a statute's duties.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct HipaaTreatment {
    pub statute: String,
    /// First day in force; `1900-01-01` where the sources give no start.
    pub effective: Day,
    /// First day no longer in force.
    #[serde(default)]
    pub until: Option<Day>,
    /// Which breaches a new version reaches, where the enactment says so.
    #[serde(default)]
    pub applies_to_breaches: Option<Reach>,
    pub treatment: Treatment,
    /// The treatment holds only under this condition.
    #[serde(default)]
    pub when: When,
    /// Kinds of duty it lifts by the cautious reading; the others stay.
    #[serde(default)]
    pub lifts: Vec<DutyKind>,
    /// Set where the words would lift more than the cautious default does: the question for
    /// counsel, whose id is `<code>.hipaa`.
    #[serde(default)]
    pub question: Option<String>,
    pub detail: String,
    pub cite: String,
    pub confidence: Confidence,
    pub proof: Proof,
    pub source: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Treatment {
    /// The statute applies beside HIPAA.
    None,
    /// Only the letter's contents are deemed met.
    ContentDeemed,
    /// Notice under HIPAA is deemed compliance, but for what `lifts` leaves.
    DeemedCompliant,
    /// HIPAA entities are outside the statute.
    ExemptEntity,
    /// Data under HIPAA are outside the statute.
    ExemptData,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DutyKind {
    Individual,
    Regulator,
    Cra,
    Media,
    Hhs,
    CoveredEntity,
    Substitute,
    Protection,
    Custom,
}

/// One version of one duty to tell somebody.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct DutyRule {
    /// Stable over versions: `ca-ag`, `ca-individual`, `hipaa-media`.
    pub id: String,
    pub kind: DutyKind,
    /// Who is told.
    pub recipient: String,
    /// Which statute's definition decides who counts, and whose HIPAA treatment applies.
    pub statute: String,
    pub cite: String,
    /// First day in force; `1900-01-01` where the sources give no start.
    pub effective: Day,
    /// First day no longer in force.
    #[serde(default)]
    pub until: Option<Day>,
    /// Which breaches a new version reaches, where the enactment says so.
    #[serde(default)]
    pub applies_to_breaches: Option<Reach>,
    #[serde(default)]
    pub when: When,
    pub counts: Counting,
    pub threshold: u64,
    pub comparator: Comparator,
    pub clock: Clock,
    /// None where the law gives no number ("without unreasonable delay").
    #[serde(default)]
    pub deadline: Option<Deadline>,
    /// Further clocks; the earliest due date counts.
    #[serde(default)]
    pub or_earlier: Vec<Timer>,
    /// What a law-enforcement hold does to the due date, where the law says so.
    #[serde(default)]
    pub after_hold: Option<Deadline>,
    /// The timing in our words.
    pub timing: String,
    #[serde(default)]
    pub extension: String,
    /// Ids of what the notice must contain.
    #[serde(default)]
    pub required_content: Vec<String>,
    #[serde(default)]
    pub method: String,
    #[serde(default)]
    pub url: String,
    #[serde(default)]
    pub email: String,
    #[serde(default)]
    pub postal: Vec<String>,
    #[serde(default)]
    pub phone: String,
    #[serde(default)]
    pub notes: String,
    /// A question for counsel that this duty always raises; id `<duty id>`.
    #[serde(default)]
    pub question: Option<String>,
    pub confidence: Confidence,
    pub proof: Proof,
    pub source: String,
}

/// Whom a threshold counts. Per covered entity and over all the sender files for (state
/// statutes), or per covered entity only (HIPAA).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Counting {
    /// Residents of this jurisdiction whose elements meet the statute's definition.
    Residents,
    /// Everybody anywhere whose elements meet the definition.
    Everybody,
    /// HIPAA: all patients of the covered entity, everywhere.
    Patients,
    /// HIPAA: patients of the covered entity residing in one state, each state apart.
    PatientsPerState,
    /// HIPAA: patients of the covered entity who cannot be written to.
    PatientsUnreachable,
    /// Patients of the covered entity residing in this jurisdiction, whatever was exposed.
    ResidentPatients,
}

/// The comparator as enacted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub enum Comparator {
    #[serde(rename = ">")]
    MoreThan,
    #[serde(rename = ">=")]
    AtLeast,
    #[serde(rename = "<")]
    FewerThan,
}

/// What starts a deadline running.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Clock {
    Discovery,
    Determination,
    Confirmation,
    /// The business associate's notice to the covered entity.
    NoticeToEntity,
    /// Due before the first letter goes out.
    BeforeIndividualNotice,
    /// Due on the day the letters go out.
    WithIndividualNotice,
    /// Runs from the day the letters go out.
    IndividualNotice,
    /// Runs from the report to HHS.
    HhsNotice,
    /// Runs from 31 December of the year of discovery.
    CalendarYearEnd,
}

/// A length of time; exactly one of `days` and `hours`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Deadline {
    #[serde(default)]
    pub days: Option<u32>,
    #[serde(default)]
    pub hours: Option<u32>,
    #[serde(default)]
    pub day_kind: DayKind,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DayKind {
    #[default]
    Calendar,
    /// Monday to Friday, federal holidays as observed left out.
    Business,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Timer {
    pub clock: Clock,
    pub deadline: Deadline,
}

/// A content that a letter must or must not have, for people the statute protects.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ContentRule {
    /// The content's id: `breach_description`, `police_report_right`, ...
    pub id: String,
    pub rule: ContentVerb,
    pub statute: String,
    /// First day in force; `1900-01-01` where the sources give no start.
    pub effective: Day,
    /// First day no longer in force.
    #[serde(default)]
    pub until: Option<Day>,
    /// Which breaches a new version reaches, where the enactment says so.
    #[serde(default)]
    pub applies_to_breaches: Option<Reach>,
    /// For example: bureaus' contacts only if an SSN was exposed.
    #[serde(default)]
    pub when: When,
    pub cite: String,
    /// What the statute asks, in our words.
    #[serde(default)]
    pub detail: String,
    pub confidence: Confidence,
    pub proof: Proof,
    pub source: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ContentVerb {
    Required,
    Prohibited,
    /// Usual in such letters, not required.
    Customary,
}

/// How a letter must look under a statute.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct LetterStyle {
    pub statute: String,
    /// First day in force; `1900-01-01` where the sources give no start.
    pub effective: Day,
    /// First day no longer in force.
    #[serde(default)]
    pub until: Option<Day>,
    /// Which breaches a new version reaches, where the enactment says so.
    #[serde(default)]
    pub applies_to_breaches: Option<Reach>,
    #[serde(default)]
    pub min_font_points: Option<f32>,
    #[serde(default)]
    pub plain_language: bool,
    #[serde(default)]
    pub prescribed_text: Vec<String>,
    #[serde(default)]
    pub addendum: String,
    pub confidence: Confidence,
    pub proof: Proof,
    pub source: String,
}

/// Identity protection that a statute obliges the sender to offer.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ProtectionRule {
    pub statute: String,
    /// First day in force; `1900-01-01` where the sources give no start.
    pub effective: Day,
    /// First day no longer in force.
    #[serde(default)]
    pub until: Option<Day>,
    /// Which breaches a new version reaches, where the enactment says so.
    #[serde(default)]
    pub applies_to_breaches: Option<Reach>,
    pub required: bool,
    #[serde(default)]
    pub months: Option<u32>,
    #[serde(default)]
    pub trigger_elements: Vec<String>,
    #[serde(default)]
    pub when: When,
    pub condition: String,
    pub cite: String,
    pub confidence: Confidence,
    pub proof: Proof,
    pub source: String,
}

/// How notice may be given.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Methods {
    pub statute: String,
    /// First day in force; `1900-01-01` where the sources give no start.
    pub effective: Day,
    /// First day no longer in force.
    #[serde(default)]
    pub until: Option<Day>,
    /// Which breaches a new version reaches, where the enactment says so.
    #[serde(default)]
    pub applies_to_breaches: Option<Reach>,
    /// `mail`, `email`, `email_esign`, `email_if_agreed`, `telephone`.
    pub allowed: Vec<String>,
    #[serde(default)]
    pub substitute_cost_over: Option<u64>,
    #[serde(default)]
    pub substitute_count_over: Option<u64>,
    #[serde(default)]
    pub substitute_means: Vec<String>,
    #[serde(default)]
    pub website_posting_days: Option<u32>,
    pub source: String,
}

/// The age from which a person is written to in their own name.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Majority {
    /// First day in force; `1900-01-01` where the sources give no start.
    pub effective: Day,
    /// First day no longer in force.
    #[serde(default)]
    pub until: Option<Day>,
    /// Which breaches a new version reaches, where the enactment says so.
    #[serde(default)]
    pub applies_to_breaches: Option<Reach>,
    pub age: u8,
    pub confidence: Confidence,
    pub source: String,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Penalty {
    pub detail: String,
    pub source: String,
}

/// A published case, kept for reading only.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct PublishedExample {
    pub entity: String,
    pub facts: String,
    pub source: String,
}

/// `law/contacts.toml`: bureaus, FTC and state agencies as letters print them.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Contacts {
    pub checked: Day,
    #[serde(rename = "bureau")]
    pub bureaus: Vec<Bureau>,
    pub ftc: Agency,
    pub annual_credit_report: Agency,
    #[serde(rename = "agency")]
    pub agencies: Vec<Agency>,
}

/// A nationwide consumer reporting agency.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Bureau {
    pub id: String,
    pub name: String,
    pub freeze: Desk,
    pub fraud_alert: Desk,
    #[serde(default)]
    pub notes: Vec<String>,
    pub confidence: Confidence,
    pub checked: Day,
    pub source: String,
}

/// One address of a bureau.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Desk {
    pub phone: String,
    pub url: String,
    pub postal: Vec<String>,
    pub confidence: Confidence,
}

/// A public body.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Agency {
    pub id: String,
    /// Jurisdiction code; `US` for federal bodies.
    pub jurisdiction: String,
    pub name: String,
    /// `consumer` (printed in letters) or `breach_filing`.
    #[serde(default)]
    pub purpose: Vec<String>,
    #[serde(default)]
    pub postal: Vec<String>,
    #[serde(default)]
    pub phone: String,
    #[serde(default)]
    pub toll_free: String,
    #[serde(default)]
    pub email: String,
    #[serde(default)]
    pub urls: Vec<String>,
    /// Names of the fields that are weaker than `confidence`.
    #[serde(default)]
    pub low: Vec<String>,
    #[serde(default)]
    pub notes: Vec<String>,
    pub confidence: Confidence,
    pub checked: Day,
    pub source: String,
}
