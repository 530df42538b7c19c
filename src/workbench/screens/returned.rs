//! What came back: letters by the reference on them, e-mails from what the mail server handed back.

use crate::clock;
use crate::matter::act::confirm::{ConfirmRequest, confirm};
use crate::matter::mail::bounces;
use crate::matter::refusal::{Doing, Refusal};
use crate::tables::words::count;
use crate::workbench::ask::{Ask, Reply};
use crate::workbench::page::{Block, Field, Form, Page};
use crate::workbench::visit::Visit;
use std::collections::BTreeSet;

pub fn reply(visit: &Visit<'_>, rest: &[&str], ask: &Ask) -> Result<Reply, Refusal> {
    match (&rest[1..], ask.changes) {
        ([], false) => overview(visit),
        (["letter"], true) => letter(visit, ask),
        (["emails"], true) => emails(visit, ask),
        _ => Ok(visit.bench.nothing_here()),
    }
}

fn overview(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    let status = visit.status()?;
    let wave = visit.wave_of(&status);
    let back: u64 = wave.map_or(0, |w| w.seals.iter().map(|seal| seal.returned_letters).sum());
    let answer = match back {
        0 => "No letter is on record as returned.".to_owned(),
        n => format!("{} came back.", count(n, "letter", "letters")),
    };
    let page = Page::new("What came back?", answer)
        .command(visit.command("confirm letters", "--piece ID --returned DATE --evidence FILE"))
        .with(Block::heading("A letter"))
        .with(
            Form::new(visit.at("returned/letter"), "Record it")
                .primary()
                .field(Field::text("piece", "Reference on the letter").must())
                .field(Field::new("radio", "what", "What happened").choices(
                    [("returned", "It came back".to_owned()), ("remailed", "It was sent again to another address".to_owned())],
                    "returned",
                ))
                .field(Field::new("date", "on", "Day").must().value(clock::today().to_string()))
                .field(Field::new("file", "evidence", "What shows it").help("Scan of the envelope, or the mail house's list"))
                .field(Field::by().value(visit.by()))
                .block(),
        )
        .with(Block::heading("E-mails"))
        .with(
            Form::new(visit.at("returned/emails"), "Read them")
                .field(Field::new("file", "mail", "Mail that came back").accept(".mbox,.eml,.txt").help("A mailbox file (mbox) or a single message; the same message twice changes nothing"))
                .block(),
        );
    visit.page(page, "returned")
}

fn letter(visit: &Visit<'_>, ask: &Ask) -> Result<Reply, Refusal> {
    let evidence = super::evidence(visit, ask)?;
    let on = Some(super::day(ask, "on")?);
    let again = ask.form.text("what") == "remailed";
    let by = ask.form.text("by").to_owned();
    visit.is_by(&by);
    confirm(&ConfirmRequest {
        selection: visit.selection(),
        piece: Some(ask.form.text("piece").to_owned()),
        returned: on.filter(|_| !again),
        remailed: on.filter(|_| again),
        evidence,
        by,
        ..ConfirmRequest::default()
    })?;
    visit.done("The letter is on record.");
    visit.see("returned")
}

fn emails(visit: &Visit<'_>, ask: &Ask) -> Result<Reply, Refusal> {
    let Some(upload) = ask.upload("mail") else { return visit.see("returned") };
    // A mailbox is known by its ending.
    let end = upload.name.rsplit_once('.').map_or("mbox", |(_, end)| end);
    let mail = upload.path.with_extension(format!("read.{end}"));
    std::fs::rename(&upload.path, &mail).doing(|| "keep the mail".to_owned())?;
    let read = bounces(&visit.selection(), &mail, &mut BTreeSet::new());
    let _ = std::fs::remove_file(&mail);
    let read = read?;
    visit.done(format!(
        "{} read; {} of our e-mails are told of, {} to be looked at.",
        count(read.messages, "message", "messages"),
        read.matched,
        count(read.to_look_at, "message is", "messages are"),
    ));
    visit.see("returned")
}
