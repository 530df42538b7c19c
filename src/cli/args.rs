//! What can be typed: commands and options.

use clap::{Args, Parser, Subcommand};
use jiff::civil::Date;
use std::path::PathBuf;

/// Turns a patient roster and an incident's facts into every notice a health-data breach
/// obliges you to send.
#[derive(Debug, Parser)]
#[command(name = "noticeworks", version, about, max_term_width = 100, after_help = EXIT_CODES)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

const EXIT_CODES: &str = "Exit codes: 0 fine, 1 findings or held rows, 2 usage or configuration, \
3 files could not be read or written, 130 interrupted.
Nothing is sent by any of these commands. This program gives no legal advice.";

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Reads incident and roster, writes the spool, says what is wrong
    Check(CheckArgs),
    /// Lists every duty with its deadline and reason
    Plan(PlanArgs),
    /// Shows which line of the letters' templates meets each rule of law, version by version
    Coverage(CheckArgs),
    /// Makes everything but approval and sending: letters marked DRAFT, filings, e-mails, review book
    Run(RunArgs),
    /// Makes filings and other notices only
    Filings(FilingsArgs),
    /// Shows the law the plan rests on
    Law(LawArgs),
    /// Writes a made-up roster to standard output
    Sample(SampleArgs),
}

/// The folder and where its outputs go.
#[derive(Debug, Args)]
pub struct Folder {
    /// Folder with incident.toml and the roster
    pub incident: PathBuf,
    /// Write outputs here instead of the folder's `out`
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Wave to work on; needed when the incident has several
    #[arg(long, value_name = "ID")]
    pub wave: Option<String>,
    /// Law files to use instead of the built-in ones
    #[arg(long, value_name = "DIR")]
    pub law: Option<PathBuf>,
}

/// How to report.
#[derive(Debug, Args)]
pub struct Report {
    /// Print the result as JSON on standard output
    #[arg(long)]
    pub json: bool,
    /// Show personal values in findings
    #[arg(long)]
    pub show_values: bool,
}

#[derive(Debug, Args)]
pub struct CheckArgs {
    #[command(flatten)]
    pub folder: Folder,
    #[command(flatten)]
    pub report: Report,
}

#[derive(Debug, Args)]
pub struct PlanArgs {
    #[command(flatten)]
    pub folder: Folder,
    #[command(flatten)]
    pub report: Report,
    /// Day to judge deadlines by; default the wave's mail date
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
    /// Explain one duty: facts, counts, rule, citation, sources
    #[arg(long, value_name = "DUTY")]
    pub explain: Option<String>,
    /// Also write the deadlines as a calendar file
    #[arg(long, value_name = "FILE")]
    pub ics: Option<PathBuf>,
    /// Also list duties that do not arise
    #[arg(long)]
    pub all: bool,
}

#[derive(Debug, Args)]
pub struct RunArgs {
    #[command(flatten)]
    pub folder: Folder,
    #[command(flatten)]
    pub report: Report,
    /// Day to judge deadlines by; default the wave's mail date
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
    /// Letters composed in parallel; default one per core
    #[arg(long, value_name = "N")]
    pub jobs: Option<usize>,
}

#[derive(Debug, Args)]
pub struct FilingsArgs {
    #[command(flatten)]
    pub folder: Folder,
    #[command(flatten)]
    pub report: Report,
    /// Day to judge deadlines by; default the wave's mail date
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
    /// Also write the log of this year's breaches under 500 for HHS (45 CFR 164.408(c))
    #[arg(long, value_name = "YEAR")]
    pub annual_log: Option<i16>,
}

#[derive(Debug, Args)]
pub struct LawArgs {
    #[command(subcommand)]
    pub command: LawCommand,
    /// Law files to use instead of the built-in ones
    #[arg(long, value_name = "DIR", global = true)]
    pub law: Option<PathBuf>,
    /// Print the result as JSON on standard output
    #[arg(long, global = true)]
    pub json: bool,
}

#[derive(Debug, Subcommand)]
pub enum LawCommand {
    /// Lists the jurisdictions with the day each was checked
    List,
    /// Shows one jurisdiction's rules in force on a day
    Show {
        /// Such as CA or US-HIPAA
        code: String,
        /// Default today
        #[arg(long, value_name = "DATE")]
        on: Option<Date>,
    },
    /// Shows what changed between two days
    Diff { from: Date, to: Date },
}

#[derive(Debug, Args)]
pub struct SampleArgs {
    /// How many rows
    #[arg(long, value_name = "N")]
    pub rows: u64,
    /// Equal seeds give equal rosters
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub seed: u64,
}
