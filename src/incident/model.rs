//! The nouns of `incident.toml`; every key that is not required has a cautious default.

use super::Day;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One incident: everything that is not a person and not the law.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Incident {
    pub id: String,
    #[serde(default)]
    pub title: String,
    pub sender: Sender,
    #[serde(rename = "covered_entity")]
    pub entities: Vec<CoveredEntity>,
    #[serde(default, rename = "hhs_report")]
    pub hhs_reports: Vec<HhsReport>,
    #[serde(rename = "strand")]
    pub strands: Vec<Strand>,
    pub breach: Breach,
    #[serde(rename = "wave")]
    pub waves: Vec<Wave>,
    #[serde(default, rename = "estimate")]
    pub estimates: Vec<Estimate>,
    #[serde(default, rename = "law_enforcement_hold")]
    pub holds: Vec<LawEnforcementHold>,
    #[serde(default, rename = "duty")]
    pub duties: Vec<CustomDuty>,
    /// At most 64: a person's elements are a bit set over this list.
    #[serde(rename = "data_element")]
    pub elements: Vec<DataElement>,
    #[serde(default, rename = "protection")]
    pub protections: Vec<Protection>,
    #[serde(default)]
    pub filing: FilingFacts,
    #[serde(default)]
    pub letter: LetterChoices,
    #[serde(default)]
    pub mail: MailChoices,
    #[serde(default)]
    pub email: EmailChoices,
    #[serde(default)]
    pub roster: RosterChoices,
    #[serde(default)]
    pub fonts: FontChoices,
    #[serde(default, rename = "vendor")]
    pub vendors: Vec<Vendor>,
    #[serde(default, rename = "decision")]
    pub decisions: Vec<Decision>,
    #[serde(default)]
    pub litigation_hold: bool,
    /// A wave goes out only when two people have approved it.
    #[serde(default)]
    pub two_approvers: bool,
}

/// Who signs the letters.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Sender {
    pub name: String,
    pub role: Role,
    pub return_address: Vec<String>,
    pub phone: String,
    #[serde(default)]
    pub phone_hours: String,
    #[serde(default)]
    pub email: String,
    #[serde(default)]
    pub website: String,
    #[serde(default)]
    pub address: Vec<String>,
    #[serde(default)]
    pub state: String,
    pub signatory: Signatory,
    #[serde(default)]
    pub logo: Option<String>,
    #[serde(default)]
    pub contact: Option<Contact>,
}

/// The part the sender plays under 45 CFR 160.103.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    CoveredEntity,
    BusinessAssociate,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Signatory {
    pub name: String,
    #[serde(default)]
    pub title: String,
    #[serde(default)]
    pub image: Option<String>,
}

/// A person whom regulators may ask.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct Contact {
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub title: String,
    #[serde(default)]
    pub phone: String,
    #[serde(default)]
    pub email: String,
    #[serde(default)]
    pub firm: String,
    #[serde(default)]
    pub relationship: String,
    #[serde(default)]
    pub address: Vec<String>,
}

/// A covered entity (45 CFR 160.103) whose patients are concerned.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct CoveredEntity {
    /// As in the roster's `entity` column.
    pub id: String,
    pub name: String,
    pub kind: EntityKind,
    #[serde(default)]
    pub subtype: Subtype,
    #[serde(default)]
    pub address: Vec<String>,
    #[serde(default)]
    pub state: String,
    #[serde(default)]
    pub parent_company: String,
    #[serde(default)]
    pub plan_sponsor: String,
    #[serde(default)]
    pub licences: Vec<Licence>,
    #[serde(default)]
    pub home_page: String,
    #[serde(default)]
    pub contact: Option<Contact>,
    #[serde(default)]
    pub agency: Agency,
    #[serde(default)]
    pub told_on: Option<Day>,
    #[serde(default)]
    pub list_received_on: Option<Day>,
    #[serde(default)]
    pub knew_earlier_on: Option<Day>,
    #[serde(default)]
    pub wisp: Option<bool>,
    #[serde(default)]
    pub small_business: Option<bool>,
    #[serde(default)]
    pub prior_notices_12m: Vec<Day>,
    /// Keys (`age1...`) to which the list of its people is locked.
    #[serde(default)]
    pub encrypt_to: Vec<String>,
    #[serde(default)]
    pub delegation: Delegation,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EntityKind {
    HealthcareProvider,
    HealthPlan,
    Clearinghouse,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Subtype {
    Insurer,
    Hmo,
    SelfInsuredEmployerPlan,
    MedicaidAgency,
    MedicaidMco,
    MedicareAdvantage,
    FehbCarrier,
    GovernmentProvider,
    Part2Program,
    #[default]
    None,
}

/// A licence that brings a sector regulator with it; `kind` is an id of the law files.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct Licence {
    pub state: String,
    pub kind: String,
}

