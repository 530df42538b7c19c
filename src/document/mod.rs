//! Tera and Markdown become blocks, each knowing what it satisfies and contains.
//!
//! The one content of every channel: letters, e-mails, notices, filing summaries. Knows nothing
//! of fonts or SMTP.

mod alias;
mod annotation;
mod escape;
mod inline;
mod markdown;
mod memo;
mod model;
mod names;
mod plain_text;
mod prepare;
mod scan;
mod set;
mod shipped;
mod tagged;
mod typography;

pub use alias::aliases_of;
pub use escape::escape;
pub use inline::inline_html;
pub use model::*;
pub use names::{Name, names_in, nearest_names};
pub use plain_text::{block_text, plain_text, section_text};
pub use set::TemplateSet;
pub use shipped::{shipped, shipped_digest};
pub use tagged::tagged_text;
pub use typography::typographic;
