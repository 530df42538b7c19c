//! Facts: the whole of incident.toml as forms, one table at a time; or as text.

use super::facts_form::{boxes, edits, fields};
use crate::finding::{Finding, Severity};
use crate::incident::{INCIDENT_SCHEMA, Key, Shape, Table};
use crate::matter::act::write_facts::{Edit, WriteRequest, write, write_text};
use crate::matter::ask::facts::Facts;
use crate::matter::refusal::Refusal;
use crate::tables::words::count;
use crate::workbench::ask::{Ask, Reply};
use crate::workbench::page::{Block, Cell, Field, Form, Link, Page, Table as Grid, capital};
use crate::workbench::visit::Visit;

/// The page of what stands at the top of the file.
const TOP: &str = "incident";

pub fn reply(visit: &Visit<'_>, rest: &[&str], ask: &Ask) -> Result<Reply, Refusal> {
    let Some(facts) = &visit.facts else {
        let page = Page::new("What happened?", "There is no incident.toml in this folder.");
        return visit.page(page, "facts");
    };
    match (rest, ask.changes) {
        (["facts"], false) if facts.tree.is_some() => visit.page(overview(visit, facts), "facts"),
        (["facts"] | ["facts", "text"], false) => visit.page(text(visit, facts), "facts"),
        (["facts", "text"], true) => {
            let digest = ask.form.text("digest").to_owned();
            let request = WriteRequest { folder: visit.folder.clone(), digest, edits: Vec::new() };
            write_text(&request, ask.form.get("text").unwrap_or_default())?;
            visit.done("incident.toml is written.");
            visit.see("facts")
        }
        (["facts", name], false) => match section(name) {
            Some(section) => visit.page(form(visit, facts, &section), "facts"),
            None => Ok(visit.bench.nothing_here()),
        },
        (["facts", name], true) => match section(name) {
            Some(section) => save(visit, facts, &section, ask),
            None => Ok(visit.bench.nothing_here()),
        },
        _ => Ok(visit.bench.nothing_here()),
    }
}

/// One page of the facts.
struct Section {
    name: &'static str,
    says: &'static str,
    required: bool,
    table: &'static Table,
    repeats: bool,
}

/// Keys at the top that are no tables have a page of their own.
fn is_top(key: &Key) -> bool {
    !matches!(key.shape, Shape::Table(_) | Shape::Tables(_))
}

fn sections() -> Vec<Section> {
    let top = Section {
        name: TOP,
        says: "its name, and what holds for all of it",
        required: true,
        table: &INCIDENT_SCHEMA,
        repeats: false,
    };
    let others = INCIDENT_SCHEMA.keys.iter().filter_map(|key| {
        let (table, repeats) = match &key.shape {
            Shape::Table(table) => (*table, false),
            Shape::Tables(table) => (*table, true),
            _ => return None,
        };
        let Key { name, says, required, .. } = *key;
        Some(Section { name, says, required, table, repeats })
    });
    let mut all: Vec<Section> = std::iter::once(top).chain(others).collect();
    all.sort_by_key(|section| !section.required);
    all
}

fn section(name: &str) -> Option<Section> {
    sections().into_iter().find(|section| section.name == name)
}

/// What is wrong within a section.
fn wrong<'f>(facts: &'f Facts, section: &Section) -> Vec<&'f Finding> {
    let within = |finding: &&Finding| {
        let place = facts.place(finding).0;
        let first = place.split(['.', '[']).next().unwrap_or_default();
        match section.name {
            TOP => first.is_empty() && !lacks(finding),
            name => first == name || says_missing(finding, name),
        }
    };
    facts.findings.iter().filter(|f| f.severity >= Severity::Warning).filter(within).collect()
}

/// A whole table that is not there has no line.
fn says_missing(finding: &Finding, name: &str) -> bool {
    finding.message.contains(&format!("[{name}]"))
}

fn lacks(finding: &Finding) -> bool {
    sections().iter().any(|section| says_missing(finding, section.name))
}

