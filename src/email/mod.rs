//! The e-mail product: MIME messages from the letter's document, for people who agreed.
//!
//! Dry: a message is a file (`out/email/<piece id>.eml`) with equal bytes for equal input. Its
//! `Date` is added when it is sent.

mod html;
mod message;
mod parts;
mod text;

pub use html::html;
pub use message::{ComposeError, Mailer, recipient, sender_address};
pub use text::text;
