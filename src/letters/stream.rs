//! What one file of letters has in common, so that a machine runs it without a stop: envelope,
//! destination, language, and sheets a letter.

use std::fmt;

/// How letters lie in their envelopes, and are mailed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EnvelopeClass {
    /// Folded in thirds.
    Letter,
    /// Too thick to be folded: mailed whole.
    Flat,
}

impl EnvelopeClass {
    /// The class of letters of so many sheets; from `flat_from` on they are not folded.
    pub fn of(sheets: u32, flat_from: u32) -> Self {
        if sheets < flat_from { EnvelopeClass::Letter } else { EnvelopeClass::Flat }
    }

    /// As in names of files and in tables.
    pub fn label(self) -> &'static str {
        match self {
            EnvelopeClass::Letter => "letter",
            EnvelopeClass::Flat => "flat",
        }
    }
}

/// A stream of letters. Its name begins the names of its files, before the file's number:
/// `letter-us-en-3s-0001`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stream {
    pub envelope: EnvelopeClass,
    /// Mailed abroad.
    pub foreign: bool,
    /// Of the letters, BCP 47.
    pub language: String,
    /// Of each letter.
    pub sheets: u32,
}

impl Stream {
    /// As in names of files and in tables.
    pub fn destination(&self) -> &'static str {
        if self.foreign { "abroad" } else { "us" }
    }
}

impl fmt::Display for Stream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Stream { envelope, language, sheets, .. } = self;
        write!(f, "{}-{}-{language}-{sheets}s", envelope.label(), self.destination())
    }
}

/// The file of a stream by its number among all files of the run.
pub fn file_name(stream: &Stream, number: usize) -> String {
    format!("{stream}-{number:04}")
}
