//! One notice, ready to be printed, posted or handed over.

use crate::document::Document;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Whom a notice tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoticeKind {
    /// A business associate tells a covered entity (45 CFR 164.410).
    CoveredEntity,
    /// The nationwide consumer reporting agencies.
    Bureaus,
    /// Prominent media of a state (45 CFR 164.406).
    Media,
    /// Ten or more people who cannot be written to: a web page, or print and broadcast media.
    SubstituteMany,
    /// Fewer than ten: telephone, or any other means likely to reach them.
    SubstituteFew,
    /// What a covered entity that acts for itself needs.
    Packet,
}

/// How firm a notice is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeState {
    /// The sender gives it.
    Due,
    /// The duty may not arise: facts or counts are open.
    Possible,
    /// Nobody has decided who gives it: a draft only.
    Undecided,
}

/// A notice with its figures.
pub struct Notice {
    pub kind: NoticeKind,
    /// Ids of the duties it discharges, the most urgent first.
    pub duties: Vec<String>,
    /// The covered entity's id; none where it speaks for several.
    pub entity: Option<String>,
    /// `US-HIPAA`, or the code of the state that asks for it.
    pub jurisdiction: String,
    /// Folder below `out/notices`.
    pub folder: String,
    /// File name without extension, unique within the folder.
    pub file_stem: String,
    pub standing: NoticeState,
    pub due: Option<Date>,
    pub document: Document,
    /// Stamped on every page of a draft; else empty.
    pub stamp: String,
    /// Running foot with `{page}` and `{pages}`.
    pub page_of: String,
    /// The self-contained page for the covered entity's home page.
    pub web_page: Option<String>,
    /// Days for which the page must stand; 0 where there is none.
    pub posting_days: u32,
    /// Figures that the notice states, by name; all are sums over the cube.
    pub figures: BTreeMap<String, u64>,
}
