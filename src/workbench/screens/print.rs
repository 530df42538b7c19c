//! Print and post: finals of what was approved, proved, and what really happened to them.

use super::files::products;
use super::letters::batches;
use crate::clock;
use crate::folder::OutFolder;
use crate::matter::PdfWriter;
use crate::matter::act::confirm::{ConfirmRequest, confirm};
use crate::matter::act::letters::{LettersRequest, letters};
use crate::matter::ask::verify::{VerifyRequest, verify};
use crate::matter::refusal::Refusal;
use crate::tables::words::{count, long_date, thousands};
use crate::workbench::ask::{Ask, Reply};
use crate::workbench::page::{Block, Cell, Field, Form, Link, Page, Table, capital, findings};
use crate::workbench::visit::Visit;
use crate::workbench::works::Told;

/// Faults that are shown; the command line has all.
const FAULTS: usize = 50;

pub fn reply(visit: &Visit<'_>, rest: &[&str], ask: &Ask) -> Result<Reply, Refusal> {
    match (&rest[1..], ask.changes) {
        ([], false) => overview(visit),
        (["letters"], true) => print(visit),
        (["verify"], true) => prove(visit),
        (["posted"], true) => posted(visit, ask),
        _ => Ok(visit.bench.nothing_here()),
    }
}

fn overview(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    let status = visit.status()?;
    let seal = visit.wave_of(&status).and_then(|wave| wave.seals.last());
    let Some(seal) = seal else {
        let page = Page::new(
            "Are the letters in the mail?",
            "Letters are printed once they are approved.",
        )
        .command(visit.command("letters", ""))
        .with(Block::links([Link::primary(visit.at("approve"), "Go to approval")]));
        return visit.page(page, "print");
    };
    let answer = match (seal.printed_letters, seal.posted_letters) {
        (0, _) => format!(
            "{} approved; none is printed yet.",
            count(seal.letters, "letter is", "letters are")
        ),
        (printed, 0) => format!(
            "{} printed; none is known to be posted.",
            count(printed, "letter is", "letters are")
        ),
        (_, posted) => {
            format!("{} of {} posted.", thousands(posted), count(seal.letters, "letter", "letters"))
        }
    };
    let mut page =
        Page::new("Are the letters in the mail?", answer).command(visit.command("letters", ""));
    let form = Form::new(
        visit.at("print/letters"),
        if seal.printed_letters == 0 { "Print the letters" } else { "Print them again" },
    );
    page.push(if seal.printed_letters == 0 { form.primary().block() } else { form.block() });
    if seal.printed_letters > 0 {
        let form = Form::new(visit.at("print/verify"), "Prove them");
        page.push(Block::text("Before the files go to the mail house, read them back: every letter, whose it is, word for word."));
        page.push(if seal.posted_letters == 0 { form.primary().block() } else { form.block() });
        let made = products(
            visit,
            |name| name.starts_with("letters") && name != OutFolder::DRAFTS,
            ".pdf",
        );
        page.push(batches(visit, &made, "Files for the mail house"));
        page.push(Block::heading("Given to the Postal Service"));
        page.push(
            Form::new(visit.at("print/posted"), "Record it")
                .field(Field::text("batch", "Batches").must().help("Such as 1-9 or 1,4,7-9"))
                .field(Field::new("date", "on", "Day").must().value(clock::today().to_string()))
                .field(
                    Field::new("file", "evidence", "What shows it")
                        .help("Postage statement, scan, e-mail of the mail house"),
                )
                .field(Field::by().value(visit.by()))
                .block(),
        );
    }
    visit.page(page, "print")
}

fn print(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    let request =
        LettersRequest { selection: visit.selection(), jobs: None, writer: PdfWriter::default() };
    let next = Link::primary(visit.at("print"), "Go on");
    visit.begin("Print", "print", visit.command("letters", ""), move |watcher| {
        let answer = letters(&request, watcher)?;
        let letters = count(answer.letters, "letter", "letters");
        let state =
            if answer.draft { "marked DRAFT: not approved, or changed since" } else { "final" };
        let until = answer.not_before.map_or(String::new(), |day| {
            format!(" They must not be posted before {}.", long_date(day))
        });
        Ok(Told {
            answer: format!("{letters}, {}, {state}.{until}", count(answer.pages, "page", "pages")),
            blocks: findings(&answer.findings),
            next: Some(next),
            good: !answer.draft,
        })
    })
}

fn prove(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    let request = VerifyRequest { selection: visit.selection(), draft: false, jobs: None };
    let next = Link::primary(visit.at("print"), "Go on");
    visit.begin("Prove", "print", visit.command("verify", ""), move |watcher| {
        let answer = verify(&request, watcher)?;
        let people = thousands(answer.people);
        let mut table = Table::new("What is wrong", &["Kind", "Where", "What"]);
        for fault in answer.faults.iter().take(FAULTS) {
            let page = fault.page.map_or(String::new(), |page| format!("page {page}"));
            table.row([
                Cell::from(fault.code.as_str()),
                Cell::from(fault.batch.clone()).below(page),
                Cell::from(capital(&fault.message)).below(fault.remedy),
            ]);
        }
        let said = match answer.proved {
            true => format!("Each of the {people} people who are to get a letter has exactly one, and it is the one that was approved."),
            false => "Do not mail these letters.".to_owned(),
        };
        Ok(Told { answer: said, blocks: vec![table.block()], next: Some(next), good: answer.proved })
    })
}

fn posted(visit: &Visit<'_>, ask: &Ask) -> Result<Reply, Refusal> {
    let evidence = super::evidence(visit, ask)?;
    let on = super::day(ask, "on")?;
    let by = ask.form.text("by").to_owned();
    visit.is_by(&by);
    let answer = confirm(&ConfirmRequest {
        selection: visit.selection(),
        batch: Some(ask.form.text("batch").to_owned()),
        posted: Some(on),
        evidence,
        by,
        ..ConfirmRequest::default()
    })?;
    visit.done(format!(
        "{} posted on {} is on record.",
        count(answer.batches, "batch", "batches"),
        long_date(on)
    ));
    visit.see("print")
}
