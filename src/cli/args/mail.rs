//! `email`: rehearse, send, settle, read what came back.

use crate::cli::args::{Folder, Report};
use crate::matter::mail::SendRequest;
use clap::{Args, Subcommand};
use std::path::PathBuf;

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct EmailArgs {
    #[command(subcommand)]
    pub command: Option<EmailCommand>,
    #[command(flatten)]
    pub send: SendArgs,
}

#[derive(Debug, Subcommand)]
pub enum EmailCommand {
    /// Settles e-mails of which it is not known whether the server took them
    Resolve(ResolveArgs),
    /// Reads mail that came back; its people go to the post
    Bounces(BouncesArgs),
}

#[derive(Debug, Args)]
pub struct SendArgs {
    /// Folder that holds incident.toml and the roster
    #[arg(required = true)]
    pub incident: Option<PathBuf>,
    /// Write the results into this folder instead of `out` in the incident folder
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Mailing to work on, by the id of its `[[wave]]`; needed when there are several
    #[arg(long, value_name = "ID")]
    pub wave: Option<String>,
    /// Folder of law files to use instead of the built-in ones
    #[arg(long, value_name = "DIR")]
    pub law: Option<PathBuf>,
    #[command(flatten)]
    pub report: Report,
    /// Send what is approved; without it nothing leaves, and samples of the messages are written as
    /// files, at most 200
    #[arg(long)]
    pub send: bool,
    /// Write every message as a file, not only one of each version and those with the longest names
    #[arg(long, conflicts_with = "send")]
    pub write_all: bool,
    /// Send before the mail date, for this reason, which is recorded
    #[arg(long, value_name = "REASON", requires = "send")]
    pub early: Option<String>,
    /// No more than this many
    #[arg(long, value_name = "N")]
    pub only: Option<u64>,
    /// Send proofs to this address instead: letters to made-up people, marked as proofs
    #[arg(long, value_name = "ADDRESS")]
    pub to: Option<String>,
    /// Mail server instead of the incident's: smtp://HOST:PORT or smtps://HOST:PORT
    #[arg(long, value_name = "URL")]
    pub smtp: Option<String>,
    /// How many connections at the same time
    #[arg(long, value_name = "N")]
    pub connections: Option<u32>,
    /// How many messages a second in all
    #[arg(long, value_name = "N")]
    pub per_second: Option<u32>,
    /// How many messages in any 24 hours
    #[arg(long, value_name = "N")]
    pub per_day: Option<u32>,
}

impl SendArgs {
    /// What to send, and how.
    pub fn request(&self) -> SendRequest {
        SendRequest {
            selection: (&self.folder()).into(),
            only: self.only,
            smtp: self.smtp.clone(),
            connections: self.connections,
            per_second: self.per_second,
            per_day: self.per_day,
            early: self.early.clone(),
            write_all: self.write_all,
            show_values: self.report.show_values,
        }
    }

    /// The folder; a subcommand alone goes without one.
    fn folder(&self) -> Folder {
        Folder {
            incident: self.incident.clone().unwrap_or_default(),
            out: self.out.clone(),
            wave: self.wave.clone(),
            law: self.law.clone(),
        }
    }
}

#[derive(Debug, Args)]
pub struct ResolveArgs {
    #[command(flatten)]
    pub folder: Folder,
    /// Look them up in the log of a Postfix relay
    #[arg(long, value_name = "FILE")]
    pub log: Option<PathBuf>,
    /// Piece that the server did take
    #[arg(long, value_name = "PIECE", requires = "by", requires = "evidence")]
    pub accepted: Vec<String>,
    /// Piece that the server did not take, in doubt or refused: it may be sent again
    #[arg(long, value_name = "PIECE", requires = "by", requires = "evidence")]
    pub not_sent: Vec<String>,
    /// Who decides
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
    /// How they know, in a few words
    #[arg(long, value_name = "WORDS")]
    pub evidence: Option<String>,
    /// Print the result as JSON, for other programs to read
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct BouncesArgs {
    #[command(flatten)]
    pub folder: Folder,
    /// An mbox, a Maildir, a message, or a folder of any of them
    pub mail: PathBuf,
    /// Keep reading what comes in, each message once, until it is stopped
    #[arg(long)]
    pub watch: bool,
    /// With --watch: seconds between two looks
    #[arg(long, value_name = "SECONDS", default_value_t = 30, requires = "watch")]
    pub every: u64,
    /// Print the result as JSON, for other programs to read
    #[arg(long)]
    pub json: bool,
}
