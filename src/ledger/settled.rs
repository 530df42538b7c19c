//! The states of e-mails under the chain of events.
//!
//! E-mails change by the thousand a second: too often for an event each. Before the first change
//! an event says that they are changing; when a command is done, another says what all of them
//! are, by a digest. A byte changed between two commands shows.

use super::{Ledger, LedgerError, events};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, types::ValueRef};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

const CHANGING: &str = "emails.changing";
const SETTLED: &str = "emails.settled";

/// Says that e-mails are changing, within the commit that changes the first; `said` is whether
/// this was told already.
pub(super) fn changing(connection: &Connection, said: bool) -> Result<(), LedgerError> {
    if !said && last(connection)?.is_none_or(|(kind, _)| kind != CHANGING) {
        events::append(connection, CHANGING, &json!({}))?;
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
        if last(&transaction)?.is_some_and(|(kind, _)| kind == CHANGING) {
            let (messages, digest) = digest(&transaction)?;
            let body = json!({ "messages": messages, "sha256": digest });
            events::append(&transaction, SETTLED, &body)?;
        }
        transaction.commit()?;
        self.changing = false;
        Ok(())
    }

    /// Whether e-mails are what the last event about them says; while they are changing there is
    /// nothing to compare them with.
    pub(super) fn audit_messages(&self, wrong: &mut Vec<String>) -> Result<(), LedgerError> {
        let (messages, digest) = digest(&self.connection)?;
        match last(&self.connection)? {
            None if messages > 0 => {
                wrong.push("e-mails are recorded that no event tells of".to_owned());
            }
            Some((kind, body))
                if kind == SETTLED
                    && (body["messages"] != messages || body["sha256"] != digest.as_str()) =>
            {
                wrong.push("e-mails are not what their event says".to_owned());
            }
            _ => {}
        }
        Ok(())
    }
}

/// The last event about the e-mails: its kind and what it says.
fn last(connection: &Connection) -> Result<Option<(String, Value)>, LedgerError> {
    let mut statement = connection.prepare_cached(
        "SELECT kind, body FROM event WHERE kind IN (?1, ?2) ORDER BY seq DESC LIMIT 1",
    )?;
    let found = statement.query_row((CHANGING, SETTLED), |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))
    });
    let read =
        |(kind, body): (String, String)| (kind, serde_json::from_str(&body).unwrap_or_default());
    Ok(found.optional()?.map(read))
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
