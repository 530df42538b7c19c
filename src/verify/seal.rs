//! A sealed wave read back: `root.txt` and the lists of its batches, in the form of `sha256sum`.

use super::piece::Piece;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

/// What was approved: which pieces, in which order, under which root.
pub struct Seal {
    dir: PathBuf,
    /// SHA-256 of `root.txt`.
    pub root: String,
    /// Batch -> digest of its list.
    lists: BTreeMap<String, String>,
    /// Files of the seal that are not what the root says.
    pub broken: Vec<String>,
    /// Every sealed letter, sorted: 8 bytes each.
    letters: Vec<Piece>,
}

impl Seal {
    /// Reads the root and proves every file it names.
    ///
    /// # Errors
    /// I/O; a file that is missing counts as broken.
    pub fn open(dir: &Path) -> io::Result<Self> {
        let text = std::fs::read_to_string(dir.join("root.txt"))?;
        let mut seal = Self {
            dir: dir.to_owned(),
            root: hex(&Sha256::digest(&text)),
            lists: BTreeMap::new(),
            broken: Vec::new(),
            letters: Vec::new(),
        };
        for line in text.lines() {
            let Some((digest, file)) = line.split_once("  ") else {
                seal.broken.push("root.txt".to_owned());
                continue;
            };
            let inside = !file.starts_with('/') && !file.split('/').any(|part| part == "..");
            let bytes = if inside { std::fs::read(dir.join(file)).ok() } else { None };
            let Some(bytes) = bytes.filter(|bytes| hex(&Sha256::digest(bytes)) == digest) else {
                seal.broken.push(file.to_owned());
                continue;
            };
            let list = file.strip_prefix("batches/").and_then(|f| f.strip_suffix(".txt"));
            if let Some(batch) = list.filter(|b| b.starts_with("batch-")) {
                match pieces(&bytes) {
                    Some(pieces) => seal.letters.extend(pieces),
                    None => seal.broken.push(file.to_owned()),
                }
                seal.lists.insert(batch.to_owned(), digest.to_owned());
            }
        }
        seal.letters.sort_unstable();
        Ok(seal)
    }

    /// How many letters were sealed.
    pub fn count(&self) -> u64 {
        self.letters.len() as u64
    }

    /// Whether a letter was sealed.
    pub fn holds(&self, piece: Piece) -> bool {
        self.letters.binary_search(&piece).is_ok()
    }

    /// Letters that were sealed twice.
    pub fn twice(&self) -> usize {
        self.letters.windows(2).filter(|pair| pair[0] == pair[1]).count()
    }

    /// The names of the sealed batches.
    pub fn batches(&self) -> impl Iterator<Item = &str> {
        self.lists.keys().map(String::as_str)
    }

    /// The pieces of a batch in print order; none if the batch was not sealed or its list does
    /// not read as one.
    pub fn pieces(&self, batch: &str) -> Option<Vec<Piece>> {
        self.lists.get(batch)?;
        pieces(&std::fs::read(self.dir.join("batches").join(format!("{batch}.txt"))).ok()?)
    }
}

/// The seal's list of a file of letters: both end in one number.
pub(super) fn sealed_list(file: &str) -> String {
    format!("batch-{}", file.rsplit('-').next().unwrap_or_default())
}

/// `<leaf>  <piece>.txt` a line.
fn pieces(list: &[u8]) -> Option<Vec<Piece>> {
    let piece = |line: &str| Piece::read(line.split_once("  ")?.1.strip_suffix(".txt")?);
    std::str::from_utf8(list).ok()?.lines().map(piece).collect()
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}
