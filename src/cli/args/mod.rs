//! What can be typed: commands and options.

mod mail;
mod people;
mod post;
mod repair;
mod sealing;
mod word;

pub use mail::*;
pub use people::*;
pub use post::*;
pub use repair::*;
pub use sealing::*;
pub use word::*;

use crate::cli::exit;
use crate::matter::PdfWriter;
use crate::matter::open::Selection;
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use jiff::civil::Date;
use std::path::PathBuf;

/// From a list of patients and the facts of a data breach to every notice that the law asks for
#[derive(Debug, Parser)]
#[command(name = "noticeworks", version, max_term_width = 100, after_help = exit::help())]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Opens the workbench: the whole job in your browser, on this machine only
    Open(OpenArgs),
    /// Begins an incident folder: writes an incident.toml to fill in
    Init(InitArgs),
    /// Reads incident.toml and the roster, and says what must be repaired
    Check(CheckArgs),
    /// Lists, adds and undoes corrections of the roster; the client's file stays as it is
    Repair(Box<RepairArgs>),
    /// Takes people who were not affected out of every count, from now on
    Withdraw(WithdrawArgs),
    /// Lays out a further mailing: a new list, letters sent again, or a correction
    Wave(WaveArgs),
    /// Lists who must be told by when, and why
    Plan(PlanArgs),
    /// Lists what counsel must decide and what it changes, or writes an answer down
    Decide(Box<DecideArgs>),
    /// Shows which law each paragraph of the letters serves, and what is missing
    Coverage(CoverageArgs),
    /// Sends the words out as a Word document, and takes in what counsel changed
    Word(WordArgs),
    /// Makes the letters (marked DRAFT), filings, notices, e-mails and the review book; sends nothing
    Run(RunArgs),
    /// Seals a wave: exactly these words to exactly these people may go out
    Approve(ApproveArgs),
    /// Prints an approved wave's letters; before approval, or when anything changed, marked DRAFT
    Letters(LettersArgs),
    /// Records what really happened to the letters, with evidence
    Confirm(ConfirmArgs),
    /// Tells one person's story: rows, letter, approval, mailing
    Trace(TraceArgs),
    /// Lets this folder send: after it was moved, or restored from a backup
    Claim(ClaimArgs),
    /// Rehearses the e-mails; with --send, sends those that are approved
    Email(Box<EmailArgs>),
    /// Reads what came back from the post
    Returns(ReturnsArgs),
    /// Lists every letter and e-mail with what became of it
    Pieces(PiecesArgs),
    /// Tells a monitoring vendor of its enrollment codes, and reads what it tells of them
    Codes(CodesArgs),
    /// Shows what is recorded of each wave, and which rows are held since when
    Status(StatusArgs),
    /// Makes the filings and other notices only, or records that one was filed
    Filings(FilingsArgs),
    /// Reads the finished letters back and proves whose they are
    Verify(VerifyArgs),
    /// Makes a bundle for somebody outside that can be checked without this program
    Export(ExportArgs),
    /// Removes personal data after the period of retention; the proof stays
    Purge(PurgeArgs),
    /// Explains the code of a finding: what it says, why it matters, what to do
    Explain {
        /// Code as a command prints it, such as `zip.too_short`
        code: String,
    },
    /// Shows the law that the plan rests on
    Law(LawArgs),
    /// Prints a roster of made-up people, to try things out
    Sample(SampleArgs),
    /// Prints a script that makes the Tab key complete commands in your shell
    Completions {
        /// The shell you use
        shell: Shell,
    },
    /// Prints the manual page, or writes one for each command into a folder
    Man {
        /// Folder for the manual pages
        dir: Option<PathBuf>,
    },
}

impl Command {
    /// Whether only the first errors of a kind are shown when the command stops.
    pub fn is_brief(&self) -> bool {
        matches!(
            self,
            Self::Check(CheckArgs { details: false, .. })
                | Self::Run(RunArgs { details: false, .. })
        )
    }
}

/// The folder and where its outputs go.
#[derive(Clone, Debug, Args)]
pub struct Folder {
    /// Folder that holds incident.toml and the roster
    pub incident: PathBuf,
    /// Write the results into this folder instead of `out` in the incident folder
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Mailing to work on, by the id of its `[[wave]]`; needed when there are several. All but the
    /// first mailed have their outputs in a folder of their own, such as `out/w2`
    #[arg(long, value_name = "ID")]
    pub wave: Option<String>,
    /// Folder of law files to use instead of the built-in ones
    #[arg(long, value_name = "DIR")]
    pub law: Option<PathBuf>,
}

impl From<&Folder> for Selection {
    fn from(folder: &Folder) -> Self {
        let Folder { incident, out, wave, law } = folder.clone();
        Self { incident, out, wave, law }
    }
}

/// How to report.
#[derive(Debug, Args)]
pub struct Report {
    /// Print the result as JSON, for other programs to read
    #[arg(long)]
    pub json: bool,
    /// Show the cells that findings speak of; they hold personal data
    #[arg(long)]
    pub show_values: bool,
}

#[derive(Debug, Args)]
pub struct CheckArgs {
    #[command(flatten)]
    pub folder: Folder,
    #[command(flatten)]
    pub report: Report,
    /// Tell every kind of finding in full; without it, 40 lines with the gravest first
    #[arg(long)]
    pub details: bool,
    /// Day on which lateness is judged, such as 2026-09-18; without it today
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
}

