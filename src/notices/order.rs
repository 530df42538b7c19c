//! Which sections a notice has and in which order: `templates/notice/sections.toml`.

use super::notice::NoticeKind;
use crate::document::TemplateSet;
use crate::finding::Finding;
use crate::written::{self, TextFile};
use serde::Deserialize;

/// Section files by kind of notice.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NoticeOrder {
    covered_entity: Vec<String>,
    bureaus: Vec<String>,
    media: Vec<String>,
    substitute_many: Vec<String>,
    substitute_few: Vec<String>,
    packet: Vec<String>,
}

impl NoticeOrder {
    pub fn of(&self, kind: NoticeKind) -> &[String] {
        match kind {
            NoticeKind::CoveredEntity => &self.covered_entity,
            NoticeKind::Bureaus => &self.bureaus,
            NoticeKind::Media => &self.media,
            NoticeKind::SubstituteMany => &self.substitute_many,
            NoticeKind::SubstituteFew => &self.substitute_few,
            NoticeKind::Packet => &self.packet,
        }
    }
}

/// Reads a data file beside the templates.
pub(super) fn read<T: for<'de> Deserialize<'de>>(
    set: &TemplateSet,
    path: &str,
) -> Result<T, Finding> {
    let (label, text) = set.file(path).unwrap_or((path, ""));
    let remedy = "correct the file or take it away to use the shipped one";
    written::value(&TextFile::new(label, text), code!("notice.file"), remedy)
}
