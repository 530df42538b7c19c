//! The one integration binary, by capability.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a failed unwrap is a failed test")]

mod approve;
mod asking;
mod barcode;
mod case;
mod counting;
mod docs;
mod document;
mod email;
mod export;
mod external;
mod faults;
mod files;
mod filings;
mod finding;
mod fuzz;
mod guards;
mod incident;
mod init;
mod keys;
mod law;
mod ledger;
mod letters;
mod life;
mod names;
mod notices;
mod notices_command;
mod pdf;
mod plan;
mod post;
mod privacy;
mod purge;
mod repairs;
mod review;
mod rooms;
mod roster;
mod run;
mod sending;
mod subsets;
mod tables;
mod telling;
mod typeset;
mod verify;
mod walks;
mod workbench;
