//! `pieces`, told.

use crate::cli::args::{PiecesArgs, PiecesExportArgs, PiecesFormatsArgs, PiecesWhat};
use crate::cli::exit::{Ending, Stop};
use crate::cli::output::{print_json, tell};
use crate::cli::progress::Bars;
use crate::matter::open::Selection;
use crate::matter::post::{FormatsRequest, PiecesRequest, formats, pieces};
use crate::tables::words::{count, thousands};

pub fn run(args: &PiecesArgs) -> Result<Ending, Stop> {
    match &args.what {
        PiecesWhat::Export(args) => exported(args),
        PiecesWhat::Formats(args) => in_other_formats(args),
    }
}

fn exported(args: &PiecesExportArgs) -> Result<Ending, Stop> {
    let (incident, law) = (args.incident.clone(), args.law.clone());
    let selection = Selection { incident, law, ..Selection::default() };
    let answer = pieces(&PiecesRequest { selection, to: args.to.clone() }, &Bars::default())?;
    match args.json {
        true => print_json(&answer)?,
        false => tell(&format!(
            "{}: {} ({} letters, {} e-mails, {} people by substitute notice only, {} not written to)\n",
            answer.file.display(),
            count(answer.rows, "row", "rows"),
            thousands(answer.letters),
            thousands(answer.emails),
            thousands(answer.substitute),
            thousands(answer.not_written_to),
        )),
    }
    Ok(Ending::Fine)
}

fn in_other_formats(args: &PiecesFormatsArgs) -> Result<Ending, Stop> {
    let selection = (&args.folder).into();
    let answer = formats(&FormatsRequest { selection, to: args.to.clone() })?;
    match args.json {
        true => print_json(&answer)?,
        false => tell(&format!(
            "{}: {} as tagged text, listed in list.csv\n",
            answer.folder.display(),
            count(answer.letters, "letter", "letters"),
        )),
    }
    Ok(Ending::Fine)
}
