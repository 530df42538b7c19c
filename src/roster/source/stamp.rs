//! Whether a file stayed the same while it was read.

use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

/// What changes when somebody writes or replaces a file: number, size, time of change.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    inode: (u64, u64),
    size: u64,
    changed: (i64, i64),
}

impl Stamp {
    pub fn of(path: &Path) -> io::Result<Self> {
        let file = std::fs::metadata(path)?;
        Ok(Self {
            inode: (file.dev(), file.ino()),
            size: file.size(),
            changed: (file.mtime(), file.mtime_nsec()),
        })
    }
}
