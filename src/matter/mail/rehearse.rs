//! The rehearsal: everything but the socket.

use crate::finding::Findings;
use crate::folder::OutFolder;
use crate::ledger::Ledger;
use crate::matter::compose::images::Images;
use crate::matter::compose::letter_words;
use crate::matter::compose::letter_words::LetterWords;
use crate::matter::mail::outbox::Composer;
use crate::matter::mail::server::{choices, server, stamp};
use crate::matter::mail::tally::{Emails, emails};
use crate::matter::mail::{EmailRun, SendRequest};
use crate::matter::open::Matter;
use crate::matter::people::intake::Intake;
use crate::matter::products::{self, EmailSamples, commit, stage};
use crate::matter::refusal::{Doing, Refusal};
use crate::matter::seal::ledger_stop;
use crate::matter::work;
use crate::sending::Server;
use serde::Serialize;
use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;

/// What a rehearsal made.
#[derive(Serialize)]
pub struct Rehearsal {
    #[serde(flatten)]
    pub run: EmailRun,
    /// Where the messages lie.
    #[serde(skip)]
    pub folder: PathBuf,
    /// Where the e-mails of the wave stand; none before the first sending.
    #[serde(skip)]
    pub known: Option<Emails>,
    #[serde(skip)]
    pub found: Findings,
}

/// Composes, stamps and signs each message and writes it as a file; sends nothing.
///
/// # Errors
/// A mail server, key or sender that cannot be used; configuration; I/O.
pub fn rehearse(args: &SendRequest) -> Result<Rehearsal, Refusal> {
    let (matter, mut findings) = Matter::open(&args.selection)?;
    let _work = work::begin(&matter.folder, "email")?;
    let fonts = letter_words::fonts(&matter, &mut findings);
    Images::load(&matter, &mut findings);
    let mut intake = Intake::read(&matter, &mut findings, args.show_values)?;
    let (plan, _) = matter.plan(&intake.cube, *matter.wave().mail_on);
    let words = LetterWords::load(&matter)?;
    let writer = words.writer(&matter, &plan, &fonts)?;
    intake.settle(&matter, &writer, &fonts, &mut findings)?;
    let composer = Composer::new(&matter, &intake, &writer);
    written(args, &composer, findings)
}

fn written(
    args: &SendRequest,
    composer: &Composer<'_>,
    mut findings: Findings,
) -> Result<Rehearsal, Refusal> {
    let matter = composer.matter;
    let (server, stamp, how) = (server(matter, args)?, stamp(matter)?, choices(matter, args)?);
    let staged = stage(&matter.out, OutFolder::EMAIL)?;
    let (mut messages, mut bytes, mut written) = (0, 0, 0);
    let mut domains: BTreeMap<String, u64> = BTreeMap::new();
    let reading = || "read the spool".to_owned();
    let mut samples = EmailSamples::default();
    if !args.write_all {
        let people = composer.people().map_err(io::Error::other).doing(reading)?;
        let few = usize::try_from(args.only.unwrap_or(u64::MAX)).unwrap_or(usize::MAX);
        for person in people.take(few) {
            let person = person.map_err(io::Error::other).doing(reading)?;
            samples.add(composer.writer, &person);
        }
    }
    let sampled = samples.rows();
    let people = composer.people().map_err(io::Error::other).doing(reading)?;
    for person in people {
        let person = person.map_err(io::Error::other).doing(reading)?;
        if args.only.is_some_and(|only| messages >= only) {
            break;
        }
        match composer.message(&person) {
            Ok(message) => {
                if args.write_all || sampled.contains(&person.row) {
                    products::emails::write(staged.dir(), &message.piece, &message.bytes)
                        .doing(|| "write the e-mails".to_owned())?;
                    written += 1;
                }
                messages += 1;
                let signed = stamp.put_on(&message.bytes).map_err(io::Error::other);
                bytes += signed.doing(|| "sign the e-mails".into())?.len() as u64;
                *domains.entry(message.to.domain().to_lowercase()).or_default() += 1;
            }
            Err(finding) => findings.push(composer.intake.at_row(finding, &person)),
        }
    }
    commit(staged)?;
    let mut domains: Vec<(String, u64)> = domains.into_iter().collect();
    domains.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    domains.truncate(10);
    let known = emails(&Ledger::open(&matter.folder).map_err(ledger_stop)?, &matter.wave().id)
        .map_err(ledger_stop)?;
    let run = EmailRun {
        wave: matter.wave().id.clone(),
        messages,
        written: Some(written),
        dry_run: true,
        server: server.as_ref().map(Server::name),
        connections: how.connections,
        signatures: stamp.keys.len(),
        bytes: Some(bytes),
        domains: Some(domains),
        states: known.as_ref().map(|known| known.states.clone()),
        sent: None,
        findings: findings.counts(),
    };
    Ok(Rehearsal {
        run,
        folder: OutFolder(&matter.out).product(OutFolder::EMAIL),
        known,
        found: findings,
    })
}
