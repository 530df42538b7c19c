//! Sending: every message in exactly one state, never twice, whatever the server or the machine does.

mod abilities;
mod altered;
mod bounces;
mod certificates;
mod command;
mod faults;
mod kills;
mod postfix;
mod relay;
mod relay_logs;
pub mod server;
mod setup;
mod signatures;
mod states;
mod waiting;