/// Whether a business associate is the covered entity's agent (45 CFR 164.404(a)(2)).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Agency {
    Agent,
    Independent,
    #[default]
    Unknown,
}

/// Who carries out each duty of a covered entity.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct Delegation {
    #[serde(default)]
    pub individual: Delegate,
    #[serde(default)]
    pub hhs: Delegate,
    #[serde(default)]
    pub state: Delegate,
    #[serde(default)]
    pub media: Delegate,
    #[serde(default)]
    pub substitute: Delegate,
    #[serde(default)]
    pub cra: Delegate,
    #[serde(default)]
    pub agreed_on: Option<Day>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Delegate {
    Sender,
    #[serde(rename = "self")]
    Itself,
    #[default]
    Undecided,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct HhsReport {
    pub entities: Vec<String>,
}

/// One course of events; a roster row's `cohort` names one where there are several.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Strand {
    pub id: String,
    #[serde(default)]
    pub windows: Vec<Window>,
    pub discovered: Day,
    #[serde(default)]
    pub discoveries: Vec<Discovery>,
    #[serde(default)]
    pub determined: Option<Day>,
    #[serde(default)]
    pub elements: Vec<String>,
    #[serde(default)]
    pub elements_certainty: ElementsCertainty,
    #[serde(default)]
    pub encrypted: bool,
    #[serde(rename = "type")]
    pub kind: BreachType,
    #[serde(default)]
    pub locations: Vec<Location>,
    #[serde(default)]
    pub risk_of_harm: RiskOfHarm,
}

#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
pub struct Window {
    pub start: Day,
    pub end: Day,
    #[serde(default)]
    pub certainty: WindowCertainty,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WindowCertainty {
    Confirmed,
    Estimated,
    #[default]
    Unknown,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Discovery {
    pub on: Day,
    pub what: String,
}

/// `confirmed`: "was involved"; `possible`: "may have been involved".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ElementsCertainty {
    Confirmed,
    #[default]
    Possible,
}

/// The five types of the HHS breach portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum BreachType {
    HackingItIncident,
    ImproperDisposal,
    Loss,
    Theft,
    UnauthorizedAccessDisclosure,
}

/// The eight locations of the HHS breach portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Location {
    DesktopComputer,
    ElectronicMedicalRecord,
    Email,
    Laptop,
    NetworkServer,
    OtherPortableElectronicDevice,
    PaperFilms,
    Other,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RiskOfHarm {
    #[default]
    NotExcluded,
    LowProbability,
}

/// The incident's own words; Markdown.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Breach {
    pub what_happened: String,
    pub what_we_are_doing: String,
    #[serde(default)]
    pub regulator_description: String,
    /// Ids of the HHS form's options (`forms/hhs.toml`).
    #[serde(default)]
    pub safeguards_before: Vec<String>,
    /// Ids of the HHS form's options (`forms/hhs.toml`).
    #[serde(default)]
    pub actions_taken: Vec<String>,
    #[serde(default)]
    pub steps_planned: String,
    #[serde(default)]
    pub law_enforcement_notified: Option<bool>,
    #[serde(default)]
    pub delay_reason: String,
}

/// One mailing; people found later are a later wave.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Wave {
    pub id: String,
    #[serde(default)]
    pub kind: WaveKind,
    pub roster: String,
    /// Printed on the letters; what really happened comes from `confirm`.
    pub mail_on: Day,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WaveKind {
    #[default]
    Initial,
    Supplemental,
    Correction,
    Remail,
}

/// A count before there is a roster.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Estimate {
    pub entity: String,
    pub jurisdiction: String,
    pub count: u64,
    #[serde(default)]
    pub elements: Vec<String>,
    #[serde(default)]
    pub basis: String,
    #[serde(default)]
    pub by: String,
    #[serde(default)]
    pub as_of: Option<Day>,
}

