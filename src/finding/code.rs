//! The code of a finding: one of the catalogue's, and nothing else.

use super::Severity;
use super::catalogue::{self, Entry};
use serde::{Serialize, Serializer};
use std::borrow::Borrow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;

/// The code of a finding, stable and dotted: `zip.too_short`. Made by `code!`, which takes only
/// codes that the catalogue explains; reads, compares and serializes as its text.
#[derive(Clone, Copy)]
pub struct Code(&'static Entry);

/// A code of the catalogue. Any other text does not compile:
///
/// ```compile_fail,E0080
/// noticeworks::code!("zip.explained_nowhere");
/// ```
///
/// ```
/// assert_eq!(noticeworks::code!("zip.too_short"), "zip.too_short");
/// ```
#[macro_export]
macro_rules! code {
    ($code:literal) => {{
        // An item, not a `const` block: `cargo check` works out the one and not the other.
        const CODE: $crate::finding::Code = $crate::finding::Code::known($code);
        CODE
    }};
}

impl Code {
    /// Behind `code!`, which has it worked out by the compiler.
    ///
    /// # Panics
    /// The catalogue does not explain the code.
    #[doc(hidden)]
    pub const fn known(text: &str) -> Self {
        match catalogue::entry(text) {
            Some(entry) => Self(entry),
            None => panic!("src/finding/catalogue does not explain this code"),
        }
    }

    /// The code that a person or a file names.
    pub fn named(text: &str) -> Option<Self> {
        catalogue::entry(text).map(Self)
    }

    pub const fn as_str(self) -> &'static str {
        self.0.code
    }

    /// The weights it can have, gravest first.
    pub const fn weights(self) -> &'static [Severity] {
        self.0.weights
    }

    /// What it says, with `...` for what differs.
    pub const fn says(self) -> &'static str {
        self.0.says
    }

    /// Why it matters and what to do, in a few sentences.
    pub const fn advice(self) -> &'static str {
        self.0.advice
    }

    pub(super) const fn of(entry: &'static Entry) -> Self {
        Self(entry)
    }
}

impl Deref for Code {
    type Target = str;

    fn deref(&self) -> &str {
        self.0.code
    }
}

impl Borrow<str> for Code {
    fn borrow(&self) -> &str {
        self.0.code
    }
}

impl PartialEq for Code {
    fn eq(&self, other: &Self) -> bool {
        self.0.code == other.0.code
    }
}

impl Eq for Code {}

impl PartialEq<str> for Code {
    fn eq(&self, other: &str) -> bool {
        self.0.code == other
    }
}

impl PartialEq<&str> for Code {
    fn eq(&self, other: &&str) -> bool {
        self.0.code == *other
    }
}

impl PartialOrd for Code {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Code {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.code.cmp(other.0.code)
    }
}

impl Hash for Code {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.code.hash(state);
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.0.code)
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.0.code, f)
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.code)
    }
}
