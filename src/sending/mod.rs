//! E-mail that leaves: each message offered once, its state on the disk before its content is.
//!
//! Takes sealed messages and the ledger; knows nothing of seals, people or law. The only room
//! with an asynchronous runtime. What happens to one message:
//!
//! ready -> sending (on the disk before DATA) -> accepted | deferred | refused | uncertain
//!
//! `uncertain` is the honest name for content that went out without a reply coming back. Such a
//! message is settled from a relay's log, from a bounce or by a person; never sent again by
//! itself.

mod bounce;
mod context;
mod dkim;
mod journal;
mod message;
mod open;
mod pace;
mod proof;
mod relay_log;
mod reply;
mod report;
mod run;
mod server;
mod session;
mod stamp;
mod tls;
mod wire;
mod worker;

pub use bounce::{
    Class, Kind, Recipient, Returned, messages as returned_messages, read as read_returned,
};
pub use context::Progress;
pub use dkim::{Dkim, DkimError};
pub use journal::Checkpoint;
pub use message::{Message, Outbox, OutboxError};
pub use open::OpenError;
pub use pace::Pace;
pub use proof::send_proofs;
pub use relay_log::{RelayFate, relay_log};
pub use reply::masked;
pub use report::{Report, SendError, Stopped};
pub use run::{Choices, send};
pub use server::{Patience, Security, Server, ServerError};
pub use session::Session;
pub use stamp::Stamp;

pub use lettre::Address;
pub use lettre::transport::smtp::authentication::Credentials;
