//! The seal over one wave: exact words to exact people, and what they were made from.
//!
//! A seal is a folder of text files, `sealed/<wave>-<number>`, that `sha256sum` can check without
//! this program: `root.txt` lists the statement and the batches, each batch lists its pieces, and
//! a piece's digest is that of its canonical text. Beside them lie copies of everything the
//! letters were made from, so that a sealed letter can be made again years later. Knows nothing
//! of how products are written.

mod canonical;
mod changed;
mod drift;
mod folder;
mod index;
mod inputs;
mod key;
mod list;
mod public;
mod segments;
mod statement;

pub use canonical::{Canon, leaf, person_digest};
pub use changed::{OwnWords, Word, changed_words};
pub use drift::{Change, Drift};
pub use folder::{SealError, SealFolder, SealMaker, folder_name};
pub use index::{Index, IndexMaker};
pub use inputs::{Input, Inputs};
pub use key::{KeyError, SigningKey};
pub use list::{Leaf, List};
pub use public::{PublicKey, signature_name, unhex};
pub use segments::segments;
pub use statement::{SpoolSeal, Statement};

/// SHA-256 of bytes, hex.
pub fn sha256(bytes: &[u8]) -> String {
    use sha2::Digest;
    crate::files::hex(&sha2::Sha256::digest(bytes))
}
