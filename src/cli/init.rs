//! `init`: begins an incident folder, and says what to do next.

use crate::cli::args::InitArgs;
use crate::cli::exit::{Ending, Stop};
use crate::cli::output::tell;
use crate::cli::progress::Bars;
use crate::matter::begin::{BLANK, BeginAnswer, BeginRequest, begin};
use crate::tables::words::count;

pub fn run(args: &InitArgs) -> Result<Ending, Stop> {
    let request = BeginRequest { folder: args.folder.clone(), roster: args.roster.clone() };
    let begun = begin(&request, &Bars::default())?;
    tell(&next_steps(args, &begun));
    Ok(Ending::Fine)
}

fn next_steps(args: &InitArgs, begun: &BeginAnswer) -> String {
    let folder = args.folder.display();
    let mut steps = format!(
        "wrote {}\n\nNext\n  fill in {} marked {BLANK}\n",
        begun.path.display(),
        count(begun.blanks, "place", "places"),
    );
    if begun.questions > 0 {
        let questions = count(begun.questions, "question", "questions");
        steps.push_str(&format!("  answer {questions} about the roster, marked QUESTION\n"));
    }
    match &args.roster {
        Some(roster) if begun.roster_away => {
            steps.push_str(&format!("  put a copy of {} into {folder}\n", roster.display()));
        }
        Some(_) => {}
        None => steps.push_str(&format!("  put the roster (CSV or XLSX) into {folder}\n")),
    }
    steps.push_str(&format!("  noticeworks check {folder}\n"));
    steps
}
