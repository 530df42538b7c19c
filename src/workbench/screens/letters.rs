//! Letters: versions by what the law asks of them, real pages, the review book.

use super::files::products;
use super::roster::told;
use crate::letters::{Answer, TraceRow};
use crate::matter::PdfWriter;
use crate::matter::act::run::{PrintOptions, RunRequest, run};
use crate::matter::ask::coverage::{CoverageAnswer, CoverageRequest, coverage};
use crate::matter::refusal::Refusal;
use crate::matter::watcher::Unwatched;
use crate::tables::words::{count, thousands};
use crate::workbench::ask::{Ask, Reply};
use crate::workbench::form::encode;
use crate::workbench::page::{Block, Cell, Form, Link, Page, Table, capital};
use crate::workbench::visit::Visit;

pub fn reply(visit: &Visit<'_>, rest: &[&str], ask: &Ask) -> Result<Reply, Refusal> {
    match (&rest[1..], ask.changes) {
        ([], false) => overview(visit),
        (["make"], true) => make(visit),
        (["version"], false) => version(visit, ask.query.text("key")),
        _ => Ok(visit.bench.nothing_here()),
    }
}

fn make(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    let request = RunRequest {
        selection: visit.selection(),
        show_values: false,
        as_of: None,
        print: PrintOptions::of(PdfWriter::default(), None)?,
    };
    let next = Link::primary(visit.at("letters"), "See the letters");
    visit.begin("Make everything", "letters", visit.command("run", ""), move |watcher| {
        Ok(told(&run(&request, watcher)?, next))
    })
}

fn read(visit: &Visit<'_>) -> Result<CoverageAnswer, Refusal> {
    coverage(&CoverageRequest { selection: visit.selection() }, &Unwatched)
}

fn is_wrong(row: &TraceRow) -> bool {
    // What is merely usual is told below, among what was found.
    row.rule != "customary" && matches!(row.answer, Answer::Missing | Answer::Present)
}

fn overview(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    let CoverageAnswer { matrix, state_paragraphs } = read(visit)?;
    let people: u64 = matrix.people.values().sum();
    let versions = matrix.rows.len() as u64;
    let missing: usize =
        matrix.rows.values().map(|rows| rows.iter().filter(|row| is_wrong(row)).count()).sum();
    let lacks = match missing as u64 {
        0 => "every version says all that the law asks of it".to_owned(),
        n => format!("{} not met", count(n, "requirement is", "requirements are")),
    };
    let mut page = Page::new(
        "What will people read?",
        format!(
            "{} for {}; {lacks}.",
            count(versions, "version", "versions"),
            count(people, "person", "people")
        ),
    )
    .command(visit.command("run", ""));
    let made = products(visit, |name| name.starts_with("letters"), ".pdf");
    let button = if made.is_empty() { "Make the letters and filings" } else { "Make them again" };
    page.push(Block::text("Letters are marked DRAFT until they are approved. Nothing is sent."));
    let form = Form::new(visit.at("letters/make"), button);
    page.push(if made.is_empty() { form.primary().block() } else { form.block() });
    if !made.is_empty() {
        page.push(Block::links([
            Link::primary(visit.at("file/review/index.html"), "Read the review book"),
            Link::to(visit.at("approve"), "On to approval"),
        ]));
    }
    let mut table = Table::new(
        "Versions, and what the law asks of each",
        &["Version", "#People", "#Asked", "#Not met", "#School years to read it"],
    );
    "Nobody is written to yet.".clone_into(&mut table.empty);
    for (key, rows) in &matrix.rows {
        let label = matrix.labels.get(key).unwrap_or(key);
        let wrong = rows.iter().filter(|row| is_wrong(row)).count();
        let grade = matrix.grades.get(key).map_or(String::new(), |grade| format!("{grade:.1}"));
        table.row([
            Cell::link(visit.at(&format!("letters/version?key={}", encode(key))), capital(label)),
            thousands(matrix.people.get(key).copied().unwrap_or(0)).into(),
            rows.len().to_string().into(),
            Cell::from(wrong.to_string()).class(if wrong > 0 { "late" } else { "" }),
            grade.into(),
        ]);
    }
    page.push(table.block());
    page.blocks.extend(crate::workbench::page::findings(&matrix.findings));
    let mut lengths = Table::new(
        "How long the letters are",
        &["Paragraphs of states", "#Pages", "#Longest letter"],
    );
    for length in &state_paragraphs {
        let words = if length.choice == "all" {
            "Every state's in every letter"
        } else {
            "Each person's own state's only"
        };
        lengths.row([
            words.into(),
            thousands(length.pages).into(),
            length.longest.to_string().into(),
        ]);
    }
    page.push(lengths.block());
    if !made.is_empty() {
        page.push(batches(visit, &made, "Letters as they are printed"));
    }
    page.push(Block::links([
        Link::to(visit.at("facts/breach"), "Change the incident's own words"),
        Link::to(visit.at("facts/letter"), "Choices for letters"),
        Link::to(visit.at("find"), "See one person's letter"),
    ]));
    visit.page(page, "letters")
}

/// Files of letters, to be opened.
pub fn batches(visit: &Visit<'_>, made: &[String], caption: &str) -> Block {
    let mut table = Table::new(caption, &["File", "Folder"]);
    for file in made.iter().take(40) {
        let (folder, name) = file.rsplit_once('/').unwrap_or(("", file));
        table.row([
            Cell::link(visit.at(&format!("file/{file}")), name),
            Cell::from(folder).class("quiet"),
        ]);
    }
    if made.len() > 40 {
        table.row([format!("and {} more", made.len() - 40).into(), "".into()]);
    }
    table.block()
}

fn version(visit: &Visit<'_>, key: &str) -> Result<Reply, Refusal> {
    let CoverageAnswer { matrix, .. } = read(visit)?;
    let Some(rows) = matrix.rows.get(key) else { return Ok(visit.bench.nothing_here()) };
    let wrong = rows.iter().filter(|row| is_wrong(row)).count() as u64;
    let answer = match wrong {
        0 => "It says all that the law asks.".to_owned(),
        n => format!("{} not met.", count(n, "requirement is", "requirements are")),
    };
    let label = matrix.labels.get(key).map_or(key, String::as_str);
    let mut page = Page::new(capital(label), answer).command(visit.command("coverage", ""));
    let mut table = Table::new(
        "Each requirement and the line of the letter that answers it",
        &["Requirement", "Where it stands", "Answer", "Line of the letter"],
    );
    let mut sorted: Vec<&TraceRow> = rows.iter().collect();
    sorted.sort_by_key(|row| !is_wrong(row));
    for row in sorted {
        let (words, class) = match row.answer {
            Answer::Met => ("Met", "done"),
            Answer::Missing => ("Missing", "late"),
            Answer::Present => ("Prohibited, and there", "late"),
            Answer::Absent => ("Prohibited, and not there", "done"),
            Answer::Lifted => ("Lifted", "quiet"),
            Answer::Judged => ("A person reads it", ""),
            _ => ("Not for this recipient", "quiet"),
        };
        let content = capital(&row.content.replace(['_', '.'], " "));
        table.row([
            Cell::from(content).below(row.asked.clone()),
            Cell::from(row.jurisdiction.clone()).below(row.cite.clone()),
            Cell::from(words).below(row.lifted_by.clone()).class(class),
            Cell::from(row.at.clone()).class("quiet"),
        ]);
    }
    page.push(table.block());
    page.push(Block::links([Link::to(visit.at("letters"), "All versions")]));
    visit.page(page, "letters")
}
