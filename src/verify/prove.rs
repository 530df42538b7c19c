//! The whole print run: spool, manifest, files and seal brought together.

use super::batch::{self, BatchProof, Member};
use super::codes::DealtCodes;
use super::faces::Faces;
use super::fault::{Fault, Faults};
use super::file::Known;
use super::manifest::Manifest;
use super::pictures::Pictures;
use super::piece::Piece;
use super::run_data::RunData;
use super::seal::sealed_list;
use super::task::Task;
use crate::roster::SpoolError;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::{Mutex, mpsc};
use std::thread;

/// What was proved, and what speaks against it.
#[derive(Default)]
pub struct Proof {
    pub letters: u64,
    pub pages: u64,
    pub batches: u64,
    /// Letters found in the seal in their place.
    pub leaves: u64,
    pub codes: u64,
    pub compared: u64,
    /// Letters whose every word stands where the sealed text has it, or for drafts where the folder
    /// composes it today.
    pub words: u64,
    /// Rows that are to get a letter.
    pub people: u64,
    pub faults: Faults,
}

impl Proof {
    pub fn holds(&self) -> bool {
        self.faults.is_empty()
    }
}

/// Why nothing can be proved.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    #[error(transparent)]
    Spool(#[from] SpoolError),
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Proves a print run, batch by batch on all workers. `progress` is told how many letters were
/// just read.
///
/// # Errors
/// A spool or manifest that cannot be read. Whatever is wrong with the letters is in
/// [`Proof::faults`].
pub fn prove(task: &Task<'_>, progress: &(dyn Fn(u64) + Sync)) -> Result<Proof, VerifyError> {
    let manifest = Manifest::read(&task.letters.join("manifest.csv"))?;
    let run_data = RunData::open(&task.letters.join("mrdf.csv"))?;
    let mut proof = Proof::default();
    sheets(task, &manifest, run_data.as_ref(), &mut proof.faults);
    whole(task, &manifest, &mut proof.faults)?;
    let known = Known { faces: Faces::open(&task.fonts), pictures: Pictures::of(&task.pictures) };
    let known = &known;
    let jobs = task.jobs.max(1);
    let (to_workers, work) = mpsc::sync_channel::<(usize, Vec<Member>)>(jobs);
    let (to_collector, done) = mpsc::channel::<io::Result<(usize, BatchProof)>>();
    let work = Mutex::new(work);
    let mut fed: Result<Faults, VerifyError> = Ok(Faults::default());
    let mut results = BTreeMap::new();
    let mut failed = None;
    thread::scope(|scope| {
        for _ in 0..jobs {
            let (to_collector, work, manifest) = (to_collector.clone(), &work, &manifest);
            let run_data = &run_data;
            scope.spawn(move || {
                loop {
                    let next = match work.lock() {
                        Ok(work) => work.recv(),
                        Err(_) => return,
                    };
                    let Ok((number, members)) = next else { return };
                    let span = &manifest.spans[number];
                    let checked = manifest.rows(span).and_then(|rows| {
                        let proof =
                            batch::check(task, known, run_data.as_ref(), span, &rows, &members)?;
                        progress(rows.len() as u64);
                        Ok((number, proof))
                    });
                    if to_collector.send(checked).is_err() {
                        return;
                    }
                }
            });
        }
        drop(to_collector);
        let people = &mut proof.people;
        let (fed, manifest) = (&mut fed, &manifest);
        scope.spawn(move || *fed = feed(task, manifest, &to_workers, people));
        for result in done {
            match result {
                Ok((number, batch)) => drop(results.insert(number, batch)),
                Err(error) => failed = Some(error),
            }
        }
    });
    if let Some(error) = failed {
        return Err(error.into());
    }
    proof.faults.extend(fed?);
    proof.batches = results.len() as u64;
    for batch in results.into_values() {
        proof.letters += batch.letters;
        proof.pages += batch.pages;
        proof.leaves += batch.leaves;
        proof.codes += batch.codes;
        proof.compared += batch.compared;
        proof.words += batch.words;
        proof.faults.extend(batch.faults);
    }
    Ok(proof)
}

/// The run data as a whole: the mail house needs it wherever its machines read codes.
fn sheets(task: &Task<'_>, manifest: &Manifest, data: Option<&RunData>, faults: &mut Faults) {
    let mut say = |batch: &str, message: &str| {
        let fault = Fault::new(code!("verify.run_data"), message);
        faults.push(Fault { batch: batch.to_owned(), ..fault });
    };
    let Some(data) = data else {
        if task.incident.mail.sheet_code.print && !manifest.spans.is_empty() {
            say("", "there is no run data, `mrdf.csv`");
        }
        return;
    };
    for file in &data.parted {
        say(file, "the rows of the file do not stand together in the run data");
    }
    let named: BTreeSet<&str> = manifest.spans.iter().map(|span| span.batch.as_str()).collect();
    for file in data.files().filter(|file| !named.contains(file)) {
        say(file, "the run data has a file that the manifest has not");
    }
}

/// The folder, the manifest and the seal as wholes.
fn whole(task: &Task<'_>, manifest: &Manifest, faults: &mut Faults) -> io::Result<()> {
    for row in &manifest.unreadable {
        let message = "the row names no piece";
        faults.push(Fault {
            manifest_row: Some(*row),
            ..Fault::new(code!("verify.manifest"), message)
        });
    }
    for row in &manifest.twice {
        let message = "the piece stands in the manifest twice";
        faults.push(Fault {
            manifest_row: Some(*row),
            ..Fault::new(code!("verify.letter_twice"), message)
        });
    }
    let mut named = BTreeSet::new();
    for span in &manifest.spans {
        if !named.insert(span.batch.as_str()) {
            let message = "the rows of the batch do not stand together";
            let fault = Fault::new(code!("verify.manifest"), message);
            faults.push(Fault {
                manifest_row: Some(span.first_row),
                batch: span.batch.clone(),
                ..fault
            });
        }
    }
    let mut extra = BTreeSet::new();
    for entry in std::fs::read_dir(task.letters)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        let Some(batch) = name.strip_suffix(".pdf") else { continue };
        if !named.contains(batch) {
            extra.insert(batch.to_owned());
        }
    }
    for batch in extra {
        let message = "the manifest has no row of this file";
        faults.push(Fault { batch, ..Fault::new(code!("verify.batch_extra"), message) });
    }
    if let Some(seal) = &task.seal {
        for file in &seal.broken {
            let message = format!("`{file}` of the seal is not what its root says");
            faults.push(Fault::new(code!("verify.seal"), message));
        }
        if seal.twice() > 0 {
            let message = format!("{} letters were sealed twice", seal.twice());
            faults.push(Fault::new(code!("verify.seal"), message));
        }
        let listed: BTreeSet<String> = named.iter().map(|batch| sealed_list(batch)).collect();
        for batch in seal.batches().filter(|batch| !listed.contains(*batch)) {
            let message = "the seal has this batch and the manifest has not";
            let batch = batch.to_owned();
            faults.push(Fault { batch, ..Fault::new(code!("verify.seal"), message) });
        }
    }
    Ok(())
}

