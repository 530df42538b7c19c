//! Samples of the e-mails into `out/email`, not sent.

use crate::email::{ComposeError, Mailer, recipient, sender_address};
use crate::files;
use crate::finding::{Finding, Findings, Severity};
use crate::folder::OutFolder;
use crate::letters::Writer;
use crate::matter::open::Matter;
use crate::matter::people::intake::{Intake, spool_stop};
use crate::matter::products::email_samples::EmailSamples;
use crate::matter::products::{commit, stage};
use crate::matter::refusal::{Doing, Refusal};
use crate::matter::watcher::Watcher;
use crate::roster::Person;
use std::io;
use std::path::Path;

/// People between two looks at the clock of the progress bar.
const CHUNK: u64 = 1_000;

/// E-mails that can be made, and how many of them were written.
pub struct WrittenEmails {
    pub emails: u64,
    pub written: u64,
}

/// Samples of the e-mails, not sent: `out/email/<piece id>.eml`. Each address is looked at.
pub fn emails(
    matter: &Matter,
    intake: &Intake,
    writer: &Writer<'_>,
    findings: &mut Findings,
    watcher: &dyn Watcher,
) -> Result<WrittenEmails, Refusal> {
    let staged = stage(&matter.out, OutFolder::EMAIL)?;
    let total = intake.cube.rows.iter().filter(|(o, _)| o.emails()).map(|(_, n)| n).sum();
    watcher.begin("e-mails", total);
    let mut samples = EmailSamples::default();
    let mut looked_at = 0;
    for addressed in intake.people(matter, writer)? {
        let person = addressed.map_err(spool_stop)?.person;
        if !intake.emails(&person, matter) {
            continue;
        }
        let sender = sender_address(&matter.incident);
        match sender.and_then(|_| recipient(&person.email)) {
            Ok(_) => samples.add(writer, &person),
            Err(error) => findings.push(intake.at_row(not_made(&error), &person)),
        }
        looked_at += 1;
        if looked_at % CHUNK == 0 {
            watcher.advance(CHUNK);
        }
    }
    watcher.advance(looked_at % CHUNK);
    let rows = samples.rows();
    let mailer = Mailer::new(&matter.incident);
    let (mut emails, mut written) = (samples.total(), 0);
    for addressed in intake.people(matter, writer)? {
        let person = addressed.map_err(spool_stop)?.person;
        if !rows.contains(&person.row) || !intake.emails(&person, matter) {
            continue;
        }
        match message(writer, &mailer, &person) {
            Ok((piece, bytes)) => {
                write(staged.dir(), &piece, &bytes).doing(|| "write the e-mails".into())?;
                written += 1;
            }
            Err(finding) => {
                emails -= 1;
                findings.push(intake.at_row(finding, &person));
            }
        }
    }
    watcher.end();
    commit(staged)?;
    Ok(WrittenEmails { emails, written })
}

/// Writes one message. No sync for each: the folder gets its name only when all are there.
///
/// # Errors
/// I/O.
pub fn write(dir: &Path, piece: &str, bytes: &[u8]) -> io::Result<()> {
    io::Write::write_all(&mut files::create(&dir.join(format!("{piece}.eml")))?, bytes)
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
        Err(error) => Err(not_made(&error)),
    }
}

fn not_made(error: &ComposeError) -> Finding {
    Finding::new(code!("email.not_made"), Severity::Warning, error.to_string())
        .remedy("correct the address in the roster; the letter goes by mail")
}
