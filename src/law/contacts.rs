//! Bureaus, federal bodies and state agencies as letters print them.

use super::Confidence;
use crate::incident::Day;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// `law/contacts.toml`: bureaus, FTC and state agencies as letters print them.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Contacts {
    pub checked: Day,
    /// What was looked for and not found.
    #[serde(default)]
    pub unknown: Vec<String>,
    /// What the short names in `source` stand for.
    #[serde(default)]
    pub source_key: BTreeMap<String, String>,
    #[serde(rename = "bureau")]
    pub bureaus: Vec<Bureau>,
    pub ftc: Agency,
    pub annual_credit_report: Agency,
    #[serde(rename = "agency")]
    pub agencies: Vec<Agency>,
    /// Freeze, fraud alert, children, the dead: facts that letters explain.
    #[serde(default, rename = "fact")]
    pub facts: Vec<Fact>,
}

/// A nationwide consumer reporting agency.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Bureau {
    pub id: String,
    pub name: String,
    pub freeze: BureauAddress,
    pub fraud_alert: BureauAddress,
    #[serde(default)]
    pub dispute: Option<BureauAddress>,
    /// For a parent or guardian who asks for a child under 16.
    #[serde(default)]
    pub minor_freeze: Option<BureauAddress>,
    /// For the report of a death.
    #[serde(default)]
    pub death_notice: Option<BureauAddress>,
    #[serde(default)]
    pub notes: Vec<String>,
    pub confidence: Confidence,
    pub checked: Day,
    pub source: String,
}

/// One address of a bureau.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct BureauAddress {
    pub phone: String,
    pub url: String,
    pub postal: Vec<String>,
    /// `mail`, `online upload or mail`; empty when any of the three will do.
    #[serde(default)]
    pub route: String,
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
    /// `consumer` (printed in letters), `breach_filing`, `complaint`, `resource`.
    #[serde(default)]
    pub purpose: Vec<String>,
    #[serde(default)]
    pub postal: Vec<String>,
    #[serde(default)]
    pub phone: String,
    #[serde(default)]
    pub toll_free: String,
    #[serde(default)]
    pub tty: String,
    #[serde(default)]
    pub email: String,
    #[serde(default)]
    pub urls: Vec<String>,
    /// How a filing is taken: `online_form`, `mail`, ...
    #[serde(default)]
    pub method: String,
    /// Names of the fields that are weaker than `confidence`.
    #[serde(default)]
    pub low: Vec<String>,
    /// Names of fields that were looked for and not found.
    #[serde(default)]
    pub unknown: Vec<String>,
    #[serde(default)]
    pub notes: Vec<String>,
    pub confidence: Confidence,
    pub checked: Day,
    pub source: String,
}

/// What a letter explains in its own words, as points.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// `security_freeze`, `fraud_alert`, `minor_freeze`, `death_notice`, ...
    pub id: String,
    pub points: Vec<String>,
    pub confidence: Confidence,
    pub checked: Day,
    pub source: String,
}

impl Contacts {
    /// The agencies of a jurisdiction that serve a purpose, in file order.
    pub fn of<'c>(
        &'c self,
        jurisdiction: &'c str,
        purpose: &'c str,
    ) -> impl Iterator<Item = &'c Agency> {
        self.agencies.iter().filter(move |agency| {
            agency.jurisdiction == jurisdiction && agency.purpose.iter().any(|p| p == purpose)
        })
    }

    pub fn agency(&self, id: &str) -> Option<&Agency> {
        self.agencies.iter().find(|agency| agency.id == id)
    }

    pub fn fact(&self, id: &str) -> Option<&Fact> {
        self.facts.iter().find(|fact| fact.id == id)
    }
}
