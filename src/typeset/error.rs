//! Why a letter cannot be set.

/// A letter or report that must be held: setting it would lose or hide words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SetError {
    /// No face of the font set has the character; add a font for its script.
    #[error("no font has the character `{0}` (U+{code:04X})", code = *.0 as u32)]
    NoGlyph(char),
    /// The name and address do not fit the window at 8 points.
    #[error("the address does not fit the envelope window")]
    AddressTooLong,
    /// The return address reaches down into what the window may show.
    #[error("the return address does not fit above the envelope window")]
    ReturnAddressTooLong,
    /// The letterhead reaches down into what the window may show.
    #[error("the letterhead does not fit above the envelope window")]
    LetterheadTooLong,
    /// A page's foot, head or stamp is wider than the page.
    #[error("the text repeated on every page does not fit on one line")]
    RunningTextTooLong,
}

/// A font file that cannot serve as a fallback.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FontError {
    #[error("the file holds no font at index {0}")]
    NotAFont(u32),
    /// Letters are written with 16-bit glyph numbers that start at 0.
    #[error("the font maps no characters")]
    NoCharacters,
}
