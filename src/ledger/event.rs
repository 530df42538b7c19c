//! What an event says, typed. The stored bytes are these types as JSON, in the order of their
//! fields: they lie under the chain of digests, so that a field is never renamed, moved or taken
//! away. A later program writes new fields and kinds under a later version; this one then says
//! that it is too old, and guesses nothing.

use super::{Evidence, LedgerError, SealState, What};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The key under which a body of a later version says so; the first version has none.
const VERSION: &str = "version";

/// What happened. Holds no personal value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "body")]
pub enum Event {
    #[serde(rename = "approved")]
    Approved(Approved),
    /// An approval taken back before anything left under it.
    #[serde(rename = "approval.withdrawn")]
    ApprovalWithdrawn(ApprovalWithdrawn),
    #[serde(rename = "printed")]
    Printed(Printed),
    #[serde(rename = "confirmed")]
    Confirmed(Confirmed),
    #[serde(rename = "returns.imported")]
    ReturnsImported(ReturnsImported),
    #[serde(rename = "activations.imported")]
    ActivationsImported(ActivationsImported),
    #[serde(rename = "filed")]
    Filed(Filed),
    #[serde(rename = "notice_posted")]
    NoticePosted(NoticePosted),
    #[serde(rename = "claimed")]
    Claimed(Claimed),
    /// A sending begins.
    #[serde(rename = "sending")]
    Sending(Sending),
    /// A sending before the mail date, on purpose.
    #[serde(rename = "sending.early")]
    SendingEarly(SendingEarly),
    /// A sending goes on: what a restored backup lacks must show.
    #[serde(rename = "sending.on")]
    SendingOn(SendingOn),
    /// A sending is over.
    #[serde(rename = "sent")]
    Sent(Sent),
    #[serde(rename = "email.resolved")]
    EmailResolved(EmailResolved),
    #[serde(rename = "email.bounced")]
    EmailBounced(EmailBounced),
    #[serde(rename = "email.complained")]
    EmailComplained(EmailComplained),
    /// From here on the states of e-mails change.
    #[serde(rename = "emails.changing")]
    EmailsChanging(EmailsChanging),
    /// What all e-mails are now.
    #[serde(rename = "emails.settled")]
    EmailsSettled(EmailsSettled),
    #[serde(rename = "purged")]
    Purged(Purged),
    /// Somebody vouches for the machine's clock.
    #[serde(rename = "clock.set")]
    ClockSet(ClockSet),
    /// Somebody looked at personal values.
    #[serde(rename = "values.shown")]
    ValuesShown(ValuesShown),
}

/// The kind of event after which the times of events may begin anew.
pub(super) const CLOCK_SET: &str = "clock.set";

/// A seal approved, or approved by one more person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approved {
    pub wave: String,
    pub seal: u32,
    pub root: String,
    /// Absent where a further person approved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub letters: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub emails: Option<u64>,
    pub state: SealState,
    pub approval: By,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<About>,
}

/// Who approved, and the signature if there is one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct By {
    pub by: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<String>,
}

/// What the approver had before them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// Rows by outcome.
    pub outcomes: BTreeMap<String, u64>,
    pub decisions: Vec<Decided>,
}

/// A decision of the incident.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    pub question: String,
    pub choice: String,
    pub by: String,
    pub on: Date,
}

/// A seal under which nothing left is approved no longer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApprovalWithdrawn {
    pub wave: String,
    pub seal: u32,
    pub root: String,
    pub by: String,
    pub why: String,
}

/// A batch printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Printed {
    pub wave: String,
    pub seal: u32,
    pub batch: u32,
    pub file: String,
    pub sha256: String,
    pub pieces: u64,
    pub pages: u64,
    /// Covered entity, jurisdiction, pieces.
    pub residents: Vec<(String, String, u64)>,
}

/// What happened to batches or to single letters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmed {
    pub wave: String,
    pub seal: u32,
    pub what: What,
    pub on: Date,
    pub batches: Vec<u32>,
    pub pieces: Vec<String>,
    pub evidence: Evidence,
    pub by: String,
    /// Why letters came back, where a file says so, such as `attempted_not_known`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// A monitoring vendor told which enrollment codes were activated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivationsImported {
    pub evidence: Evidence,
    pub lines: u64,
    /// Over all files.
    pub activated_so_far: u64,
    /// SHA-256 of the list of all activated codes' letters.
    pub list: String,
    pub by: String,
}

/// A file of what came back was read. What became of each of its lines stands in a list beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnsImported {
    pub evidence: Evidence,
    pub layout: String,
    /// The sum of the four that follow.
    pub lines: u64,
    pub matched: u64,
    pub unknown: u64,
    pub repeated: u64,
    pub malformed: u64,
    /// SHA-256 of the list, and its name.
    pub list: Evidence,
    pub by: String,
}

