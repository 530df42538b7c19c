//! Whether the ledger is what was written: the chain of events, the tables against the events,
//! the outcomes against their digest.

use super::{Ledger, LedgerError};
use serde_json::Value;
use sha2::{Digest, Sha256};

impl Ledger {
    /// Reads everything once and lists what is not as it was written; nothing listed means that
    /// no byte that counts has changed. Takes a few seconds for millions of rows.
    ///
    /// # Errors
    /// The database cannot be read at all.
    pub fn audit(&self) -> Result<Vec<String>, LedgerError> {
        let mut wrong = Vec::new();
        let sound: String =
            self.connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
        if sound != "ok" {
            wrong.push("the database file is damaged".to_owned());
        }
        match self.verify_chain() {
            Ok(_) => {}
            Err(LedgerError::BrokenChain(seq)) => {
                wrong.push(format!("event {seq} was altered, or one before it is missing"));
            }
            Err(error) => return Err(error),
        }
        self.audit_seals(&mut wrong)?;
        self.audit_outcomes(&mut wrong)?;
        Ok(wrong)
    }

    /// Seals, printings and deliveries stand in tables for asking; the events are the proof.
    fn audit_seals(&self, wrong: &mut Vec<String>) -> Result<(), LedgerError> {
        let mut statement = self.connection.prepare(
            "SELECT 'seal', number, root, letters || ' ' || emails, body FROM seal
                 JOIN event ON seq = event
             UNION ALL SELECT 'batch', batch, printing.sha256, pieces || ' ' || pages, body
                 FROM printing JOIN event ON seq = event
             UNION ALL SELECT 'delivery', coalesce(batch, 0), delivery.sha256,
                 what || ' ' || on_day || ' ' || coalesce(piece, ''), body
                 FROM delivery JOIN event ON seq = event",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (kind, number): (String, u64) = (row.get(0)?, row.get(1)?);
            let (digest, rest): (String, String) = (row.get(2)?, row.get(3)?);
            let body: Value =
                serde_json::from_str(&row.get::<_, String>(4)?).unwrap_or(Value::Null);
            let same = match kind.as_str() {
                "seal" => {
                    body["seal"] == number
                        && body["root"] == digest.as_str()
                        && rest == format!("{} {}", body["letters"], body["emails"])
                }
                "batch" => {
                    body["batch"] == number
                        && body["sha256"] == digest.as_str()
                        && rest == format!("{} {}", body["pieces"], body["pages"])
                }
                _ => {
                    let word = |key: &str| body[key].as_str().unwrap_or_default().to_owned();
                    let named = |piece: &Value| {
                        rest == format!(
                            "{} {} {}",
                            word("what"),
                            word("on"),
                            piece.as_str().unwrap_or_default()
                        )
                    };
                    let pieces = body["pieces"].as_array().map_or(&[][..], Vec::as_slice);
                    let batches = body["batches"].as_array().map_or(&[][..], Vec::as_slice);
                    body["evidence"]["sha256"] == digest.as_str()
                        && match number {
                            0 => pieces.iter().any(named),
                            _ => {
                                batches.iter().any(|batch| *batch == number) && named(&Value::Null)
                            }
                        }
                }
            };
            if !same {
                wrong.push(format!("{kind} {number} is not what its event says"));
            }
        }
        Ok(())
    }

    fn audit_outcomes(&self, wrong: &mut Vec<String>) -> Result<(), LedgerError> {
        let mut statement = self
            .connection
            .prepare("SELECT id, wave, digest FROM generation WHERE state = 'current'")?;
        let mut waves = statement.query([])?;
        while let Some(wave) = waves.next()? {
            let (id, name, expected): (i64, String, String) =
                (wave.get(0)?, wave.get(1)?, wave.get(2)?);
            // Counts of an older program have none.
            if expected.is_empty() {
                continue;
            }
            let mut outcomes = self.connection.prepare(&format!(
                "SELECT row, key, outcome, reason FROM outcome_{id}
                 JOIN word_{id} AS word ON word.id = what ORDER BY outcome_{id}.rowid"
            ))?;
            let mut rows = outcomes.query([])?;
            let mut digest = OutcomeDigest::default();
            while let Some(row) = rows.next()? {
                let text = |i| row.get_ref(i).ok().and_then(|v| v.as_str().ok());
                digest.add(
                    row.get(0)?,
                    text(1).unwrap_or_default(),
                    text(2).unwrap_or_default(),
                    text(3).unwrap_or_default(),
                );
            }
            if digest.finish() != expected {
                wrong.push(format!("the outcomes of wave `{name}` were altered"));
            }
        }
        Ok(())
    }
}

/// A digest over outcomes in the order in which they were written.
#[derive(Default)]
pub(super) struct OutcomeDigest(Sha256);

impl OutcomeDigest {
    pub fn add(&mut self, row: u64, key: &str, outcome: &str, reason: &str) {
        self.0.update(row.to_le_bytes());
        for part in [key, outcome, reason] {
            self.0.update((part.len() as u32).to_le_bytes());
            self.0.update(part);
        }
    }

    pub fn finish(self) -> String {
        self.0.finalize().iter().map(|b| format!("{b:02x}")).collect()
    }
}
