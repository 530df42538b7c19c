//! What a file says about itself.

use jiff::civil::Date;

/// Title, author and date of a file, for its Info dictionary and its XMP packet, which always
/// say the same.
#[derive(Clone, Debug)]
pub struct Meta {
    /// Shown in the reader's title bar (PDF/UA-1, 7.1).
    pub title: String,
    pub subject: String,
    pub author: String,
    /// The program, with its version.
    pub creator: String,
    /// BCP 47; the language of everything that names no other.
    pub lang: String,
    /// As of which day the file was made; never today's.
    pub date: Date,
    pub keywords: String,
}

impl Meta {
    /// `D:20260918000000Z`
    pub(super) fn pdf_date(&self) -> String {
        let d = self.date;
        format!("D:{:04}{:02}{:02}000000Z", d.year(), d.month(), d.day())
    }

    /// `2026-09-18T00:00:00Z`
    pub(super) fn xmp_date(&self) -> String {
        let d = self.date;
        format!("{:04}-{:02}-{:02}T00:00:00Z", d.year(), d.month(), d.day())
    }
}
