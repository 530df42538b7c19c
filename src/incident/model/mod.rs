//! The nouns of `incident.toml`; every key that is not required has a cautious default.

mod affiliations;
mod breach;
mod choices;
mod custom_duty;
mod decision;
mod delegation;
mod element;
mod entity;
mod filing;
mod hold;
mod incident;
mod protection;
mod role;
mod roster;
mod sender;
mod strand;
mod vendor;
mod wave;

pub use affiliations::Affiliations;
pub use breach::{Breach, BreachType, Location};
pub use choices::{
    CodeField, EmailChoices, EmailMode, FontChoices, LetterChoices, MailChoices, OneLetterPer,
    SheetCodeChoices, StateParagraphs,
};
pub use custom_duty::CustomDuty;
pub use decision::Decision;
pub use delegation::{Delegate, Delegation, HhsReport};
pub use element::DataElement;
pub use entity::{Agency, CoveredEntity, EntityKind, Licence, NO_GOVERNMENT, Subtype};
pub use filing::FilingFacts;
pub use hold::{HoldKind, LawEnforcementHold, oral_limit};
pub use incident::Incident;
pub use protection::{Protection, ProtectionRecipient};
pub use role::Role;
pub use roster::{
    DateOrder, Headings, HiddenRows, Marks, RosterChoices, RosterEncoding, RosterFile, RosterFiles,
    file_and_sheet,
};
pub use sender::{Contact, EntityContact, Sender, Signatory};
pub use strand::{Discovery, ElementsCertainty, RiskOfHarm, Strand, Window, WindowCertainty};
pub use vendor::{Vendor, VendorRole};
pub use wave::{Estimate, Wave, WaveKind};
