//! What can be typed about people after letters were made.

use super::Folder;
use clap::Args;
use jiff::civil::Date;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct WithdrawArgs {
    /// Folder that holds incident.toml and the rosters
    pub incident: PathBuf,
    /// Who was not affected, by record id
    #[arg(value_name = "RECORD", required_unless_present = "from")]
    pub records: Vec<String>,
    /// A list of them (CSV or XLSX) with a column `record_id`, and `entity` if ids repeat
    #[arg(long, value_name = "FILE")]
    pub from: Option<PathBuf>,
    /// The covered entity, where a record id stands for people of several
    #[arg(long, value_name = "ID")]
    pub entity: Option<String>,
    /// The day on which it was found out; without it today
    #[arg(long, value_name = "DATE")]
    pub on: Option<Date>,
    /// Who says so
    #[arg(long, value_name = "NAME")]
    pub by: String,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub why: String,
    /// They were affected after all: takes the withdrawal back
    #[arg(long)]
    pub undo: bool,
    /// Print the result as JSON, for other programs to read
    #[arg(long)]
    pub json: bool,
}

/// Why people are written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum AgainKind {
    /// The client's list changed: new people, and who has more data
    Supplemental,
    /// Their letters came back
    Remail,
    /// What they were told was wrong, or went to a wrong name or address
    Correction,
}

#[derive(Debug, Args)]
pub struct WaveArgs {
    /// Folder that holds incident.toml and the rosters
    pub incident: PathBuf,
    /// Why people are written to
    #[arg(long, value_enum)]
    pub kind: AgainKind,
    /// The client's new list, a file of the incident folder; with `--kind supplemental`
    #[arg(long, value_name = "FILE", required_if_eq("kind", "supplemental"))]
    pub roster: Option<String>,
    /// The day on which the letters are to be posted
    #[arg(long, value_name = "DATE")]
    pub mail_on: Date,
    /// What the earlier letter had wrong, as the letter that corrects it says it
    #[arg(long, value_name = "TEXT")]
    pub what_was_wrong: Option<String>,
    /// Id of the new wave; without it the next free one, such as `w3`
    #[arg(long, value_name = "ID")]
    pub id: Option<String>,
    /// Print the result as JSON, for other programs to read
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct DecideArgs {
    #[command(flatten)]
    pub folder: Folder,
    /// The question, by the id that `plan` prints, or a kind such as `hipaa` for all its open questions;
    /// without it, all questions are listed with what each choice would change
    #[arg(value_name = "QUESTION", requires = "choice")]
    pub question: Option<String>,
    /// The choice, as the list prints it
    #[arg(value_name = "CHOICE")]
    pub choice: Option<String>,
    /// Who decides
    #[arg(long, value_name = "NAME", requires = "question", default_value = "")]
    pub by: String,
    /// Why; it goes into privileged.toml, which no output quotes
    #[arg(long, value_name = "TEXT", requires = "question", default_value = "")]
    pub reason: String,
    /// Day of the decision, such as 2026-09-01; without it today
    #[arg(long, value_name = "DATE", requires = "question")]
    pub on: Option<Date>,
    /// Replace an answer that was given before
    #[arg(long, requires = "question")]
    pub change: bool,
    /// Print the result as JSON, for other programs to read
    #[arg(long)]
    pub json: bool,
}
