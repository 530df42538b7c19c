//! `email`: the messages rehearsed, sent, and what is in doubt settled.

mod bounces;
mod gate;
mod outbox;
mod proof;
mod resolve;
mod send;
mod server;
mod tally;

use crate::cli::args::{EmailArgs, EmailCommand};
use crate::cli::exit::Ending;
use crate::matter::refusal::Refusal;

pub use tally::{Emails, emails};

pub fn run(args: &EmailArgs) -> Result<Ending, Refusal> {
    match &args.command {
        Some(EmailCommand::Resolve(args)) => resolve::run(args),
        Some(EmailCommand::Bounces(args)) => bounces::run(args),
        None if args.send.to.is_some() => proof::run(&args.send),
        None => send::run(&args.send),
    }
}
