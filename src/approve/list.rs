//! Lists of digests as `sha256sum` writes and checks them.

use crate::files::hex;
use sha2::{Digest, Sha256};

/// One line: a digest and the file it is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaf {
    /// 64 hex digits.
    pub digest: String,
    pub file: String,
}

/// A list in the making, or read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List {
    pub leaves: Vec<Leaf>,
}

impl List {
    pub fn add(&mut self, digest: &[u8; 32], file: String) {
        self.leaves.push(Leaf { digest: hex(digest), file });
    }

    /// The list's text.
    pub fn text(&self) -> String {
        let mut text = String::with_capacity(self.leaves.len() * 96);
        for leaf in &self.leaves {
            text.push_str(&leaf.digest);
            text.push_str("  ");
            text.push_str(&leaf.file);
            text.push('\n');
        }
        text
    }

    /// The digest of the list's text.
    pub fn digest(&self) -> [u8; 32] {
        Sha256::digest(self.text()).into()
    }

    /// Reads a list; none if a line is not what [`List::text`] writes.
    pub fn read(text: &str) -> Option<Self> {
        let leaf = |line: &str| {
            let (digest, file) = line.split_once("  ")?;
            let sound = digest.len() == 64 && digest.bytes().all(|b| b.is_ascii_hexdigit());
            sound.then(|| Leaf { digest: digest.to_owned(), file: file.to_owned() })
        };
        Some(Self { leaves: text.lines().map(leaf).collect::<Option<_>>()? })
    }
}
