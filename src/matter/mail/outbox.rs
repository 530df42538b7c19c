//! The wave's e-mails, composed one after another as they are wanted.

use crate::approve::{Leaf, SealFolder, leaf};
use crate::email::{self, Mailer};
use crate::files::hex;
use crate::finding::Finding;
use crate::ledger::NewMessage;
use crate::letters::Writer;
use crate::matter::open::Matter;
use crate::matter::people::intake::{Addressed, Intake};
use crate::matter::products::message;
use crate::roster::Person;
use crate::sending::{Message, Outbox, OutboxError};
use std::collections::{BTreeSet, VecDeque};
use std::ops::ControlFlow;

/// What composing needs.
pub struct Composer<'a> {
    pub matter: &'a Matter,
    pub intake: &'a Intake,
    pub writer: &'a Writer<'a>,
    mailer: Mailer<'a>,
}

impl<'a> Composer<'a> {
    pub fn new(matter: &'a Matter, intake: &'a Intake, writer: &'a Writer<'a>) -> Self {
        Self { matter, intake, writer, mailer: Mailer::new(&matter.incident) }
    }
    /// A person's e-mail as it is sealed.
    ///
    /// # Errors
    /// Why it cannot be made.
    pub fn message(&self, person: &Person) -> Result<Message, Finding> {
        let (piece, bytes) = message(self.writer, &self.mailer, person)?;
        let to = email::recipient(&person.email).map_err(|error| {
            Finding::new(
                code!("email.not_made"),
                crate::finding::Severity::Warning,
                error.to_string(),
            )
        })?;
        Ok(Message { piece, to, bytes })
    }

    /// Everybody who gets an e-mail, in the spool's order.
    ///
    /// # Errors
    /// The spool cannot be read.
    pub fn people(&self) -> Result<impl Iterator<Item = Result<Person, OutboxError>>, OutboxError> {
        let broken = || OutboxError::NotSealed("the spool cannot be read".to_owned());
        let people = self.intake.people(self.matter, self.writer).map_err(|_| broken())?;
        Ok(people.filter_map(move |addressed| match addressed {
            Ok(Addressed { person, .. }) => {
                self.intake.emails(&person, self.matter).then_some(Ok(person))
            }
            Err(_) => Some(Err(broken())),
        }))
    }
}

/// What is done with a person and the leaf of their message.
type Each<'e> = &'e mut dyn FnMut(Person, &Leaf) -> Result<ControlFlow<()>, OutboxError>;

/// The messages that one seal covers.
pub struct SealedMail<'a> {
    pub composer: Composer<'a>,
    pub seal: &'a SealFolder,
}

impl SealedMail<'_> {
    /// Gives everybody whose message is under the seal to `each`, with its leaf: the seal lists
    /// them in the spool's order.
    fn each(&self, each: Each<'_>) -> Result<(), OutboxError> {
        let mut lists = self.seal.lists().filter(|name| name.starts_with("email-"));
        let mut leaves: VecDeque<Leaf> = VecDeque::new();
        let mut people = self.composer.people()?;
        loop {
            while leaves.is_empty() {
                let Some(name) = lists.next() else { return Ok(()) };
                let list = self
                    .seal
                    .list(name)
                    .map_err(|error| OutboxError::NotSealed(error.to_string()))?;
                leaves.extend(list.leaves);
            }
            let person = people.next().ok_or_else(|| {
                OutboxError::NotSealed(format!(
                    "`{}` was approved and cannot be composed",
                    leaves[0].file
                ))
            })??;
            let piece = self.composer.writer.piece(&person, "email");
            // Others are under another seal of the wave.
            if leaves[0].file.strip_suffix(".eml") != Some(&piece) {
                continue;
            }
            if let Some(leaf) = leaves.pop_front()
                && each(person, &leaf)?.is_break()
            {
                return Ok(());
            }
        }
    }

    /// Adds the states whose law protects those who are written to.
    ///
    /// # Errors
    /// The seal or the spool cannot be read.
    pub fn states(&self, states: &mut BTreeSet<String>) -> Result<(), OutboxError> {
        self.each(&mut |person, _| {
            if !states.contains(&person.jurisdiction) {
                states.insert(person.jurisdiction);
            }
            Ok(ControlFlow::Continue(()))
        })
    }

    /// The messages as the ledger enters them, some thousands at a time.
    ///
    /// # Errors
    /// The seal or the spool cannot be read; an error of `enter`.
    pub fn entries(
        &self,
        enter: &mut dyn FnMut(Vec<NewMessage>) -> Result<(), OutboxError>,
    ) -> Result<(), OutboxError> {
        const SOME: usize = 10_000;
        let mut some = Vec::new();
        self.each(&mut |person, _| {
            let Composer { matter, intake, writer, .. } = &self.composer;
            some.push(NewMessage {
                piece: writer.piece(&person, "email"),
                key: matter.key(&person.record_id).to_string(),
                alone: !intake.outcome(&person, matter).mails(),
            });
            if some.len() == SOME {
                enter(std::mem::take(&mut some))?;
            }
            Ok(ControlFlow::Continue(()))
        })?;
        enter(some)
    }
}

impl Outbox for SealedMail<'_> {
    fn visit(
        &self,
        wanted: &mut dyn FnMut(&str) -> Result<bool, OutboxError>,
        take: &mut dyn FnMut(Message) -> ControlFlow<()>,
    ) -> Result<(), OutboxError> {
        self.each(&mut |person, sealed| {
            let piece = sealed.file.trim_end_matches(".eml");
            if !wanted(piece)? {
                return Ok(ControlFlow::Continue(()));
            }
            let message = self.composer.message(&person);
            let message = message.ok().filter(|m| hex(&leaf(&m.bytes)) == sealed.digest);
            let message = message.ok_or_else(|| {
                OutboxError::NotSealed(format!(
                    "`{piece}`, composed anew, is not what was approved"
                ))
            })?;
            Ok(take(message))
        })
    }
}
