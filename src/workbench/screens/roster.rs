//! Roster: what will happen to every row, what stands against it, one kind at a time, and cells
//! mended in place. The client's file is never changed.

use super::mend;
use crate::finding::Code;
use crate::matter::act::check::{CheckRequest, check};
use crate::matter::act::reveal::reveal;
use crate::matter::act::write_facts::{Edit, Given, WriteRequest, write};
use crate::matter::ask::rows::{Found, kinds, of_kind, rows};
use crate::matter::ask::status::WaveStatus;
use crate::matter::refusal::{Doing, Refusal};
use crate::matter::summary::Account;
use crate::tables::words::{count, thousands};
use crate::workbench::ask::{Ask, Reply};
use crate::workbench::dropped;
use crate::workbench::form::encode;
use crate::workbench::page::{
    Block, Cell, Field, Form, Link, Page, Table, capital, findings, quoted,
};
use crate::workbench::screens::start::LISTS;
use crate::workbench::visit::Visit;
use crate::workbench::works::Told;

/// Rows on one page.
const PAGE: usize = 50;

pub fn reply(visit: &Visit<'_>, rest: &[&str], ask: &Ask) -> Result<Reply, Refusal> {
    match (&rest[1..], ask.changes) {
        ([], false) => overview(visit),
        (["check"], true) => begin(visit),
        (["add"], true) => add_list(visit, ask),
        (["kind", code], false) => kind(visit, code, ask),
        (["row"], false) => row(visit, ask),
        (["show"], true) => show(visit, ask),
        (["hide"], true) => {
            visit.bench.remembered().revealed.retain(|(number, _)| *number != visit.number);
            visit.see("roster")
        }
        (["mend"], true) => mend::cell(visit, ask),
        (["undo"], true) => mend::take_back(visit, ask),
        (["repairs"], false) => mend::history(visit),
        (["spellings"], false) => mend::suggestions(visit),
        _ => Ok(visit.bench.nothing_here()),
    }
}

fn overview(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    if visit.rosters().is_empty() {
        let page = Page::new("Who is on the list?", "There is no list in this folder yet.")
            .command(visit.command("check", ""))
            .with(list_form(visit).primary().block())
            .with(Block::text("To plan before there is a list, write estimates of how many people are concerned in which states."))
            .with(Block::links([Link::to(visit.at("facts/estimate"), "Write estimates")]));
        return visit.page(page, "roster");
    }
    let status = visit.status().ok();
    let wave = status.as_ref().and_then(|status| visit.wave_of(status));
    let Some(wave) = wave else {
        let page = Page::new("Who is on the list?", "The list has not been checked yet.")
            .command(visit.command("check", ""))
            .with(Block::text("Checking reads every row, says what is wrong with it, and counts everybody. It changes nothing in the list."))
            .with(check_form(visit, "Check the list").primary().block())
            .with(Block::links([Link::to(visit.at("columns"), "What each column is taken for")]));
        return visit.page(page, "roster");
    };
    let found = kinds(&visit.selection()).unwrap_or_default();
    let mut page =
        Page::new("Who is on the list?", answer(wave, &found)).command(visit.command("check", ""));
    if visit.waves.len() > 1 {
        page.push(waves(visit).block());
    }
    page.push(outcomes(wave));
    if let Some(first) = found.iter().find(|one| one.severity == "held") {
        let words = says(&first.code);
        let href = visit.at(&format!("roster/kind/{}", first.code));
        page.push(Block::links([Link::primary(
            href,
            format!("Mend {}: {words}", count(first.rows, "row", "rows")),
        )]));
    }
    if found.iter().all(|one| one.severity != "held") {
        page.push(Block::links([Link::primary(visit.at("law"), "On to the law")]));
    }
    page.push(kinds_table(visit, &found));
    page.push(Block::links([
        Link::to(visit.at("roster/spellings"), "Spellings that may mean the same"),
        Link::to(visit.at("roster/repairs"), "What was mended"),
        Link::to(visit.at("columns"), "Columns"),
        Link::to(visit.at("file/findings.xlsx"), "Findings as a spreadsheet"),
    ]));
    page.push(check_form(visit, "Check the list again").block());
    page.push(Block::Details {
        summary: "Use another list".to_owned(),
        blocks: vec![list_form(visit).block()],
        open: false,
    });
    visit.page(page, "roster")
}

