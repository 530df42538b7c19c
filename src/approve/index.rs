//! A sorted file of fixed-width entries, to find one among millions without reading them all.
//! An aid only: what it points to is checked by who asks.

use crate::files::Pending;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

const MAGIC: &[u8; 8] = b"nw-indx1";
/// Magic and the digest of what the index is of.
const HEAD: u64 = 8 + 32;
const ENTRY: u64 = 20;

/// An index in the making: 20 bytes an entry.
#[derive(Default)]
pub struct IndexMaker {
    entries: Vec<[u8; ENTRY as usize]>,
}

impl IndexMaker {
    /// Adds where a name is: a place (an offset, a list's number) and a number at that place.
    pub fn add(&mut self, name: &str, place: u64, number: u32) {
        let mut entry = [0; ENTRY as usize];
        entry[..8].copy_from_slice(&key(name));
        entry[8..16].copy_from_slice(&place.to_be_bytes());
        entry[16..].copy_from_slice(&number.to_be_bytes());
        self.entries.push(entry);
    }

    /// Takes over another's entries.
    pub fn append(&mut self, mut other: Self) {
        self.entries.append(&mut other.entries);
    }

    /// # Errors
    /// Any I/O error.
    pub fn write(mut self, path: &Path, of: &str) -> io::Result<()> {
        self.entries.sort_unstable();
        let mut out = Pending::create(path)?;
        out.write_all(MAGIC)?;
        out.write_all(&Sha256::digest(of))?;
        self.entries.iter().try_for_each(|entry| out.write_all(entry))?;
        out.commit()
    }
}

/// An index to ask.
pub struct Index {
    file: File,
    entries: u64,
}

impl Index {
    /// None if there is none, or it is of something else.
    ///
    /// # Errors
    /// Any other I/O error.
    pub fn open(path: &Path, of: &str) -> io::Result<Option<Self>> {
        let mut file = match File::open(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            other => other?,
        };
        let mut head = [0; HEAD as usize];
        if file.read_exact(&mut head).is_err()
            || &head[..8] != MAGIC
            || head[8..] != Sha256::digest(of)[..]
        {
            return Ok(None);
        }
        let entries = file.metadata()?.len().saturating_sub(HEAD) / ENTRY;
        Ok(Some(Self { file, entries }))
    }

    /// Every place and number under a name; rarely also one of another name.
    ///
    /// # Errors
    /// Any I/O error.
    pub fn find(&mut self, name: &str) -> io::Result<Vec<(u64, u32)>> {
        let wanted = key(name);
        let (mut from, mut to) = (0, self.entries);
        while from < to {
            let middle = from + (to - from) / 2;
            if self.entry(middle)?[..8] < wanted[..] { from = middle + 1 } else { to = middle }
        }
        let mut found = Vec::new();
        while from < self.entries {
            let entry = self.entry(from)?;
            if entry[..8] != wanted {
                break;
            }
            let mut place = [0; 8];
            place.copy_from_slice(&entry[8..16]);
            let mut number = [0; 4];
            number.copy_from_slice(&entry[16..]);
            found.push((u64::from_be_bytes(place), u32::from_be_bytes(number)));
            from += 1;
        }
        Ok(found)
    }

    fn entry(&mut self, at: u64) -> io::Result<[u8; ENTRY as usize]> {
        let mut entry = [0; ENTRY as usize];
        self.file.seek(SeekFrom::Start(HEAD + at * ENTRY))?;
        self.file.read_exact(&mut entry)?;
        Ok(entry)
    }
}

fn key(name: &str) -> [u8; 8] {
    let digest = Sha256::digest(name);
    let mut key = [0; 8];
    key.copy_from_slice(&digest[..8]);
    key
}