/// A part of the file in the words of the office.
fn title(name: &str) -> String {
    let words = match name {
        TOP => "The incident",
        "sender" => "Sender of the letters",
        "covered_entity" => "Covered entities",
        "hhs_report" => "Reports to HHS",
        "strand" => "Course of events",
        "breach" => "What happened, in words",
        "wave" => "Mailings",
        "estimate" => "Estimates",
        "law_enforcement_hold" => "Requests to wait",
        "duty" => "Duties of your own",
        "data_element" => "Kinds of information",
        "protection" => "Identity protection",
        "filing" => "Facts for filings",
        "letter" => "Choices for letters",
        "mail" => "Choices for mailing",
        "email" => "Choices for e-mail",
        "roster" => "How the list is read",
        "vendor" => "Vendors",
        "decision" => "Decisions",
        other => return capital(&other.replace('_', " ")),
    };
    words.to_owned()
}

fn overview(visit: &Visit<'_>, facts: &Facts) -> Page {
    let errors = facts.findings.at_least(Severity::Error);
    let answer = match errors {
        0 => "The facts are complete. Change them at any time; what was approved is held against them.".to_owned(),
        n => format!("{} to be filled in or put right.", count(n, "place has", "places have")),
    };
    let mut page = Page::new("What happened?", answer).command(visit.command("check", ""));
    let mut table = Grid::new("The facts, required ones first", &["Part", "What it is", "State"]);
    let mut next = None;
    for section in sections() {
        let n = wrong(facts, &section).len() as u64;
        let there = section.name == TOP || facts.get(section.name).is_some();
        let (state, class) = match (n, there, section.required) {
            (1.., ..) => (count(n, "place to look at", "places to look at"), "late"),
            (0, false, true) => ("to be filled in".to_owned(), "late"),
            (0, false, false) => ("where it applies".to_owned(), "quiet"),
            (0, true, _) => (
                match (section.repeats, facts.count(section.name)) {
                    (true, entries) => count(entries as u64, "entry", "entries"),
                    _ => "complete".to_owned(),
                },
                "done",
            ),
        };
        let href = visit.at(&format!("facts/{}", section.name));
        if class == "late" && next.is_none() {
            next =
                Some(Link::primary(href.clone(), format!("Go on with: {}", title(section.name))));
        }
        table.row([
            Cell::link(href, title(section.name)),
            capital(section.says).into(),
            Cell::from(state).class(class),
        ]);
    }
    let next = next.unwrap_or_else(|| Link::primary(visit.at("roster"), "Check the roster"));
    page.push(Block::links([next, Link::to(visit.at("facts/text"), "Edit the file as text")]));
    page.push(table.block());
    page
}

fn fields_of(facts: &Facts, section: &Section) -> Vec<Field> {
    let name = section.name;
    match (name, section.repeats) {
        (TOP, _) => top(facts),
        (_, false) => fields(facts, section.table, name),
        (_, true) => {
            let count = facts.count(name);
            // One entry is there to be filled in where the law or the letters need one.
            let empty = usize::from(count == 0 && section.required);
            let entry = |n: usize| {
                let path = format!("{name}[{n}]");
                let id = facts.shown(&format!("{path}.id"));
                let label = if id.is_empty() { format!("No. {}", n + 1) } else { id };
                let mut fields = fields(facts, section.table, &path);
                if count > usize::from(section.required) {
                    fields.push(Field::new("check", format!("drop:{path}"), "Take this entry out"));
                }
                Field { fields, ..Field::new("group", path, label) }
            };
            let mut all: Vec<Field> = (0..count + empty).map(entry).collect();
            if empty == 0 {
                let path = format!("{name}[{count}]");
                all.push(Field {
                    fields: fields(facts, section.table, &path),
                    closed: true,
                    ..Field::new("group", path, format!("One more: {}", section.says))
                });
            }
            all
        }
    }
}

fn top(facts: &Facts) -> Vec<Field> {
    let fields = fields(facts, &INCIDENT_SCHEMA, "");
    let is_top = |name: &str| INCIDENT_SCHEMA.keys.iter().any(|k| k.name == name && is_top(k));
    let mut kept = Vec::new();
    for field in fields {
        if field.name == "more" {
            kept.extend(field.fields.into_iter().filter(|field| is_top(&field.name)));
        } else if is_top(&field.name) {
            kept.push(field);
        }
    }
    kept
}

