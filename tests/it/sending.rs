//! Sending: every message in exactly one state, never twice, whatever the server or the machine does.

mod abilities;
mod altered;
mod bounces;
mod certificates;
mod command;
mod families;
mod faults;
mod keys;
mod kills;
mod postfix;
mod relay;
mod relay_logs;
pub mod server;
pub mod setup;
mod signatures;
mod states;
mod waiting;
