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
    match (&args.command, &args.send) {
        (Some(EmailCommand::Resolve(args)), _) => resolve::run(args),
        (Some(EmailCommand::Bounces(args)), _) => bounces::run(args),
        (None, Some(args)) if args.to.is_some() => proof::run(args),
        (None, Some(args)) => send::run(args),
        (None, None) => Err(Stop::one(
            "email.folder",
            "no incident folder is named",
            "write `noticeworks email FOLDER`",
        )),
    }
}
