//! `email`: the messages rehearsed, sent, and what is in doubt settled.

mod bounces;
mod gate;
mod outbox;
mod proof;
mod resolve;
mod send;
mod server;
mod tally;

use super::args::{EmailArgs, EmailCommand};
use super::exit::{Ending, Stop};

pub use tally::{Emails, emails};

pub fn run(args: &EmailArgs) -> Result<Ending, Stop> {
    match &args.command {
        Some(EmailCommand::Resolve(args)) => resolve::run(args),
        Some(EmailCommand::Bounces(args)) => bounces::run(args),
        None if args.send.to.is_some() => proof::run(&args.send),
        None => send::run(&args.send),
    }
}
