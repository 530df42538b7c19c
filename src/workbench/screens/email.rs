//! E-mail: a rehearsal that sends nothing, the sending with its stop button, what is in doubt.

use crate::matter::mail::{ResolveRequest, SendRequest, rehearse, resolve, send};
use crate::matter::refusal::Refusal;
use crate::tables::words::{count, thousands};
use crate::workbench::ask::{Ask, Reply};
use crate::workbench::page::{Block, Cell, Field, Form, Link, Page, Table, findings, quoted};
use crate::workbench::visit::Visit;
use crate::workbench::works::Told;

pub fn reply(visit: &Visit<'_>, rest: &[&str], ask: &Ask) -> Result<Reply, Refusal> {
    match (&rest[1..], ask.changes) {
        ([], false) => overview(visit),
        (["rehearse"], true) => rehearsal(visit),
        (["send"], true) => sending(visit, ask),
        (["resolve"], true) => settle(visit, ask),
        _ => Ok(visit.bench.nothing_here()),
    }
}

fn overview(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    let status = visit.status()?;
    let wave = visit.wave_of(&status);
    let of = |label: &str| wave.and_then(|w| w.outcomes.get(label)).copied().unwrap_or(0);
    let planned = of("to_email") + of("to_mail_and_email");
    let seal = wave.and_then(|wave| wave.seals.iter().rev().find(|seal| seal.state == "valid"));
    let known = wave.and_then(|wave| wave.emails.as_ref());
    let answer = match (known, planned, seal) {
        (Some(known), ..) => {
            let taken = known.states.get("accepted").copied().unwrap_or(0);
            format!(
                "{} of {} were taken by the mail server.",
                thousands(taken),
                count(known.messages, "e-mail", "e-mails")
            )
        }
        (None, 0, _) => "Nobody gets an e-mail.".to_owned(),
        (None, n, None) => format!(
            "{} planned; they are sent once they are approved.",
            count(n, "e-mail is", "e-mails are")
        ),
        (None, n, Some(_)) => {
            format!("{} approved; none is sent.", count(n, "e-mail is", "e-mails are"))
        }
    };
    let mut page = Page::new("Are the e-mails out?", answer).command(visit.command("email", ""));
    if planned == 0 && known.is_none() {
        page.push(Block::text("People get an e-mail who agreed to it, as far as the list and counsel say so. Choices for e-mail stand in the facts."));
        page.push(Block::links([Link::to(visit.at("facts/email"), "Choices for e-mail")]));
        return visit.page(page, "email");
    }
    if let Some(known) = known {
        let mut table = Table::new("Where they stand", &["State", "#E-mails"]);
        for (state, n) in &known.states {
            table.row([super::columns::words(state).into(), thousands(*n).into()]);
        }
        page.push(table.block());
        let mut table = Table::new("What the server answered", &["Answer", "#E-mails"]);
        for reason in &known.reasons {
            table.row([
                Cell::from(format!("{} {}", reason.code, reason.reply)),
                thousands(reason.messages).into(),
            ]);
        }
        page.push(table.block());
        if !known.uncertain.is_empty() {
            page.push(doubt(visit, &known.uncertain));
        }
    }
    page.push(Block::text(
        "A rehearsal makes and signs every message and writes it as a file. It sends nothing.",
    ));
    page.push(Form::new(visit.at("email/rehearse"), "Rehearse").block());
    match seal {
        Some(seal) if seal.changes.is_empty() => page.push(
            Form::new(
                visit.at("email/send"),
                format!("Send {}", count(seal.emails, "e-mail", "e-mails")),
            )
            .danger()
            .field(
                Field::new(
                    "number",
                    "emails",
                    format!("Type the number of e-mails: {}", thousands(seal.emails)),
                )
                .must(),
            )
            .field(
                Field::text("smtp", "Mail server")
                    .help("As host:port; without it the one of the facts"),
            )
            .field(Field::by().value(visit.by()))
            .block(),
        ),
        Some(_) => page.push(Block::note(
            "warn",
            "Something changed since it was approved: nothing can be sent",
        )),
        None => page.push(Block::note("warn", "Nothing can be sent before it is approved")),
    }
    visit.page(page, "email")
}