/// Reads the spool once and hands every batch its people as soon as all are there.
fn feed(
    task: &Task<'_>,
    manifest: &Manifest,
    to_workers: &mpsc::SyncSender<(usize, Vec<Member>)>,
    people: &mut u64,
) -> Result<Faults, VerifyError> {
    let mut faults = Faults::default();
    let mut open: BTreeMap<usize, Vec<Member>> = BTreeMap::new();
    let mut sent = BTreeSet::new();
    let mut codes = DealtCodes::open(task)?;
    for person in task.spool.people()? {
        let person = person?;
        let Some(entity) = person.entity.map(|at| &task.incident[at]) else { continue };
        let (incident, wave) = (&task.incident.id, &task.wave.id);
        let secret = task.secret.as_ref().map(|secret| &secret[..]);
        let by =
            |channel| Piece::of(secret, [incident, wave, &person.record_id, &entity.id, channel]);
        let piece = by("mail");
        let code = codes.deal(&person, [piece, by("email")], &mut faults)?;
        if !task.is_mailed(&person, piece) {
            continue;
        }
        *people += 1;
        let Some(row) = manifest.row_of(piece) else {
            let message = "the person is to get a letter and the manifest has none";
            let roster_row = Some(person.row);
            faults
                .push(Fault { roster_row, ..Fault::new(code!("verify.letter_missing"), message) });
            continue;
        };
        let number = manifest.span_of(row);
        let members = open.entry(number).or_default();
        members.push(Member { manifest_row: row, person, code });
        if members.len() as u64 == manifest.spans[number].rows {
            let members = open.remove(&number).unwrap_or_default();
            sent.insert(number);
            if to_workers.send((number, members)).is_err() {
                return Ok(faults);
            }
        }
    }
    codes.finish(&mut faults);
    if let Some(seal) = &task.seal
        && seal.count() != *people
    {
        let message = format!(
            "{} letters were sealed, and the spool has {people} of these people",
            seal.count()
        );
        faults.push(Fault::new(code!("verify.seal"), message));
    }
    for number in 0..manifest.spans.len() {
        if !sent.contains(&number) {
            let members = open.remove(&number).unwrap_or_default();
            if to_workers.send((number, members)).is_err() {
                break;
            }
        }
    }
    Ok(faults)
}
