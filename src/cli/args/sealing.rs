//! Approving, printing, recording, proving.

use crate::cli::args::{Folder, Writer};
use crate::matter::bundles;
use clap::{Args, Subcommand, ValueEnum};
use jiff::civil::Date;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct ApproveArgs {
    #[command(flatten)]
    pub folder: Folder,
    /// Who approves: name and role, such as "A. Counsel, General Counsel"
    #[arg(long, value_name = "NAME", required_unless_present_any = ["request", "reply"], default_value = "")]
    pub by: String,
    /// Approve nothing: write the book, the root and how to reply into this new folder, for somebody elsewhere
    #[arg(long, value_name = "DIR", conflicts_with_all = ["by", "reply", "sign"])]
    pub request: Option<PathBuf>,
    /// Take in what came back from somebody elsewhere: the reply.toml that they filled in
    #[arg(long, value_name = "FILE", conflicts_with_all = ["by", "sign"])]
    pub reply: Option<PathBuf>,
    /// Their signature over root.txt
    #[arg(long, value_name = "FILE", requires_all = ["reply", "public_key"])]
    pub signature: Option<PathBuf>,
    /// Their public key (PEM)
    #[arg(long, value_name = "FILE", requires_all = ["reply", "signature"])]
    pub public_key: Option<PathBuf>,
    /// Leave this many held rows out, so many and no other number
    #[arg(long, value_name = "N")]
    pub accept_held: Option<u64>,
    /// Take the approval back, as long as no letter and no e-mail has left under it
    #[arg(long, requires = "why", conflicts_with_all = ["accept_held", "sign"])]
    pub withdraw: bool,
    /// Why it is taken back
    #[arg(long, value_name = "TEXT", requires = "withdraw")]
    pub why: Option<String>,
    /// Sign the approval with this private key (PEM: Ed25519, ECDSA or RSA)
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
    /// The person's record id, as in the roster, or the reference printed on the letter
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
    /// Only say that this machine's clock is right now, after it was ahead or moved on
    #[arg(long, requires = "reason")]
    pub clock: bool,
    /// Why, in a few words, which are recorded
    #[arg(long, value_name = "WORDS", requires = "clock")]
    pub reason: Option<String>,
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

impl From<Audience> for bundles::Audience {
    fn from(audience: Audience) -> Self {
        match audience {
            Audience::Regulator => bundles::Audience::Regulator,
            Audience::Client => bundles::Audience::Client,
            Audience::Counsel => bundles::Audience::Counsel,
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
