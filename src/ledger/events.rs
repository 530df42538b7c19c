//! What happened, in order: each event carries the digest of the one before it, so that nothing
//! can be taken out or slipped in later without showing.

use super::{Event, Ledger, LedgerError};
use crate::clock;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior};
use sha2::{Digest, Sha256};

/// Seconds by which a clock may be corrected backward.
pub(super) const CLOCKS_DIFFER: i64 = 300;

/// One event of the chain.
#[derive(Clone, Debug, PartialEq)]
pub struct Recorded {
    /// From 1, without gaps.
    pub seq: u64,
    pub at: Timestamp,
    pub event: Event,
    /// As it lies in the ledger, for whoever follows the chain without this program.
    pub stored: Stored,
}

/// What is done with an event, or with why it cannot be read.
type Each<'e> = &'e mut dyn FnMut(u64, Result<Recorded, LedgerError>) -> Result<(), LedgerError>;

/// The texts that the chain of digests runs over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// When, as an RFC 3339 instant.
    pub at: String,
    pub kind: String,
    /// JSON.
    pub body: String,
    /// SHA-256, hex, over this event and the hash of the one before it.
    pub hash: String,
}

impl Ledger {
    /// Appends an event and gives its number.
    ///
    /// # Errors
    /// The database; a clock that was set back.
    pub fn append_event(&mut self, event: &Event) -> Result<u64, LedgerError> {
        let transaction =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let seq = append(&transaction, event)?;
        transaction.commit()?;
        Ok(seq)
    }

    /// The last event's number and hash; none before anything happened.
    pub fn head(&self) -> Result<Option<(u64, String)>, LedgerError> {
        last(&self.connection)
    }

    /// When the last event was; none before anything happened.
    pub(super) fn last_at(&self) -> Result<Option<Timestamp>, LedgerError> {
        let sql = "SELECT at FROM event ORDER BY seq DESC LIMIT 1";
        let at: Option<String> = self.connection.query_row(sql, [], |row| row.get(0)).optional()?;
        Ok(at.and_then(|at| at.parse().ok()))
    }

    /// Whether the last thing that happened is that somebody vouched for the clock.
    pub(super) fn clock_was_set(&self) -> Result<bool, LedgerError> {
        let sql = "SELECT kind FROM event ORDER BY seq DESC LIMIT 1";
        let kind: Option<String> =
            self.connection.query_row(sql, [], |row| row.get(0)).optional()?;
        Ok(kind.as_deref() == Some(super::event::CLOCK_SET))
    }

    /// All events, in order.
    ///
    /// # Errors
    /// The database; an event that cannot be read, or that a later program wrote.
    pub fn events(&self) -> Result<Vec<Recorded>, LedgerError> {
        let mut events = Vec::new();
        self.each_event(&mut |_, read| {
            events.push(read?);
            Ok(())
        })?;
        Ok(events)
    }

    /// Gives each event with its number to `each`, also one that cannot be read.
    pub(super) fn each_event(&self, each: Each<'_>) -> Result<(), LedgerError> {
        let mut statement =
            self.connection.prepare("SELECT seq, at, kind, body, hash FROM event ORDER BY seq")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let seq: u64 = row.get(0)?;
            let (at, kind) = (row.get(1)?, row.get(2)?);
            let stored = Stored { at, kind, body: row.get(3)?, hash: row.get(4)? };
            let read = Event::read(seq, &stored.kind, &stored.body);
            let read = read.and_then(|event| match stored.at.parse() {
                Ok(at) => Ok(Recorded { seq, at, event, stored }),
                Err(_) => Err(LedgerError::UnreadableEvent { seq, kind: stored.kind }),
            });
            each(seq, read)?;
        }
        Ok(())
    }

    /// Follows the chain from its start; gives the last hash (empty if nothing happened yet), for
    /// keeping elsewhere: a chain alone cannot show that its end was cut off.
    pub fn verify_chain(&self) -> Result<String, LedgerError> {
        let mut statement = self
            .connection
            .prepare("SELECT seq, at, kind, body, previous, hash FROM event ORDER BY seq")?;
        let mut rows = statement.query([])?;
        let mut last = String::new();
        let mut expected = 1;
        while let Some(row) = rows.next()? {
            let seq: u64 = row.get(0)?;
            let text = |i| row.get::<_, String>(i);
            let (previous, hash) = (text(4)?, text(5)?);
            let right = digest(seq, &text(1)?, &text(2)?, &text(3)?, &last);
            if seq != expected || previous != last || hash != right {
                return Err(LedgerError::BrokenChain(expected));
            }
            last = hash;
            expected += 1;
        }
        Ok(last)
    }
}

fn last(connection: &Connection) -> Result<Option<(u64, String)>, LedgerError> {
    let sql = "SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1";
    Ok(connection.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
}

/// Appends an event within a commit that records what it speaks of.
pub(super) fn append(connection: &Connection, event: &Event) -> Result<u64, LedgerError> {
    let last = last(connection)?;
    let now = clock::now();
    // Somebody vouches for the clock: the last event was written under a wrong one.
    let vouched = matches!(event, Event::ClockSet(_));
    if let (false, Some((seq, _))) = (vouched, &last) {
        let sql = "SELECT at FROM event WHERE seq = ?1";
        let at: String = connection.query_row(sql, [seq], |row| row.get(0))?;
        let before: Timestamp = at.parse().unwrap_or(Timestamp::UNIX_EPOCH);
        if now.as_second() + CLOCKS_DIFFER < before.as_second() {
            return Err(LedgerError::ClockSetBack { now, last: before });
        }
    }
    let (seq, previous) = last.map_or((1, String::new()), |(seq, hash)| (seq + 1, hash));
    let (at, (kind, body)) = (now.to_string(), event.stored()?);
    let hash = digest(seq, &at, &kind, &body, &previous);
    connection.execute(
        "INSERT INTO event VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        (seq, at, kind, body, previous, hash),
    )?;
    Ok(seq)
}

fn digest(seq: u64, at: &str, kind: &str, body: &str, previous: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(seq.to_le_bytes());
    for part in [at, kind, body, previous] {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    crate::files::hex(&hash.finalize())
}
