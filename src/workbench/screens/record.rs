//! Record: what happened, proof of it, bundles for others, and the removal of what is kept too long.

use crate::matter::act::purge::{PurgeRequest, purge};
use crate::matter::ask::events::events;
use crate::matter::bundles::{Audience, ExportRequest, export};
use crate::matter::refusal::Refusal;
use crate::tables::words::{count, long_date, thousands};
use crate::workbench::ask::{Ask, Reply};
use crate::workbench::page::{Block, Cell, Field, Form, Page, Table, quoted};
use crate::workbench::visit::Visit;
use crate::workbench::works::Told;
use std::path::PathBuf;

/// Events on the page; the ledger has all.
const EVENTS: usize = 200;

pub fn reply(visit: &Visit<'_>, rest: &[&str], ask: &Ask) -> Result<Reply, Refusal> {
    match (&rest[1..], ask.changes) {
        ([], false) => overview(visit),
        (["export"], true) => bundle(visit, ask),
        (["purge"], true) => remove(visit, ask),
        _ => Ok(visit.bench.nothing_here()),
    }
}

fn overview(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    let folder = quoted(&visit.folder.display().to_string());
    let Ok(status) = visit.status() else {
        let page = Page::new("What is on record?", "Nothing yet: the list is checked first.");
        return visit.page(page, "record");
    };
    let answer = match (status.ledger.whole, status.ledger.events) {
        (false, _) => "The ledger was ALTERED.".to_owned(),
        (true, 0) => "The ledger is whole; nothing that binds has happened yet.".to_owned(),
        (true, n) => format!(
            "The ledger is whole: {}, each bound to the one before.",
            count(n, "event", "events")
        ),
    };
    let mut page =
        Page::new("What is on record?", answer).command(format!("noticeworks status {folder}"));
    if !status.ledger.wrong.is_empty() {
        let lines = status.ledger.wrong.clone();
        page.push(Block::Note { kind: "stop", title: "What is wrong with it".to_owned(), lines });
    }
    let events = events(&visit.folder)?;
    let mut table =
        Table::new("Events, the latest first", &["#No.", "When", "What", "As it is stored"]);
    for event in events.iter().rev().take(EVENTS) {
        table.row([
            event.number.to_string().into(),
            event.at.strftime("%Y-%m-%d %H:%M").to_string().into(),
            super::columns::words(&event.kind.replace('.', " ")).into(),
            Cell::from(event.body.chars().take(300).collect::<String>()).class("quiet"),
        ]);
    }
    page.push(table.block());
    page.push(Block::heading("A bundle for somebody outside"));
    page.push(
        Form::new(visit.at("record/export"), "Make the bundle")
            .field(Field::new("choice", "for", "For whom").choices(
                [
                    ("regulator", "A regulator".to_owned()),
                    ("client", "The client".to_owned()),
                    ("counsel", "Counsel".to_owned()),
                ],
                "regulator",
            ))
            .field(
                Field::text("to", "New folder or file")
                    .must()
                    .help("Its whole path; a name that ends in .tar makes one file"),
            )
            .field(Field::text("entity", "Covered entity").help("Its id, where there are several"))
            .field(Field::text("jurisdiction", "State").help("For a state's regulator, such as CA"))
            .block(),
    );
    page.push(purge_block(visit));
    visit.page(page, "record")
}

fn purge_block(visit: &Visit<'_>) -> Block {
    let request = PurgeRequest {
        incident: visit.folder.clone(),
        yes: false,
        by: String::new(),
        rosters: false,
    };
    let blocks = match purge(&request) {
        Ok(answer) => {
            let files: u64 = answer.targets.iter().map(|target| target.files).sum();
            let mut table = Table::new("What would be removed", &["What", "#Files", "#KB"]);
            for target in &answer.targets {
                table.row([
                    target.name.clone().into(),
                    thousands(target.files).into(),
                    thousands(target.bytes.div_ceil(1024)).into(),
                ]);
            }
            let form = Form::new(
                visit.at("record/purge"),
                format!("Remove {}", count(files, "file", "files")),
            )
            .danger()
            .field(
                Field::new(
                    "number",
                    "files",
                    format!("Type the number of files: {}", thousands(files)),
                )
                .must(),
            )
            .field(Field::new("check", "rosters", "The lists too"))
            .field(Field::by().value(visit.by()));
            vec![
                Block::text(format!("Kept until {}.", long_date(answer.due))),
                table.block(),
                form.block(),
            ]
        }
        Err(refused) => crate::workbench::page::refusal(&refused),
    };
    Block::Details {
        summary: "Remove personal data after the time of keeping".to_owned(),
        blocks,
        open: false,
    }
}

fn bundle(visit: &Visit<'_>, ask: &Ask) -> Result<Reply, Refusal> {
    let text = |name: &str| Some(ask.form.text(name).to_owned()).filter(|text| !text.is_empty());
    let audience = match ask.form.text("for") {
        "client" => Audience::Client,
        "counsel" => Audience::Counsel,
        _ => Audience::Regulator,
    };
    let to = PathBuf::from(ask.form.text("to"));
    if !to.is_absolute() {
        return Err(Refusal::one(
            code!("workbench.unsaid"),
            "the place of the bundle is no whole path",
            "write it from the root on, such as /home/dana/bundle-ca.tar",
        ));
    }
    let options =
        format!("--for {} --to {}", ask.form.text("for"), quoted(&to.display().to_string()));
    let request = ExportRequest {
        selection: visit.selection(),
        audience,
        to,
        entity: text("entity"),
        jurisdiction: text("jurisdiction"),
        recipients: Vec::new(),
        passphrase_file: None,
    };
    visit.begin("Make the bundle", "record", visit.command("export", &options), move |_| {
        let made = export(&request)?;
        let pairs = vec![("Digest, for the reader".to_owned(), Cell::from(made.digest.clone()))];
        Ok(Told {
            answer: format!(
                "{} in {}.",
                count(made.files, "file is", "files are"),
                made.to.display()
            ),
            blocks: vec![Block::Facts { pairs }],
            next: None,
            good: true,
        })
    })
}

fn remove(visit: &Visit<'_>, ask: &Ask) -> Result<Reply, Refusal> {
    let rosters = ask.form.get("rosters").is_some();
    let by = ask.form.text("by").to_owned();
    let look =
        PurgeRequest { incident: visit.folder.clone(), yes: false, by: by.clone(), rosters: false };
    let files: u64 = purge(&look)?.targets.iter().map(|target| target.files).sum();
    if ask.form.number("files") != Some(files) || by.is_empty() {
        return Err(Refusal::refused(
            code!("approve.other_number"),
            "the number that was typed is not the number of files, or nobody says who removes them",
            "type the number that the page shows, and your name",
        ));
    }
    visit.is_by(&by);
    purge(&PurgeRequest { incident: visit.folder.clone(), yes: true, by, rosters })?;
    visit.done("The personal data is removed; the proof stays.");
    visit.see("record")
}
