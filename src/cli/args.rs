//! What can be typed: commands and options.

use super::exit;
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
    /// Begins an incident folder: writes an incident.toml to fill in
    Init(InitArgs),
    /// Reads incident.toml and the roster, and says what must be repaired
    Check(CheckArgs),
    /// Lists who must be told by when, and why
    Plan(PlanArgs),
    /// Shows which law each paragraph of the letters serves, and what is missing
    Coverage(CheckArgs),
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
}

#[derive(Debug, Args)]
pub struct PlanArgs {
    #[command(flatten)]
    pub folder: Folder,
    #[command(flatten)]
    pub report: Report,
    /// Day on which lateness is judged, such as 2026-09-18; without it the day of mailing
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
    /// Explain one duty, by the id that the list prints: facts, counts, rule, sources
    #[arg(long, value_name = "DUTY")]
    pub explain: Option<String>,
    /// Also write the deadlines as a calendar file (.ics)
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
    /// Day on which lateness is judged, such as 2026-09-18; without it the day of mailing
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
    /// Day to judge deadlines by; default the wave's mail date
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
pub struct ApproveArgs {
    #[command(flatten)]
    pub folder: Folder,
    /// Who approves: name and role, such as "A. Counsel, General Counsel"
    #[arg(long, value_name = "NAME")]
    pub by: String,
    /// Leave this many held rows out, so many and no other number
    #[arg(long, value_name = "N")]
    pub accept_held: Option<u64>,
    /// Sign the approval with this ed25519 private key (PEM)
    #[arg(long, value_name = "FILE")]
    pub sign: Option<PathBuf>,
    /// Print the result as JSON, for other programs to read
    #[arg(long)]
    pub json: bool,
    /// How many batches of letters are composed at once; without it one for each processor core
    #[arg(long, value_name = "N")]
    pub jobs: Option<usize>,
}

#[derive(Debug, Args)]
pub struct LettersArgs {
    #[command(flatten)]
    pub folder: Folder,
    /// Print one sealed letter again, by the reference on it
    #[arg(long, value_name = "ID")]
    pub piece: Option<String>,
    /// Print the result as JSON, for other programs to read
    #[arg(long)]
    pub json: bool,
    /// How many batches of letters are made at once; without it one for each processor core
    #[arg(long, value_name = "N")]
    pub jobs: Option<usize>,
    /// Which library writes the letters as PDF
    #[arg(long, value_enum, default_value_t, value_name = "WRITER")]
    pub pdf_backend: Writer,
}

#[derive(Debug, Args)]
pub struct ConfirmArgs {
    #[command(subcommand)]
    pub what: ConfirmWhat,
}

#[derive(Debug, Subcommand)]
pub enum ConfirmWhat {
    /// Records that letters were posted, came back, or were sent again
    Letters(ConfirmLettersArgs),
    /// Records that a substitute notice was posted on a home page, or taken down
    Notice(ConfirmNoticeArgs),
}

#[derive(Debug, Args)]
pub struct ConfirmNoticeArgs {
    #[command(flatten)]
    pub folder: Folder,
    /// The notice, by its duty
    #[arg(value_name = "ID")]
    pub id: String,
    /// The first day on which the home page showed it
    #[arg(long, value_name = "DATE")]
    pub posted: Option<Date>,
    /// The day on which it was taken down
    #[arg(long, value_name = "DATE")]
    pub taken_down: Option<Date>,
    /// A file that shows it: screenshot, e-mail of the webmaster
    #[arg(long, value_name = "FILE")]
    pub evidence: PathBuf,
    /// Who records it
    #[arg(long, value_name = "NAME", default_value = "")]
    pub by: String,
}

#[derive(Debug, Args)]
pub struct ConfirmLettersArgs {
    #[command(flatten)]
    pub folder: Folder,
    /// Batches, such as 1-9 or 1,4,7-9
    #[arg(
        long,
        value_name = "BATCHES",
        conflicts_with = "piece",
        required_unless_present = "piece"
    )]
    pub batch: Option<String>,
    /// One letter, by the reference on it
    #[arg(long, value_name = "ID")]
    pub piece: Option<String>,
    /// The day on which they were given to the Postal Service
    #[arg(long, value_name = "DATE", group = "happened")]
    pub posted: Option<Date>,
    /// The day on which the letter came back
    #[arg(long, value_name = "DATE", group = "happened", requires = "piece")]
    pub returned: Option<Date>,
    /// The day on which the letter was sent again to another address
    #[arg(long, value_name = "DATE", group = "happened", requires = "piece")]
    pub remailed: Option<Date>,
    /// A file that shows it: postage statement, scan, e-mail of the mail house
    #[arg(long, value_name = "FILE")]
    pub evidence: PathBuf,
    /// Who records it
    #[arg(long, value_name = "NAME", default_value = "")]
    pub by: String,
    /// Seal of the wave; without it the latest
    #[arg(long, value_name = "N")]
    pub seal: Option<u32>,
}

