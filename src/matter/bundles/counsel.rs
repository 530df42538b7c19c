//! For counsel: the whole matter but for what is privileged.

use crate::export::{Bundle, Page};
use crate::folder::{IncidentFolder, OUT, SEALED, SPOOL, TEMPLATES};
use crate::incident::{INCIDENT_FILE, PRIVILEGED_FILE};
use crate::ledger::Stored;
use crate::matter::bundles::{BundleSource, FOOT, seal};
use crate::matter::refusal::{Doing, Refusal};
use crate::tables::Table;
use crate::tables::words::count;
use std::io;

/// Folders of the incident that go in whole, with what each is.
const FOLDERS: [(&str, &str); 4] = [
    (OUT, "everything that was made: review book, letters, filings, notices, e-mails"),
    (SEALED, "the seals with what they were made from"),
    (SPOOL, "the people as cleaned and merged"),
    (TEMPLATES, "the incident's own words"),
];

pub fn fill(desk: &BundleSource<'_>, bundle: &mut Bundle) -> Result<(), Refusal> {
    let matter = desk.matter;
    let mut files = Vec::new();
    let doing = || "read the incident folder".to_owned();
    bundle
        .copy(&format!("matter/{INCIDENT_FILE}"), &IncidentFolder(&matter.folder).incident())
        .doing(doing)?;
    files.push((
        format!("matter/{INCIDENT_FILE}"),
        "facts, choices and decisions, without reasons".to_owned(),
    ));
    let leave =
        |path: &str| path.split('/').any(|part| part.starts_with('.') || part == PRIVILEGED_FILE);
    for (name, about) in FOLDERS {
        let from = if name == OUT { matter.out.clone() } else { matter.folder.join(name) };
        if from.is_dir() {
            bundle.copy_tree(&format!("matter/{name}"), &from, &leave).doing(doing)?;
            files.push((format!("matter/{name}"), about.to_owned()));
        }
    }
    for wave in &matter.incident.waves {
        for roster in wave.roster.files(&matter.folder) {
            let (from, path) = (matter.folder.join(roster), format!("matter/{roster}"));
            let inside = !roster.split('/').any(|part| part == "..") && !roster.starts_with('/');
            if inside && from.is_file() && !bundle.holds(&path) {
                bundle.copy(&path, &from).doing(doing)?;
                files.push((path, format!("the roster of mailing {}", wave.id)));
            }
        }
    }
    seal(desk, bundle)?;
    events(desk, bundle)?;
    outcomes(desk, bundle)?;
    files.push(("events.csv".to_owned(), "every event of the ledger with its digest".to_owned()));
    files.push((
        "outcomes.csv".to_owned(),
        "the outcome recorded for each row of the roster".to_owned(),
    ));
    files.push(("PROCEDURE.txt".to_owned(), "how to check this bundle".to_owned()));
    let title =
        if matter.incident.title.is_empty() { &matter.incident.id } else { &matter.incident.title };
    let mut page = Page::new("For counsel", title);
    crate::matter::bundles::regulator::facts(desk, &mut page, None);
    page.section("What this is").text("The whole matter as it stands in the incident folder: facts, people, everything that was made, the seals, and every event of the ledger. privileged.toml, with the reasons of decisions and the harm assessments, is not in it.\n\nIt holds names, addresses and health data. Keep it as you keep the folder itself.");
    let rows: Vec<Vec<String>> = desk
        .story
        .events
        .iter()
        .map(|event| {
            let at = event.at.strftime("%Y-%m-%d %H:%M:%S").to_string();
            let stored = &event.stored;
            vec![event.seq.to_string(), at, stored.kind.clone(), stored.hash.clone()]
        })
        .collect();
    page.section("The ledger");
    if rows.is_empty() {
        page.text("No event is recorded yet.");
    } else {
        let events = count(rows.len() as u64, "event", "events");
        page.text(&format!("{events}, each bound to the one before it by its digest; what each says stands in events.csv. An event's digest is the SHA-256 over its number in eight bytes, the least significant first, then its instant, kind and body and the digest of the event before it (nothing for the first), each after its length in eight such bytes."));
        page.table("Events", &["No.", "When (UTC)", "What", "Digest"], &rows);
    }
    crate::matter::bundles::regulator::seals(desk, &mut page);
    page.section("What is in this bundle").files(&files);
    bundle
        .add("index.html", page.finish(FOOT).as_bytes())
        .doing(|| "write `index.html` of the bundle".into())
}

fn events(desk: &BundleSource<'_>, bundle: &mut Bundle) -> Result<(), Refusal> {
    let doing = || "write `events.csv`".to_owned();
    let head = ["number", "at", "kind", "body", "sha256"];
    let mut table = Table::create(Vec::new(), &head).doing(doing)?;
    for event in &desk.story.events {
        let number = event.seq.to_string();
        let Stored { at, kind, body, hash } = &event.stored;
        table.row([&number, at, kind, body, hash]).doing(doing)?;
    }
    bundle.add("events.csv", &table.finish().doing(doing)?).doing(doing)
}

fn outcomes(desk: &BundleSource<'_>, bundle: &mut Bundle) -> Result<(), Refusal> {
    let doing = || "write `outcomes.csv`".to_owned();
    let waves = desk.ledger.waves().map_err(io::Error::other).doing(doing)?;
    bundle
        .stream("outcomes.csv", |out| {
            let mut table = Table::create(out, &["mailing", "roster_row", "outcome"])?;
            let mut failed = None;
            for wave in &waves {
                let mut each = |row: u64, outcome: &str| {
                    if failed.is_none() {
                        failed = table.row([&wave.wave, &row.to_string(), outcome]).err();
                    }
                };
                desk.ledger.each_outcome(&wave.wave, &mut each).map_err(io::Error::other)?;
            }
            match failed {
                Some(error) => Err(error),
                None => table.finish()?.flush(),
            }
        })
        .doing(doing)
}
