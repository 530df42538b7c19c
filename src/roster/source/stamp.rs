//! Whether a file stayed the same while it was read.

use crate::files::system;
use std::io;
use std::path::Path;
use std::time::SystemTime;

/// What changes when somebody writes or replaces a file: number, size, time of change.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    identity: (u64, u64),
    size: u64,
    changed: SystemTime,
}

impl Stamp {
    pub fn of(path: &Path) -> io::Result<Self> {
        let file = std::fs::metadata(path)?;
        let identity = system::identity(&file);
        Ok(Self { identity, size: file.len(), changed: file.modified()? })
    }
}
