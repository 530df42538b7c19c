//! For a covered entity: its own people and figures, and nobody else's.

use crate::export::{Bundle, Page};
use crate::finding::Findings;
use crate::folder::{LetterFiles, OutFolder};
use crate::incident::EntityIx;
use crate::matter::bundles::regulator::{chapters, contents, facts, samples, timeline, versions};
use crate::matter::bundles::{BundleSource, filed, seal};
use crate::matter::refusal::{Doing, Refusal};
use crate::plan::Outcome;
use crate::tables::Table;
use crate::tables::words::thousands;
use serde_json::json;
use std::collections::HashMap;

/// Where each letter stands in the print run.
struct Placed {
    /// Piece -> batch and first page.
    by_piece: HashMap<u64, (u32, u32)>,
    /// Names of the files by number.
    files: HashMap<u32, String>,
}

pub fn fill(
    desk: &BundleSource<'_>,
    entity: &str,
    bundle: &mut Bundle,
    findings: &mut Findings,
) -> Result<(), Refusal> {
    let matter = desk.matter;
    let incident = &matter.incident;
    let at = incident.entity_index(entity).unwrap_or(EntityIx::FIRST);
    let alone = incident.entities.len() == 1;
    let states = samples(desk, &[entity.to_owned()], None, bundle, findings)?;
    let own = json!([entity]);
    let filings = filed::copies(&matter.out, &|filing| filing["entities"] == own, bundle)?;
    people(desk, at, bundle)?;
    if alone {
        seal(desk, bundle)?;
    } else {
        own_leaves(desk, at, bundle)?;
    }
    let story = if alone { timeline(desk, bundle)? } else { days(desk) };
    let name = &incident[at].name;
    let mut page = Page::new("For the covered entity", name);
    facts(desk, &mut page, Some(entity));
    let told = desk.recorded.told(|cell| cell.entity == at);
    page.section("Your people").table(
        "People of yours by the way they are told",
        &["", "By letter", "By e\u{2011}mail", "By both", "By substitute notice", "Not yet"],
        &[[vec![name.clone()], told.iter().map(|n| thousands(*n)).collect()].concat()],
    );
    page.text("people.csv lists each of them with what was sent, its number, and when it went to the Postal Service. It holds names and addresses: keep it as you keep patient records.");
    chapters(&mut page, &story);
    versions(&mut page, &states, None);
    if alone {
        crate::matter::bundles::regulator::seals(desk, &mut page);
    } else if !desk.seals.is_empty() {
        page.section("Seals").text("Your letters are listed in the files own-leaves.txt under seals/, each with the SHA-256 of its exact words. The whole lists hold the pieces of other organizations too; the sender can show them together with the root.");
    }
    let mut files = vec![("people.csv".to_owned(), "your people, one row each".to_owned())];
    if bundle.holds("timeline.csv") {
        files.push(("timeline.csv".to_owned(), "the timeline as a table".to_owned()));
    }
    contents(page, bundle, files, filings)
}

/// The timeline without figures of others.
fn days(desk: &BundleSource<'_>) -> Vec<Vec<String>> {
    let posted = desk.story.posted();
    let mut rows: Vec<Vec<String>> = posted
        .iter()
        .map(|((wave, _, batch), on)| {
            vec![on.clone(), wave.clone(), format!("Batch {batch} went to the Postal Service")]
        })
        .collect();
    rows.sort();
    rows.dedup();
    rows
}

