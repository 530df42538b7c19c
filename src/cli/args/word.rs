//! What can be typed about Word documents.

use super::{Folder, Report};
use crate::matter::word::WordProduct;
use clap::{Args, Subcommand, ValueEnum};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct WordArgs {
    #[command(subcommand)]
    pub what: WordWhat,
}

#[derive(Debug, Subcommand)]
pub enum WordWhat {
    /// Writes the words as a Word document (DOCX) to edit, with tracked changes if you like
    Export(WordExportArgs),
    /// Reads a document that came back: lists changes, questions and comments; with --apply, makes the
    /// changes in the incident's own templates
    Import(WordImportArgs),
}

/// Whose words.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub enum WordOf {
    /// The letter to people, each paragraph once
    #[default]
    Letter,
    /// Notices: to covered entities, bureaus and media, on web pages and by other means
    Notices,
    /// The letter that goes with a regulator's filing
    Filings,
}

impl From<WordOf> for WordProduct {
    fn from(of: WordOf) -> Self {
        match of {
            WordOf::Letter => Self::Letter,
            WordOf::Notices => Self::Notices,
            WordOf::Filings => Self::Filings,
        }
    }
}

#[derive(Debug, Args)]
pub struct WordExportArgs {
    #[command(flatten)]
    pub folder: Folder,
    /// Where to write the document
    #[arg(long, value_name = "FILE")]
    pub to: PathBuf,
    /// Whose words
    #[arg(long, value_enum, default_value_t, value_name = "WORDS")]
    pub of: WordOf,
    /// Language of the words, such as es
    #[arg(long, value_name = "CODE", default_value = "en")]
    pub language: String,
    /// Leave out the notes on law and readers, for the client and for regulators
    #[arg(long)]
    pub clean: bool,
    /// Print the result as JSON, for other programs to read
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct WordImportArgs {
    #[command(flatten)]
    pub folder: Folder,
    /// The document that came back
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Make the changes in the incident's own templates
    #[arg(long)]
    pub apply: bool,
    /// Answer a question with yes, by its id: its change counts with the others
    #[arg(long, value_name = "ID")]
    pub accept: Vec<String>,
    #[command(flatten)]
    pub report: Report,
}
