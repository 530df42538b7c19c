//! Work that changes the folder: each function does one thing a user may ask for.

pub mod add_wave;
pub mod approve;
pub mod check;
pub mod claim;
pub mod confirm;
pub mod confirm_notice;
pub mod decide;
pub mod filings;
pub mod letters;
pub mod purge;
pub mod record_filing;
pub mod repair;
pub mod repair_from;
pub mod reprint;
pub mod reveal;
pub mod run;
pub mod withdraw;
pub mod withdraw_approval;
mod withdrawn_rows;
pub mod word_export;
pub mod word_import;
pub mod write_facts;
