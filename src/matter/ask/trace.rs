//! `trace`: one person's story. Reads indexes and single lines, so that it answers at once for
//! millions of people.

use crate::folder::{LetterFiles, OutFolder};
use crate::incident::Wave;
use crate::ledger::{Event, Ledger, SealState};
use crate::matter::ask::story::{
    Chapter, Confirmed, Decided, PieceStory, PrintedPage, SealProof, Story,
};
use crate::matter::keys::RecordKey;
use crate::matter::open::{Matter, Selection};
use crate::matter::people::intake::spool_stop;
use crate::matter::refusal::{Doing, Refusal};
use crate::matter::seal::approved::Approved;
use crate::matter::seal::manifest::manifest_line;
use crate::matter::seal::person_index::Whereabouts;
use crate::matter::seal::piece::{compose_one, compose_person};
use crate::matter::seal::reference::record_of;
use crate::matter::seal::{Sealed, ledger_stop, seal_stop};
use crate::matter::watcher::Watcher;
use crate::roster::{Person, Recipient, Spool, SpoolError, Standing, Who};
use crate::tables::Opaque;
use std::path::{Path, PathBuf};

/// Whose story is asked for.
pub struct TraceRequest {
    pub selection: Selection,
    /// The record id as the roster has it, or the reference printed on the letter.
    pub record: String,
    /// A file into which the letter is printed again.
    pub pdf: Option<PathBuf>,
    /// The story has the name and address too.
    pub show_values: bool,
}

/// One person's story in every wave that was checked.
///
/// # Errors
/// Nobody has this record; a seal that was altered; a letter that cannot be composed again; I/O.
pub fn trace(request: &TraceRequest, _: &dyn Watcher) -> Result<Story, Refusal> {
    let mut matters = Vec::new();
    let mut folder = request.selection.clone();
    let (first, _) = match &folder.wave {
        Some(_) => Matter::open(&folder)?,
        None => Matter::open_first(&folder)?,
    };
    let ids: Vec<String> = first.incident.waves.iter().map(|w| w.id.clone()).collect();
    for id in ids.into_iter().filter(|id| request.selection.wave.as_ref().is_none_or(|w| w == id)) {
        folder.wave = Some(id);
        matters.push(Matter::open(&folder)?.0);
    }
    let ledger = Ledger::look(&first.folder).map_err(ledger_stop)?;
    let record = match record_of(&request.record, &matters, ledger.as_ref())? {
        Some(record) => record,
        None => request.record.clone(),
    };
    let mut story =
        Story { record: record.clone(), waves: Vec::new(), decisions: decisions(&first) };
    for matter in &matters {
        chapters(matter, ledger.as_ref(), &record, request, &mut story.waves)?;
    }
    for (at, other) in told_elsewhere(&matters, &record, &story)? {
        chapters(&matters[at], ledger.as_ref(), &other, request, &mut story.waves)?;
    }
    if story.waves.is_empty() {
        let events = ledger.as_ref().map(Ledger::events).transpose().map_err(ledger_stop)?;
        let purged = events.into_iter().flatten().rfind(|e| matches!(e.event, Event::Purged(_)));
        if let Some(purged) = purged {
            let day = purged.at.strftime("%Y-%m-%d");
            return Err(Refusal::one(
                code!("record.purged"),
                format!(
                    "the people of this incident were removed on {day}, and with them the secret that led from a record to its row in the ledger"
                ),
                "a letter at hand can still be proved: its reference stands in the seal's lists under `sealed`",
            ));
        }
        return Err(Refusal::one(
            code!("record.unknown"),
            "no wave that was checked has this record",
            "write the record id as the roster has it, or the reference printed on the letter",
        ));
    }
    Ok(story)
}

/// The records under which a person who was told in an earlier wave stands there: their letter is
/// that record's. Reads the earlier waves through, and only for who was told.
fn told_elsewhere(
    matters: &[Matter],
    record: &str,
    story: &Story,
) -> Result<Vec<(usize, String)>, Refusal> {
    let known: Vec<&Chapter> = story.waves.iter().filter(|chapter| chapter.was_known()).collect();
    let mut found = Vec::new();
    for matter in matters {
        if !known.iter().any(|chapter| chapter.wave == matter.wave().id) {
            continue;
        }
        let Some(spool) = checked(matter)? else { continue };
        let entities = spool.info().entities.clone();
        let who = |person: &Person| {
            let entity = person.entity.and_then(|at| entities.get(at.get()));
            entity.map(|entity| Who::of(person, entity))
        };
        let people = Whereabouts::of(spool)?.record(record)?;
        let wanted: Vec<Who> = people.iter().filter_map(|(person, _)| who(person)).collect();
        let own = matter.incident.wave_order(&matter.wave().id);
        for (earlier, other) in matters.iter().enumerate() {
            if other.incident.wave_order(&other.wave().id) >= own {
                continue;
            }
            let Some(spool) = checked(other)? else { continue };
            let entities = spool.info().entities.clone();
            for person in spool.people().map_err(spool_stop)? {
                let person = person.map_err(spool_stop)?;
                let Some(entity) = person.entity.and_then(|at| entities.get(at.get())) else {
                    continue;
                };
                let of = Who::of(&person, entity);
                if person.record_id != record && wanted.iter().any(|who| who.is(&of)) {
                    found.push((earlier, person.record_id));
                }
            }
        }
    }
    found.sort();
    found.dedup();
    Ok(found)
}

