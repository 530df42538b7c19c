//! Rows mended in place: a cell, a spelling, a repair undone. The client's file is never changed.

use crate::matter::act::repair::{AddRequest, Wanted, add, undo};
use crate::matter::ask::repairs::repairs;
use crate::matter::ask::rows::WholeRow;
use crate::matter::ask::spellings::spellings;
use crate::matter::refusal::Refusal;
use crate::roster::Rule;
use crate::tables::words::count;
use crate::workbench::ask::{Ask, Reply};
use crate::workbench::page::{Block, Cell, Field, Form, Link, Page, Table, capital, quoted};
use crate::workbench::visit::Visit;

/// Suggestions on one page.
const SUGGESTED: usize = 60;

pub fn form(visit: &Visit<'_>, row: &WholeRow, code: &str, back: &str) -> Block {
    if row.record.is_empty() {
        return Block::text(
            "The list gives this row no record id. Mend such rows on the page of spellings, or ask the client for ids.",
        );
    }
    let wrong = row.findings.iter().find(|one| one.code == code).map(|one| one.heading.as_str());
    let headings = row.cells.iter().filter(|cell| !cell.heading.is_empty());
    let choices =
        headings.map(|cell| (cell.heading.as_str(), format!("{} {}", cell.column, cell.heading)));
    Form::new(visit.at("roster/mend"), "Mend it")
        .primary()
        .hidden("record", &row.record)
        .hidden("back", back)
        .field(Field::new("choice", "column", "Column").choices(choices, wrong.unwrap_or_default()))
        .field(Field::text("to", "What is right"))
        .field(
            Field::text("why", "Why, or who says so")
                .must()
                .help("Such as: client's e-mail of October 3"),
        )
        .field(Field::by().value(visit.by()))
        .block()
}

pub fn cell(visit: &Visit<'_>, ask: &Ask) -> Result<Reply, Refusal> {
    let text = |name: &str| ask.form.text(name).to_owned();
    let (column, to, by, why) = (text("column"), text("to"), text("by"), text("why"));
    if by.is_empty() || why.is_empty() {
        return Err(Refusal::one(
            code!("workbench.unsaid"),
            "a repair says neither who makes it nor why",
            "write your name and role, and the reason",
        ));
    }
    let wanted = match ask.form.get("record") {
        Some(record) => Wanted::Record { record: record.to_owned(), column, from: None, to },
        None => {
            let rule = Rule { column: column.clone(), value: text("from") };
            Wanted::Rows { rule, column, from: None, to }
        }
    };
    visit.is_by(&by);
    let request = AddRequest { selection: visit.selection(), wanted, by, why };
    let added = add(&request)?;
    visit.done(format!(
        "Repair {} is kept: {}. Check the list again when you are through.",
        added.number,
        count(added.rows, "row", "rows")
    ));
    visit.see(if ask.form.get("record").is_some() { "roster" } else { "roster/spellings" })
}

pub fn take_back(visit: &Visit<'_>, ask: &Ask) -> Result<Reply, Refusal> {
    let number = ask.form.number("number").and_then(|n| u32::try_from(n).ok()).unwrap_or(0);
    let (by, why) = (ask.form.text("by"), ask.form.text("why"));
    if by.is_empty() || why.is_empty() {
        return Err(Refusal::one(
            code!("workbench.unsaid"),
            "a repair says neither who makes it nor why",
            "write your name and role, and the reason",
        ));
    }
    undo(&visit.folder, number, by, why)?;
    visit.is_by(by);
    visit.done(format!("Repair {number} is undone. Check the list again when you are through."));
    visit.see("roster/repairs")
}

pub fn history(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    let all = repairs(&visit.folder, false)?;
    let standing = all.iter().filter(|one| one.undone.is_none()).count() as u64;
    let mut page = Page::new(
        "What was mended?",
        format!("{} in force.", count(standing, "repair is", "repairs are")),
    )
    .command(format!("noticeworks repair {}", quoted(&visit.folder.display().to_string())));
    let mut table = Table::new(
        "Repairs, the latest first; values as shapes",
        &["No.", "What", "Who, when, why", "State"],
    );
    "Nothing was mended: the list is read as it is.".clone_into(&mut table.empty);
    for one in all.iter().rev() {
        let column = one.column.clone().unwrap_or_default();
        let (from, to) = (one.from.clone().unwrap_or_default(), one.to.clone().unwrap_or_default());
        let what = match (&one.one_person, &one.two_persons) {
            (Some([a, b]), _) => format!("{a} and {b} are one person"),
            (_, Some([a, b])) => format!("{a} and {b} are two persons"),
            _ => format!("{column}: {from} becomes {to}"),
        };
        let whose = one.record.clone().map_or_else(
            || {
                one.rule.as_ref().map_or(String::new(), |rule| {
                    format!("rows with {} {}", rule.column, rule.value)
                })
            },
            |record| format!("record {record}"),
        );
        let state = match &one.undone {
            Some(undone) => Cell::from("Undone")
                .below(format!("{}, {}: {}", undone.by, undone.on, undone.why))
                .class("quiet"),
            None => Cell::from("In force").class("done"),
        };
        table.row([
            one.number.to_string().into(),
            Cell::from(what).below(whose),
            Cell::from(one.by.clone()).below(format!("{}: {}", one.on, one.why)),
            state,
        ]);
    }
    page.push(table.block());
    let open: Vec<String> = all
        .iter()
        .rev()
        .filter(|one| one.undone.is_none())
        .map(|one| one.number.to_string())
        .collect();
    if !open.is_empty() {
        let choices = open.iter().map(|number| (number.as_str(), format!("Repair {number}")));
        page.push(Block::heading("Undo a repair"));
        page.push(
            Form::new(visit.at("roster/undo"), "Undo it")
                .field(Field::new("choice", "number", "Repair").choices(choices, &open[0]))
                .field(Field::text("why", "Why").must())
                .field(Field::by().value(visit.by()))
                .block(),
        );
    }
    page.push(Block::links([Link::to(visit.at("roster"), "Back to the rows")]));
    visit.page(page, "roster")
}

pub fn suggestions(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    let lines = spellings(&visit.selection())?.suggestions;
    let answer = match lines.len() as u64 {
        0 => "No spelling looks like a slip of another one.".to_owned(),
        n => format!(
            "{} may mean the same as another. Two towns may be a letter apart: a person decides.",
            count(n, "spelling", "spellings")
        ),
    };
    let mut page = Page::new("Which spellings mean the same?", answer)
        .command(visit.command("repair", "--suggest"));
    for line in lines.iter().take(SUGGESTED) {
        let because = match line.why {
            "same_letters" => "is written otherwise as",
            "zip" => "has the ZIP codes of",
            _ => "looks like",
        };
        page.push(Block::text(format!(
            "{}: {} ({}) {because} {} ({})",
            capital(line.column),
            line.from,
            count(line.rows, "row", "rows"),
            line.to,
            count(line.rows_of_other, "row", "rows"),
        )));
        page.push(
            Form::new(visit.at("roster/mend"), format!("Write {}", line.to))
                .hidden("column", line.column)
                .hidden("from", &line.from)
                .hidden("to", &line.to)
                .hidden("why", "spelling")
                .field(Field::by().value(visit.by()).help(""))
                .inline()
                .block(),
        );
    }
    page.push(Block::links([Link::to(visit.at("roster"), "Back to the rows")]));
    visit.page(page, "roster")
}
