//! `codes`, told.

use crate::cli::args::{CodesActivationsArgs, CodesArgs, CodesExportArgs, CodesWhat};
use crate::cli::exit::{Ending, Stop};
use crate::cli::output::{print_json, tell};
use crate::matter::post::{ActivationsRequest, CodesRequest, activations, codes};
use crate::tables::words::{count, thousands};

/// Lines that are named one by one; the JSON has all.
const NAMED: usize = 12;

pub fn run(args: &CodesArgs) -> Result<Ending, Stop> {
    match &args.what {
        CodesWhat::Export(args) => exported(args),
        CodesWhat::Activations(args) => activated(args),
    }
}

fn exported(args: &CodesExportArgs) -> Result<Ending, Stop> {
    let (to, layout) = (args.to.clone(), args.layout.clone());
    let answer = codes(&CodesRequest { selection: (&args.folder).into(), to, layout })?;
    match args.json {
        true => print_json(&answer)?,
        false => tell(&format!(
            "{}: {} dealt, {} unused\n",
            answer.file.display(),
            count(answer.dealt, "code", "codes"),
            thousands(answer.unused),
        )),
    }
    Ok(Ending::Fine)
}

fn activated(args: &CodesActivationsArgs) -> Result<Ending, Stop> {
    let answer = activations(&ActivationsRequest {
        selection: (&args.folder).into(),
        file: args.file.clone(),
        layout: args.layout.clone(),
        by: args.by.clone(),
    })?;
    if args.json {
        print_json(&answer)?;
    } else {
        let mut text = format!(
            "{}: {} activated, {} unknown, {} repeated, {} malformed; {} of {} activated so far\n",
            count(answer.lines, "line", "lines"),
            answer.activated,
            answer.unknown,
            answer.repeated,
            answer.malformed,
            thousands(answer.activated_so_far),
            count(answer.dealt, "code", "codes"),
        );
        let telling = answer.listed.iter().filter(|line| line.fate != "repeated");
        for listed in telling.clone().take(NAMED) {
            text.push_str(&format!("  line {}: {}, {}\n", listed.line, listed.fate, listed.why));
        }
        if let rest @ 1.. = telling.count().saturating_sub(NAMED) {
            text.push_str(&format!("  and {rest} more: --json lists all\n"));
        }
        tell(&text);
    }
    match answer.unknown + answer.malformed {
        0 => Ok(Ending::Fine),
        _ => Ok(Ending::Findings),
    }
}
