//! `letters`, told.

use crate::cli::args::LettersArgs;
use crate::cli::exit::{Ending, Stop};
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
        false => format!(
            "\nNext: noticeworks verify {0}\nAfter mailing: noticeworks confirm letters {0} --batch {1} --posted DATE --evidence FILE\n",
            args.folder.incident.display(),
            if answer.batches == 1 { "1".to_owned() } else { format!("1-{}", answer.batches) },
        ),
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
