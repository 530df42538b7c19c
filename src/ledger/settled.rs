//! The states of e-mails under the chain of events.
//!
//! E-mails change by the thousand a second: too often for an event each. Before the first change
//! an event says that they are changing; when a command is done, another says what all of them
//! are, by a digest. A byte changed between two commands shows.

use super::event::{EmailsChanging, EmailsSettled};
use super::{Event, Ledger, LedgerError, Reply, events};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, types::ValueRef};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

const CHANGING: &str = "emails.changing";
const SETTLED: &str = "emails.settled";

/// Says that e-mails are changing, within the commit that changes the first; `said` is whether
/// this was told already.
pub(super) fn changing(connection: &Connection, said: bool) -> Result<(), LedgerError> {
    if !said && !are_changing(connection)? {
        events::append(connection, &Event::EmailsChanging(EmailsChanging {}))?;
    }
    Ok(())
}

/// For a ledger whose e-mails were recorded before events told of them: they are changing until a
/// command says what they are.
pub(super) fn begin(connection: &Connection) -> Result<(), LedgerError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM message)";
    match connection.query_row(sql, [], |row| row.get(0))? {
        true => changing(connection, false),
        false => Ok(()),
    }
}

impl Ledger {
    /// Says what all e-mails are, if they changed since it was last said. For the end of a
    /// command; after a kill the next command says it.
    ///
    /// # Errors
    /// [`LedgerError`]
    pub fn settle_messages(&mut self) -> Result<(), LedgerError> {
        let transaction =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        if are_changing(&transaction)? {
            let (messages, sha256) = digest(&transaction)?;
            let event = Event::EmailsSettled(EmailsSettled { messages, sha256 });
            events::append(&transaction, &event)?;
        }
        transaction.commit()?;
        self.changing = false;
        Ok(())
    }

    /// What servers said to a wave's messages that were refused or deferred, the most frequent first,
    /// each with its number.
    ///
    /// # Errors
    /// [`LedgerError`]
    pub fn replies_against(&self, wave: &str) -> Result<Vec<(Reply, u64)>, LedgerError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT code, reply, count(*) FROM message
             WHERE wave = ?1 AND state IN ('refused', 'deferred')
             GROUP BY code, reply ORDER BY count(*) DESC, code, reply",
        )?;
        let replies = statement.query_map([wave], |row| {
            Ok((Reply { code: row.get(0)?, text: row.get(1)? }, row.get(2)?))
        })?;
        Ok(replies.collect::<Result<_, _>>()?)
    }

    /// How many of these pieces no message is entered for.
    ///
    /// # Errors
    /// [`LedgerError`]
    pub fn missing_pieces(&self, pieces: &[String]) -> Result<u64, LedgerError> {
        let mut missing = 0;
        // What was offered in several runs is remembered as often.
        for piece in pieces.iter().collect::<BTreeSet<_>>() {
            missing += u64::from(self.message(piece)?.is_none());
        }
        Ok(missing)
    }

    /// Refuses to change e-mails that are not what was last said of them: the next event would
    /// call them right. Once for each opened ledger.
    pub(super) fn prove_messages(&mut self) -> Result<(), LedgerError> {
        if self.proved || self.changing {
            return Ok(());
        }
        let mut wrong = Vec::new();
        self.audit_messages(&mut wrong)?;
        self.proved = wrong.is_empty();
        wrong.pop().map_or(Ok(()), |wrong| Err(LedgerError::Altered(wrong)))
    }

    /// Whether e-mails are what the last event about them says; while they are changing there is
    /// nothing to compare them with.
    pub(super) fn audit_messages(&self, wrong: &mut Vec<String>) -> Result<(), LedgerError> {
        let (messages, digest) = digest(&self.connection)?;
        match last(&self.connection)? {
            None if messages > 0 => {
                wrong.push("e-mails are recorded that no event tells of".to_owned());
            }
            Some(Event::EmailsSettled(said))
                if said.messages != messages || said.sha256 != digest =>
            {
                wrong.push("e-mails are not what their event says".to_owned());
            }
            _ => {}
        }
        Ok(())
    }
}

fn are_changing(connection: &Connection) -> Result<bool, LedgerError> {
    Ok(matches!(last(connection)?, Some(Event::EmailsChanging(_))))
}

/// The last event about the e-mails.
fn last(connection: &Connection) -> Result<Option<Event>, LedgerError> {
    let mut statement = connection.prepare_cached(
        "SELECT seq, kind, body FROM event WHERE kind IN (?1, ?2) ORDER BY seq DESC LIMIT 1",
    )?;
    let found = statement.query_row((CHANGING, SETTLED), |row| {
        Ok((row.get(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?))
    });
    found.optional()?.map(|(seq, kind, body)| Event::read(seq, &kind, &body)).transpose()
}

/// How many e-mails there are, and SHA-256, hex, over every field of each.
fn digest(connection: &Connection) -> Result<(u64, String), LedgerError> {
    let mut hash = Sha256::new();
    let mut statement = connection.prepare("SELECT * FROM message ORDER BY id")?;
    let fields = statement.column_count();
    let mut rows = statement.query([])?;
    let mut messages = 0;
    while let Some(row) = rows.next()? {
        messages += 1;
        for field in 0..fields {
            match row.get_ref(field)? {
                ValueRef::Integer(number) => {
                    hash.update(b"i");
                    hash.update(number.to_le_bytes());
                }
                ValueRef::Text(bytes) | ValueRef::Blob(bytes) => {
                    hash.update(b"t");
                    hash.update((bytes.len() as u64).to_le_bytes());
                    hash.update(bytes);
                }
                ValueRef::Real(number) => hash.update(number.to_le_bytes()),
                ValueRef::Null => hash.update(b"n"),
            }
        }
    }
    Ok((messages, crate::files::hex(&hash.finalize())))
}
