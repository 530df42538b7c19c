//! Takes a document's parts out of its archive, within limits: the file comes from outside.

use std::io::{Cursor, Read};
use zip::ZipArchive;

/// Packed bytes; a letter with its comments has less than one percent of it.
const MAX_FILE: usize = 50 << 20;
/// Unpacked bytes of one part.
const MAX_PART: u64 = 64 << 20;
/// Unpacked bytes of all parts.
const MAX_UNPACKED: u64 = 512 << 20;
/// Word's XML shrinks by 10 to 30.
const MAX_RATIO: u64 = 150;
const MAX_ENTRIES: usize = 4096;

/// Why a document cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// Too large for a letter; megabytes.
    Large(u64),
    /// Unpacks to so many megabytes.
    Swollen(u64),
    /// An old Word file, or one under a password.
    OldOrLocked,
    /// No DOCX at all, or damaged.
    Damaged(&'static str),
    /// Declares a document type, as attacks do and word processors never.
    Declares,
    /// Too deep or too many elements.
    Overgrown,
}

/// The parts of an archive by name.
pub(super) struct Parts<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
}

impl<'a> Parts<'a> {
    pub fn open(bytes: &'a [u8]) -> Result<Self, Unreadable> {
        if bytes.len() > MAX_FILE {
            return Err(Unreadable::Large(bytes.len() as u64 >> 20));
        }
        if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
            return Err(Unreadable::OldOrLocked);
        }
        let damaged = Unreadable::Damaged("it is no DOCX file, or it is damaged");
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged.clone())?;
        if archive.len() > MAX_ENTRIES {
            return Err(Unreadable::Overgrown);
        }
        let mut unpacked = 0u64;
        for index in 0..archive.len() {
            let entry = archive.by_index_raw(index).map_err(|_| damaged.clone())?;
            unpacked = unpacked.saturating_add(entry.size());
            let swollen = entry.size() > MAX_PART
                || (entry.size() > (4 << 20)
                    && entry.size() / entry.compressed_size().max(1) > MAX_RATIO);
            if swollen || unpacked > MAX_UNPACKED {
                return Err(Unreadable::Swollen(unpacked >> 20));
            }
        }
        Ok(Self { archive })
    }

    pub fn names(&self) -> Vec<String> {
        self.archive.file_names().flatten().map(|name| name.into_owned()).collect()
    }

    /// A part as text; none if there is no such part.
    pub fn text(&mut self, name: &str) -> Result<Option<String>, Unreadable> {
        let Ok(entry) = self.archive.by_name(name) else { return Ok(None) };
        let mut bytes = Vec::new();
        // What the directory says of the size may be a lie.
        entry
            .take(MAX_PART + 1)
            .read_to_end(&mut bytes)
            .map_err(|_| Unreadable::Damaged("a part of it cannot be unpacked"))?;
        if bytes.len() as u64 > MAX_PART {
            return Err(Unreadable::Swollen(MAX_PART >> 20));
        }
        String::from_utf8(bytes)
            .map(|text| Some(text.trim_start_matches('\u{feff}').to_owned()))
            .map_err(|_| Unreadable::Damaged("a part of it is not written in UTF-8"))
    }
}
