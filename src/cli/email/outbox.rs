//! The wave's e-mails, composed one after another as they are wanted.

use super::gate::Permit;
use crate::cli::intake::{Addressed, Intake, key};
use crate::cli::matter::Matter;
use crate::email::{self, ComposeError};
use crate::finding::Finding;
use crate::ledger::NewMessage;
use crate::letters::Writer;
use crate::roster::Person;
use crate::sending::{Message, Outbox, OutboxError};
use std::ops::ControlFlow;

/// Why one person's e-mail cannot be made.
pub enum NotMade {
    Letter(Finding),
    Message(ComposeError),
}

/// What composing needs.
pub struct Composer<'a> {
    pub matter: &'a Matter,
    pub intake: &'a Intake,
    pub writer: &'a Writer<'a>,
}

impl Composer<'_> {
    /// A person's e-mail as it is sealed.
    ///
    /// # Errors
    /// [`NotMade`]
    pub fn message(&self, person: &Person) -> Result<Message, NotMade> {
        let (version, document) = self.writer.document(person).map_err(NotMade::Letter)?;
        let piece = self.writer.piece(person, "email");
        let subject = self.writer.email_subject(&version);
        let name = person.full_name();
        let incident = &self.matter.incident;
        let to = email::recipient(&person.email).map_err(NotMade::Message)?;
        let bytes = email::compose(incident, &document, &person.email, &name, &piece, &subject)
            .map_err(NotMade::Message)?;
        Ok(Message { piece, to, bytes })
    }

    /// Everybody who gets an e-mail, in the spool's order.
    ///
    /// # Errors
    /// The spool cannot be read.
    pub fn people(&self) -> Result<impl Iterator<Item = Result<Person, OutboxError>>, OutboxError> {
        let broken = |_| OutboxError("the spool cannot be read".to_owned());
        let people = self.intake.people(self.matter, self.writer).map_err(|_| {
            OutboxError("the spool cannot be opened".to_owned())
        })?;
        Ok(people.filter_map(move |addressed| match addressed {
            Ok(Addressed { person, .. }) => {
                self.intake.emails(&person, self.matter).then_some(Ok(person))
            }
            Err(error) => Some(Err(broken(error))),
        }))
    }

    /// The messages as the ledger enters them.
    ///
    /// # Errors
    /// The spool cannot be read.
    pub fn entries(&self) -> Result<impl Iterator<Item = NewMessage>, OutboxError> {
        Ok(self.people()?.map_while(Result::ok).map(|person| NewMessage {
            piece: self.writer.piece(&person, "email"),
            key: key(&self.matter.incident.id, &person.record_id),
            alone: !self.intake.outcome(&person, self.matter).mails(),
        }))
    }
}

/// The messages that a seal covers.
pub struct Sealed<'a> {
    pub composer: Composer<'a>,
    pub permit: Permit,
}

impl Outbox for Sealed<'_> {
    fn visit(
        &self,
        wanted: &mut dyn FnMut(&str) -> Result<bool, OutboxError>,
        take: &mut dyn FnMut(Message) -> ControlFlow<()>,
    ) -> Result<(), OutboxError> {
        for person in self.composer.people()? {
            let person = person?;
            let piece = self.composer.writer.piece(&person, "email");
            if !wanted(&piece)? {
                continue;
            }
            let message = self.composer.message(&person);
            let message = message.ok().filter(|m| self.permit.covers(&piece, &m.bytes));
            let message = message.ok_or_else(|| {
                OutboxError(format!("piece `{piece}` is not what was approved"))
            })?;
            if take(message).is_break() {
                return Ok(());
            }
        }
        Ok(())
    }
}
