//! Commands, progress, diagnostics, exit codes; the only room that prints.

mod args;
mod book;
mod census;
mod check;
mod completions;
mod composing;
mod counted;
mod coverage;
pub mod diagnostic;
mod email;
mod exhibits;
mod exit;
mod explain;
mod export;
mod filed;
mod filings;
mod headings;
mod held;
mod images;
mod init;
mod intake;
mod law;
mod locked;
mod matter;
mod method;
mod names;
mod notices;
mod output;
mod plan;
mod plan_text;
mod press;
mod products;
mod progress;
mod purge;
pub mod reference;
mod run;
mod sample;
mod sealing;
mod seals;
mod settle;
mod status;
mod summary;
mod svg;
mod verify;
mod waves;
mod words;

use args::{Cli, Command};
use clap::Parser;
use exit::{Ending, Stop};
use std::process::ExitCode;

/// Runs the program; exit codes are listed in docs/REFERENCE.md.
pub fn main() -> ExitCode {
    match dispatch(Cli::parse()) {
        Ok(ending) => ending.into(),
        Err(stop) => {
            match &stop {
                Stop::Configuration(findings)
                | Stop::Refused(findings)
                | Stop::Unsettled(findings) => output::tell_findings(findings, false),
                Stop::Io { what, error } => {
                    output::tell(&format!("error: cannot {what}: {error}\n"))
                }
                Stop::BrokenPipe => {}
            }
            stop.code()
        }
    }
}

fn dispatch(cli: Cli) -> Result<Ending, Stop> {
    match cli.command {
        Command::Init(args) => init::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Plan(args) => plan::run(&args),
        Command::Coverage(args) => coverage::run(&args),
        Command::Run(args) => run::run(&args),
        Command::Approve(args) => sealing::approve(&args),
        Command::Letters(args) => sealing::letters(&args),
        Command::Confirm(args) => sealing::confirm(&args),
        Command::Claim(args) => sealing::claim(&args),
        Command::Trace(args) => sealing::trace(&args),
        Command::Email(args) => email::run(&args),
        Command::Status(args) => status::run(&args),
        Command::Filings(args) => filings::run(&args),
        Command::Export(args) => export::run(&args),
        Command::Purge(args) => purge::run(&args),
        Command::Verify(args) => verify::run(&args),
        Command::Explain { code } => explain::run(&code),
        Command::Law(args) => law::run(&args),
        Command::Sample(args) => sample::run(&args),
        Command::Completions { shell } => completions::script(shell),
        Command::Man { dir } => completions::manual(dir.as_deref()),
    }
}
