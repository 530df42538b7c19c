//! `email bounces`: mail that came back sends its people to the post.

use crate::email;
use crate::ledger::event::{EmailBounced, EmailComplained, Event};
use crate::ledger::{Ledger, LedgerError, Mailed, Mark, MessageState, Reply};
use crate::matter::open::{Matter, Selection};
use crate::matter::people::intake::spool_stop;
use crate::matter::refusal::{Doing, Refusal};
use crate::matter::seal::{ledger_stop, unaltered};
use crate::matter::work;
use crate::roster::Spool;
use crate::sending::{Class, Kind, Recipient, Returned, read_returned, returned_messages};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

/// What was read, and what it changed. Every message is in one of `matched`, `unknown_piece`,
/// `to_look_at` and `not_bounces`.
#[derive(Debug, Default, Serialize)]
pub struct Bounced {
    pub messages: u64,
    /// Of one e-mail of this incident, whether or not it told anything new.
    pub matched: u64,
    /// Returned mail that belongs to no e-mail of this incident.
    pub unknown_piece: u64,
    /// For a person: see `look_at`.
    pub to_look_at: u64,
    /// Anything else, automatic replies included.
    pub not_bounces: u64,
    /// Every message that is understood, by what it tells, matched or not; every kind has its key.
    pub classes: BTreeMap<&'static str, u64>,
    pub look_at: Vec<LookAt>,
    pub recorded: Vec<EmailBounced>,
    pub complaints: Vec<EmailComplained>,
}

/// A message that a person must read.
#[derive(Debug, Serialize)]
pub struct LookAt {
    pub file: PathBuf,
    /// Which message of its file, from 1.
    pub message: u64,
    pub why: &'static str,
}

const UNCLEAR: &str = "it looks like returned mail, and its words are not known";
const ANSWER: &str = "it is an answer to one of these e-mails, or quotes one";
const SEVERAL: &str = "it belongs to one of several e-mails";

/// Of a message whose person had no letter beside the e-mail.
const TO_BE_MADE: &str = "to be made";

impl EmailBounced {
    /// Whether a letter is still to be made.
    pub fn needs_letter(&self) -> bool {
        self.letter == TO_BE_MADE
    }

    /// Whether the e-mail did not arrive.
    pub fn is_lost(&self) -> bool {
        self.state == MessageState::Bounced.label()
    }
}

impl Bounced {
    /// Whether anybody must do something now.
    pub fn needs_somebody(&self) -> bool {
        self.to_look_at > 0 || self.recorded.iter().any(EmailBounced::is_lost)
    }
}

/// Reads mail that came back: an mbox, a Maildir, a message, or a folder of any of them. The same
/// message twice changes nothing. `seen` holds the files that were read before and gets those that
/// were read now; a file in it is passed over.
///
/// # Errors
/// Mail that cannot be read; I/O; another command at work in the folder.
pub fn bounces(
    selection: &Selection,
    mail: &Path,
    seen: &mut BTreeSet<PathBuf>,
) -> Result<Bounced, Refusal> {
    let (matter, _) = Matter::open(selection)?;
    let _work = work::begin(&matter.folder, "email bounces")?;
    let failed = |error: LedgerError| io::Error::other(error);
    let doing = || "record in `ledger.sqlite`".to_owned();
    let ledger = Ledger::open(&matter.folder).map_err(ledger_stop)?;
    unaltered(&ledger)?;
    let mut reading = Reading::of(&ledger);
    let mut error = None;
    let mut files = BTreeSet::new();
    returned_messages(mail, &mut |file, number, raw| {
        if seen.contains(&lasting(file)) {
            return;
        }
        files.insert(lasting(file));
        if let Err(problem) = reading.take(file, number, read_returned(raw)) {
            error.get_or_insert(problem);
        }
    })
    .doing(|| format!("read `{}`", mail.display()))?;
    if let Some(problem) = error {
        return Err(failed(problem)).doing(doing);
    }
    reading.by_address(&matter)?;
    reading.told.look_at.sort_by(|a, b| (&a.file, a.message).cmp(&(&b.file, b.message)));
    let Reading { marks, complaints, mut told, .. } = reading;
    let mut ledger = ledger;
    record(&mut ledger, &marks, complaints, &mut told).map_err(failed).doing(doing)?;
    seen.extend(files);
    Ok(told)
}

