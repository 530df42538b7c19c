//! `purge`, told.

use crate::cli::args::PurgeArgs;
use crate::cli::exit::{Ending, Stop};
use crate::cli::output::{print, print_json};
use crate::matter::act::purge::{PurgeAnswer, PurgeRequest, purge};
use crate::tables::words::{count, long_date};
use std::fmt::Write as _;

pub fn run(args: &PurgeArgs) -> Result<Ending, Stop> {
    let answer = purge(&PurgeRequest {
        incident: args.incident.clone(),
        yes: args.yes,
        by: args.by.clone(),
        rosters: args.rosters,
    })?;
    if args.json {
        print_json(&answer)?;
    } else {
        print(&text(args, &answer))?;
    }
    Ok(Ending::Fine)
}

fn text(args: &PurgeArgs, answer: &PurgeAnswer) -> String {
    let mut text = format!("Last in use on {}\n\n", long_date(answer.last));
    if answer.targets.is_empty() {
        text.push_str("There is nothing left to remove.\n");
        return text;
    }
    text.push_str(if answer.done { "Removed:\n" } else { "Would be removed:\n" });
    for target in &answer.targets {
        let files = count(target.files, "file", "files");
        let _ =
            writeln!(text, "  {} ({files}, {})", target.name, count(target.bytes, "byte", "bytes"));
    }
    text.push_str("\nKept: ledger.sqlite, incident.toml, privileged.toml, the seals with their lists and statements\n");
    if !args.rosters {
        text.push_str("The rosters stay; add --rosters to remove those that incident.toml names\n");
    }
    if !answer.done {
        text.push_str("\nNothing was removed. Add --yes to do it\n");
    }
    text
}
