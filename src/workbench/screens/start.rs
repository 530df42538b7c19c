//! Start: folders used lately, and a new incident from a spreadsheet.

use crate::finding::Severity;
use crate::folder::INCIDENT;
use crate::matter::act::write_facts::{Edit, Given, WriteRequest, write};
use crate::matter::ask::facts::facts;
use crate::matter::begin::{BeginRequest, begin};
use crate::matter::refusal::{Doing, Refusal};
use crate::matter::watcher::Unwatched;
use crate::workbench::ask::{Ask, Reply};
use crate::workbench::bench::Bench;
use crate::workbench::dropped;
use crate::workbench::page::{Block, Cell, Field, Form, Page, Table, quoted, refusal};
use crate::workbench::visit::Visit;
use std::path::PathBuf;
use std::sync::Arc;

/// Kinds of files that a list may be.
pub const LISTS: &str = ".csv,.tsv,.txt,.xlsx,.xlsm,.xlsb,.xls,.ods";

pub fn start(bench: &Arc<Bench>, _: &Ask) -> Reply {
    bench.page(page(bench), 200)
}

fn page(bench: &Arc<Bench>) -> Page {
    let recent = bench.recent();
    let answer = match recent.is_empty() {
        true => "Drop the list of people here to begin.",
        false => "Go on where you stopped, or begin with a new list.",
    };
    let home = quoted(&format!("{}/NAME", bench.home.display()));
    let mut page = Page::new("Which incident?", answer)
        .command(format!("noticeworks init {home} --roster LIST.xlsx"));
    let mut table = Table::new("Folders used lately", &["Incident", "Folder"]);
    for folder in recent {
        let title = facts(&folder).map(|facts| facts.shown("title")).unwrap_or_default();
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let number = bench.number(&folder);
        let shown = if title.is_empty() { name } else { title };
        table.row([
            Cell::link(format!("/{number}"), shown),
            Cell::from(folder.display().to_string()).class("quiet"),
        ]);
    }
    if !table.rows.is_empty() {
        page.push(table.block());
    }
    page.push(Block::heading("A new incident"));
    page.push(
        Form::new("/new", "Begin")
            .primary()
            .field(
                Field::text("name", "A short name for the folder").must().help(format!(
                    "Letters, digits and hyphens, such as harbor-2026. It is made in {}",
                    bench.home.display()
                )),
            )
            .field(
                Field::new("file", "roster", "The list of people, as the client sent it")
                    .accept(LISTS)
                    .help("Spreadsheet or CSV. It is copied into the folder and never changed. Leave it out to plan with estimates."),
            )
            .block(),
    );
    page.push(Block::heading("An incident that is there already"));
    page.push(
        Form::new("/open", "Open")
            .field(
                Field::text("folder", "Its folder")
                    .help("As the file manager shows it, such as /home/dana/incidents/harbor-2026"),
            )
            .block(),
    );
    page
}

/// `/new` and `/open`.
pub fn act(bench: &Arc<Bench>, ask: &Ask) -> Reply {
    if !ask.changes {
        return bench.nothing_here();
    }
    let done = match ask.parts().as_slice() {
        ["new"] => new(bench, ask),
        _ => open(bench, ask),
    };
    match done {
        Ok(address) => Reply::See(address),
        Err(refused) => {
            let mut again = page(bench);
            again.blocks.splice(0..0, refusal(&refused));
            bench.page(again, 409)
        }
    }
}

fn open(bench: &Arc<Bench>, ask: &Ask) -> Result<String, Refusal> {
    let folder = PathBuf::from(ask.form.text("folder"));
    let known = folder.canonicalize().ok().filter(|folder| folder.join(INCIDENT).exists());
    let Some(folder) = known else {
        return Err(Refusal::one(
            code!("folder.missing"),
            format!("there is no incident folder `{}`", folder.display()),
            "write the whole path of the folder that holds incident.toml",
        ));
    };
    Ok(format!("/{}", bench.number(&folder)))
}

fn new(bench: &Arc<Bench>, ask: &Ask) -> Result<String, Refusal> {
    let name = ask.form.text("name");
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if name.is_empty() || name.len() > 80 || !name.chars().all(plain) {
        return Err(Refusal::one(
            code!("workbench.name"),
            "the folder's name is empty or holds something else than letters, digits and hyphens",
            "write a name such as harbor-2026",
        ));
    }
    let folder = bench.home.join(name);
    if folder.exists() {
        return Err(Refusal::one(
            code!("init.exists"),
            format!("`{}` exists already and was left as it is", folder.display()),
            "choose another name, or open the folder that is there",
        ));
    }
    let upload = ask.upload("roster");
    let roster = match upload {
        Some(upload) => {
            crate::files::make_dir(&folder).doing(|| "make the folder".to_owned())?;
            let roster = folder.join(&upload.name);
            dropped::keep(&upload.path, &roster).doing(|| "keep the list".to_owned())?;
            Some(roster)
        }
        None => None,
    };
    let begun = begin(&BeginRequest { folder: folder.clone(), roster }, &Unwatched);
    if begun.is_err() {
        // Only what was put there a moment ago; a list that cannot be read is still the person's.
        let _ = upload.map(|upload| std::fs::remove_file(folder.join(&upload.name)));
        let _ = std::fs::remove_dir(&folder);
    }
    begun?;
    let digest = facts(&folder)?.digest;
    let id = Edit::Set { path: "id".to_owned(), to: Given::Text(name.to_lowercase()) };
    write(&WriteRequest { folder: folder.clone(), digest, edits: vec![id] })?;
    let folder = folder.canonicalize().doing(|| "find the folder".to_owned())?;
    let number = bench.number(&folder);
    Ok(match upload {
        Some(_) => format!("/{number}/columns"),
        None => format!("/{number}/facts"),
    })
}

/// On to the first step that needs somebody.
pub fn onward(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    let facts = crate::matter::ask::facts::facts(&visit.folder)?;
    if facts.findings.at_least(Severity::Error) > 0 {
        return visit.see("facts");
    }
    visit.see("roster")
}

pub fn choose_wave(visit: &Visit<'_>, ask: &Ask) -> Result<Reply, Refusal> {
    let wave = ask.form.text("wave");
    if visit.waves.iter().any(|known| known == wave) {
        visit.bench.remembered().waves.insert(visit.number, wave.to_owned());
    }
    visit.see("roster")
}
