//! `withdraw`, told.

use crate::cli::args::WithdrawArgs;
use crate::cli::exit::{Ending, Stop};
use crate::cli::output::{print, print_json};
use crate::matter::act::withdraw::{WithdrawAnswer, WithdrawRequest, withdraw};
use crate::tables::words::{count, long_date};
use std::fmt::Write as _;

pub fn run(args: &WithdrawArgs) -> Result<Ending, Stop> {
    let request = WithdrawRequest {
        incident: args.incident.clone(),
        records: args.records.clone(),
        from: args.from.clone(),
        entity: args.entity.clone(),
        on: args.on,
        by: args.by.clone(),
        why: args.why.clone(),
        undo: args.undo,
    };
    let answer = withdraw(&request)?;
    match args.json {
        true => print_json(&answer)?,
        false => print(&text(args, &answer))?,
    }
    Ok(Ending::Fine)
}

fn text(args: &WithdrawArgs, answer: &WithdrawAnswer) -> String {
    let people = count(answer.people.len() as u64, "person", "people");
    let mut text = match answer.undone {
        true => format!("{people} taken back: counted again from now on\n"),
        false => format!(
            "{people} withdrawn: in no count from now on, and no letter that has not left\n"
        ),
    };
    for person in &answer.people {
        let _ = write!(text, "  {} ({})", person.record, person.entity);
        if !person.also.is_empty() {
            let _ = write!(text, ", also {}", person.also.join(", "));
        }
        text.push_str(": ");
        if person.letters.is_empty() {
            text.push_str("no letter under a seal\n");
            continue;
        }
        let told: Vec<String> = person
            .letters
            .iter()
            .map(|letter| match letter.posted_on {
                Some(day) => format!(
                    "letter {} of wave {} was posted on {}",
                    letter.piece,
                    letter.wave,
                    long_date(day)
                ),
                None => format!(
                    "letter {} of wave {} is under its seal and not known to be posted: take it out of batch {}",
                    letter.piece, letter.wave, letter.batch
                ),
            })
            .collect();
        let _ = writeln!(text, "{}", told.join("; "));
    }
    if let Some(wave) = &answer.wave {
        let folder = args.incident.display();
        let _ = writeln!(
            text,
            "\nNext: noticeworks run {folder} --wave {wave}\n  counts anew, and makes the amendments of what was filed"
        );
    }
    text
}