/// A law-enforcement request to wait (45 CFR 164.412); postpones, never tolls.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct LawEnforcementHold {
    pub kind: HoldKind,
    #[serde(default)]
    pub agency: String,
    #[serde(default)]
    pub official: String,
    pub stated_on: Day,
    /// Required when written; an oral hold ends 30 days after `stated_on` at the latest.
    #[serde(default)]
    pub until: Option<Day>,
    pub jurisdictions: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum HoldKind {
    Written,
    Oral,
}

/// A duty that no statute here knows: contracts, CMS, Medicaid, insurers.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct CustomDuty {
    pub id: String,
    pub to: String,
    /// `discovery`, `determination`, `individual_notice` or `hhs_notice`.
    pub clock: String,
    #[serde(default)]
    pub hours: Option<u32>,
    #[serde(default)]
    pub days: Option<u32>,
    #[serde(default)]
    pub business_days: Option<u32>,
    pub source: String,
}

/// A kind of information, how rosters name it and how letters print it.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct DataElement {
    /// An id of the law files' vocabulary (`ssn`, `diagnosis`, ...).
    pub id: String,
    /// Labels by which the roster knows it; compared without case and spaces.
    #[serde(default)]
    pub roster: Vec<String>,
    /// The letter's words.
    pub letter: String,
}

/// An identity-protection service offered to some of the people.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Protection {
    pub provider: String,
    pub recipients: Vec<ProtectionRecipient>,
    pub months: u32,
    /// Element ids; offered to a person with any of them. Empty: to everybody.
    #[serde(default)]
    pub offered_for: Vec<String>,
    #[serde(default)]
    pub description: String,
    pub enroll_by: Day,
    #[serde(default)]
    pub enroll_url: String,
    #[serde(default)]
    pub phone: String,
    #[serde(default)]
    pub code_column: Option<String>,
    #[serde(default)]
    pub code_file: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ProtectionRecipient {
    Adult,
    Minor,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default)]
pub struct LetterChoices {
    pub state_paragraphs: StateParagraphs,
    pub one_letter_per: OneLetterPer,
    pub duplex: bool,
}

impl Default for LetterChoices {
    fn default() -> Self {
        Self {
            state_paragraphs: StateParagraphs::All,
            one_letter_per: OneLetterPer::PersonAndEntity,
            duplex: true,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StateParagraphs {
    All,
    Recipient,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OneLetterPer {
    PersonAndEntity,
    Person,
}

#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct MailChoices {
    pub mailer_id: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct EmailChoices {
    pub from: Option<String>,
    pub mode: EmailMode,
}

/// What some regulators' forms ask and no letter or deadline needs. Empty text means not known.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct FilingFacts {
    /// To whom the crime was reported.
    pub law_enforcement_agency: String,
    /// The police's own number of the report.
    pub law_enforcement_report_number: String,
    pub law_enforcement_phone: String,
    /// Ids of the forms' options, such as `ransomware`.
    pub attack_type: Vec<String>,
    /// How the breach came to be known.
    pub how_discovered: String,
    /// With its currency.
    pub estimated_cost: String,
    /// The name under which the filer does business.
    pub doing_business_as: String,
    /// Whether the written information security program is being updated.
    pub wisp_updated: Option<bool>,
    /// What the options of `breach.actions_taken` do not say.
    pub other_actions: String,
    /// Who caused the breach, if known.
    pub person_responsible: String,
    /// Keys (`age1...`) to which lists of people for regulators are locked.
    pub encrypt_to: Vec<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EmailMode {
    #[default]
    WithMail,
    InsteadOfMail,
}

#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct RosterChoices {
    /// Canonical column -> the roster's header.
    pub columns: BTreeMap<String, String>,
}

/// Further fonts, tried in order for characters that the shipped ones lack.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct FontChoices {
    pub fallback: Vec<String>,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Vendor {
    pub role: VendorRole,
    pub name: String,
    #[serde(default)]
    pub baa_on: Option<Day>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum VendorRole {
    Forensic,
    MailHouse,
    CallCentre,
    Monitoring,
    Translator,
    BreachedTool,
}

/// Counsel's answer to a question; the reason stands in `privileged.toml`.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Decision {
    pub question: String,
    pub choice: String,
    pub by: String,
    pub on: Day,
}
