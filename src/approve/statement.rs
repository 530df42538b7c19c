//! What a seal says of itself, `statement.json`. It names neither approver nor time, so that two
//! people who approve the same thing approve the same root.

use super::Input;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One sealed wave.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// Of the seal's files.
    pub format: u32,
    pub incident: String,
    pub wave: String,
    /// From 1 within the wave.
    pub seal: u32,
    pub mail_on: Date,
    /// Name and version of the program that composed the pieces.
    pub program: String,
    /// Version and digest of the law pack.
    pub law_pack: String,
    /// Digest over the shipped templates, forms and fonts.
    pub shipped: String,
    /// The command's `--law` folder, if one was given.
    pub own_law: bool,
    /// What the pieces were made from, with digests; incident.toml in its parts.
    pub inputs: Vec<Input>,
    pub spool: SpoolSeal,
    pub letters: u64,
    pub emails: u64,
    /// Letters by version.
    pub versions: BTreeMap<String, u64>,
    /// Residents by USPS code, as letters state them that must.
    pub counts: BTreeMap<String, u64>,
    /// Rows by outcome; adds up to the roster's rows.
    pub outcomes: BTreeMap<String, u64>,
    /// Held rows that the approver accepted to leave out.
    pub accepted_held: u64,
    /// Keys of the records whose e-mail was refused or came back: their people get letters.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub came_back: Vec<String>,
    /// Numbers of earlier seals of the wave that stay valid beside this one.
    pub beside: Vec<u32>,
}

/// The spool that a seal is over.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpoolSeal {
    /// Over the people, row numbers apart.
    pub people: String,
    /// Of the two files, as bytes.
    pub csv: String,
    pub toml: String,
    /// Of the roster that the spool was made from.
    pub roster: String,
    /// Of the enrollment codes that people of other waves have; empty where nobody has any.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub given: String,
}
