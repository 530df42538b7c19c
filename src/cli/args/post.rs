//! `returns`, `pieces`, `codes`: what comes back, what became of every letter, what the vendor tells.

use crate::cli::args::Folder;
use clap::{Args, Subcommand};
use jiff::civil::Date;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct ReturnsArgs {
    #[command(subcommand)]
    pub what: ReturnsWhat,
}

#[derive(Debug, Subcommand)]
pub enum ReturnsWhat {
    /// Reads a file of returned mail and records each letter that came back
    Import(ReturnsImportArgs),
}

#[derive(Debug, Args)]
pub struct ReturnsImportArgs {
    #[command(flatten)]
    pub folder: Folder,
    /// A file of USPS, a mail house's list (CSV or XLSX), or a list of references
    pub file: PathBuf,
    /// Layout of the file: acs-2, acs-1, iv, destroyed, list, or a file with layouts of your own;
    /// without it the one that the file looks like
    #[arg(long, value_name = "LAYOUT")]
    pub layout: Option<String>,
    /// What the mail house sent back of a run: which barcode stands on which letter; may be given again
    #[arg(long, value_name = "FILE")]
    pub run_data: Vec<PathBuf>,
    /// The day of lines that have none
    #[arg(long, value_name = "DATE")]
    pub on: Option<Date>,
    /// Who records it
    #[arg(long, value_name = "NAME", default_value = "")]
    pub by: String,
    /// Print the result as JSON, for other programs to read
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct PiecesArgs {
    #[command(subcommand)]
    pub what: PiecesWhat,
}

#[derive(Debug, Subcommand)]
pub enum PiecesWhat {
    /// Writes one list of every letter and e-mail of every wave, with what became of each
    Export(PiecesExportArgs),
    /// Writes sealed letters as tagged text, for rows that ask for braille, audio or the like
    Formats(PiecesFormatsArgs),
}

#[derive(Debug, Args)]
pub struct PiecesFormatsArgs {
    #[command(flatten)]
    pub folder: Folder,
    /// The new folder for the texts and their list
    #[arg(long, value_name = "DIR")]
    pub to: PathBuf,
    /// Print the result as JSON, for other programs to read
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct CodesArgs {
    #[command(subcommand)]
    pub what: CodesWhat,
}

#[derive(Debug, Subcommand)]
pub enum CodesWhat {
    /// Writes which enrollment codes were dealt and which were not, as the vendor takes it
    Export(CodesExportArgs),
    /// Reads which codes people activated, and counts them
    Activations(CodesActivationsArgs),
}

#[derive(Debug, Args)]
pub struct CodesExportArgs {
    #[command(flatten)]
    pub folder: Folder,
    /// The CSV file to write, a new one; it holds the codes
    #[arg(long, value_name = "FILE")]
    pub to: PathBuf,
    /// The vendor's layout of codes, a file of your own
    #[arg(long, value_name = "FILE")]
    pub layout: Option<PathBuf>,
    /// Print the result as JSON, for other programs to read
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct CodesActivationsArgs {
    #[command(flatten)]
    pub folder: Folder,
    /// The vendor's list of activated codes, CSV or XLSX
    pub file: PathBuf,
    /// The vendor's layout of codes, a file of your own
    #[arg(long, value_name = "FILE")]
    pub layout: Option<PathBuf>,
    /// Who records it
    #[arg(long, value_name = "NAME", default_value = "")]
    pub by: String,
    /// Print the result as JSON, for other programs to read
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct PiecesExportArgs {
    /// Folder that holds incident.toml and the ledger
    pub incident: PathBuf,
    /// The file to write: a new one that ends in .csv or .xlsx
    #[arg(long, value_name = "FILE")]
    pub to: PathBuf,
    /// Folder of law files to use instead of the built-in ones
    #[arg(long, value_name = "DIR")]
    pub law: Option<PathBuf>,
    /// Print the result as JSON, for other programs to read
    #[arg(long)]
    pub json: bool,
}