fn doubt(visit: &Visit<'_>, pieces: &[String]) -> Block {
    let choices = pieces.iter().take(100).map(|piece| (piece.as_str(), piece.clone()));
    let form = Form::new(visit.at("email/resolve"), "Record it")
        .field(Field::new("choice", "piece", "E-mail").choices(choices, ""))
        .field(Field::new("radio", "was", "What the server's log says").choices(
            [("accepted", "It was sent".to_owned()), ("not_sent", "It was not sent".to_owned())],
            "",
        ))
        .field(Field::text("evidence", "What shows it").must())
        .field(Field::by().value(visit.by()));
    Block::Details {
        summary: format!(
            "{} in doubt: they are never sent again by themselves",
            count(pieces.len() as u64, "e-mail is", "e-mails are")
        ),
        blocks: vec![form.block()],
        open: true,
    }
}

fn request(visit: &Visit<'_>) -> SendRequest {
    SendRequest {
        selection: visit.selection(),
        only: None,
        smtp: None,
        connections: None,
        per_second: None,
        per_day: None,
        early: None,
        write_all: false,
        show_values: false,
    }
}

fn rehearsal(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    let request = request(visit);
    let next = Link::primary(visit.at("email"), "Go on");
    visit.begin("Rehearse", "email", visit.command("email", ""), move |_| {
        let answer = rehearse(&request)?;
        let mut table = Table::new("Where they would go", &["Domain", "#E-mails"]);
        for (domain, n) in answer.run.domains.iter().flatten() {
            table.row([domain.as_str().into(), thousands(*n).into()]);
        }
        let mut blocks = findings(&answer.found);
        blocks.push(table.block());
        Ok(Told {
            answer: format!(
                "{} made and signed as files. Nothing was sent.",
                count(answer.run.messages, "e-mail is", "e-mails are")
            ),
            blocks,
            next: Some(next),
            good: true,
        })
    })
}

fn sending(visit: &Visit<'_>, ask: &Ask) -> Result<Reply, Refusal> {
    let status = visit.status()?;
    let wave = visit.wave_of(&status);
    let seal = wave.and_then(|wave| wave.seals.iter().rev().find(|seal| seal.state == "valid"));
    let approved = seal.map_or(0, |seal| seal.emails);
    if ask.form.number("emails") != Some(approved) || ask.form.text("by").is_empty() {
        return Err(Refusal::refused(
            code!("approve.other_number"),
            "the number that was typed is not the number of e-mails, or nobody says who sends",
            "type the number that the page shows, and your name",
        ));
    }
    visit.is_by(ask.form.text("by"));
    let smtp = Some(ask.form.text("smtp").to_owned()).filter(|smtp| !smtp.is_empty());
    let words = smtp.as_ref().map_or(String::new(), |smtp| format!(" --smtp {}", quoted(smtp)));
    let command = visit.command("email", &format!("--send{words}"));
    let request = SendRequest { smtp, ..request(visit) };
    let next = Link::primary(visit.at("email"), "Go on");
    visit.begin("Send", "email", command, move |watcher| {
        let sent = send(&request, watcher)?;
        let given = sent.as_ref().and_then(|sent| sent.run.sent.as_ref());
        let stopped = given.and_then(|sent| sent.stopped.clone());
        let mut blocks = Vec::new();
        if let Some(why) = &stopped {
            blocks.push(Block::note("warn", format!("It stopped: {why}")));
        }
        let given = given.map_or(0, |sent| sent.given);
        Ok(Told {
            answer: format!(
                "{} given to the mail server.",
                count(given, "e-mail was", "e-mails were")
            ),
            blocks,
            next: Some(next),
            good: stopped.is_none(),
        })
    })
}

fn settle(visit: &Visit<'_>, ask: &Ask) -> Result<Reply, Refusal> {
    let piece = vec![ask.form.text("piece").to_owned()];
    let text = |name: &str| Some(ask.form.text(name).to_owned()).filter(|text| !text.is_empty());
    let (accepted, not_sent) = match ask.form.text("was") {
        "accepted" => (piece, Vec::new()),
        _ => (Vec::new(), piece),
    };
    visit.is_by(ask.form.text("by"));
    let answer = resolve(&ResolveRequest {
        selection: visit.selection(),
        log: None,
        accepted,
        not_sent,
        by: text("by"),
        evidence: text("evidence"),
    })?;
    visit.done(format!(
        "{} settled.",
        count(answer.resolved.len() as u64, "e-mail is", "e-mails are")
    ));
    visit.see("email")
}