fn form(visit: &Visit<'_>, facts: &Facts, section: &Section) -> Page {
    let found = wrong(facts, section);
    let answer = match found.len() {
        0 => capital(section.says),
        n => {
            format!("{}. {} to look at.", capital(section.says), count(n as u64, "place", "places"))
        }
    };
    let mut page = Page::new(title(section.name), answer).command(visit.command("check", ""));
    // What stands beside a field, or is a field that is still empty, is not told twice.
    let shown = |finding: &&&Finding| {
        let (section, key) = facts.place(finding);
        let whole = format!("{section}.{key}");
        key.is_empty() || facts.get(&whole).is_none_or(toml::Value::is_table)
    };
    for finding in found.iter().filter(shown).take(12) {
        let remedy = Some(capital(&finding.remedy)).filter(|remedy| !remedy.is_empty());
        page.push(Block::Note {
            kind: if finding.severity >= Severity::Held { "stop" } else { "warn" },
            title: capital(&finding.message),
            lines: remedy.into_iter().collect(),
        });
    }
    let fields = fields_of(facts, section);
    let mut form = Form::new(visit.at(&format!("facts/{}", section.name)), "Keep and go on")
        .primary()
        .hidden("digest", &facts.digest);
    for name in boxes(&fields) {
        form = form.hidden(name, "1");
    }
    page.push(form.fields(fields).block());
    page.push(Block::links([Link::to(visit.at("facts"), "All facts")]));
    page
}

fn save(visit: &Visit<'_>, facts: &Facts, section: &Section, ask: &Ask) -> Result<Reply, Refusal> {
    let mut all = Vec::new();
    match (section.name, section.repeats) {
        (TOP, _) => {
            // Tables have pages of their own, so that the form says nothing of them.
            edits(facts, &INCIDENT_SCHEMA, "", &ask.form, &mut all);
        }
        (name, false) => edits(facts, section.table, name, &ask.form, &mut all),
        (name, true) => {
            let count = facts.count(name);
            for n in 0..=count {
                edits(facts, section.table, &format!("{name}[{n}]"), &ask.form, &mut all);
            }
            for n in (0..count).rev() {
                if ask.form.get(&format!("drop:{name}[{n}]")).is_some() {
                    all.push(Edit::Remove { path: format!("{name}[{n}]") });
                }
            }
        }
    }
    if !all.is_empty() {
        let changed = count(all.len() as u64, "change is", "changes are");
        let digest = ask.form.text("digest").to_owned();
        write(&WriteRequest { folder: visit.folder.clone(), digest, edits: all })?;
        visit.done(format!("{changed} kept in incident.toml."));
    }
    // On to the next part that has something to fill in.
    let now = crate::matter::ask::facts::facts(&visit.folder)?;
    if !wrong(&now, section).is_empty() {
        return visit.see(&format!("facts/{}", section.name));
    }
    let next = sections().into_iter().find(|next| !wrong(&now, next).is_empty());
    visit.see(&next.map_or("facts".to_owned(), |next| format!("facts/{}", next.name)))
}

fn text(visit: &Visit<'_>, facts: &Facts) -> Page {
    let answer = match facts.tree {
        Some(_) => "The file as it stands. Forms and text are the same facts.",
        None => "The file cannot be read as it stands; mend it here.",
    };
    let mut page = Page::new("incident.toml", answer).command(visit.command("check", ""));
    page.blocks = crate::workbench::page::findings(&facts.findings);
    page.push(
        Form::new(visit.at("facts/text"), "Keep the file")
            .primary()
            .hidden("digest", &facts.digest)
            .field(Field { lines: 34, ..Field::new("long", "text", "The file").value(&facts.text) })
            .block(),
    );
    page.push(Block::links([Link::to(visit.at("facts"), "All facts as forms")]));
    page
}