/// A wave's spool, if the wave was checked.
fn checked(matter: &Matter) -> Result<Option<Spool>, Refusal> {
    match Spool::open(&matter.folder, &matter.wave().id) {
        Err(SpoolError::Missing(_)) => Ok(None),
        other => other.map(Some).map_err(spool_stop),
    }
}

fn decisions(matter: &Matter) -> Vec<Decided> {
    let decisions = matter.incident.decisions.iter();
    decisions
        .map(|d| Decided {
            question: d.question.clone(),
            choice: d.choice.clone(),
            by: d.by.clone(),
            on: d.on.to_string(),
        })
        .collect()
}

/// What one wave has of the record: usually one line.
fn chapters(
    matter: &Matter,
    ledger: Option<&Ledger>,
    record: &str,
    request: &TraceRequest,
    story: &mut Vec<Chapter>,
) -> Result<(), Refusal> {
    let Some(spool) = checked(matter)? else { return Ok(()) };
    let info = spool.info().clone();
    let place = |row: u64| {
        let (file, row) = info.shown(row);
        (file.to_owned(), row)
    };
    let mut lines = Whereabouts::of(spool)?;
    for (person, number) in lines.record(record)? {
        let merged_into = match person.standing {
            Standing::Merged(row) => lines.row(row)?.map(|(into, _)| (row, into.record_id.clone())),
            _ => None,
        };
        let merged = lines.merged_into(person.row)?;
        let mut chapter = chapter(matter, &person, request.show_values);
        (chapter.roster, chapter.row) = place(person.row);
        (chapter.merged_rosters, chapter.merged_rows) = merged.iter().map(|p| place(p.row)).unzip();
        // The letter of a merged row is that of the row it was merged into.
        let letter_of = merged_into.as_ref().map_or(person.record_id.clone(), |(_, r)| r.clone());
        if let Some((row, record)) = merged_into {
            let (roster, row) = place(row);
            chapter.merged_into = Some((row, record));
            chapter.merged_into_roster = Some(roster);
        }
        if let Some(ledger) = ledger {
            let of = match ledger.key_scheme().map_err(ledger_stop)? {
                Some(_) => matter.key(&person.record_id),
                // Recorded by a program that knew no secret.
                None => RecordKey::of(&Opaque::unkeyed(), &matter.incident.id, &person.record_id),
            };
            let wave = &matter.wave().id;
            let row = ledger.recorded_at(wave, number, &of).map_err(ledger_stop)?;
            if let Some(row) = row {
                (chapter.outcome, chapter.reason) = (row.outcome, row.reason);
                chapter.since = Some(row.since);
            }
            pieces(matter, ledger, &person, &letter_of, request, &mut chapter)?;
        }
        story.push(chapter);
    }
    Ok(())
}

fn chapter(matter: &Matter, person: &Person, show: bool) -> Chapter {
    let wave: &Wave = matter.wave();
    let elements = matter.incident.elements.iter().enumerate();
    let exposed = elements.filter(|(i, _)| person.elements.contains(*i));
    let entity = person.entity.map(|at| &matter.incident[at]);
    let address = &person.address;
    let mut addressee = Vec::new();
    if show {
        addressee.push(person.full_name());
        addressee.extend(address.lines.iter().cloned());
        addressee.push(format!("{}, {} {}", address.city, address.state, address.zip));
    }
    Chapter {
        wave: wave.id.clone(),
        record: person.record_id.clone(),
        roster: String::new(),
        row: person.row,
        merged_rows: Vec::new(),
        merged_rosters: Vec::new(),
        merged_into: None,
        merged_into_roster: None,
        entity: entity.map_or_else(|| "not known".to_owned(), |e| e.name.clone()),
        recipient: match person.recipient {
            Recipient::Adult => "the person",
            Recipient::ParentOrGuardian => "the parent or guardian",
            Recipient::Estate => "the estate or next of kin",
        },
        language: person.language.clone(),
        jurisdiction: person.jurisdiction.clone(),
        addressee,
        elements: exposed.map(|(_, e)| e.letter.clone()).collect(),
        supplemental: person.supplemental,
        outcome: String::new(),
        reason: None,
        since: None,
        version: None,
        pieces: Vec::new(),
    }
}

