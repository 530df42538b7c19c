//! `email`, told.

mod bounces;
mod proof;
mod resolve;
mod send;
mod tally;

use crate::cli::args::{EmailArgs, EmailCommand};
use crate::cli::exit::{Ending, Stop};

pub fn run(args: &EmailArgs) -> Result<Ending, Stop> {
    match (&args.command, &args.send.to) {
        (Some(EmailCommand::Resolve(args)), _) => resolve::run(args),
        (Some(EmailCommand::Bounces(args)), _) => bounces::run(args),
        (None, Some(address)) => proof::run(&args.send, address),
        (None, None) => send::run(&args.send),
    }
}