/// A filing made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Filed {
    /// What it stated, as the room of filings writes it.
    #[serde(flatten)]
    pub stated: Map<String, Value>,
    pub on: Date,
    /// The regulator's number for it.
    pub number: String,
    pub amends: bool,
    pub evidence: Evidence,
    pub by: String,
}

/// A notice posted on a home page, or taken down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticePosted {
    pub notice: String,
    pub title: String,
    pub duties: Vec<String>,
    pub entity: Option<String>,
    /// For how long it must stay.
    pub days: u32,
    pub posted: Option<Date>,
    pub taken_down: Option<Date>,
    pub evidence: Evidence,
    pub by: String,
}

/// A folder got the right to send.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claimed {
    pub by: String,
    pub host: String,
    pub generation: u64,
    /// The ledger was known to be an older state.
    pub older: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sending {
    pub wave: String,
    pub seal: u32,
    pub root: String,
    pub server: String,
    pub connections: usize,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SendingEarly {
    pub wave: String,
    pub mail_on: Date,
    pub reason: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SendingOn {
    pub wave: String,
    pub seal: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    pub wave: String,
    pub seal: u32,
    pub given: u64,
    /// Found in doubt from an interrupted run.
    pub recovered: u64,
    pub states: BTreeMap<String, u64>,
    pub stopped: Option<String>,
}

/// An e-mail in doubt settled, by a relay's log or by a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmailResolved {
    pub piece: String,
    pub state: String,
    pub by: String,
    pub evidence: String,
}

/// An e-mail whose fate a notification told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmailBounced {
    pub piece: String,
    pub was: String,
    pub state: String,
    pub code: u16,
    pub reply: String,
    /// Whether a letter is still to be made.
    pub letter: String,
    /// Why, such as `hard` or `full`; absent where it arrived, and in older ledgers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// SHA-256 of the message that says so; absent in older ledgers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<String>,
}

/// A recipient called an e-mail unwanted (RFC 5965): it arrived.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmailComplained {
    pub piece: String,
    /// Such as `abuse`; may be empty.
    pub feedback: String,
    /// SHA-256 of the message that says so.
    pub evidence: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmailsChanging {}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmailsSettled {
    pub messages: u64,
    /// Over every field of each.
    pub sha256: String,
}

/// Personal data removed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Purged {
    /// The day on which the record was last in use.
    pub last: Date,
    pub due: Date,
    pub by: String,
    pub removed: Vec<String>,
    pub files: u64,
}

/// The clock is right now, whatever the events before say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockSet {
    pub by: String,
    pub reason: String,
    /// The time of the event before.
    pub last: Option<String>,
}

/// Values of the roster shown to somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValuesShown {
    /// Which, in words that hold none of them.
    pub what: String,
    pub by: String,
}

impl Event {
    /// Kind and body as they are stored.
    ///
    /// # Errors
    /// A value that JSON cannot hold; a mistake of the program.
    pub fn stored(&self) -> Result<(String, String), LedgerError> {
        let whole = serde_json::to_value(self).map_err(LedgerError::Unwritten)?;
        let kind = whole["kind"].as_str().unwrap_or_default().to_owned();
        Ok((kind, whole["body"].to_string()))
    }

    /// An event as it was stored.
    ///
    /// # Errors
    /// A kind or version of a later program; a body that is not one of its kind.
    pub fn read(seq: u64, kind: &str, body: &str) -> Result<Self, LedgerError> {
        let later = || LedgerError::LaterEvent { seq, kind: kind.to_owned() };
        let unreadable = || LedgerError::UnreadableEvent { seq, kind: kind.to_owned() };
        if !KINDS.contains(&kind) {
            return Err(later());
        }
        let body: Value = serde_json::from_str(body).map_err(|_| unreadable())?;
        if body.get(VERSION).is_some() {
            return Err(later());
        }
        serde_json::from_value(json!({"kind": kind, "body": body})).map_err(|_| unreadable())
    }

    /// The day on which it is said to have happened, if it says one.
    pub fn day(&self) -> Option<Date> {
        match self {
            Event::Confirmed(confirmed) => Some(confirmed.on),
            Event::Filed(filed) => Some(filed.on),
            Event::NoticePosted(notice) => notice.posted.max(notice.taken_down),
            _ => None,
        }
    }
}

/// Every kind that this program knows, as stored.
pub const KINDS: [&str; 21] = [
    "approved",
    "approval.withdrawn",
    "printed",
    "confirmed",
    "returns.imported",
    "activations.imported",
    "filed",
    "notice_posted",
    "claimed",
    "sending",
    "sending.early",
    "sending.on",
    "sent",
    "email.resolved",
    "email.bounced",
    "email.complained",
    "emails.changing",
    "emails.settled",
    "purged",
    CLOCK_SET,
    "values.shown",
];