/// Letter and e-mail under the wave's seals.
fn pieces(
    matter: &Matter,
    ledger: &Ledger,
    person: &Person,
    record: &str,
    request: &TraceRequest,
    chapter: &mut Chapter,
) -> Result<(), Refusal> {
    let Some(entity) = person.entity.map(|at| &matter.incident[at]) else {
        return Ok(());
    };
    let entity = &entity.id;
    for (channel, name) in [("mail", "letter"), ("email", "e-mail")] {
        let planned = match channel {
            "mail" => chapter.outcome.starts_with("to_mail"),
            _ => chapter.outcome.ends_with("email"),
        };
        if !planned && chapter.merged_into.is_none() {
            continue;
        }
        let id = matter.piece(record, entity, channel);
        let mut piece = PieceStory {
            piece: id.clone(),
            channel: name,
            seal: None,
            printed: None,
            deliveries: Vec::new(),
        };
        let seals = ledger.seals(&matter.wave().id).map_err(ledger_stop)?;
        for seal in seals.into_iter().filter(|seal| seal.state != SealState::Replaced) {
            let sealed = Sealed::open(matter, seal)?;
            let Some((list, line, leaf)) = sealed.folder.find(&id).map_err(seal_stop)? else {
                continue;
            };
            let record = &sealed.record;
            let approvals = ledger.approvals(&record.root).map_err(ledger_stop)?;
            let batch: Option<u32> = list.strip_prefix("batch-").and_then(|n| n.parse().ok());
            if let Some(batch) = batch {
                let out = OutFolder(&matter.out).letters(&OutFolder::letters_of(record.number));
                printed(ledger, record.id, batch, &out, chapter, &mut piece)?;
            }
            for d in ledger.deliveries(record.id).map_err(ledger_stop)? {
                if d.piece.as_deref() == Some(&id) || (d.batch.is_some() && d.batch == batch) {
                    piece.deliveries.push(Confirmed {
                        what: d.what.label().to_owned(),
                        on: d.on,
                        evidence: d.evidence.name,
                        sha256: d.evidence.sha256,
                    });
                }
            }
            if let (Some(path), "mail") = (&request.pdf, channel) {
                letter(matter, &sealed, person, &id, &leaf.digest, path)?;
            }
            piece.seal = Some(SealProof {
                seal: record.number,
                leaf: leaf.digest,
                list_sha256: sealed.folder.list_digest(&list).to_owned(),
                list: format!("batches/{list}.txt"),
                line,
                root: record.root.clone(),
                approved_by: approvals.iter().map(|a| a.by.clone()).collect(),
                approvals: Approved::all(sealed.folder.dir(), approvals),
            });
        }
        // Of a merged row only what really went to the row it was merged into.
        if chapter.merged_into.is_none() || piece.seal.is_some() || planned {
            chapter.pieces.push(piece);
        }
    }
    Ok(())
}

/// The letter as it was approved, into a file.
fn letter(
    live: &Matter,
    sealed: &Sealed,
    person: &Person,
    piece: &str,
    leaf: &str,
    path: &Path,
) -> Result<(), Refusal> {
    let matter = sealed.matter(live)?;
    let dealt = matter.incident.protections.iter().any(|p| p.code_file.is_some());
    let counts = sealed.folder.statement.counts.clone();
    let one = match dealt || matches!(person.standing, Standing::Merged(_)) {
        true => compose_one(&matter, counts, piece)?,
        false => compose_person(&matter, person, counts)?,
    };
    match one.filter(|one| one.leaf == leaf) {
        Some(one) => one.write(path),
        None => Err(Refusal::refused(
            code!("seal.not_the_letter"),
            format!("`{piece}`, composed anew, is not the letter that was approved"),
            "use the program version that approved it",
        )),
    }
}

/// Which file has the letter, and on which pages.
fn printed(
    ledger: &Ledger,
    seal: i64,
    batch: u32,
    letters: &LetterFiles,
    chapter: &mut Chapter,
    piece: &mut PieceStory,
) -> Result<(), Refusal> {
    let printed = ledger.printed(seal).map_err(ledger_stop)?;
    let Some(printing) = printed.into_iter().find(|p| p.batch == batch) else { return Ok(()) };
    let mut page = PrintedPage {
        at: ledger.printed_at(seal, batch).map_err(ledger_stop)?,
        file: printing.file,
        sha256: printing.sha256,
        first_page: None,
        pages: None,
    };
    let line = manifest_line(&letters.manifest(), batch, &piece.piece)
        .doing(|| "read the manifest".into())?;
    if let Some(cells) = line {
        page.first_page = cells.get(3).and_then(|n| n.parse().ok());
        page.pages = cells.get(4).and_then(|n| n.parse().ok());
        chapter.version = cells.get(5).cloned();
    }
    piece.printed = Some(page);
    Ok(())
}
