//! Proofs: the wave's e-mails as counsel would get them, with made-up people in them.

use crate::clock;
use crate::email::{self, Mailer};
use crate::ledger::MessageState;
use crate::letters::Version;
use crate::matter::compose::letter_words;
use crate::matter::compose::letter_words::LetterWords;
use crate::matter::mail::SendRequest;
use crate::matter::mail::server::{choices, needed_server, stamp};
use crate::matter::open::Matter;
use crate::matter::people::intake::Intake;
use crate::matter::refusal::Refusal;
use crate::sending::{Message, send_proofs};
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Before the subject of every proof.
const MARK: &str = "[PROOF]";

/// Versions shown where `--only` does not say.
const SHOWN: usize = 5;

/// Which proofs were offered, and what became of them.
#[derive(Debug, Serialize)]
pub struct Proofs {
    pub proofs: Vec<MailProof>,
    pub accepted: usize,
    pub server: String,
}

/// One version of the letter, offered as a proof.
#[derive(Debug, Serialize)]
pub struct MailProof {
    pub version: String,
    pub state: &'static str,
    pub code: u16,
    pub reply: String,
}

/// Sends the versions that most people get to one address, with made-up people in them.
///
/// # Errors
/// An address, mail server, key or sender that cannot be used; configuration; I/O.
pub fn proofs(args: &SendRequest, address: &str) -> Result<Proofs, Refusal> {
    let to = email::recipient(address).map_err(|error| {
        Refusal::one(
            code!("email.to"),
            error.to_string(),
            "give `--to` one address, such as `me@firm.example`",
        )
    })?;
    let (matter, mut findings) = Matter::open(&args.selection)?;
    let (server, stamp, how) =
        (needed_server(&matter, args)?, stamp(&matter)?, choices(&matter, args)?);
    let fonts = letter_words::fonts(&matter, &mut findings);
    let intake = Intake::read(&matter, &mut findings, args.show_values)?;
    let (plan, _) = matter.plan(&intake.cube, *matter.wave().mail_on);
    let words = LetterWords::load(&matter)?;
    let writer = words.writer(&matter, &plan, &fonts)?;

    // The versions that most people get, first.
    let mut versions: BTreeMap<String, (Arc<Version>, u64)> = BTreeMap::new();
    for addressed in intake.people(&matter, &writer)? {
        let person = addressed.map_err(crate::matter::people::intake::spool_stop)?.person;
        if intake.emails(&person, &matter) {
            let version = writer.version(&person);
            versions.entry(version.label.clone()).or_insert((version, 0)).1 += 1;
        }
    }
    let mut versions: Vec<_> = versions.into_values().collect();
    versions.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.label.cmp(&b.0.label)));
    versions.truncate(args.only.map_or(SHOWN, |only| only as usize));

    // A mail program shows one of two messages with the same id.
    let now = clock::now().as_second();
    let mut proofs = Vec::new();
    let mut labels = Vec::new();
    let mailer = Mailer::new(&matter.incident);
    for (n, (version, _)) in versions.iter().enumerate() {
        let person = writer.sample_person(version);
        let (version, document) = writer.document(&person).map_err(|finding| {
            Refusal::one(finding.code, finding.message.clone(), finding.remedy.clone())
        })?;
        let piece = format!("proof-{now}-{}", n + 1);
        let subject = format!("{MARK} {}", writer.email_subject(&version));
        let name = format!("{MARK} {}", person.full_name());
        let bytes =
            mailer.message(&document, address, &name, &piece, &subject).map_err(|error| {
                Refusal::one(code!("email.not_made"), error.to_string(), "correct `[email]`")
            })?;
        proofs.push(Message { piece, to: to.clone(), bytes });
        labels.push(version.label.clone());
    }
    let fates = send_proofs(&server, &how.from, &stamp, proofs).map_err(|error| {
        Refusal::one(code!("email.server"), error.to_string(), "correct `smtp` under `[email]`")
    })?;
    let taken = fates.iter().filter(|(state, _)| *state == MessageState::Accepted).count();
    let list = labels.into_iter().zip(fates).map(|(version, (state, reply))| MailProof {
        version,
        state: state.label(),
        code: reply.code,
        reply: reply.text,
    });
    Ok(Proofs { proofs: list.collect(), accepted: taken, server: server.name() })
}
