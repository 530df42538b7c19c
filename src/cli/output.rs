//! The two streams: data on standard output, text for people on standard error.

use crate::cli::diagnostic;
use crate::finding::Findings;
use crate::matter::refusal::{Doing, Refusal};
use serde::Serialize;
use std::io::{self, IsTerminal, Write};

/// Data for standard output.
///
/// # Errors
/// A closed or failing standard output.
pub fn print(text: &str) -> Result<(), Refusal> {
    io::stdout().write_all(text.as_bytes()).doing(|| "write to standard output".into())
}

/// A result as JSON on standard output.
///
/// # Errors
/// A closed or failing standard output.
pub fn print_json(value: &impl Serialize) -> Result<(), Refusal> {
    let mut text = serde_json::to_string_pretty(value)
        .map_err(io::Error::from)
        .doing(|| "write the result as JSON".into())?;
    text.push('\n');
    print(&text)
}

/// Text for people. A closed standard error is nobody's concern.
pub fn tell(text: &str) {
    let _ = io::stderr().write_all(text.as_bytes());
}

/// Findings for people.
pub fn tell_findings(findings: &Findings, show_values: bool) {
    tell(&diagnostic::render(findings, show_values, colour(), width()));
}

/// The first findings of each kind, for people.
pub fn tell_first(findings: &Findings) {
    tell(&diagnostic::render_first(findings, false, colour(), width()));
}

/// How many columns brief texts have: a terminal's usual 80, or fewer.
pub fn columns() -> usize {
    width().min(80)
}

fn colour() -> bool {
    std::env::var_os("NO_COLOR").is_none() && io::stderr().is_terminal()
}

/// The terminal's width; 100 where there is none.
fn width() -> usize {
    let columns = std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok());
    columns.unwrap_or(100).clamp(60, 160)
}
