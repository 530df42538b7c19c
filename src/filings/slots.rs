//! The vocabulary of `maps_to`: every fact that a form may ask for, with its name, the kind of its
//! value and what it says. REFERENCE prints this list.

use super::slot::SlotKind::{self, Days, File, Flag, Ids, Number, OpenIds, Text};
use super::slot::{BREACH_TYPES, ENTITY_TYPES, FILERS, KINDS, LOCATIONS, METHODS, SUBTYPES};
use std::borrow::Cow;

macro_rules! vocabulary {
    ($(#[doc = $about:literal] $slot:ident = $name:literal: $kind:expr,)*) => {
        /// A fact of the internal record that a form's field asks for.
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Slot {
            $(#[doc = $about] $slot,)*
            /// whether one kind of information is involved, by element or group
            DataTypesOf(String),
        }

        impl Slot {
            /// Every slot but the open family of [`Slot::DataTypesOf`].
            pub const ALL: &'static [Slot] = &[$(Slot::$slot,)*];

            /// As form files and decisions write it.
            pub fn name(&self) -> Cow<'static, str> {
                match self {
                    $(Slot::$slot => Cow::Borrowed($name),)*
                    Slot::DataTypesOf(word) => Cow::Owned(format!("{FAMILY}{word}")),
                }
            }

            /// What it holds.
            pub fn kind(&self) -> SlotKind {
                match self {
                    $(Slot::$slot => $kind,)*
                    Slot::DataTypesOf(_) => Flag,
                }
            }

            /// What it says, for the reference.
            pub fn about(&self) -> &'static str {
                match self {
                    $(Slot::$slot => $about.trim_ascii(),)*
                    Slot::DataTypesOf(_) => "whether this kind of information is involved",
                }
            }

            /// The slot of this name; none outside the vocabulary.
            pub fn named(name: &str) -> Option<Slot> {
                match name {
                    $($name => Some(Slot::$slot),)*
                    _ => match name.strip_prefix(FAMILY) {
                        Some(word) if !word.is_empty() => Some(Slot::DataTypesOf(word.to_owned())),
                        _ => None,
                    },
                }
            }
        }
    };
}

/// How the names of [`Slot::DataTypesOf`] begin.
const FAMILY: &str = "data_types.";

