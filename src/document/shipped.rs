//! The templates that the program was built with.

use include_dir::{Dir, DirEntry, include_dir};
use sha2::{Digest, Sha256};

static TEMPLATES: Dir = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// The shipped templates of a product: `letter`, `filing`, ...
pub fn shipped(product: &str) -> Option<&'static Dir<'static>> {
    TEMPLATES.get_dir(product)
}

/// SHA-256, hex, over everything the program ships: names and bytes in name order.
pub fn shipped_digest() -> String {
    fn add(dir: &Dir, hash: &mut Sha256) {
        let mut entries: Vec<_> = dir.entries().iter().collect();
        entries.sort_by_key(|entry| entry.path());
        for entry in entries {
            match entry {
                DirEntry::Dir(dir) => add(dir, hash),
                DirEntry::File(file) => {
                    let name = file.path().to_string_lossy();
                    for part in [name.as_bytes(), file.contents()] {
                        hash.update((part.len() as u64).to_le_bytes());
                        hash.update(part);
                    }
                }
            }
        }
    }
    let mut hash = Sha256::new();
    add(&TEMPLATES, &mut hash);
    crate::files::hex(&hash.finalize())
}
