//! Commands, progress, diagnostics, exit codes; the only room that prints.

mod approve;
pub mod args;
mod claim;
mod completions;
mod confirm;
pub mod diagnostic;
mod email;
pub mod exit;
mod export;
mod letters;
pub mod output;
pub mod plan_text;
pub mod progress;
mod purge;
pub mod reference;
mod sample;

use crate::matter::refusal::Refusal;
use args::{Cli, Command};
use clap::Parser;
use exit::Ending;
use std::process::ExitCode;

/// Runs the program; exit codes are listed in docs/REFERENCE.md.
pub fn main() -> ExitCode {
    match dispatch(Cli::parse()) {
        Ok(ending) => ending.into(),
        Err(stop) => {
            match &stop {
                Refusal::Configuration(findings)
                | Refusal::Refused(findings)
                | Refusal::Unsettled(findings) => output::tell_findings(findings, false),
                Refusal::Io { what, error } => {
                    output::tell(&format!("error: cannot {what}: {error}\n"))
                }
                Refusal::BrokenPipe => {}
            }
            exit::code(&stop)
        }
    }
}

fn dispatch(cli: Cli) -> Result<Ending, Refusal> {
    match cli.command {
        Command::Init(args) => crate::matter::begin::run(&args),
        Command::Check(args) => crate::matter::act::check::run(&args),
        Command::Plan(args) => crate::matter::ask::plan::run(&args),
        Command::Coverage(args) => crate::matter::ask::coverage::run(&args),
        Command::Run(args) => crate::matter::act::run::run(&args),
        Command::Approve(args) => approve::run(&args),
        Command::Letters(args) => letters::run(&args),
        Command::Confirm(args) => confirm::run(&args),
        Command::Claim(args) => claim::run(&args),
        Command::Trace(args) => crate::matter::ask::trace::trace(&args),
        Command::Email(args) => email::run(&args),
        Command::Status(args) => crate::matter::ask::status::run(&args),
        Command::Filings(args) => crate::matter::act::filings::run(&args),
        Command::Export(args) => export::run(&args),
        Command::Purge(args) => purge::run(&args),
        Command::Verify(args) => crate::matter::ask::verify::run(&args),
        Command::Law(args) => crate::matter::ask::law::run(&args),
        Command::Sample(args) => sample::run(&args),
        Command::Completions { shell } => completions::script(shell),
        Command::Man { dir } => completions::manual(dir.as_deref()),
    }
}
