//! Questions about the folder: nothing here changes the disk.

pub mod coverage;
pub mod events;
pub mod facts;
pub mod law;
pub mod mend;
pub mod plan;
pub mod repairs;
pub mod rows;
pub mod seals;
pub mod spellings;
pub mod status;
pub mod story;
pub mod trace;
pub mod verify;
pub mod word_import;