fn people(desk: &BundleSource<'_>, at: EntityIx, bundle: &mut Bundle) -> Result<(), Refusal> {
    let matter = desk.matter;
    let placed = Placed::read(matter)?;
    let posted = desk.story.posted();
    let seal = desk
        .seals
        .iter()
        .rfind(|s| s.record.wave == matter.wave().id)
        .map_or(0, |s| u64::from(s.record.number));
    let doing = || "write `people.csv`".to_owned();
    let head = [
        "record_id",
        "name",
        "address",
        "residence",
        "outcome",
        "reference",
        "batch",
        "page",
        "posted",
        "email_reference",
    ];
    let mut stopped = None;
    let written = bundle.stream("people.csv", |out| {
        let mut table = Table::create(out, &head)?;
        let listed = desk.recorded.each(|person, outcome| {
            if person.entity != Some(at)
                || outcome == Outcome::Merged
                || !person.standing.is_somebody()
            {
                return Ok(());
            }
            let (incident, wave) = (&matter.incident, matter.wave());
            let id = |channel| matter.piece(&person.record_id, &incident[at].id, channel);
            let letter = if outcome.mails() { id("mail") } else { String::new() };
            let place = placed.by_piece.get(&key(&letter)).filter(|_| !letter.is_empty());
            let on = place
                .and_then(|(batch, _)| posted.get(&(wave.id.clone(), seal, u64::from(*batch))));
            let address = &person.address;
            let mut lines = address.lines.clone();
            lines.extend([
                format!("{} {} {}", address.city, address.state, address.zip),
                address.country.clone(),
            ]);
            lines.retain(|line| !line.trim().is_empty());
            let row = [
                person.record_id.clone(),
                person.full_name(),
                lines.join(", "),
                person.jurisdiction.clone(),
                outcome.label().to_owned(),
                letter,
                place.and_then(|(batch, _)| placed.files.get(batch)).cloned().unwrap_or_default(),
                place.map_or(String::new(), |(_, page)| page.to_string()),
                on.cloned().unwrap_or_default(),
                if outcome.emails() { id("email") } else { String::new() },
            ];
            table.row(&row).doing(doing)
        });
        if let Err(stop) = listed {
            stopped = Some(stop);
        }
        table.finish()?.flush()
    });
    match stopped {
        Some(stop) => Err(stop),
        None => written.doing(doing),
    }
}

/// The lines of a seal's lists that are of this entity's people.
fn own_leaves(desk: &BundleSource<'_>, at: EntityIx, bundle: &mut Bundle) -> Result<(), Refusal> {
    let matter = desk.matter;
    let mut own = HashMap::new();
    desk.recorded.each(|person, outcome| {
        if person.entity == Some(at) && (outcome.mails() || outcome.emails()) {
            for channel in ["mail", "email"] {
                let entity = &matter.incident[at].id;
                let id = matter.piece(&person.record_id, entity, channel);
                own.insert(key(&id), ());
            }
        }
        Ok(())
    })?;
    for sealed in desk.seals.iter().filter(|s| s.record.wave == matter.wave().id) {
        let doing = || format!("read the seal `{}`", sealed.name());
        let mut lines = String::new();
        let mut lists: Vec<_> = std::fs::read_dir(sealed.files.batches())
            .and_then(Iterator::collect::<Result<Vec<_>, _>>)
            .doing(doing)?;
        lists.sort_by_key(std::fs::DirEntry::file_name);
        for list in lists {
            let text = std::fs::read_to_string(list.path()).doing(doing)?;
            for line in text.lines() {
                let piece = line.split_once("  ").and_then(|(_, file)| file.get(..17));
                if piece.is_some_and(|piece| own.contains_key(&key(piece))) {
                    lines.push_str(line);
                    lines.push('\n');
                }
            }
        }
        let path = format!("seals/{}/own-leaves.txt", sealed.name());
        bundle.add(&path, lines.as_bytes()).doing(doing)?;
    }
    Ok(())
}

impl Placed {
    /// Empty where there are no letters yet.
    fn read(matter: &crate::matter::open::Matter) -> Result<Self, Refusal> {
        let path = OutFolder(&matter.out).letters(OutFolder::LETTERS).manifest();
        let (mut by_piece, mut files) = (HashMap::new(), HashMap::new());
        if path.is_file() {
            let doing = || "read `manifest.csv`".to_owned();
            let mut reader =
                csv::Reader::from_path(&path).map_err(std::io::Error::from).doing(doing)?;
            for record in reader.records() {
                let record = record.map_err(std::io::Error::from).doing(doing)?;
                let text = |i: usize| record.get(i).unwrap_or_default();
                let batch = LetterFiles::number(text(2)).unwrap_or(0);
                files.entry(batch).or_insert_with(|| text(2).to_owned());
                by_piece.insert(key(text(0)), (batch, text(3).parse().unwrap_or(0)));
            }
        }
        Ok(Self { by_piece, files })
    }
}

/// Eight bytes for a piece's number.
fn key(piece: &str) -> u64 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hash = DefaultHasher::new();
    piece.hash(&mut hash);
    hash.finish()
}
