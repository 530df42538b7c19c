//! Exit codes and why a command stopped.

use crate::matter::refusal::Refusal;
use std::process::ExitCode;

/// Every exit code and what it means.
pub const CODES: [(u8, &str); 8] = [
    (0, "all well"),
    (1, "done, but something needs a look: warnings, questions, held rows or overdue duties"),
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
    Refusal(Refusal),
    /// Standard output was closed by its reader; not an error.
    Closed,
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Refusal(refusal)
    }
}

impl Stop {
    pub fn code(&self) -> ExitCode {
        match self {
            Self::Refusal(Refusal::Configuration(_)) => ExitCode::from(2),
            Self::Refusal(Refusal::Io { .. }) => ExitCode::from(3),
            Self::Refusal(Refusal::Refused(_)) => ExitCode::from(4),
            Self::Refusal(Refusal::Unsettled(_)) => ExitCode::from(5),
            Self::Closed => ExitCode::SUCCESS,
        }
    }
}
