//! Commands, progress, diagnostics, exit codes; the only room that prints.

pub mod diagnostic;

/// Runs the program; exit codes are listed in docs/REFERENCE.md.
pub fn main() -> std::process::ExitCode {
    std::process::ExitCode::SUCCESS
}
