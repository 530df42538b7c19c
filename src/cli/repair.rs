//! `repair`, told.

use crate::cli::args::{AddRepairArgs, RepairArgs, RepairWhat};
use crate::cli::exit::{Ending, Stop};
use crate::cli::hint::quoted;
use crate::cli::output::{print, print_json};
use crate::matter::act::repair::{AddRequest, Wanted, add, undo};
use crate::matter::act::repair_from::{CameBack, FromRequest, repair_from};
use crate::matter::ask::mend::{MendRequest, mend};
use crate::matter::ask::repairs::{RepairLine, repairs};
use crate::matter::ask::spellings::{SpellingsAnswer, SuggestionLine, spellings};
use crate::matter::open::Selection;
use crate::roster::Rule;
use crate::tables::words::count;
use serde_json::json;
use std::fmt::Write as _;

/// How many cells of a list that came back are shown.
const SHOWN: usize = 40;

/// How many suggestions are shown.
const SUGGESTED: usize = 60;

pub fn run(args: &RepairArgs) -> Result<Ending, Stop> {
    match &args.what {
        Some(RepairWhat::Add(args)) => return added(args),
        Some(RepairWhat::Undo(args)) => {
            undo(&args.incident, args.number, &args.by, &args.why)?;
            print(&format!(
                "Repair {} is undone; `noticeworks check` reads the roster without it.\n",
                args.number
            ))?;
            return Ok(Ending::Fine);
        }
        None => {}
    }
    let folder = args.incident.clone().unwrap_or_default();
    if let Some(file) = &args.from {
        let came_back = repair_from(&FromRequest {
            selection: Selection {
                incident: folder,
                wave: args.wave.clone(),
                ..Selection::default()
            },
            file: file.clone(),
            apply: args.apply,
            by: args.by.clone().unwrap_or_default(),
            why: args.why.clone().unwrap_or_default(),
            show_values: args.show_values,
        })?;
        match args.json {
            true => print_json(&came_back)?,
            false => print(&back(&came_back))?,
        }
        return Ok(Ending::Fine);
    }
    if let Some(file) = &args.to_mend {
        let selection =
            Selection { incident: folder, wave: args.wave.clone(), ..Selection::default() };
        let made = mend(&MendRequest { selection, file: file.clone() })?;
        let rows = count(made.rows, "row", "rows");
        let mut text = format!("{rows} to mend written to {}\n", file.display());
        if made.left_out > 0 {
            let _ = writeln!(text, "{} findings of further rows are left out", made.left_out);
        }
        print(&text)?;
        return Ok(Ending::Fine);
    }
    if args.suggest {
        let wave = args.wave.clone();
        let selection = Selection { incident: folder.clone(), wave, ..Selection::default() };
        let answer = spellings(&selection)?;
        match args.json {
            true => print_json(&answer)?,
            false => print(&suggested(&answer, &folder.display().to_string()))?,
        }
        return Ok(Ending::Fine);
    }
    let repairs = repairs(&folder, args.show_values)?;
    match args.json {
        true => print_json(&json!({ "repairs": repairs }))?,
        false => print(&list(&repairs))?,
    }
    Ok(Ending::Fine)
}

fn added(args: &AddRepairArgs) -> Result<Ending, Stop> {
    let column = args.column.clone().unwrap_or_default();
    let (from, to) = (args.from.clone(), args.to.clone().unwrap_or_default());
    let wanted = if let Some(record) = args.record.clone() {
        Wanted::Record { record, column, from, to }
    } else if let Some([first, second]) = args.one_person.as_deref() {
        Wanted::OnePerson([first.clone(), second.clone()])
    } else if let Some([first, second]) = args.two_persons.as_deref() {
        Wanted::TwoPersons([first.clone(), second.clone()])
    } else {
        let rule = args.rule.as_deref().unwrap_or_default();
        let (of, value) = rule.split_once('=').unwrap_or((rule, ""));
        let rule = Rule { column: of.trim().to_owned(), value: value.trim().to_owned() };
        Wanted::Rows { rule, column, from, to }
    };
    let (by, why) = (args.by.clone(), args.why.clone());
    let added = add(&AddRequest { selection: (&args.folder).into(), wanted, by, why })?;
    let rows = count(added.rows, "row", "rows");
    let place = added.place.map(|(file, row)| format!(", row {row} of {file}")).unwrap_or_default();
    print(&format!(
        "Repair {} is added: {rows}{place}. `noticeworks check` reads the roster with it.\n",
        added.number
    ))?;
    Ok(Ending::Fine)
}

