//! What can be typed to correct a roster.

use super::Folder;
use clap::{ArgGroup, Args, Subcommand};
use std::path::PathBuf;

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct RepairArgs {
    #[command(subcommand)]
    pub what: Option<RepairWhat>,
    /// Folder that holds incident.toml and the roster
    #[arg(required = true)]
    pub incident: Option<PathBuf>,
    /// Mailing to work on, by the id of its `[[wave]]`; needed when there are several
    #[arg(long, value_name = "ID")]
    pub wave: Option<String>,
    /// Take back a list that the client mended (XLSX or CSV), by record id; shows what it changes
    #[arg(long, value_name = "FILE", requires = "by", requires = "why")]
    pub from: Option<PathBuf>,
    /// Write the rows to mend as a workbook for the client; it holds personal data
    #[arg(long, value_name = "FILE", conflicts_with = "from")]
    pub to_mend: Option<PathBuf>,
    /// Show spellings of city, state, covered entity and kinds of information that may mean the
    /// same, each with the repair that would mend it; changes nothing
    #[arg(long, conflicts_with_all = ["from", "to_mend"])]
    pub suggest: bool,
    /// Record what the list changes
    #[arg(long, requires = "from")]
    pub apply: bool,
    /// Who says that the list is right
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
    /// Why, or where it came from
    #[arg(long, value_name = "TEXT")]
    pub why: Option<String>,
    /// Print the result as JSON, for other programs to read
    #[arg(long)]
    pub json: bool,
    /// Show the values too; they are personal data
    #[arg(long)]
    pub show_values: bool,
}

#[derive(Debug, Subcommand)]
pub enum RepairWhat {
    /// Adds one correction
    Add(Box<AddRepairArgs>),
    /// Takes one correction back
    Undo(UndoRepairArgs),
}

#[derive(Debug, Args)]
#[command(group(ArgGroup::new("rows").required(true)
    .args(["record", "rule", "one_person", "two_persons"])))]
pub struct AddRepairArgs {
    #[command(flatten)]
    pub folder: Folder,
    /// The row to mend, by its record id
    #[arg(long, value_name = "ID", requires = "column", requires = "to")]
    pub record: Option<String>,
    /// The rows to mend: all whose column says this
    #[arg(long = "where", value_name = "COLUMN=VALUE", requires = "column", requires = "to")]
    pub rule: Option<String>,
    /// Two records that are one person: the second goes into the first
    #[arg(long, num_args = 2, value_names = ["ID", "ID"], conflicts_with_all = ["column", "to", "from"])]
    pub one_person: Option<Vec<String>>,
    /// Two records that look like one person and are two
    #[arg(long, num_args = 2, value_names = ["ID", "ID"], conflicts_with_all = ["column", "to", "from"])]
    pub two_persons: Option<Vec<String>>,
    /// The column to mend, by its heading or its canonical name
    #[arg(long, value_name = "COL")]
    pub column: Option<String>,
    /// What the cell says now; without it as the roster has it
    #[arg(long, value_name = "VALUE")]
    pub from: Option<String>,
    /// What the cell should say
    #[arg(long, value_name = "VALUE")]
    pub to: Option<String>,
    /// Who makes the correction
    #[arg(long, value_name = "NAME")]
    pub by: String,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub why: String,
}

#[derive(Debug, Args)]
pub struct UndoRepairArgs {
    /// Folder that holds incident.toml and the roster
    pub incident: PathBuf,
    /// The repair's number
    pub number: u32,
    /// Who takes it back
    #[arg(long, value_name = "NAME")]
    pub by: String,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub why: String,
}
