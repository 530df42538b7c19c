//! What a machine remembers of a ledger, outside the incident's folder.

use crate::files;
use std::io;
use std::path::{Path, PathBuf};

/// How far a ledger had got when a command last held the right to send.
pub(super) struct Mark {
    pub generation: u64,
    /// The last event, 0 before any.
    pub event: u64,
    pub hash: String,
}

impl Mark {
    pub fn path(marks: &Path, ledger: &str) -> PathBuf {
        marks.join(format!("{ledger}.mark"))
    }

    /// None if there is no mark.
    pub fn read(path: &Path) -> io::Result<Option<Self>> {
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let mut words = text.split_whitespace();
        let mut number = || words.next().and_then(|word| word.parse().ok());
        let (Some(generation), Some(event)) = (number(), number()) else {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "the mark is damaged"));
        };
        Ok(Some(Self { generation, event, hash: words.next().unwrap_or_default().to_owned() }))
    }

    pub fn write(&self, path: &Path) -> io::Result<()> {
        if let Some(folder) = path.parent() {
            files::make_dir(folder)?;
        }
        let Self { generation, event, hash } = self;
        files::write(path, format!("{generation} {event} {hash}\n").as_bytes())
    }
}
