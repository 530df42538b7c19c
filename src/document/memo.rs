//! Remembers what a text became, so that equal text is the same section.

use super::{Section, SectionStyle};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::{Arc, RwLock};

/// How many sections are kept; a wave has a few dozen.
const CAPACITY: usize = 1024;

/// Bounded: when full it starts afresh, which never changes a byte of any product.
#[derive(Default)]
pub(super) struct Memo(RwLock<HashMap<u64, (String, Arc<Section>)>>);

/// Hash of a rendered text and its style; the first 64 bits of a SHA-256, so that it is the same
/// on every machine and no roster value can be made to collide by chance.
pub(super) fn key(text: &str, style: SectionStyle) -> u64 {
    let mut hash = Sha256::new();
    hash.update([style as u8]);
    hash.update(text.as_bytes());
    let digest = hash.finalize();
    let mut first = [0; 8];
    first.copy_from_slice(&digest[..8]);
    u64::from_be_bytes(first)
}

impl Memo {
    /// The section of this very text, if it is remembered.
    pub fn get(&self, key: u64, text: &str) -> Option<Arc<Section>> {
        let kept = self.0.read().ok()?;
        kept.get(&key).filter(|(of, _)| of == text).map(|(_, section)| section.clone())
    }

    /// Keeps a section; if another thread was first, its section wins, so that equal text stays
    /// one `Arc`.
    pub fn keep(&self, text: String, section: Arc<Section>) -> Arc<Section> {
        let Ok(mut kept) = self.0.write() else { return section };
        if let Some((of, first)) = kept.get(&section.key)
            && *of == text
        {
            return first.clone();
        }
        if kept.len() >= CAPACITY {
            kept.clear();
        }
        kept.insert(section.key, (text, section.clone()));
        section
    }
}
