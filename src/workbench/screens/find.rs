//! Find a person: one person's story by record or by the reference on the letter. The reference is
//! typed, never part of an address.

use crate::matter::act::reveal::reveal;
use crate::matter::ask::trace::{TraceRequest, trace};
use crate::matter::refusal::{Doing, Refusal};
use crate::matter::watcher::Unwatched;
use crate::tables::words::long_date;
use crate::workbench::ask::{Ask, Reply};
use crate::workbench::page::{Block, Cell, Field, Form, Page, Table};
use crate::workbench::visit::Visit;

pub fn reply(visit: &Visit<'_>, rest: &[&str], ask: &Ask) -> Result<Reply, Refusal> {
    match (&rest[1..], ask.changes) {
        ([], false) => visit.page(asked(visit, ""), "find"),
        ([], true) => story(visit, ask),
        (["letter"], true) => letter(visit, ask),
        _ => Ok(visit.bench.nothing_here()),
    }
}

fn asked(visit: &Visit<'_>, record: &str) -> Page {
    Page::new("What became of this person?", "")
        .command(visit.command("trace", "--record ID"))
        .with(
            Form::new(visit.at("find"), "Find")
                .primary()
                .field(Field::text("record", "Record id or reference").must().value(record).help(
                    "The record id as the list has it, or the reference printed on the letter",
                ))
                .block(),
        )
}

fn story(visit: &Visit<'_>, ask: &Ask) -> Result<Reply, Refusal> {
    let record = ask.form.text("record");
    let request = TraceRequest {
        selection: visit.selection(),
        record: record.to_owned(),
        pdf: None,
        show_values: false,
    };
    let story = trace(&request, &Unwatched)?;
    let mut page = asked(visit, record);
    page.answer = format!("Record {}.", story.record);
    for chapter in &story.waves {
        page.push(Block::heading(format!("Wave {}", chapter.wave)));
        let since = chapter.since.map(|at| long_date(crate::matter::ask::status::day(at)));
        page.push(Block::Facts {
            pairs: vec![
                ("Row".to_owned(), Cell::from(format!("{} of {}", chapter.row, chapter.roster))),
                ("Covered entity".to_owned(), chapter.entity.clone().into()),
                ("State".to_owned(), chapter.jurisdiction.clone().into()),
                (
                    "Outcome".to_owned(),
                    Cell::from(super::columns::words(&chapter.outcome))
                        .below(since.map_or(String::new(), |day| format!("since {day}"))),
                ),
                ("Why".to_owned(), chapter.reason.clone().unwrap_or_default().into()),
                ("Version".to_owned(), chapter.version.clone().unwrap_or_default().into()),
                ("Information".to_owned(), chapter.elements.join(", ").into()),
            ],
        });
        let mut table = Table::new(
            "Letters and e-mails",
            &["Reference", "By", "Approved", "Printed", "What happened"],
        );
        for piece in &chapter.pieces {
            let seal = piece.seal.as_ref();
            let printed = piece.printed.as_ref();
            let happened: Vec<String> = piece
                .deliveries
                .iter()
                .map(|d| format!("{} on {}", d.what, long_date(d.on)))
                .collect();
            table.row([
                piece.piece.clone().into(),
                piece.channel.into(),
                seal.map_or(Cell::from("Not approved"), |seal| {
                    Cell::from(format!("Seal {}", seal.seal)).below(seal.approved_by.join(", "))
                }),
                printed.map_or(Cell::default(), |printed| {
                    Cell::from(printed.file.clone()).below(
                        printed.first_page.map_or(String::new(), |page| format!("page {page}")),
                    )
                }),
                happened.join("; ").into(),
            ]);
        }
        page.push(table.block());
    }
    page.push(Block::heading("Their letter"));
    page.push(Block::text(
        "The letter has name and address. Showing it is recorded with your name.",
    ));
    page.push(
        Form::new(visit.at("find/letter"), "Show the letter")
            .hidden("record", record)
            .field(Field::by().value(visit.by()))
            .block(),
    );
    visit.page(page, "find")
}

fn letter(visit: &Visit<'_>, ask: &Ask) -> Result<Reply, Refusal> {
    let by = ask.form.text("by");
    reveal(&visit.folder, "one person's letter", by)?;
    visit.is_by(by);
    let scratch =
        crate::files::Scratch::temporary().doing(|| "make room for the letter".to_owned())?;
    let pdf = scratch.file("letter.pdf");
    let request = TraceRequest {
        selection: visit.selection(),
        record: ask.form.text("record").to_owned(),
        pdf: Some(pdf.clone()),
        show_values: false,
    };
    trace(&request, &Unwatched)?;
    let bytes = std::fs::read(&pdf).doing(|| "read the letter".to_owned())?;
    Ok(Reply::Bytes { kind: "application/pdf", bytes, save_as: None })
}
