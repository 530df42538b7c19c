//! The faces text is set in.

use std::borrow::Cow;

/// One font file.
pub struct Face {
    pub data: Cow<'static, [u8]>,
    /// Index within a collection; 0 for a single font.
    pub index: u32,
    pub postscript_name: String,
    pub bold: bool,
    pub italic: bool,
}

/// The shipped faces first (regular, bold, italic, bold italic), then the fallbacks in order.
pub struct FontSet {
    pub faces: Vec<Face>,
}