/// What a kind of finding says; its code where it is not known.
fn says(code: &str) -> String {
    Code::named(code).map_or(code.to_owned(), |known| known.says().to_owned())
}

fn waves(visit: &Visit<'_>) -> Form {
    let now = visit.wave.clone().unwrap_or_default();
    let choices = visit.waves.iter().map(|wave| (wave.as_str(), wave.clone()));
    Form::new(visit.at("wave"), "Look at this mailing")
        .field(Field::new("choice", "wave", "Mailing").choices(choices, &now))
        .inline()
}

fn answer(wave: &WaveStatus, found: &[Found]) -> String {
    let held = wave.outcomes.get("held").copied().unwrap_or(0);
    let rows = count(wave.rows, "row", "rows");
    let largest = found.iter().find(|one| one.severity == "held");
    match (held, largest) {
        (0, _) => format!("{rows}, and none is held."),
        (held, Some(one)) => format!(
            "{} of {rows} held; {} for one reason: {}.",
            match held {
                1 => "1 row is".to_owned(),
                held => format!("{} are", thousands(held)),
            },
            thousands(one.rows.min(held)),
            says(&one.code)
        ),
        (held, None) => format!("{} of {rows} held.", thousands(held)),
    }
}

/// An outcome in the words of the office.
fn outcome(label: &str) -> &'static str {
    match label {
        "to_mail" => "Get a letter",
        "to_email" => "Get an e-mail",
        "to_mail_and_email" => "Get a letter and an e-mail",
        "merged" => "The same person as another row",
        "substitute" => "Cannot be reached: substitute notice",
        "held" => "Held: nothing is sent until they are mended",
        _ => "Excluded: nothing is owed to them by us",
    }
}

/// What happens to every row, adding up.
pub fn outcomes(wave: &WaveStatus) -> Block {
    let mut table = Table::new("Every row has one outcome", &["Outcome", "#Rows"]);
    for (label, rows) in wave.outcomes.iter().filter(|(_, rows)| **rows > 0) {
        let class = if *label == "held" { "late" } else { "" };
        table.row([Cell::from(outcome(label)).class(class), thousands(*rows).into()]);
    }
    table.row([Cell::from("All rows"), thousands(wave.rows).into()]);
    table.block()
}

fn kinds_table(visit: &Visit<'_>, found: &[Found]) -> Block {
    let mut table = Table::new(
        "What was found, the kind that holds most rows first",
        &["Kind", "#Rows", "What follows"],
    );
    "Nothing was found in any row.".clone_into(&mut table.empty);
    for one in found {
        let words = says(&one.code);
        let follows = match one.severity.as_str() {
            "held" | "error" => Cell::from("Held until mended").class("late"),
            "question" => "Counsel decides".into(),
            "warning" => "Wants a look".into(),
            _ => Cell::from("Worth knowing").class("quiet"),
        };
        let href = visit.at(&format!("roster/kind/{}", one.code));
        table.row([Cell::link(href, capital(&words)), thousands(one.rows).into(), follows]);
    }
    table.block()
}

fn check_form(visit: &Visit<'_>, button: &str) -> Form {
    Form::new(visit.at("roster/check"), button)
}

fn list_form(visit: &Visit<'_>) -> Form {
    Form::new(visit.at("roster/add"), "Take this list").field(
        Field::new("file", "roster", "The list of people, as the client sent it")
            .accept(LISTS)
            .help("It is copied into the folder and never changed."),
    )
}

fn begin(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    let request = CheckRequest { selection: visit.selection(), show_values: false, as_of: None };
    let next = Link::primary(visit.at("roster"), "See the rows");
    visit.begin("Check", "roster", visit.command("check", ""), move |watcher| {
        Ok(told(&check(&request, watcher)?, next))
    })
}