#[derive(Debug, Args)]
pub struct CoverageArgs {
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
    /// Day on which lateness is judged, such as 2026-09-18; without it today, in `--json` and the
    /// calendar the day of mailing
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
    /// Explain one duty, by the id that the list prints: facts, counts, rule, sources
    #[arg(long, value_name = "DUTY")]
    pub explain: Option<String>,
    /// Also write the deadlines as a calendar file (.ics)
    #[arg(long, value_name = "FILE")]
    pub ics: Option<PathBuf>,
    /// Also write a clock wall (HTML): what is late, due today and next, and what each waits for
    #[arg(long, value_name = "FILE")]
    pub wall: Option<PathBuf>,
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
    /// Tell every kind of finding in full; without it, 40 lines with the gravest first
    #[arg(long)]
    pub details: bool,
    /// Day on which lateness is judged, such as 2026-09-18; without it today on the terminal and the
    /// day of mailing in files
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
    /// How many batches of letters are made at once; without it one for each processor core
    #[arg(long, value_name = "N")]
    pub jobs: Option<usize>,
    /// Which library writes the letters as PDF
    #[arg(long, value_enum, default_value_t, value_name = "WRITER")]
    pub pdf_backend: Writer,
}

/// The PDF writers.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub enum Writer {
    /// Tagged for screen readers (PDF/UA-1) and archives (PDF/A-2a)
    #[default]
    Noticeworks,
    /// The same pages by the library `printpdf`, untagged; only in a build with that feature
    Printpdf,
}

impl From<Writer> for PdfWriter {
    fn from(writer: Writer) -> Self {
        match writer {
            Writer::Noticeworks => PdfWriter::Noticeworks,
            Writer::Printpdf => PdfWriter::Printpdf,
        }
    }
}

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct FilingsArgs {
    #[command(subcommand)]
    pub what: Option<FilingsWhat>,
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
    /// Day on which lateness is judged, such as 2026-09-18; without it today on the terminal and the
    /// day of mailing in files
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
    /// Also write the log of this year's breaches under 500 for HHS (45 CFR 164.408(c))
    #[arg(long, value_name = "YEAR")]
    pub annual_log: Option<i16>,
}

impl FilingsArgs {
    /// The folder as other commands take it.
    pub fn folder(&self) -> Folder {
        Folder {
            incident: self.incident.clone().unwrap_or_default(),
            out: self.out.clone(),
            wave: self.wave.clone(),
            law: self.law.clone(),
        }
    }
}

#[derive(Debug, Subcommand)]
pub enum FilingsWhat {
    /// Records that a filing was really made, as its sheet was last written
    Record(RecordFilingArgs),
}

#[derive(Debug, Args)]
pub struct RecordFilingArgs {
    #[command(flatten)]
    pub folder: Folder,
    /// The filing, by its duty: the name of its files, such as `ca-ag`
    #[arg(value_name = "ID")]
    pub id: String,
    /// The day on which it was submitted
    #[arg(long, value_name = "DATE")]
    pub on: Date,
    /// The regulator's number for it
    #[arg(long, value_name = "NO")]
    pub number: String,
    /// A file that shows it: receipt, confirmation, proof of mailing
    #[arg(long, value_name = "FILE")]
    pub evidence: PathBuf,
    /// People as the receipt shows them, to be held against the filing
    #[arg(long, value_name = "N")]
    pub count: Option<u64>,
    /// The regulator really was told the number of `--count`, though the filing says another
    #[arg(long, requires = "count")]
    pub as_filed: bool,
    /// It amended what was filed before: addendum, supplement, update, amended letter
    #[arg(long)]
    pub amends: bool,
    /// Who records it
    #[arg(long, value_name = "NAME", default_value = "")]
    pub by: String,
}

#[derive(Debug, Args)]
pub struct StatusArgs {
    /// Folder with incident.toml and the ledger
    pub incident: PathBuf,
    /// Print the result as JSON, for other programs to read
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct LawArgs {
    #[command(subcommand)]
    pub command: LawCommand,
    /// Folder of law files to use instead of the built-in ones
    #[arg(long, value_name = "DIR", global = true)]
    pub law: Option<PathBuf>,
    /// Print the result as JSON, for other programs to read
    #[arg(long, global = true)]
    pub json: bool,
}

#[derive(Debug, Subcommand)]
pub enum LawCommand {
    /// Lists the states and federal laws, with the day each was last checked
    List,
    /// Shows the rules of one state or federal law that are in force on a day
    Show {
        /// Its code, such as CA or US-HIPAA
        code: String,
        /// The day, such as 2026-09-18; without it today
        #[arg(long, value_name = "DATE")]
        on: Option<Date>,
    },
    /// Shows what changed between two days
    Diff {
        /// The earlier day, such as 2026-01-01
        from: Date,
        /// The later day
        to: Date,
    },
}

#[derive(Debug, Args)]
pub struct SampleArgs {
    /// How many people
    #[arg(long, value_name = "N")]
    pub rows: u64,
    /// Another number gives other people; the same number always the same
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub seed: u64,
    /// How many rows of a hundred are faulty, to try out what becomes of them; 0 to 100
    #[arg(long, value_name = "PERCENT", default_value_t = 4.2)]
    pub faults: f64,
}

#[derive(Debug, Args)]
pub struct OpenArgs {
    /// Incident folder, or a folder below which new incidents get theirs; without it this folder
    #[arg(default_value = ".")]
    pub folder: PathBuf,
    /// Print the address instead of opening a browser; it lets one browser in, once
    #[arg(long)]
    pub no_browser: bool,
}

#[derive(Debug, Args)]
pub struct InitArgs {
    /// Folder to begin; it is made if need be
    pub folder: PathBuf,
    /// Look at this roster (CSV or XLSX) and prepare what its columns tell
    #[arg(long, value_name = "FILE")]
    pub roster: Option<PathBuf>,
}
