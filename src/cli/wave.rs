//! `wave`, told.

use crate::cli::args::{AgainKind, WaveArgs};
use crate::cli::exit::{Ending, Stop};
use crate::cli::output::{print, print_json};
use crate::incident::WaveKind;
use crate::matter::act::add_wave::{AddWaveAnswer, AddWaveRequest, add_wave};
use crate::tables::words::{count, long_date};
use std::fmt::Write as _;

pub fn run(args: &WaveArgs) -> Result<Ending, Stop> {
    let request = AddWaveRequest {
        incident: args.incident.clone(),
        kind: match args.kind {
            AgainKind::Supplemental => WaveKind::Supplemental,
            AgainKind::Remail => WaveKind::Remail,
            AgainKind::Correction => WaveKind::Correction,
        },
        id: args.id.clone(),
        mail_on: args.mail_on,
        roster: args.roster.clone(),
        what_was_wrong: args.what_was_wrong.clone().unwrap_or_default(),
    };
    let answer = add_wave(&request)?;
    match args.json {
        true => print_json(&answer)?,
        false => print(&text(args, &answer))?,
    }
    Ok(Ending::Fine)
}

fn text(args: &WaveArgs, answer: &AddWaveAnswer) -> String {
    let folder = args.incident.display();
    let what = match args.kind {
        AgainKind::Supplemental => "",
        AgainKind::Remail => "to be written to again, because their letters came back",
        AgainKind::Correction => "whose letters are to be corrected",
    };
    let who = match args.kind {
        AgainKind::Supplemental => format!("the rows of {}", answer.roster),
        _ => format!("{} {what}", count(answer.people, "person", "people")),
    };
    let mut text = format!(
        "Wave {} is laid out: {who}, to be mailed {}\n  {folder}/{}\n  {folder}/incident.toml\n",
        answer.wave,
        long_date(args.mail_on),
        answer.roster
    );
    if answer.without_address > 0 {
        let _ = writeln!(
            text,
            "No list knows a better address of {}: fill it in where you find one; who has none gets substitute notice",
            match answer.without_address {
                1 => "1 of them".to_owned(),
                n => format!("{n} of them"),
            }
        );
    }
    let _ = writeln!(
        text,
        "\nNext: look through the list, then noticeworks run {folder} --wave {}",
        answer.wave
    );
    text
}
