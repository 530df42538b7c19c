//! What happened, in order: each event carries the digest of the one before it, so that nothing
//! can be taken out or slipped in later without showing.

use super::{Ledger, LedgerError};
use crate::clock;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior};
use sha2::{Digest, Sha256};

/// Seconds by which a clock may be corrected backwards.
const CLOCKS_DIFFER: i64 = 300;

/// One event. `body` is JSON and holds no personal value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// From 1, without gaps.
    pub seq: u64,
    /// When, as an RFC 3339 instant.
    pub at: String,
    pub kind: String,
    pub body: String,
    /// SHA-256, hex, over this event and the hash of the one before it.
    pub hash: String,
}

impl Ledger {
    /// Appends an event and gives its number.
    pub fn append_event(
        &mut self,
        kind: &str,
        body: &serde_json::Value,
    ) -> Result<u64, LedgerError> {
        let transaction =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let seq = append(&transaction, kind, body)?;
        transaction.commit()?;
        Ok(seq)
    }

    /// The last event's number and hash; none before anything happened.
    pub fn head(&self) -> Result<Option<(u64, String)>, LedgerError> {
        last(&self.connection)
    }

    /// All events, or those of one kind, in order.
    pub fn events(&self, kind: Option<&str>) -> Result<Vec<Event>, LedgerError> {
        let mut statement = self.connection.prepare(
            "SELECT seq, at, kind, body, hash FROM event
             WHERE ?1 IS NULL OR kind = ?1 ORDER BY seq",
        )?;
        let rows = statement.query_map([kind], |row| {
            Ok(Event {
                seq: row.get(0)?,
                at: row.get(1)?,
                kind: row.get(2)?,
                body: row.get(3)?,
                hash: row.get(4)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
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
pub(super) fn append(
    connection: &Connection,
    kind: &str,
    body: &serde_json::Value,
) -> Result<u64, LedgerError> {
    let last = last(connection)?;
    let now = clock::now();
    if let Some((seq, _)) = &last {
        let sql = "SELECT at FROM event WHERE seq = ?1";
        let at: String = connection.query_row(sql, [seq], |row| row.get(0))?;
        let before: Timestamp = at.parse().unwrap_or(Timestamp::UNIX_EPOCH);
        if now.as_second() + CLOCKS_DIFFER < before.as_second() {
            return Err(LedgerError::ClockSetBack { now, last: before });
        }
    }
    let (seq, previous) = last.map_or((1, String::new()), |(seq, hash)| (seq + 1, hash));
    let (at, body) = (now.to_string(), body.to_string());
    let hash = digest(seq, &at, kind, &body, &previous);
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