/// A Maildir's file keeps its name up to the colon when it moves from `new` to `cur`.
fn lasting(file: &Path) -> PathBuf {
    let in_maildir =
        file.parent().and_then(Path::file_name).is_some_and(|n| n == "new" || n == "cur");
    match (in_maildir, file.file_name().and_then(|name| name.to_str())) {
        (true, Some(name)) => PathBuf::from(name.split(':').next().unwrap_or(name)),
        _ => file.to_owned(),
    }
}

fn record(
    ledger: &mut Ledger,
    marks: &BTreeMap<i64, Told>,
    complaints: BTreeMap<String, EmailComplained>,
    told: &mut Bounced,
) -> Result<(), LedgerError> {
    for Told { mark, message, class, evidence } in marks.values() {
        let letter = if message.alone { TO_BE_MADE } else { "made beside the e-mail" };
        told.recorded.push(EmailBounced {
            piece: message.piece.clone(),
            was: message.state.label().to_owned(),
            state: mark.state.label().to_owned(),
            code: mark.reply.code,
            reply: mark.reply.text.clone(),
            letter: letter.to_owned(),
            class: class.map(|class| class.label().to_owned()),
            evidence: Some(evidence.clone()),
        });
    }
    if !complaints.is_empty() {
        let before: BTreeSet<String> = ledger
            .events()?
            .into_iter()
            .filter_map(|recorded| match recorded.event {
                Event::EmailComplained(complaint) => Some(complaint.piece),
                _ => None,
            })
            .collect();
        told.complaints = complaints.into_values().filter(|c| !before.contains(&c.piece)).collect();
    }
    for complaint in &told.complaints {
        ledger.append_event(&Event::EmailComplained(complaint.clone()))?;
    }
    for entry in &told.recorded {
        ledger.append_event(&Event::EmailBounced(entry.clone()))?;
    }
    if !marks.is_empty() {
        ledger.mark_messages(marks.values().map(|told| &told.mark))?;
        ledger.settle_messages()?;
    }
    Ok(())
}

/// What becomes of an e-mail, and by which message.
struct Told {
    mark: Mark,
    message: Mailed,
    class: Option<Class>,
    evidence: String,
}

/// Returned mail that names no piece, kept until the addresses of all are looked up at once.
struct Unnamed {
    file: PathBuf,
    number: u64,
    class: Option<Class>,
    recipients: Vec<Recipient>,
    digest: String,
}

struct Reading<'l> {
    ledger: &'l Ledger,
    told: Bounced,
    marks: BTreeMap<i64, Told>,
    complaints: BTreeMap<String, EmailComplained>,
    unnamed: Vec<Unnamed>,
}

impl<'l> Reading<'l> {
    fn of(ledger: &'l Ledger) -> Self {
        let classes = Class::ALL.map(|class| (class.label(), 0)).into();
        let told = Bounced { classes, ..Bounced::default() };
        let (marks, complaints) = Default::default();
        Self { ledger, told, marks, complaints, unnamed: Vec::new() }
    }

    fn take(&mut self, file: &Path, number: u64, read: Returned) -> Result<(), LedgerError> {
        self.told.messages += 1;
        if let Some(class) = read.class {
            *self.told.classes.entry(class.label()).or_default() += 1;
        }
        let mut known = BTreeMap::new();
        for piece in &read.pieces {
            if let Some(message) = self.ledger.message(piece)? {
                known.insert(message.id, message);
            }
        }
        match read.kind {
            Kind::Unclear => self.look_at(file, number, UNCLEAR),
            Kind::Other if read.class == Some(Class::Automatic) || known.is_empty() => {
                self.told.not_bounces += 1;
            }
            Kind::Other => self.look_at(file, number, ANSWER),
            Kind::Told if known.len() > 1 => self.look_at(file, number, SEVERAL),
            Kind::Told => match known.into_values().next() {
                Some(message) => {
                    self.told.matched += 1;
                    let said = said(&read.recipients, read.class);
                    self.settle(message, said, read.class, &read.digest);
                }
                None => self.unnamed.push(Unnamed {
                    file: file.to_owned(),
                    number,
                    class: read.class,
                    recipients: read.recipients,
                    digest: read.digest,
                }),
            },
        }
        Ok(())
    }