vocabulary! {
    /// the report to HHS made beside this filing, as a file to upload
    AttachmentHhsReport = "attachment.hhs_report": File,
    /// samples of the letters that went to people of the state, as a file to upload
    AttachmentSampleLetter = "attachment.sample_letter": File,
    /// address of who files, on one line
    ContactAddress = "contact.address": Text,
    /// e-mail address of who files
    ContactEmail = "contact.email": Text,
    /// law firm of who files; does not apply where the sender files itself
    ContactFirm = "contact.firm": Text,
    /// first name of who files: all but the last word of the name
    ContactFirstName = "contact.first_name": Text,
    /// last name of who files: the last word of the name
    ContactLastName = "contact.last_name": Text,
    /// name of who files (`sender.contact`)
    ContactName = "contact.name": Text,
    /// telephone of who files
    ContactPhone = "contact.phone": Text,
    /// what who files is to the organization, such as outside counsel
    ContactRelationship = "contact.relationship": Text,
    /// title of who files
    ContactTitle = "contact.title": Text,
    /// ZIP Code of who files
    ContactZip = "contact.zip": Text,
    /// patients of the covered entities, whom alone HIPAA counts
    CountsPatients = "counts.patients": Number,
    /// residents of the filing's state; patients in a report to HHS; everybody in another federal report
    CountsState = "counts.state": Number,
    /// residents whose letters evidence says were posted
    CountsStateMailed = "counts.state_mailed": Number,
    /// everybody affected, whatever the state
    CountsTotal = "counts.total": Number,
    /// whether the consumer reporting agencies were told; counsel says
    CraNotified = "cra.notified": Flag,
    /// kinds of information exposed for the people this filing counts
    DataTypes = "data_types": OpenIds,
    /// what happened, in the words for regulators, else in those of the letters
    Description = "description": Text,
    /// what was done to contain the breach
    DescriptionContainment = "description.containment": Text,
    /// what will still be done against another breach
    DescriptionStepsPlanned = "description.steps_planned": Text,
    /// what was done since
    DescriptionStepsTaken = "description.steps_taken": Text,
    /// address of the organization named, on one line
    EntityAddress = "entity.address": Text,
    /// its city
    EntityAddressCity = "entity.address.city": Text,
    /// its state, USPS code
    EntityAddressState = "entity.address.state": Text,
    /// its street and number
    EntityAddressStreet = "entity.address.street": Text,
    /// its ZIP Code
    EntityAddressZip = "entity.address.zip": Text,
    /// e-mail address of the organization's own contact
    EntityContactEmail = "entity.contact.email": Text,
    /// first name of the organization's own contact
    EntityContactFirstName = "entity.contact.first_name": Text,
    /// last name of the organization's own contact
    EntityContactLastName = "entity.contact.last_name": Text,
    /// telephone of the organization's own contact
    EntityContactPhone = "entity.contact.phone": Text,
    /// the name under which the organization does business
    EntityDba = "entity.dba": Text,
    /// whether the organization comes under HIPAA, as a sentence
    EntityHipaaStatus = "entity.hipaa_status": Text,
    /// kind of covered entity, as HHS asks for it
    EntityHipaaType = "entity.hipaa_type": Ids(ENTITY_TYPES),
    /// the organization whose information it was; the sender where there are several
    EntityName = "entity.name": Text,
    /// days of earlier notices within twelve months
    EntityPriorNotices12m = "entity.prior_notices_12m": Days,
    /// safeguards before the breach, as a sentence for counsel to finish
    EntitySafeguards = "entity.safeguards": Text,
    /// whether the organization is a small business
    EntitySmallBusiness = "entity.small_business": Flag,
    /// the organization's kind more closely, such as `insurer`
    EntitySubtype = "entity.subtype": Ids(SUBTYPES),
    /// the organization's kind
    EntityType = "entity.type": Ids(ENTITY_TYPES),
    /// whether there was a written information security program
    EntityWisp = "entity.wisp": Flag,
    /// whether that program is being updated
    EntityWispUpdated = "entity.wisp_updated": Flag,
    /// the filer's statement of being authorized; only a person makes it
    FilingAuthorized = "filing.authorized": Flag,
    /// in what role the filer files
    FilingFilerRole = "filing.filer_role": Ids(FILERS),
    /// first report, or an update of an earlier one
    FilingKind = "filing.kind": Ids(KINDS),
    /// whether the duty arises at all
    FilingNeeded = "filing.needed": Flag,
    /// the regulator's number of the report that this one amends
    FilingNumber = "filing.number": Text,
    /// the law file's id of the duty, where one form serves several
    FilingRule = "filing.rule": OpenIds,
    /// day of submission; the form sets it
    FilingSubmittedOn = "filing.submitted_on": Days,
    /// actions taken that the form's list does not have
    IncidentActionsOther = "incident.actions_other": Text,
    /// actions taken, by the ids of the form's list
    IncidentActionsTaken = "incident.actions_taken": OpenIds,
    /// the person responsible for the breach, if known
    IncidentActor = "incident.actor": Text,
    /// kind of attack, by the ids of the form's list
    IncidentAttackType = "incident.attack_type": OpenIds,
    /// last day of the breach
    IncidentBreachEnd = "incident.breach_end": Days,
    /// first day of the breach
    IncidentBreachStart = "incident.breach_start": Days,
    /// the whole span of the breach
    IncidentBreachSpan = "incident.breach_start..incident.breach_end": Days,
    /// type of the breach, in the terms of HHS
    IncidentBreachType = "incident.breach_type": Ids(BREACH_TYPES),
    /// why notice was late; does not apply where nothing is said
    IncidentDelayReason = "incident.delay_reason": Text,
    /// day on which it was determined that information was involved
    IncidentDetermined = "incident.determined": Days,
    /// day of discovery from which the plan's clocks run
    IncidentDiscovered = "incident.discovered": Days,
    /// last day of discovery
    IncidentDiscoveredEnd = "incident.discovered_end": Days,
    /// how the breach was discovered
    IncidentDiscoveryHow = "incident.discovery_how": Text,
    /// whether all of the information was encrypted
    IncidentEncryption = "incident.encryption": Flag,
    /// estimated monetary impact
    IncidentEstimatedCost = "incident.estimated_cost": Text,
    /// where the information was, in the terms of HHS
    IncidentLocation = "incident.location": Ids(LOCATIONS),
    /// safeguards before the breach, by the ids of the form's list
    IncidentSafeguardsBefore = "incident.safeguards_before": OpenIds,
    /// law enforcement agency that was told
    LawEnforcementAgency = "law_enforcement.agency": Text,
    /// official who asked to wait
    LawEnforcementContact = "law_enforcement.contact": Text,
    /// whether law enforcement asked to wait with this state's notices
    LawEnforcementDelay = "law_enforcement.delay": Flag,
    /// whether law enforcement was told
    LawEnforcementNotified = "law_enforcement.notified": Flag,
    /// telephone of that agency
    LawEnforcementPhone = "law_enforcement.phone": Text,
    /// whether a police report was filed
    LawEnforcementReportFiled = "law_enforcement.report_filed": Flag,
    /// number of the police report
    LawEnforcementReportNumber = "law_enforcement.report_number": Text,
    /// last day on which letters told people
    NoticeEnd = "notice.end": Days,
    /// days on which letters told people, planned or posted
    NoticeMailedOn = "notice.mailed_on": Days,
    /// whether prominent media are told
    NoticeMedia = "notice.media": Flag,
    /// states whose media are told
    NoticeMediaStates = "notice.media_states": OpenIds,
    /// by what means people are told
    NoticeMethod = "notice.method": Ids(METHODS),
    /// whether letters are posted already
    NoticeProvided = "notice.provided": Flag,
    /// first day on which letters told people
    NoticeStart = "notice.start": Days,
    /// whether anybody needs substitute notice
    NoticeSubstitute = "notice.substitute": Flag,
    /// people who need substitute notice
    NoticeSubstituteCount = "notice.substitute_count": Number,
    /// the forensic report; sent on request only
    OnRequestForensicReport = "on_request.forensic_report": File,
    /// policies on breaches; sent on request only
    OnRequestPolicies = "on_request.policies": File,
    /// steps taken about the breach; told on request only
    OnRequestSteps = "on_request.steps": Text,
    /// what the services offered are
    ProtectionDescription = "protection.description": Text,
    /// for how long services are offered
    ProtectionMonths = "protection.months": Text,
    /// whether services are offered to anyone this filing counts
    ProtectionOffered = "protection.offered": Flag,
    /// who provides them
    ProtectionProvider = "protection.provider": Text,
    /// names of the residents, locked; only after counsel's decision
    RosterNames = "roster.names": File,
    /// city of the business associate that had the breach
    VendorAddressCity = "vendor.address.city": Text,
    /// its state, USPS code
    VendorAddressState = "vendor.address.state": Text,
    /// its street and number
    VendorAddressStreet = "vendor.address.street": Text,
    /// its ZIP Code
    VendorAddressZip = "vendor.address.zip": Text,
    /// e-mail address of its contact
    VendorContactEmail = "vendor.contact.email": Text,
    /// first name of its contact
    VendorContactFirstName = "vendor.contact.first_name": Text,
    /// last name of its contact
    VendorContactLastName = "vendor.contact.last_name": Text,
    /// telephone of its contact
    VendorContactPhone = "vendor.contact.phone": Text,
    /// the business associate that had the breach
    VendorName = "vendor.name": Text,
    /// whether a business associate had the breach
    VendorPresent = "vendor.present": Flag,
}
