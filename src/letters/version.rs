//! Which letter a person gets.

use crate::incident::{EntityIx, StrandIx};
use crate::roster::Recipient;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// One version of the letter: recipient, state rules, protection offered, language, covered
/// entity and course of events. People of one version get the same words but for what is their
/// own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Version {
    /// Stable, for file names and the manifest: `en.adult.p1.harbor-health`.
    pub key: String,
    /// For people who review it: `adult, with Sentinel Example ID, Harbor Health System`.
    pub label: String,
    pub facets: Facets,
}

/// What tells one version from another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Facets {
    pub language: String,
    /// The reader's own language, where the letter is not in it and prints a line that offers
    /// help in it; else empty.
    pub line: String,
    pub recipient: Recipient,
    /// USPS code where the letter has the recipient's own state's paragraphs only; else empty.
    pub state: String,
    /// Contents that a statute bars for these readers and that a template heeds.
    pub bars: BTreeSet<String>,
    /// HIPAA governs the letter; told apart only where something is barred.
    pub patient: bool,
    /// Index into `Incident::protections` of what is offered.
    pub protection: Option<usize>,
    pub entity: EntityIx,
    pub strand: StrandIx,
    /// For people who were told of less in an earlier wave.
    pub supplemental: bool,
}