    fn look_at(&mut self, file: &Path, message: u64, why: &'static str) {
        self.told.to_look_at += 1;
        self.told.look_at.push(LookAt { file: file.to_owned(), message, why });
    }

    /// Returned mail without a piece belongs to whom it was sent to, if that is one e-mail.
    fn by_address(&mut self, matter: &Matter) -> Result<(), Refusal> {
        let unnamed = std::mem::take(&mut self.unnamed);
        if unnamed.is_empty() {
            return Ok(());
        }
        let pieces = pieces_at(matter, &unnamed)?;
        let doing = || "read `ledger.sqlite`".to_owned();
        for Unnamed { file, number, class, recipients, digest } in &unnamed {
            let mut found: BTreeMap<i64, (Mailed, &Recipient)> = BTreeMap::new();
            for recipient in recipients {
                for piece in pieces.get(&recipient.to.to_lowercase()).into_iter().flatten() {
                    let message = self.ledger.message(piece).map_err(io::Error::other);
                    if let Some(message) = message.doing(doing)? {
                        found.insert(message.id, (message, recipient));
                    }
                }
            }
            // No such mailbox is true for everybody who gave it; other reasons may be one
            // message's.
            if found.len() > 1 && *class != Some(Class::Hard) {
                self.look_at(file, *number, SEVERAL);
                continue;
            }
            match found.is_empty() {
                true => self.told.unknown_piece += 1,
                false => self.told.matched += 1,
            }
            for (message, recipient) in found.into_values() {
                self.settle(message, words(recipient), recipient.class.or(*class), digest);
            }
        }
        Ok(())
    }

    /// What a message makes of an e-mail, if it changes anything.
    fn settle(&mut self, message: Mailed, said: String, class: Option<Class>, digest: &str) {
        use MessageState::{Accepted, Bounced, Uncertain};
        if class == Some(Class::Complaint) {
            let (piece, evidence) = (message.piece.clone(), digest.to_owned());
            let complaint = EmailComplained { piece, feedback: said.clone(), evidence };
            self.complaints.entry(message.piece.clone()).or_insert(complaint);
        }
        let state = match (class, message.state) {
            (Some(class), Accepted | Uncertain) if class.is_lost() => Bounced,
            // Whoever complains, and whoever has delivered, had it.
            (None | Some(Class::Complaint), Uncertain) => Accepted,
            _ => return,
        };
        let reply = Reply { code: message.reply.code, text: said };
        let mark = Mark { id: message.id, state, reply };
        let told = Told { mark, class, evidence: digest.to_owned(), message };
        match self.marks.get(&told.mark.id) {
            // A bounce after a report of delivery: it did not arrive.
            Some(before) if before.mark.state == Bounced => {}
            _ => drop(self.marks.insert(told.mark.id, told)),
        }
    }
}

/// The words of the recipient that the message's class comes from.
fn said(recipients: &[Recipient], class: Option<Class>) -> String {
    let of = recipients.iter().find(|r| r.class == class).or_else(|| recipients.first());
    of.map(words).unwrap_or_default()
}

fn words(recipient: &Recipient) -> String {
    format!("{} {}", recipient.status, recipient.diagnostic).trim().to_owned()
}

/// The pieces that went to each of these addresses.
fn pieces_at(
    matter: &Matter,
    unnamed: &[Unnamed],
) -> Result<BTreeMap<String, Vec<String>>, Refusal> {
    let recipients = unnamed.iter().flat_map(|u| &u.recipients);
    let wanted: BTreeSet<String> = recipients.map(|r| r.to.to_lowercase()).collect();
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let spool = match Spool::open(&matter.folder, &matter.wave().id) {
        Ok(spool) => spool,
        // Without a list of people nobody was written to.
        Err(crate::roster::SpoolError::Missing(_)) => return Ok(found),
        Err(error) => return Err(spool_stop(error)),
    };
    for person in spool.people().map_err(spool_stop)? {
        let person = person.map_err(spool_stop)?;
        let Ok(address) = email::recipient(&person.email) else { continue };
        let address = address.to_string().to_lowercase();
        if !wanted.contains(&address) {
            continue;
        }
        // Nothing was sent to a row that names no covered entity.
        let Some(entity) = person.entity.map(|at| &matter.incident[at].id) else { continue };
        let piece = matter.piece(&person.record_id, entity, "email");
        found.entry(address).or_default().push(piece);
    }
    Ok(found)
}