fn list(repairs: &[RepairLine]) -> String {
    if repairs.is_empty() {
        return "No repairs: the roster is read as it is.\n".to_owned();
    }
    let mut text = String::new();
    for repair in repairs {
        let RepairLine { number, by, on, why, .. } = repair;
        let _ = writeln!(text, "{number:>4}  {}", what(repair));
        let _ = writeln!(text, "      {by}, {on}: {why}");
        if let Some(undone) = &repair.undone {
            let _ = writeln!(text, "      undone: {}, {}: {}", undone.by, undone.on, undone.why);
        }
    }
    text
}

fn what(repair: &RepairLine) -> String {
    if let Some([first, second]) = &repair.one_person {
        return format!("{first} and {second} are one person");
    }
    if let Some([first, second]) = &repair.two_persons {
        return format!("{first} and {second} are two persons");
    }
    let rows = match (&repair.record, &repair.rule) {
        (Some(record), _) => record.clone(),
        (None, Some(rule)) => format!("rows with {} `{}`", rule.column, rule.value),
        (None, None) => String::new(),
    };
    let column = repair.column.as_deref().unwrap_or_default();
    let to = repair.to.as_deref().unwrap_or_default();
    match &repair.from {
        Some(from) => format!("{rows}, {column}: `{from}` becomes `{to}`"),
        None => format!("{rows}, {column} becomes `{to}`"),
    }
}

/// Suggestions, each with the command that adds it.
fn suggested(answer: &SpellingsAnswer, folder: &str) -> String {
    let lines = &answer.suggestions;
    let mut text = String::new();
    if answer.rows_passed_over > 0 {
        let rows = count(answer.rows_passed_over, "row was", "rows were");
        let _ = writeln!(
            text,
            "{rows} not looked at: the rows before have too many different spellings for lists of places"
        );
    }
    if lines.is_empty() {
        text.push_str("No suggestions: no spelling looks like a slip of another one.\n");
        return text;
    }
    for line in lines.iter().take(SUGGESTED) {
        let SuggestionLine { column, from, to, rows, rows_of_other, why } = line;
        let rows = count(*rows, "row", "rows");
        let other = match rows_of_other {
            0 => String::new(),
            n => format!(" ({})", count(*n, "row", "rows")),
        };
        let because = match *why {
            "same_letters" => "is written otherwise as",
            "zip" => "has the ZIP codes of",
            _ => "looks like",
        };
        let _ = writeln!(text, "{column}: `{from}` ({rows}) {because} `{to}`{other}");
        let rule = quoted(&format!("{column}={from}"));
        let _ = writeln!(
            text,
            "  noticeworks repair add {} --where {rule} --column {column} --to {} --by NAME --why spelling",
            quoted(folder),
            quoted(to)
        );
    }
    if lines.len() > SUGGESTED {
        let more = count((lines.len() - SUGGESTED) as u64, "suggestion", "suggestions");
        let _ = writeln!(text, "and {more} more; --json gives all");
    }
    text.push_str("Nothing was changed. Add those that are right; each can be undone alone.\n");
    text
}

fn back(came_back: &CameBack) -> String {
    let mut text = String::new();
    for change in came_back.changes.iter().take(SHOWN) {
        let _ = writeln!(
            text,
            "  {}, {}: `{}` becomes `{}`",
            change.record, change.column, change.from, change.to
        );
    }
    let changes = came_back.changes.len();
    if changes > SHOWN {
        let _ = writeln!(text, "  and {} more", changes - SHOWN);
    }
    if came_back.unknown_rows > 0 {
        let rows = count(came_back.unknown_rows, "row names", "rows name");
        let _ = writeln!(text, "{rows} a record that the roster does not have, and is left out");
    }
    if came_back.unclear_records > 0 {
        let records = count(came_back.unclear_records, "record stands", "records stand");
        let _ =
            writeln!(text, "{records} there several times with different values, and is left out");
    }
    let cells = count(changes as u64, "cell", "cells");
    let _ = match came_back.applied {
        true => writeln!(
            text,
            "{cells} recorded as repairs; `noticeworks check` reads the roster with them."
        ),
        false => writeln!(text, "{cells} would change; record them with --apply."),
    };
    text
}
