//! docs/REFERENCE.md, written from what the program itself knows: the schema of incident.toml,
//! the roster's headings, the commands, the findings. A test renews it and fails when it is stale.

mod commands;
mod files;
mod findings;
mod json;
mod keys;
mod layouts;
mod licences;
mod proof;
mod rosters;
mod slots;

pub use files::FILES;
pub use json::Output;

use crate::cli::exit;
use std::fmt::Write as _;

/// The whole page. `outputs` come from commands that were run.
pub fn reference(outputs: &[Output]) -> String {
    let mut out = String::from(HEAD);
    keys::incident(&mut out);
    keys::privileged(&mut out);
    rosters::columns(&mut out);
    rosters::elements(&mut out);
    licences::licences(&mut out);
    commands::commands(&mut out);
    out.push_str("\n## Exit codes\n\n| code | meaning |\n| --- | --- |\n");
    for (code, means) in exit::CODES {
        let _ = writeln!(out, "| {code} | {means} |");
    }
    findings::findings(&mut out);
    slots::slots(&mut out);
    files::files(&mut out);
    layouts::layouts(&mut out);
    proof::proof(&mut out);
    json::shapes(&mut out, outputs);
    out
}

const HEAD: &str = "\
# Reference

This page is written by the program from its own data; edit the program, not the page. The tests
renew it when `NOTICEWORKS_WRITE_DOCS=1` is set and fail when it is out of date.

- [incident.toml](#incidenttoml) and [privileged.toml](#privilegedtoml)
- [Roster](#roster), [kinds of information](#kinds-of-information), [kinds of license](#kinds-of-license)
- [Commands](#commands), [exit codes](#exit-codes), [findings](#findings)
- [Slots of forms](#slots-of-forms)
- [Files](#files), [what `verify` proves](#what-verify-proves), [what a bundle holds](#what-a-bundle-holds)
- [Layouts of returned mail](#layouts-of-returned-mail), [JSON](#json)
";

/// Text for a cell of a table.
fn cell(text: &str) -> String {
    let text = text.replace('|', "\\|").replace('<', "&lt;");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Code for a cell of a table; nothing where there is none.
fn code(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|");
    if text.is_empty() { text } else { format!("`{text}`") }
}
