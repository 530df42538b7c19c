//! One filing with a regulator, ready to be entered, printed and kept.

use super::addressee::Addressee;
use super::answer::{Answer, State};
use super::filed::{Change, Filed};
use super::form::Samples;
use super::slots::Slot;
use super::words::{Words, put};
use crate::document::Document;
use crate::law::{Confidence, DutyKind};
use jiff::civil::Date;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A filing for one duty (for HHS: for the duties of every covered entity in one report).
pub struct Filing {
    pub duty: FiledDuty,
    pub standing: FilingStanding,
    pub file: FilingFile,
    pub form: FormUsed,
    pub as_of: Date,
    pub law_pack: String,
    pub counts: Counts,
    pub fields: Vec<Answer>,
    pub history: History,
    /// The summary, for the PDF.
    pub document: Document,
    pub json: Value,
    pub(super) words: Arc<Words>,
}

/// What is owed, to whom, for whom, and by when.
pub struct FiledDuty {
    pub id: String,
    /// Further duties that this same submission discharges.
    pub also: Vec<String>,
    /// The law file's rule id.
    pub rule: String,
    pub kind: DutyKind,
    pub recipient: String,
    /// How a letter to it is addressed.
    pub addressee: Addressee,
    pub jurisdiction: String,
    /// Ids of the covered entities it is made for.
    pub entities: Vec<String>,
    /// The same entities by name.
    pub entity_names: Vec<String>,
    pub due: Option<Date>,
    /// The law's timing in our words: before the letters, after the report to HHS.
    pub timing: String,
    pub citation: String,
}

/// Where the filing lies below `out/filings`.
pub struct FilingFile {
    pub folder: Folder,
    /// File name without extension, unique within the folder.
    pub stem: String,
}

/// The form it is made on, and where that was read.
pub struct FormUsed {
    /// The form file, without `.toml`; empty where no form is known.
    pub id: String,
    pub basis: Basis,
    /// Where the form is found; empty when no source showed it.
    pub url: String,
    pub method: String,
    pub confidence: Confidence,
    /// Where the form's fields (or the law's contents) were read.
    pub sources: Vec<String>,
    pub notes: Vec<String>,
    /// What its sources did not show.
    pub unknown: Vec<String>,
    pub samples: Samples,
}

/// What was filed before, and what is otherwise now.
pub struct History {
    /// What the ledger has of it as really filed, the latest.
    pub filed: Option<Filed>,
    pub changes: Vec<Change>,
    /// Whether this is the amendment of what was filed.
    pub amends: bool,
    /// What such an amendment is called: `Addendum to Previous Report`.
    pub amendment: String,
}

/// The folder of `out/filings` a filing lies in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Folder {
    Hhs,
    States,
}

impl Folder {
    /// Below `out/filings`.
    pub fn name(self) -> &'static str {
        match self {
            Folder::Hhs => "hhs",
            Folder::States => "states",
        }
    }
}

/// How firm a filing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FilingStanding {
    /// The sender files it.
    Due,
    /// The duty may not arise: facts or counts are open.
    Possible,
    /// Nobody has decided who files: a draft only.
    Undelegated,
}

impl FilingStanding {
    /// As in JSON and in the words file.
    pub fn label(self) -> &'static str {
        match self {
            FilingStanding::Due => "due",
            FilingStanding::Possible => "possible",
            FilingStanding::Undelegated => "undelegated",
        }
    }
}

/// Where the fields come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// The regulator's own form or portal.
    Form,
    /// What the regulator's pages say a letter must carry.
    Letter,
    /// There is a form, but its fields are not known: the statute's required contents.
    Unseen,
    /// The statute's required contents: no form is known.
    Statute,
    /// The change is written as a letter: no form of the regulator's for it is known.
    Amended,
}

impl Basis {
    /// As in JSON and in the words file.
    pub fn label(self) -> &'static str {
        match self {
            Basis::Form => "form",
            Basis::Letter => "letter",
            Basis::Unseen => "unseen",
            Basis::Statute => "statute",
            Basis::Amended => "amended",
        }
    }
}

/// Figures of a filing, all sums over the cube.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// True when they stem from estimates.
    pub estimated: bool,
    /// Whether counsel has still to choose between residents and the statute's own count.
    pub basis_open: bool,
    pub total: u64,
    pub patients: u64,
    /// Residents of the filing's state; everybody for a federal filing.
    pub residents: u64,
    /// Whom the statute's own definition counts, as the plan has it.
    pub statute: u64,
    /// By covered entity id.
    pub by_entity: BTreeMap<String, u64>,
    pub by_state: BTreeMap<String, u64>,
    /// Foreign or unknown residence.
    pub elsewhere: u64,
}

impl Filing {
    /// What must be done before it can be submitted, in the form's order.
    pub fn open(&self) -> impl Iterator<Item = &Answer> {
        self.fields.iter().filter(|answer| answer.open())
    }

    /// Stamped on its pages: that it rests on estimates; else nothing.
    pub fn stamp(&self) -> String {
        if self.counts.estimated { self.words.page("preliminary_stamp") } else { String::new() }
    }

    /// What goes with a letter, by its title.
    pub fn enclosures(&self, state: &str) -> Vec<String> {
        let mut titles: Vec<String> = Vec::new();
        for answer in &self.fields {
            if matches!(answer.state, State::Attachment { .. }) {
                for slot in &answer.maps_to {
                    let values =
                        [("state", state), ("entities", &self.duty.entity_names.join(", "))];
                    let title = put(&self.words.enclosure(&slot.name()), &values);
                    if !titles.contains(&title) {
                        titles.push(title);
                    }
                }
            }
        }
        titles
    }

    /// Names of the files to upload or enclose, each once.
    pub fn attachments(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for answer in &self.fields {
            if let State::Attachment { file } = &answer.state
                && !names.contains(&file.as_str())
            {
                names.push(file);
            }
        }
        names
    }

    /// The file with a sample of every letter that went to the state, if the form asks for it.
    pub fn sample_letter(&self) -> Option<&str> {
        self.attached(&Slot::AttachmentSampleLetter)
    }

    /// The locked file of residents' names, if counsel decided to send them.
    pub fn names_file(&self) -> Option<&str> {
        self.attached(&Slot::RosterNames)
    }

    fn attached(&self, slot: &Slot) -> Option<&str> {
        self.fields.iter().find_map(|answer| match &answer.state {
            State::Attachment { file } if answer.maps_to.contains(slot) => Some(file.as_str()),
            _ => None,
        })
    }

    /// Whether the regulator is written a letter: its pages ask for one, or no form is known.
    pub fn is_letter(&self) -> bool {
        matches!(self.form.basis, Basis::Letter | Basis::Statute | Basis::Amended)
    }

    /// The JSON file's text.
    pub fn json_text(&self) -> String {
        format!("{:#}\n", self.json)
    }
}