#[derive(Debug, Args)]
pub struct TraceArgs {
    #[command(flatten)]
    pub folder: Folder,
    /// The person's record id, as in the roster
    #[arg(value_name = "RECORD")]
    pub record: String,
    /// Also print the person's letter into this file
    #[arg(long, value_name = "FILE")]
    pub pdf: Option<PathBuf>,
    /// Show names and addresses too
    #[arg(long)]
    pub show_values: bool,
    /// Print the result as JSON, for other programs to read
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct ClaimArgs {
    /// Folder with incident.toml and the ledger
    pub incident: PathBuf,
    /// Who claims it
    #[arg(long, value_name = "NAME")]
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
pub struct VerifyArgs {
    #[command(flatten)]
    pub folder: Folder,
    /// Print the result as JSON, for other programs to read
    #[arg(long)]
    pub json: bool,
    /// Verify letters that are not approved yet and carry DRAFT
    #[arg(long)]
    pub draft: bool,
    /// How many batches are read at once; without it one for each processor core
    #[arg(long, value_name = "N")]
    pub jobs: Option<usize>,
}

/// Whom a bundle is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Audience {
    /// Counts, words, filings, timeline, seals; no person
    Regulator,
    /// A covered entity: its own people and figures
    Client,
    /// The whole matter but privileged.toml
    Counsel,
}

impl Audience {
    pub fn name(self) -> &'static str {
        match self {
            Audience::Regulator => "regulator",
            Audience::Client => "client",
            Audience::Counsel => "counsel",
        }
    }
}

#[derive(Debug, Args)]
pub struct ExportArgs {
    #[command(flatten)]
    pub folder: Folder,
    /// Whom the bundle is for
    #[arg(long = "for", value_name = "WHOM")]
    pub audience: Audience,
    /// Where it goes: a new folder, or a new file that ends in .tar or .tar.age
    #[arg(long, value_name = "PATH")]
    pub to: PathBuf,
    /// Covered entity whose bundle it is, for a client
    #[arg(long, value_name = "ID")]
    pub entity: Option<String>,
    /// Only what concerns this state, for a regulator: its code, such as CA
    #[arg(long, value_name = "CODE")]
    pub jurisdiction: Option<String>,
    /// Encrypt for the holder of this age key (age1...); may be given again
    #[arg(long, value_name = "KEY", conflicts_with = "passphrase_file")]
    pub recipient: Vec<String>,
    /// Encrypt with the passphrase on the first line of this file
    #[arg(long, value_name = "FILE")]
    pub passphrase_file: Option<PathBuf>,
    /// Print the result as JSON, for other programs to read
    #[arg(long)]
    pub json: bool,
}

impl ExportArgs {
    /// Whether the bundle is one file.
    pub fn packs(&self) -> bool {
        let named = self.to.extension().is_some_and(|end| end == "tar" || end == "age");
        named || !self.recipient.is_empty() || self.passphrase_file.is_some()
    }
}

#[derive(Debug, Args)]
pub struct PurgeArgs {
    /// Folder with incident.toml and the ledger
    pub incident: PathBuf,
    /// Do it; without it the command only shows what would go
    #[arg(long, requires = "by")]
    pub yes: bool,
    /// Who does it
    #[arg(long, value_name = "NAME", default_value = "")]
    pub by: String,
    /// Remove the rosters that incident.toml names too
    #[arg(long)]
    pub rosters: bool,
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
pub struct InitArgs {
    /// Folder to begin; it is made if need be
    pub folder: PathBuf,
    /// Look at this roster (CSV or XLSX) and prepare what its columns tell
    #[arg(long, value_name = "FILE")]
    pub roster: Option<PathBuf>,
}

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
    /// Send what is approved; without it nothing leaves, and the messages are written as files
    #[arg(long)]
    pub send: bool,
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
    /// The folder; a subcommand alone goes without one.
    pub fn folder(&self) -> Folder {
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
    /// An mbox, a Maildir, or a message
    pub mail: PathBuf,
    /// Print the result as JSON, for other programs to read
    #[arg(long)]
    pub json: bool,
}
