//! The two streams: data on standard output, text for people on standard error.

use crate::cli::diagnostic;
use crate::cli::exit::Stop;
use crate::cli::hint;
use crate::finding::Findings;
use crate::matter::refusal::{Refusal, kind};
use serde::Serialize;
use std::io::{self, IsTerminal, Write};

/// Data for standard output.
///
/// # Errors
/// A closed or failing standard output.
pub fn print(text: &str) -> Result<(), Stop> {
    let text = hint::plain(&hint::filled(text));
    to_stdout(io::stdout().write_all(text.as_bytes()))
}

/// A result as JSON on standard output.
///
/// # Errors
/// A closed or failing standard output.
pub fn print_json(value: &impl Serialize) -> Result<(), Stop> {
    let mut text = to_stdout(serde_json::to_string_pretty(value).map_err(io::Error::from))?;
    text.push('\n');
    to_stdout(io::stdout().write_all(text.as_bytes()))
}

/// What became of writing to standard output.
///
/// # Errors
/// A closed or failing standard output.
pub fn to_stdout<T>(written: io::Result<T>) -> Result<T, Stop> {
    written.map_err(|error| match error.kind() {
        io::ErrorKind::BrokenPipe => Stop::Closed,
        _ => Stop::Refusal(Refusal::Io { what: "write to standard output".into(), error }),
    })
}

/// What could not be read or written, and what to do about it.
pub fn trouble(what: &str, error: &io::Error) -> String {
    use io::ErrorKind::*;
    let help = match kind(error) {
        StorageFull | QuotaExceeded | FileTooLarge => {
            "make room on the disk and run the command again; what was there before is still there"
        }
        PermissionDenied | ReadOnlyFilesystem => {
            "see that you may read and write there, and run the command again"
        }
        NotFound => "see that it is there, and run the command again",
        _ => {
            "see that the disk is sound and has room, and run the command again; `noticeworks status` tells what is done"
        }
    };
    format!("error: cannot {what}: {error}\n  help: {help}\n")
}

/// Text for people. A closed standard error is nobody's concern.
pub fn tell(text: &str) {
    let text = hint::plain(&hint::filled(text));
    let _ = io::stderr().write_all(text.as_bytes());
}

/// Findings for people.
pub fn tell_findings(findings: &Findings, show_values: bool) {
    tell(&diagnostic::render(findings, show_values, color(), width()));
}

/// The first findings of each kind, for people.
pub fn tell_first(findings: &Findings) {
    tell(&diagnostic::render_first(findings, false, color(), width()));
}

/// How many columns brief texts have: a terminal's usual 80, or fewer.
pub fn columns() -> usize {
    width().min(80)
}

fn color() -> bool {
    std::env::var_os("NO_COLOR").is_none() && io::stderr().is_terminal()
}

/// The terminal's width; 100 where there is none.
fn width() -> usize {
    let columns = std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok());
    columns.unwrap_or(100).clamp(60, 160)
}
