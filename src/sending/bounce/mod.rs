//! Mail that came back: in an mbox, a Maildir or single files, from whatever server.
//!
//! Structure speaks first (RFC 3464 delivery reports, RFC 5965 complaints, a provider's JSON), then
//! the words of servers that write plain text. What looks like returned mail and is understood by
//! neither is for a person to look at, never dropped.

mod json;
mod message;
mod report;
mod source;
mod words;

pub use source::messages;

/// What a message tells about a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// No such mailbox, or given up for good.
    Hard,
    /// Given up after trying, or for a reason that may pass.
    Soft,
    /// The mailbox is full.
    Full,
    /// Refused for what was sent or who sent it.
    Policy,
    /// Still trying: no bounce yet.
    Delayed,
    /// The recipient calls it unwanted (RFC 5965).
    Complaint,
    /// Out of office and their like: no bounce (RFC 3834).
    Automatic,
}

impl Class {
    /// In the order in which they are told.
    pub const ALL: [Class; 7] = [
        Class::Hard,
        Class::Soft,
        Class::Full,
        Class::Policy,
        Class::Delayed,
        Class::Complaint,
        Class::Automatic,
    ];

    /// Stable lower-case word for JSON, data files and events.
    pub fn label(self) -> &'static str {
        match self {
            Class::Hard => "hard",
            Class::Soft => "soft",
            Class::Full => "full",
            Class::Policy => "policy",
            Class::Delayed => "delayed",
            Class::Complaint => "complaint",
            Class::Automatic => "automatic",
        }
    }

    fn parse(label: &str) -> Option<Class> {
        Class::ALL.into_iter().find(|class| class.label() == label)
    }

    /// Whether the e-mail did not arrive and is not on its way.
    pub fn is_lost(self) -> bool {
        matches!(self, Class::Hard | Class::Soft | Class::Full | Class::Policy)
    }
}

/// What a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Somebody's server tells what became of a delivery, or a recipient complains.
    Told,
    /// It looks like returned mail, and neither its structure nor its words are known.
    Unclear,
    /// Anything else, answers by machine included.
    Other,
}

/// What a message says of one recipient. Holds an address: no `Debug`.
pub struct Recipient {
    /// The address in the envelope; may be empty.
    pub to: String,
    /// `None`: delivered, or handed on to a system that sends no reports.
    pub class: Option<Class>,
    /// Such as `5.1.1`; may be empty.
    pub status: String,
    /// The other server's words, without addresses.
    pub diagnostic: String,
}

/// One message, read. Holds addresses: no `Debug`.
pub struct Returned {
    pub kind: Kind,
    /// `None` where nothing is wrong (a report of a delivery), or nothing is understood.
    pub class: Option<Class>,
    /// Piece ids that it names anywhere, in capitals.
    pub pieces: Vec<String>,
    pub recipients: Vec<Recipient>,
    /// SHA-256 of the message as it stands in its file, 64 hexadecimal digits.
    pub digest: String,
}

/// Reads one message.
pub fn read(raw: &[u8]) -> Returned {
    message::read(raw)
}
