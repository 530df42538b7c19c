//! `letters`, told.

use crate::cli::args::LettersArgs;
use crate::cli::exit::{Ending, Stop};
use crate::cli::hint::quoted;
use crate::cli::output::{print, print_json, tell_findings};
use crate::cli::progress::Bars;
use crate::finding::Severity;
use crate::matter::act::letters::{LettersAnswer, LettersRequest, letters};
use crate::matter::act::reprint::reprint;
use crate::tables::words::{count, long_date};

pub fn run(args: &LettersArgs) -> Result<Ending, Stop> {
    let selection = (&args.folder).into();
    if let Some(piece) = &args.piece {
        let made = reprint(&selection, piece)?;
        print(&format!("{}\n{}\n", made.pdf.display(), made.text.display()))?;
        return Ok(Ending::Fine);
    }
    let request = LettersRequest { selection, jobs: args.jobs, writer: args.pdf_backend.into() };
    let answer = letters(&request, &Bars::default())?;
    tell_findings(&answer.findings, false);
    if args.json {
        print_json(&answer)?;
    } else {
        print(&text(args, &answer))?;
    }
    let look = answer.draft || answer.findings.at_least(Severity::Warning) > 0;
    Ok(if look { Ending::Findings } else { Ending::Fine })
}

fn text(args: &LettersArgs, answer: &LettersAnswer) -> String {
    let what = if answer.draft { ", marked DRAFT" } else { ", as approved" };
    let next = match answer.draft {
        true => String::new(),
        false => next(args, answer),
    };
    let wait = answer.not_before.map_or(String::new(), |day| {
        format!("Do not post before {}: nobody may hear of it earlier\n", long_date(day))
    });
    format!(
        "{} on {} in {}{what}: {}\n{wait}{next}",
        count(answer.letters, "letter", "letters"),
        count(answer.pages, "page", "pages"),
        count(answer.batches, "batch", "batches"),
        answer.folder.display(),
    )
}

/// What comes after the letters of an approved wave, a line for each seal whose batches go out.
fn next(args: &LettersArgs, answer: &LettersAnswer) -> String {
    let folder = quoted(&args.folder.incident.display().to_string());
    let wave = quoted(&answer.wave);
    let mut text = format!("\nNext: noticeworks verify {folder} --wave {wave}\n");
    for sealed in &answer.seals {
        let batches = match sealed.batches {
            1 => "1".to_owned(),
            many => format!("1-{many}"),
        };
        let seal = match answer.seals.len() {
            1 => String::new(),
            _ => format!(" --seal {}", sealed.seal),
        };
        text.push_str(&format!(
            "After mailing: noticeworks confirm letters {folder} --wave {wave}{seal} --batch {batches} --posted DATE --evidence FILE\n"
        ));
    }
    text
}
