//! `verify`: what was proved, or what speaks against it.

use crate::cli::args::VerifyArgs;
use crate::cli::exit::{Ending, Stop};
use crate::cli::output::{print, print_json, tell_findings};
use crate::cli::progress::Bars;
use crate::finding::{Finding, Findings, Place, Severity};
use crate::matter::ask::verify::{ALTERED, Answer, Proved, VerifyRequest, verify};
use crate::tables::words::{count, thousands};
use std::fmt::Write as _;

pub fn run(args: &VerifyArgs) -> Result<Ending, Stop> {
    let request =
        VerifyRequest { selection: (&args.folder).into(), draft: args.draft, jobs: args.jobs };
    let answer = verify(&request, &Bars::default())?;
    if args.json {
        print_json(&answer)?;
    } else {
        tell_findings(&findings(&answer), false);
        print(&text(&answer))?;
    }
    Ok(if answer.proved { Ending::Fine } else { Ending::Findings })
}

fn findings(answer: &Answer) -> Findings {
    let mut findings = Findings::default();
    for fault in &answer.faults {
        let mut message = String::new();
        if let Some(row) = fault.manifest_row {
            let _ = write!(message, "manifest row {row}: ");
        }
        message.push_str(&fault.message);
        if fault.code == "verify.ledger" {
            let finding = Finding::new(fault.code, Severity::Error, message);
            findings.push(finding.at(Place::file("ledger.sqlite")).remedy(ALTERED));
            continue;
        }
        let file = match (fault.batch.is_empty(), fault.page) {
            (true, _) => "manifest.csv".to_owned(),
            (false, Some(page)) => format!("{}.pdf page {page}", fault.batch),
            (false, None) => format!("{}.pdf", fault.batch),
        };
        let place = Place::file(format!("out/{}/{file}", fault.folder));
        let finding = Finding::new(fault.code, Severity::Error, message);
        findings.push(finding.at(place).remedy(fault.remedy));
    }
    findings
}

/// What was proved, in words that can stand in a declaration.
fn text(answer: &Answer) -> String {
    let mut text = String::new();
    let kind = if answer.draft { "drafts, not approved" } else { "approved letters" };
    let _ = writeln!(
        text,
        "Wave {}: {}\n\nRead: {}, {}, in {} ({kind})",
        answer.wave,
        if answer.proved { "proved" } else { "NOT proved" },
        count(answer.letters, "letter", "letters"),
        count(answer.pages, "page", "pages"),
        count(answer.batches, "file", "files"),
    );
    if !answer.proved {
        text.push_str("\nDo not mail these letters. What is wrong, and how often:\n\n");
        for (code, many) in &answer.counts {
            let _ = writeln!(text, "{:>11}  {code}", thousands(*many));
        }
        return text;
    }
    let mut say = |line: String| {
        let _ = writeln!(text, "  - {line}");
    };
    say(format!(
        "Each of the {} people who are to get a letter has exactly one; no letter is for anybody else.",
        thousands(answer.people)
    ));
    say("In each letter name, address, reference and list of information are those of one and the same person of the spool.".into());
    if answer.codes > 0 {
        let codes = count(answer.codes, "letter", "letters");
        say(format!("{codes} with an enrollment code: each has its own person's and no other."));
    }
    say("Nothing but name and address stands where the envelope's window can show it.".into());
    say("The pages of each letter are all there, once, and numbered in their order.".into());
    say("No page holds a name or code of another person of its file.".into());
    if answer.compared > 0 {
        let compared = thousands(answer.compared);
        say(format!(
            "{compared} letters were compared with others of their version: but for what is each person's own, not a character differs."
        ));
    }
    for Proved { seal, root, letters, leaves } in &answer.seals {
        let (letters, leaves) =
            (count(*letters, "letter is", "letters are"), count(*leaves, "leaf", "leaves"));
        say(format!(
            "{letters} the {leaves} of the seal `{seal}`, in its order; its root is {root}."
        ));
    }
    if answer.signatures > 0 {
        let signatures = count(answer.signatures, "signature holds", "signatures hold");
        say(format!(
            "{signatures} for the roots of the seals, under the keys that the ledger recorded when they were approved."
        ));
    }
    if answer.words > 0 {
        let words = count(answer.words, "letter", "letters");
        let than = match answer.draft {
            true => "this folder composes it today",
            false => {
                "it stood when it was approved: the texts are those whose SHA-256 the seal lists"
            }
        };
        say(format!("In {words} every word, rule, picture and link is drawn where {than}."));
    }
    say("Each font in the files draws, glyph for glyph, the outlines of the program's own fonts under the characters that are read; nothing is hidden, covered, stuck on or added later.".into());
    if answer.recorded > 0 {
        let files = count(answer.recorded, "file bears", "files bear");
        say(format!("{files} the digests recorded in the ledger when they were printed."));
    }
    if answer.events > 0 {
        let (events, rows) =
            (count(answer.events, "event", "events"), count(answer.rows, "row", "rows"));
        say(format!(
            "The ledger is what was written: {events}, each bound to the one before; {rows}, the sum of their outcomes."
        ));
    }
    text.push_str("\nThis proves what is in the files. It does not prove that the roster is right or that the letters were posted.\n");
    text
}
