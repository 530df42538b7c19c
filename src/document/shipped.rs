//! The templates that the program was built with.

use include_dir::{Dir, include_dir};

static TEMPLATES: Dir = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// The shipped templates of a product: `letter`, `filing`, ...
pub fn shipped(product: &str) -> Option<&'static Dir<'static>> {
    TEMPLATES.get_dir(product)
}
