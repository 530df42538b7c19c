//! `explain`: what a finding's code means, why it matters and what to do.

use super::exit::{Ending, Stop};
use super::output::print;
use crate::finding::{Code, catalogue};
use crate::matter::refusal::Refusal;
use std::fmt::Write as _;

/// Prints the catalogue's entry.
///
/// # Errors
/// No finding has the code.
pub fn run(text: &str) -> Result<Ending, Stop> {
    let asked = text.trim_matches(|c: char| c.is_whitespace() || c == '`').to_lowercase();
    let Some(code) = Code::named(&asked) else {
        let near: Vec<_> =
            catalogue::nearest(&asked).iter().map(|code| format!("`{code}`")).collect();
        return Err(Refusal::one(
            code!("explain.unknown"),
            format!("no finding has the code `{asked}`"),
            format!("choose one of {}", near.join(", ")),
        )
        .into());
    };
    print(&entry(code))?;
    Ok(Ending::Fine)
}

fn entry(code: Code) -> String {
    let mut text = format!("{code}: {}\n\n{}\n\n", code.says(), code.advice());
    for weight in code.weights() {
        let _ = writeln!(text, "Weight: {} ({})", weight.name(), weight.means());
    }
    text
}