/// What a command that counts everybody did.
pub fn told(account: &Account, next: Link) -> Told {
    let summary = &account.summary;
    let some = |n: Option<u64>, one, many| n.map(|n| count(n, one, many));
    let made: Vec<String> = [
        Some(count(summary.rows, "row", "rows")),
        some(summary.letters, "letter", "letters"),
        some(summary.pages, "page", "pages"),
        some(summary.emails, "e-mail", "e-mails"),
        some(summary.filings, "filing", "filings"),
        some(summary.notices, "other notice", "other notices"),
    ]
    .into_iter()
    .flatten()
    .collect();
    let held = summary.outcomes.get("held").copied().unwrap_or(0);
    let held = if held > 0 {
        format!(" {} held.", count(held, "row is", "rows are"))
    } else {
        String::new()
    };
    Told {
        answer: format!("{}.{held}", made.join(", ")),
        blocks: findings(&account.findings),
        next: Some(next),
        good: true,
    }
}

fn add_list(visit: &Visit<'_>, ask: &Ask) -> Result<Reply, Refusal> {
    let Some(upload) = ask.upload("roster") else { return visit.see("roster") };
    let mut name = upload.name.clone();
    let mut n = 2;
    while visit.folder.join(&name).exists() {
        let (stem, end) = upload.name.rsplit_once('.').unwrap_or((&upload.name, ""));
        name = format!("{stem}-{n}.{end}");
        n += 1;
    }
    dropped::keep(&upload.path, &visit.folder.join(&name)).doing(|| "keep the list".to_owned())?;
    if let Some(facts) = &visit.facts {
        let wave = visit.wave.as_ref().and_then(|w| visit.waves.iter().position(|id| id == w));
        let path = format!("wave[{}].roster", wave.unwrap_or(0));
        let edits = vec![Edit::Set { path, to: Given::Text(name.clone()) }];
        let digest = facts.digest.clone();
        write(&WriteRequest { folder: visit.folder.clone(), digest, edits })?;
    }
    visit.done(format!("{name} is in the folder."));
    visit.see("columns")
}

fn revealed(visit: &Visit<'_>, code: &str) -> bool {
    visit.bench.remembered().revealed.contains(&(visit.number, code.to_owned()))
}

fn show_block(visit: &Visit<'_>, code: &str, back: &str) -> Block {
    if revealed(visit, code) {
        return Form::new(visit.at("roster/hide"), "Hide the values").block();
    }
    Form::new(visit.at("roster/show"), "Show the values")
        .field(
            Field::by()
                .value(visit.by())
                .help("Values are hidden. Showing them is recorded with your name."),
        )
        .hidden("code", code)
        .hidden("back", back)
        .block()
}

fn show(visit: &Visit<'_>, ask: &Ask) -> Result<Reply, Refusal> {
    let (code, by) = (ask.form.text("code"), ask.form.text("by"));
    let known = Code::named(code).map_or("rows of the list", |code| code.as_str());
    reveal(&visit.folder, &format!("rows with {known}"), by)?;
    visit.is_by(by);
    visit.bench.remembered().revealed.insert((visit.number, code.to_owned()));
    let back = ask.form.text("back");
    // Only pages of this folder.
    let own = back.starts_with(&visit.at("roster/"));
    Ok(Reply::See(if own { back.to_owned() } else { visit.at("roster") }))
}

