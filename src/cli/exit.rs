//! Exit codes and why a command stopped.

use crate::finding::{Code, Finding, Findings, Severity};
use std::io;
use std::process::ExitCode;

/// Every exit code and what it means.
pub const CODES: [(u8, &str); 8] = [
    (0, "all well"),
    (1, "done, but something needs a look: warnings, questions or held rows"),
    (2, "nothing was done: the command, incident.toml, a template or the roster must be corrected"),
    (3, "a file could not be read or written"),
    (
        4,
        "refused by a guard: not approved, changed since it was approved, or not the folder that may send",
    ),
    (
        5,
        "not settled: somebody is held whom nobody accepted to leave out, or not every e-mail is sent",
    ),
    (6, "e-mails are in doubt, and a person must resolve them"),
    (130, "interrupted"),
];

/// The last lines of `--help`.
pub fn help() -> String {
    let codes: String =
        CODES.iter().map(|(code, means)| format!("  {code:<4} {means}\n")).collect();
    format!(
        "Exit codes:\n{codes}\nNoticeworks sends nothing that is not approved, and gives no legal advice."
    )
}

/// What a finished command tells the shell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    Fine,
    /// Findings or held rows.
    Findings,
    /// Rows that are not settled, messages that are not sent.
    Unsettled,
    /// Deliveries in doubt.
    Unresolved,
    Interrupted,
}

impl From<Ending> for ExitCode {
    fn from(ending: Ending) -> Self {
        match ending {
            Ending::Fine => ExitCode::SUCCESS,
            Ending::Findings => ExitCode::from(1),
            Ending::Unsettled => ExitCode::from(5),
            Ending::Unresolved => ExitCode::from(6),
            Ending::Interrupted => ExitCode::from(130),
        }
    }
}

/// Why a command stopped before its end.
pub enum Stop {
    /// The configuration is wrong; the findings say where (exit code 2).
    Configuration(Findings),
    /// A guard refused: nothing was done (exit code 4).
    Refused(Findings),
    /// Rows are held whom nobody accepted to leave out; nothing was done (exit code 5).
    Unsettled(Findings),
    /// Something could not be read or written (exit code 3).
    Io { what: String, error: io::Error },
    /// Standard output was closed by its reader; not an error.
    BrokenPipe,
}

impl Stop {
    /// One configuration finding.
    pub fn one(code: Code, message: impl Into<String>, remedy: impl Into<String>) -> Self {
        let mut findings = Findings::default();
        findings.push(Finding::new(code, Severity::Error, message).remedy(remedy));
        Stop::Configuration(findings)
    }

    /// One refusal of a guard.
    pub fn refused(code: Code, message: impl Into<String>, remedy: impl Into<String>) -> Self {
        let mut findings = Findings::default();
        findings.push(Finding::new(code, Severity::Error, message).remedy(remedy));
        Stop::Refused(findings)
    }

    pub fn code(&self) -> ExitCode {
        match self {
            Stop::Configuration(_) => ExitCode::from(2),
            Stop::Io { .. } => ExitCode::from(3),
            Stop::Refused(_) => ExitCode::from(4),
            Stop::Unsettled(_) => ExitCode::from(5),
            Stop::BrokenPipe => ExitCode::SUCCESS,
        }
    }
}

/// Says what was being done when an I/O error came.
pub trait Doing<T> {
    /// `what` completes "cannot ...".
    fn doing(self, what: impl FnOnce() -> String) -> Result<T, Stop>;
}

impl<T> Doing<T> for io::Result<T> {
    fn doing(self, what: impl FnOnce() -> String) -> Result<T, Stop> {
        self.map_err(|error| match error.kind() {
            io::ErrorKind::BrokenPipe => Stop::BrokenPipe,
            _ => Stop::Io { what: what(), error },
        })
    }
}
