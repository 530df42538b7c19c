//! Commands, progress, diagnostics, exit codes; the only room that prints.

mod approve;
pub mod args;
pub mod brief;
mod check;
mod claim;
mod codes;
mod completions;
mod confirm;
mod coverage;
mod decide;
pub mod diagnostic;
mod email;
pub mod exit;
mod explain;
mod export;
mod filings;
pub mod hint;
mod init;
mod law;
mod letters;
mod open;
pub mod output;
mod pieces;
mod plan;
pub mod plan_text;
pub mod progress;
mod purge;
mod recorded;
pub mod reference;
mod repair;
mod returns;
mod run;
mod sample;
mod status;
mod summary;
mod trace;
mod verify;
mod wave;
mod withdraw;
mod word;
pub mod wrap;

use crate::matter::refusal::Refusal;
use args::{Cli, Command};
use clap::Parser;
use exit::{Ending, Stop};
use std::process::ExitCode;

/// Runs the program; exit codes are listed in docs/REFERENCE.md.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    hint::remember(std::env::args_os());
    let brief = cli.command.is_brief();
    match dispatch(cli) {
        Ok(ending) => ending.into(),
        Err(stop) => {
            match &stop {
                Stop::Refusal(
                    Refusal::Configuration(findings)
                    | Refusal::Refused(findings)
                    | Refusal::Unsettled(findings),
                ) if brief => output::tell_first(findings),
                Stop::Refusal(
                    Refusal::Configuration(findings)
                    | Refusal::Refused(findings)
                    | Refusal::Unsettled(findings),
                ) => output::tell_findings(findings, false),
                Stop::Refusal(Refusal::Io { what, error }) => {
                    output::tell(&output::trouble(what, error));
                }
                Stop::Closed => {}
            }
            stop.code()
        }
    }
}

fn dispatch(cli: Cli) -> Result<Ending, Stop> {
    match cli.command {
        Command::Open(args) => open::run(&args),
        Command::Init(args) => init::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Plan(args) => plan::run(&args),
        Command::Coverage(args) => coverage::run(&args),
        Command::Decide(args) => decide::run(&args),
        Command::Repair(args) => repair::run(&args),
        Command::Withdraw(args) => withdraw::run(&args),
        Command::Wave(args) => wave::run(&args),
        Command::Word(args) => word::run(&args),
        Command::Run(args) => run::run(&args),
        Command::Approve(args) => approve::run(&args),
        Command::Letters(args) => letters::run(&args),
        Command::Confirm(args) => confirm::run(&args),
        Command::Claim(args) => claim::run(&args),
        Command::Trace(args) => trace::run(&args),
        Command::Email(args) => email::run(&args),
        Command::Pieces(args) => pieces::run(&args),
        Command::Codes(args) => codes::run(&args),
        Command::Returns(args) => returns::run(&args),
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
