//! What stands on a letter's pages besides its document.

use super::Image;
use std::sync::Arc;

/// The outside of one letter: letterhead, address block, date, running foot.
#[derive(Clone, Default)]
pub struct Frame {
    /// The sender's name, set as the letterhead where there is no logo.
    pub letterhead: String,
    pub logo: Option<Arc<Image>>,
    /// Printed top left above the window (never in it), first line a name.
    pub return_address: Vec<String>,
    /// What shows in the #10 window: name, address; at most six lines, or the letter is refused.
    pub addressee: Vec<String>,
    /// In words: `September 18, 2026`.
    pub date: String,
    /// Under the date, such as `Reference: NW-4F7K-29QX`; empty for none.
    pub reference: String,
    /// Running foot with `{page}` and `{pages}`; the language's own words: `Page {page} of {pages}`.
    pub page_of: String,
    /// Stamped on every page of a letter that is not approved: `DRAFT`; empty for finals.
    pub stamp: String,
    /// Pixels for the document's figures, by name.
    pub images: Vec<(String, Arc<Image>)>,
}

/// Head and foot of every page of a report (a filing summary, a cover letter) or a letter.
#[derive(Clone, Default, PartialEq)]
pub struct Running {
    pub head: String,
    /// With `{page}` and `{pages}`.
    pub foot: String,
    pub stamp: String,
}
