//! One line of a file that came back.

use super::Key;
use jiff::civil::Date;

/// What a line says became of a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Told {
    /// It came back, or was destroyed as undeliverable.
    Returned,
    /// It went on to another address.
    Forwarded,
    /// It was seen on its way.
    Scanned,
}

impl Told {
    pub const ALL: [Told; 3] = [Told::Returned, Told::Forwarded, Told::Scanned];

    pub fn label(self) -> &'static str {
        match self {
            Told::Returned => "returned",
            Told::Forwarded => "forwarded",
            Told::Scanned => "scanned",
        }
    }

    pub fn parse(label: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|told| told.label() == label)
    }
}

/// A new address as the file gives it. No `Debug`: it is a person's.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct NewAddress {
    pub line: String,
    pub city: String,
    pub state: String,
    pub zip: String,
}

impl NewAddress {
    /// Whether mail could go there.
    pub fn is_whole(&self) -> bool {
        ![&self.line, &self.city, &self.state, &self.zip].into_iter().any(String::is_empty)
    }
}

/// What one line says.
pub struct ReturnedLine {
    /// As a spreadsheet or editor numbers it, from 1.
    pub number: u64,
    pub key: Key,
    pub told: Told,
    /// Why it came back, by the layouts' own name; empty where nothing says.
    pub reason: String,
    pub on: Date,
    pub address: Option<NewAddress>,
}

/// A line that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Malformed {
    pub number: u64,
    /// Without a value of the line.
    pub why: String,
}
