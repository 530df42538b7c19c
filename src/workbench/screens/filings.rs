//! Filings and notices: what goes to regulators, media and home pages, pasted field by field, and
//! recorded with its number and evidence.

use super::files::products;
use crate::clock;
use crate::matter::act::confirm_notice::{ConfirmNoticeRequest, confirm_notice};
use crate::matter::act::filings::{FilingsRequest, filings};
use crate::matter::act::record_filing::{RecordFilingRequest, record_filing};
use crate::matter::refusal::Refusal;
use crate::matter::watcher::Unwatched;
use crate::tables::words::{count, long_date, thousands};
use crate::workbench::ask::{Ask, Reply};
use crate::workbench::page::{Block, Cell, Field, Form, Link, Page, Table, findings};
use crate::workbench::visit::Visit;

pub fn reply(visit: &Visit<'_>, rest: &[&str], ask: &Ask) -> Result<Reply, Refusal> {
    match (&rest[1..], ask.changes) {
        ([], false) => overview(visit),
        (["make"], true) => make(visit),
        (["record"], true) => record(visit, ask),
        (["notice"], true) => notice(visit, ask),
        _ => Ok(visit.bench.nothing_here()),
    }
}

/// `filings/states/ca-ag.html` is the sheet of the duty `ca-ag`.
fn duty_of(file: &str) -> &str {
    let name = file.rsplit_once('/').map_or(file, |(_, name)| name);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

fn overview(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    let status = visit.status().ok();
    let filed = status.as_ref().map_or(&[][..], |status| &status.filings);
    let sheets = products(visit, |name| name == "filings", ".html");
    let notices = products(visit, |name| name == "notices", "");
    let stale = filed.iter().filter(|one| one.stale).count() as u64;
    let answer = match (sheets.is_empty(), stale) {
        (true, _) => "Nothing is made yet.".to_owned(),
        (_, 0) => format!(
            "{} made; {} on record as filed.",
            count(sheets.len() as u64, "sheet is", "sheets are"),
            thousands(filed.len() as u64)
        ),
        (_, stale) => {
            format!("{} filed no longer what is so.", count(stale, "figure says", "filings say"))
        }
    };
    let mut page =
        Page::new("Who else must be told?", answer).command(visit.command("filings", ""));
    let form = Form::new(
        visit.at("filings/make"),
        if sheets.is_empty() { "Make filings and notices" } else { "Make them again" },
    );
    page.push(if sheets.is_empty() { form.primary().block() } else { form.block() });
    let mut table = Table::new("Sheets to paste from, field by field", &["Filing", "State"]);
    for file in &sheets {
        let duty = duty_of(file);
        let state = match filed.iter().rev().find(|one| one.duty == duty) {
            Some(one) if one.stale => Cell::from("Stale").class("late").below(format!(
                "filed on {}, number {}",
                long_date(one.filed_on),
                one.number
            )),
            Some(one) => Cell::from(format!("Filed on {}", long_date(one.filed_on)))
                .class("done")
                .below(format!("number {}", one.number)),
            None => "Not filed".into(),
        };
        table.row([Cell::link(visit.at(&format!("file/{file}")), duty), state]);
    }
    page.push(table.block());
    for one in filed.iter().filter(|one| one.stale) {
        let lines = one.changes.iter().map(|change| change.line()).collect();
        page.push(Block::Note {
            kind: "warn",
            title: format!("{}: what changed since it was filed", one.duty),
            lines,
        });
    }
    let mut table = Table::new("Notices and letters", &["File", "Folder"]);
    for file in notices
        .iter()
        .filter(|f| f.ends_with(".pdf") || f.ends_with(".html") || f.ends_with(".docx"))
    {
        let (folder, name) = file.rsplit_once('/').unwrap_or(("", file));
        table.row([
            Cell::link(visit.at(&format!("file/{file}")), name),
            Cell::from(folder).class("quiet"),
        ]);
    }
    page.push(table.block());
    if !sheets.is_empty() {
        page.push(Block::heading("Record a filing"));
        let choices = sheets.iter().map(|file| (duty_of(file), duty_of(file).to_owned()));
        page.push(
            Form::new(visit.at("filings/record"), "Record it")
                .field(Field::new("choice", "id", "Filing").choices(choices, ""))
                .field(
                    Field::new("date", "on", "Filed on").must().value(clock::today().to_string()),
                )
                .field(
                    Field::text("number", "Number on the receipt")
                        .must()
                        .help("Or how the regulator was reached, such as letter"),
                )
                .field(Field::new("file", "evidence", "Receipt").help("PDF, screenshot or e-mail"))
                .field(Field::new("check", "amends", "It amends an earlier filing"))
                .field(Field::by().value(visit.by()))
                .block(),
        );
    }
    let posted = status.as_ref().map_or(&[][..], |status| &status.notices);
    let mut table =
        Table::new("Notices on home pages", &["Notice", "Posted", "Stays until", "Taken down"]);
    for one in posted {
        table.row([
            one.title.clone().into(),
            long_date(one.posted_on).into(),
            long_date(one.stays_until).into(),
            one.taken_down_on.map(long_date).unwrap_or_default().into(),
        ]);
    }
    page.push(table.block());
    if !notices.is_empty() {
        let form = Form::new(visit.at("filings/notice"), "Record it")
            .field(Field::text("id", "Duty of the notice").must().help("As its file is named"))
            .field(Field::new("date", "posted", "First day on the home page"))
            .field(Field::new("date", "down", "Taken down on"))
            .field(
                Field::new("file", "evidence", "What shows it")
                    .help("Screenshot, or the webmaster's e-mail"),
            )
            .field(Field::by().value(visit.by()));
        page.push(Block::Details {
            summary: "Record a notice on a home page".to_owned(),
            blocks: vec![form.block()],
            open: false,
        });
    }
    page.push(Block::links([Link::to(visit.at("facts/filing"), "Facts that only forms ask")]));
    visit.page(page, "filings")
}

fn make(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    let request = FilingsRequest {
        selection: visit.selection(),
        show_values: false,
        as_of: None,
        annual_log: None,
    };
    let next = Link::primary(visit.at("filings"), "See them");
    visit.begin("Make filings", "filings", visit.command("filings", ""), move |watcher| {
        Ok(super::roster::told(&filings(&request, watcher)?, next))
    })
}

fn record(visit: &Visit<'_>, ask: &Ask) -> Result<Reply, Refusal> {
    let evidence = super::evidence(visit, ask)?;
    let by = ask.form.text("by").to_owned();
    visit.is_by(&by);
    let request = RecordFilingRequest {
        selection: visit.selection(),
        id: ask.form.text("id").to_owned(),
        on: super::day(ask, "on")?,
        number: ask.form.text("number").to_owned(),
        evidence,
        count: None,
        as_filed: false,
        amends: ask.form.get("amends").is_some(),
        by,
    };
    let answer = record_filing(&request, &Unwatched)?;
    visit.done(format!(
        "Filed with {} on {}, number {}: on record.",
        answer.recipient,
        long_date(answer.on),
        answer.number
    ));
    told(visit, &answer.findings)
}

fn notice(visit: &Visit<'_>, ask: &Ask) -> Result<Reply, Refusal> {
    let evidence = super::evidence(visit, ask)?;
    let by = ask.form.text("by").to_owned();
    visit.is_by(&by);
    let day =
        |name: &str| (!ask.form.text(name).is_empty()).then(|| super::day(ask, name)).transpose();
    let request = ConfirmNoticeRequest {
        selection: visit.selection(),
        id: ask.form.text("id").to_owned(),
        posted: day("posted")?,
        taken_down: day("down")?,
        evidence,
        by,
    };
    let (_, found) = confirm_notice(&request)?;
    visit.done("The notice is on record.");
    told(visit, &found)
}

/// Back to the page, unless something is to be said first.
fn told(visit: &Visit<'_>, found: &crate::finding::Findings) -> Result<Reply, Refusal> {
    if found.is_empty() {
        return visit.see("filings");
    }
    let mut page = Page::new("It is on record", "Something is to be known besides.");
    page.blocks = findings(found);
    page.push(Block::links([Link::primary(visit.at("filings"), "Go on")]));
    visit.page(page, "filings")
}
