//! For a covered entity: its own people and figures, and nobody else's.

use crate::export::{Bundle, Page};
use crate::finding::Findings;
use crate::folder::{IncidentFolder, LetterFiles, OutFolder};
use crate::incident::EntityIx;
use crate::matter::bundles::regulator::{chapters, contents, facts, samples, timeline, versions};
use crate::matter::bundles::{BundleSource, filed, seal};
use crate::matter::people::intake::Intake;
use crate::matter::people::letters_before::LettersBefore;
use crate::matter::refusal::{Doing, Refusal};
use crate::notices::Words;
use crate::plan::{Involved, Outcome};
use crate::roster::Person;
use crate::tables::Table;
use crate::tables::words::thousands;
use serde_json::json;
use std::collections::HashMap;

/// The list of letters that earlier mailings sent.
const EARLIER: &str = "earlier-letters.csv";

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
    let mut filings = filed::copies(&matter.out, &|filing| filing["entities"] == own, bundle)?;
    let made = filed::made(desk, &|filed| filed.stated.entities == [entity], bundle)?;
    filings.extend(made.files);
    people(desk, at, bundle)?;
    let before = earlier_letters(desk, at, bundle)?;
    if alone {
        seal(desk, bundle)?;
    } else {
        own_leaves(desk, at, bundle)?;
    }
    let story = if alone { timeline(desk, bundle)? } else { days(desk) };
    let name = &incident[at].name;
    let mut page = Page::new("For the covered entity", name);
    facts(desk, &mut page, Some(entity));
    let told = Involved::of(incident, &desk.recorded.cube, &[at]).by_means().columns();
    let several = incident.waves.len() > 1;
    let caption = match several {
        true => {
            format!("People of yours in mailing {}, by the way they are told", matter.wave().id)
        }
        false => "People of yours by the way they are told".to_owned(),
    };
    page.section("Your people").table(
        &caption,
        &["", "By letter", "By e\u{2011}mail", "By both", "By substitute notice", "Not yet"],
        &[[vec![name.clone()], told.iter().map(|n| thousands(*n)).collect()].concat()],
    );
    page.text("people.csv lists each of them with what was sent, its number, and when it went to the Postal Service. An address that a person gave in confidence, or that is protected, is left out. The list holds names and addresses: keep it as you keep patient records.");
    if before > 0 {
        page.text("earlier-letters.csv lists those who got a letter in an earlier mailing: their data as they are known now beside that letter, and what was corrected since.");
    }
    filed::section(&made.rows, &mut page);
    chapters(&mut page, &story);
    versions(&mut page, &states, None);
    if alone {
        crate::matter::bundles::regulator::seals(desk, &mut page);
    } else if !desk.seals.is_empty() {
        page.section("Seals").text("Your letters are listed in the files own-leaves.txt under seals/, each with the SHA-256 of its exact words. The whole lists hold the pieces of other organizations too; the sender can show them together with the root.");
    }
    let mut files = vec![("people.csv".to_owned(), "your people, one row each".to_owned())];
    if before > 0 {
        let about = "your people of earlier mailings, beside the letter they got".to_owned();
        files.push((EARLIER.to_owned(), about));
    }
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
            let row = [
                person.record_id.clone(),
                person.full_name(),
                address(person),
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

/// On one line; empty where it may stand in no list.
fn address(person: &Person) -> String {
    let address = &person.address;
    if address.kind.is_private() {
        return String::new();
    }
    let mut lines = address.lines.clone();
    lines.extend([
        format!("{} {} {}", address.city, address.state, address.zip),
        address.country.clone(),
    ]);
    lines.retain(|line| !line.trim().is_empty());
    lines.join(", ")
}

/// `earlier-letters.csv`: everybody of this entity who got a letter in an earlier mailing, as they
/// are known now. How many they are; without any there is no list.
fn earlier_letters(
    desk: &BundleSource<'_>,
    at: EntityIx,
    bundle: &mut Bundle,
) -> Result<u64, Refusal> {
    let matter = desk.matter;
    let before = LettersBefore::read(matter)?;
    if before.is_empty() {
        return Ok(0);
    }
    let doing = || format!("write `{EARLIER}`");
    let own = IncidentFolder(&matter.folder).own_templates("notice");
    let words = Words::load(own.as_deref()).map_err(Refusal::Configuration)?;
    let head = [
        "record_id",
        "name",
        "address",
        "residence",
        "earlier_mailing",
        "earlier_letter",
        "earlier_letter_posted",
        "earlier_letter_came_back",
        "corrected_since",
    ];
    let intake = Intake::open(matter, &mut Findings::default())?;
    let (mut stopped, mut people) = (None, 0);
    let written = bundle.stream(EARLIER, |out| {
        let mut table = Table::create(out, &head)?;
        let listed = intake.everybody_counted(matter, &mut |person, outcome, differs| {
            let somebody = person.standing.is_somebody() && outcome != Outcome::Merged;
            let ours = person.entity == Some(at) && somebody;
            let Some(letter) = before.of(matter, person, differs).filter(|_| ours) else {
                return Ok(());
            };
            people += 1;
            let of = [
                person.record_id.clone(),
                person.full_name(),
                address(person),
                person.jurisdiction.clone(),
            ];
            table.row(of.into_iter().chain(letter.cells(&words))).doing(doing)
        });
        stopped = listed.err();
        table.finish()?.flush()
    });
    match stopped {
        Some(stop) => Err(stop),
        None => written.doing(doing).map(|()| people),
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
