//! One affected person as the spool keeps them. No `Debug`: personal data must not reach a log.

use super::ElementSet;
use crate::finding::Code;
use crate::incident::{EntityIx, StrandIx};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// One row of the roster after cleaning. Text fields are trimmed, NFC, free of controls.
#[derive(Clone, PartialEq, Eq)]
pub struct Person {
    /// 1-based number of the data row in the roster, the header not counted.
    pub row: u64,
    /// As in the roster; made from the row number (`row-17`) where it is empty.
    pub record_id: String,
    /// None for a held row that does not say whose patient this is: such a person stands in no
    /// covered entity's list (45 CFR 164.410(c)(1)).
    pub entity: Option<EntityIx>,
    pub strand: StrandIx,
    pub first_name: String,
    pub middle_name: String,
    pub last_name: String,
    pub suffix: String,
    pub address: Address,
    /// USPS code of the state whose law protects this person: `residence_state`, else the
    /// address's state; empty for a foreign address or when unknown.
    pub jurisdiction: String,
    pub email: String,
    /// Agreed to electronic notice (45 CFR 164.404(d)(1)(i)).
    pub email_consent: bool,
    pub email_consent_on: Option<Date>,
    pub date_of_birth: Option<Date>,
    pub recipient: Recipient,
    /// Parent or guardian, or the representative of a deceased person, if the roster names one.
    pub representative_name: String,
    /// BCP 47, lower case: `en`, `es`.
    pub language: String,
    pub alt_format: String,
    pub population: Population,
    pub elements: ElementSet,
    pub activation_code: String,
    pub prior_record_id: String,
    /// Was told of less in an earlier wave: gets the supplemental letter.
    pub supplemental: bool,
    pub standing: Standing,
}

/// Where the letter goes.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Address {
    /// Street lines in print order, one or two (a foreign address may have more).
    pub lines: Vec<String>,
    pub city: String,
    /// USPS code; a foreign region as written.
    pub state: String,
    /// `12345` or `12345-6789`; a foreign postal code as written.
    pub zip: String,
    /// Empty for the United States and its territories; else as printed, in capitals.
    pub country: String,
    pub kind: AddressKind,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub enum AddressKind {
    #[default]
    Ordinary,
    /// An alternative address the patient asked for (45 CFR 164.522(b)): used verbatim.
    Confidential,
    /// A protected address (witness, domestic violence): used verbatim, never listed.
    Protected,
    Institution,
}

impl AddressKind {
    /// Whether no list that leaves the house may show it.
    pub fn is_private(self) -> bool {
        matches!(self, AddressKind::Confidential | AddressKind::Protected)
    }
}

/// Who is written to about this person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Recipient {
    Adult,
    /// The parent or guardian of a minor, at the child's address.
    ParentOrGuardian,
    /// The personal representative, next of kin or estate of a deceased person.
    Estate,
}

#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Population {
    #[default]
    Patient,
    Employee,
    Guarantor,
    Provider,
    Dependant,
}

/// What cleaning made of a row; the plan turns it into an outcome.
#[derive(Clone, PartialEq, Eq)]
pub enum Standing {
    /// Can be written to.
    Ready,
    /// Must be repaired first; the finding's code.
    Held(Code),
    /// The same person, entity and address as another record, whose row number this is.
    Merged(u64),
    /// No usable address: substitute notice (45 CFR 164.404(d)(2)).
    Substitute,
    /// Not written to at all; the finding's code.
    Excluded(Code),
}

impl Person {
    /// The covered entity of somebody who is written to.
    ///
    /// # Panics
    /// Never for them: a row that names no covered entity is held.
    pub fn whose(&self) -> EntityIx {
        self.entity.expect("a row that names no covered entity is held and gets no letter")
    }

    /// The name as letters print it: first, middle, last, suffix.
    pub fn full_name(&self) -> String {
        let parts = [&self.first_name, &self.middle_name, &self.last_name, &self.suffix];
        let filled: Vec<&str> =
            parts.into_iter().filter(|p| !p.is_empty()).map(String::as_str).collect();
        filled.join(" ")
    }
}

impl Standing {
    /// Whether the row stands for a person of its own: merged rows are another row's person, and
    /// an empty row or a repeated header is nobody.
    pub fn is_somebody(&self) -> bool {
        match self {
            Standing::Merged(_) => false,
            Standing::Excluded(code) => !code.starts_with("row."),
            Standing::Ready | Standing::Held(_) | Standing::Substitute => true,
        }
    }
}
