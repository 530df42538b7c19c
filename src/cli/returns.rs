//! `returns`, told.

use crate::cli::args::{ReturnsArgs, ReturnsImportArgs, ReturnsWhat};
use crate::cli::exit::{Ending, Stop};
use crate::cli::output::{print_json, tell};
use crate::matter::post::{ImportAnswer, ImportRequest, import};
use crate::tables::words::count;
use std::fmt::Write as _;

/// Lines that are named one by one; the list has all.
const NAMED: usize = 12;

pub fn run(args: &ReturnsArgs) -> Result<Ending, Stop> {
    match &args.what {
        ReturnsWhat::Import(args) => imported(args),
    }
}

fn imported(args: &ReturnsImportArgs) -> Result<Ending, Stop> {
    let answer = import(&ImportRequest {
        selection: (&args.folder).into(),
        file: args.file.clone(),
        layout: args.layout.clone(),
        run_data: args.run_data.clone(),
        on: args.on,
        by: args.by.clone(),
    })?;
    match args.json {
        true => print_json(&answer)?,
        false => tell(&text(&answer)),
    }
    match answer.unknown + answer.malformed {
        0 => Ok(Ending::Fine),
        _ => Ok(Ending::Findings),
    }
}

fn text(answer: &ImportAnswer) -> String {
    let mut text = format!(
        "{}: {} matched, {} unknown, {} repeated, {} malformed (layout {}{})\n",
        count(answer.lines, "line", "lines"),
        answer.matched,
        answer.unknown,
        answer.repeated,
        answer.malformed,
        answer.layout,
        if answer.confirmed { "" } else { ", which no document confirmed: compare a few lines" }
    );
    let told: Vec<String> = answer
        .told
        .iter()
        .filter(|(_, n)| **n > 0)
        .map(|(told, n)| format!("{n} {told}"))
        .collect();
    if !told.is_empty() {
        let _ = writeln!(text, "  letters: {}", told.join(", "));
    }
    let reasons: Vec<String> = answer
        .reasons
        .iter()
        .map(|(reason, n)| format!("{n} {}", reason.replace('_', " ")))
        .collect();
    if !reasons.is_empty() {
        let _ = writeln!(text, "  why they came back: {}", reasons.join(", "));
    }
    if answer.new_addresses > 0 {
        let letters = count(answer.new_addresses, "letter", "letters");
        let _ = writeln!(text, "  new addresses for {letters}; `wave --kind remail` takes them");
    }
    let telling = answer.listed.iter().filter(|line| line.fate != "repeated");
    for listed in telling.clone().take(NAMED) {
        let names = match listed.names.as_str() {
            "" => String::new(),
            names => format!(" ({names})"),
        };
        let _ = writeln!(text, "  line {}{names}: {}, {}", listed.line, listed.fate, listed.why);
    }
    if let rest @ 1.. = telling.count().saturating_sub(NAMED) {
        let _ = writeln!(text, "  and {} more", rest);
    }
    match &answer.list {
        Some(list) => {
            let _ = writeln!(text, "Every line stands in `{list}`");
        }
        None => text.push_str("Nothing new: nothing was changed\n"),
    }
    text
}
