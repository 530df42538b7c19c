//! The e-mails into `out/email`, not sent.

use crate::email::Mailer;
use crate::files;
use crate::finding::{Finding, Findings, Severity};
use crate::folder::OutFolder;
use crate::letters::Writer;
use crate::matter::open::Matter;
use crate::matter::people::intake::{Intake, spool_stop};
use crate::matter::products::{commit, stage};
use crate::matter::refusal::{Doing, Refusal};
use crate::matter::watcher::Watcher;
use crate::roster::Person;
use rayon::prelude::*;
use std::io;
use std::path::Path;

/// People composed between two looks at the disk.
const CHUNK: usize = 1_000;

/// The e-mails, not sent: `out/email/<piece id>.eml`. How many.
pub fn emails(
    matter: &Matter,
    intake: &Intake,
    writer: &Writer<'_>,
    findings: &mut Findings,
    watcher: &dyn Watcher,
) -> Result<u64, Refusal> {
    let staged = stage(&matter.out, OutFolder::EMAIL)?;
    let total = intake.cube.rows.iter().filter(|(o, _)| o.emails()).map(|(_, n)| n).sum();
    watcher.begin("e-mails", total);
    let mut people = intake.people(matter, writer)?;
    let mailer = Mailer::new(&matter.incident);
    let mut made = 0;
    loop {
        let mut chunk = Vec::with_capacity(CHUNK);
        while chunk.len() < CHUNK {
            let Some(person) = people.next() else { break };
            let person = person.map_err(spool_stop)?.person;
            if intake.emails(&person, matter) {
                chunk.push(person);
            }
        }
        if chunk.is_empty() {
            break;
        }
        let results: Vec<_> = chunk
            .par_iter()
            .map(|person| one_email(writer, &mailer, person, staged.dir()))
            .collect();
        for result in results {
            match result.doing(|| "write the e-mails".into())? {
                None => made += 1,
                Some((finding, person)) => findings.push(intake.at_row(finding, person)),
            }
        }
        watcher.advance(chunk.len() as u64);
    }
    watcher.end();
    commit(staged)?;
    Ok(made)
}

/// Writes one message, or says why it cannot be made.
fn one_email<'p>(
    writer: &Writer<'_>,
    mailer: &Mailer<'_>,
    person: &'p Person,
    dir: &Path,
) -> io::Result<Option<(Finding, &'p Person)>> {
    match message(writer, mailer, person) {
        // No sync for each: the folder gets its name only when all are there.
        Ok((piece, bytes)) => {
            io::Write::write_all(&mut files::create(&dir.join(format!("{piece}.eml")))?, &bytes)?;
            Ok(None)
        }
        Err(finding) => Ok(Some((finding, person))),
    }
}

/// A person's e-mail without Date and signature, under its piece id.
///
/// # Errors
/// Why it cannot be made.
pub fn message(
    writer: &Writer<'_>,
    mailer: &Mailer<'_>,
    person: &Person,
) -> Result<(String, Vec<u8>), Finding> {
    let (version, document) = writer.document(person)?;
    let piece = writer.piece(person, "email");
    let subject = writer.email_subject(&version);
    let name = person.full_name();
    match mailer.message(&document, &person.email, &name, &piece, &subject) {
        Ok(bytes) => Ok((piece, bytes)),
        Err(error) => {
            Err(Finding::new(code!("email.not_made"), Severity::Warning, error.to_string())
                .remedy("correct the address in the roster; the letter goes by mail"))
        }
    }
}