fn kind(visit: &Visit<'_>, code: &str, ask: &Ask) -> Result<Reply, Refusal> {
    let from = ask.query.number("from").and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
    let (found, total) = of_kind(&visit.selection(), code, from, PAGE)?;
    let known = Code::named(code);
    let title = capital(&says(code));
    let mut page = Page::new(title, format!("{}.", count(total, "row has", "rows have") + " it"))
        .command(format!("noticeworks explain {code}"));
    if let Some(advice) = known.map(Code::advice) {
        page.push(Block::text(advice));
    }
    let values = revealed(visit, code);
    let wanted: Vec<(String, u64)> = found.iter().map(|one| (one.file.clone(), one.row)).collect();
    let whole =
        if wanted.is_empty() { Vec::new() } else { rows(&visit.selection(), &wanted, values)? };
    let mut table = Table::new(
        "Rows, in the order of the list",
        &["Row", "Column", "Now", "What is wrong", "What to do"],
    );
    "No row has it any more.".clone_into(&mut table.empty);
    for one in &found {
        let row = whole.iter().find(|row| row.file == one.file && row.row == one.row);
        let cell = row.and_then(|row| row.cells.iter().find(|cell| cell.column == one.column));
        let href =
            visit.at(&format!("roster/row?file={}&row={}&code={code}", encode(&one.file), one.row));
        table.row([
            Cell::link(href, one.row.to_string()).below(if visit.rosters().len() > 1 {
                one.file.clone()
            } else {
                String::new()
            }),
            Cell::from(one.column.clone()).below(one.heading.clone()),
            cell.map_or(String::new(), |cell| {
                if cell.empty { "empty".to_owned() } else { cell.value.clone() }
            })
            .into(),
            capital(&one.problem).into(),
            capital(&one.suggestion).into(),
        ]);
    }
    page.push(table.block());
    let address = visit.at(&format!("roster/kind/{code}"));
    let mut links = Vec::new();
    if from > 0 {
        links
            .push(Link::to(format!("{address}?from={}", from.saturating_sub(PAGE)), "Rows before"));
    }
    if (from + PAGE) < usize::try_from(total).unwrap_or(usize::MAX) {
        links.push(Link::to(format!("{address}?from={}", from + PAGE), "Further rows"));
    }
    let all = kinds(&visit.selection())?;
    if let Some(next) = all.iter().skip_while(|one| one.code != code).nth(1) {
        links.push(Link::to(visit.at(&format!("roster/kind/{}", next.code)), "Next kind"));
    }
    links.push(Link::to(visit.at("roster"), "All kinds"));
    page.push(Block::links(links));
    page.push(show_block(visit, code, &address));
    visit.page(page, "roster")
}

fn row(visit: &Visit<'_>, ask: &Ask) -> Result<Reply, Refusal> {
    let (file, number) = (ask.query.text("file").to_owned(), ask.query.number("row").unwrap_or(0));
    let code = ask.query.text("code").to_owned();
    let values = revealed(visit, &code);
    let rows = rows(&visit.selection(), &[(file.clone(), number)], values)?;
    let Some(row) = rows.into_iter().next() else { return visit.see("roster") };
    let problem = row.findings.iter().find(|one| one.code == code).or(row.findings.first());
    let answer = problem.map_or("Nothing was found in this row.".to_owned(), |one| {
        format!("{}.", capital(&one.problem))
    });
    let mut page = Page::new(format!("Row {number} of {file}"), answer);
    for one in &row.findings {
        let kind = if one.severity == "held" { "stop" } else { "warn" };
        let place = if one.heading.is_empty() {
            String::new()
        } else {
            format!("{} {}: ", one.column, one.heading)
        };
        let lines = vec![capital(&one.suggestion)];
        page.push(Block::Note { kind, title: format!("{place}{}", one.problem), lines });
    }
    let mut table = Table::new(
        "The row as the list has it, repairs included",
        &["Column", "Heading", if values { "Value" } else { "Shape of the value" }],
    );
    for cell in &row.cells {
        let wrong = row.findings.iter().any(|one| one.column == cell.column);
        let value = if cell.empty { "empty" } else { &cell.value };
        table.row([
            cell.column.as_str().into(),
            cell.heading.as_str().into(),
            Cell::from(value).class(if wrong { "late" } else { "" }),
        ]);
    }
    let back = visit.at(&format!("roster/row?file={}&row={number}&code={code}", encode(&file)));
    page.push(Block::heading("Mend a cell"));
    page.push(mend::form(visit, &row, &code, &back));
    page.push(table.block());
    page.push(show_block(visit, &code, &back));
    if !code.is_empty() {
        page.push(Block::links([Link::to(
            visit.at(&format!("roster/kind/{code}")),
            "All rows of this kind",
        )]));
    }
    if !row.record.is_empty() {
        let record = quoted(&row.record);
        let words = format!("--record {record} --column COLUMN --to VALUE --by NAME --why REASON");
        page = page.command(visit.command("repair add", &words));
    }
    visit.page(page, "roster")
}
