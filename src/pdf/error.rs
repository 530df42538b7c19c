//! Why the writer refuses.

use std::io;
use thiserror::Error;

/// Why pages cannot become a PDF that says what they say. Carried inside an [`io::Error`] of
/// kind `InvalidData`; nothing of the refused pages has been written, and the batch can go on.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum PdfError {
    /// Glyph 0 or a glyph the face does not have: the reader would see an empty box.
    #[error("page {page} of `{label}` shows a character that font `{font}` does not have")]
    MissingGlyph { label: String, page: u32, font: String },
    /// The pages were set with other faces than the writer was given.
    #[error("page {page} of `{label}` names font {font}, but the set has {faces}")]
    UnknownFace { label: String, page: u32, font: u16, faces: usize },
    /// Clusters that do not lie on character boundaries of the run's text.
    #[error("page {page} of `{label}` holds glyphs that point outside their text")]
    BadCluster { label: String, page: u32 },
    /// Coordinates that are not numbers.
    #[error("page {page} of `{label}` holds a length that is not a number")]
    BadLength { label: String, page: u32 },
    /// Pixels that do not fill the picture.
    #[error("page {page} of `{label}` holds an image whose pixels do not match its size")]
    BadImage { label: String, page: u32 },
    /// A parent that does not come before its child, or a mark that names no node.
    #[error("the structure tree of `{label}` is not a tree with its root first")]
    BadTree { label: String },
    /// OS/2 `fsType` says restricted, or bitmaps only.
    #[error("the license of font `{font}` does not allow embedding")]
    NotEmbeddable { font: String },
    /// OS/2 `fsType` says no subsetting, and the file cannot be embedded whole.
    #[error(
        "the license of font `{font}` does not allow subsetting, and it cannot be embedded whole"
    )]
    NotSubsettable { font: String },
    /// Not a TrueType or OpenType font with outlines the writer knows.
    #[error("font `{font}` cannot be read: {reason}")]
    BadFont { font: String, reason: String },
    /// ISO 19005-2, 6.1.13, allows 8,388,607 objects.
    #[error("the file would need more objects than PDF/A allows")]
    TooManyObjects,
}

impl From<PdfError> for io::Error {
    fn from(error: PdfError) -> Self {
        Self::new(io::ErrorKind::InvalidData, error)
    }
}
