//! The law pack: rules in force on a date, each with citation, source and confidence.
//!
//! `law/*.toml` is data; `docs/LAW-FORMAT.md` describes the format. This room knows neither
//! people nor documents.

mod certainty;
mod check;
mod condition;
mod contacts;
mod coverage;
mod dated;
mod deadline;
mod diff;
mod duty;
mod elements;
mod hipaa;
mod holidays;
mod interview;
mod jurisdiction;
mod letter;
mod pack;
mod places;
mod show;
mod source;
mod vocabulary;
mod when;

pub use certainty::*;
pub use condition::*;
pub use contacts::*;
pub use coverage::coverage;
pub use dated::*;
pub use deadline::*;
pub use diff::{Change, ChangeKind, FieldChange, diff};
pub use duty::*;
pub use elements::{Element, Elements};
pub use hipaa::*;
pub use holidays::Holidays;
pub use interview::{Asked, Interview, InterviewKey, InterviewQuestion};
pub use jurisdiction::*;
pub use letter::*;
pub use pack::LawPack;
pub use show::{Shown, show};
pub use vocabulary::{Term, Vocabulary};
pub use when::*;
