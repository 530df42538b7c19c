//! What is recorded: waves with their outcomes, held rows, the way of one record.

use super::{Ledger, LedgerError};
use jiff::Timestamp;
use rusqlite::OptionalExtension;
use std::collections::BTreeMap;

/// A wave whose outcomes are recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedWave {
    pub wave: String,
    pub rows: u64,
    /// When the outcomes were last recorded.
    pub at: Timestamp,
}

/// One row as recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedRow {
    pub row: u64,
    pub outcome: String,
    pub reason: Option<String>,
    /// Since when the record has this outcome, whatever was counted anew in between.
    pub since: Timestamp,
}

impl Ledger {
    /// Every wave with recorded outcomes, by id.
    pub fn waves(&self) -> Result<Vec<RecordedWave>, LedgerError> {
        let mut statement = self.connection.prepare(
            "SELECT wave, rows, made_at FROM generation WHERE state = 'current' ORDER BY wave",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(RecordedWave {
                wave: row.get(0)?,
                rows: row.get(1)?,
                at: moment(&row.get::<_, String>(2)?),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Gives every row's outcome to `each`, and how many rows the wave has; none before any
    /// were recorded.
    pub fn each_outcome(
        &self,
        wave: &str,
        mut each: impl FnMut(u64, &str),
    ) -> Result<Option<u64>, LedgerError> {
        let Some(id) = self.current(wave)? else { return Ok(None) };
        let words: BTreeMap<i64, String> = {
            let mut statement =
                self.connection.prepare(&format!("SELECT id, outcome FROM word_{id}"))?;
            let words = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            words.collect::<Result<_, _>>()?
        };
        let mut statement =
            self.connection.prepare(&format!("SELECT row, what FROM outcome_{id}"))?;
        let mut rows = statement.query([])?;
        let mut count = 0;
        while let Some(row) = rows.next()? {
            each(row.get(0)?, words.get(&row.get(1)?).map_or("", String::as_str));
            count += 1;
        }
        Ok(Some(count))
    }

    /// The rows of this key with the time since when each has its outcome.
    pub fn recorded(&self, wave: &str, key: &str) -> Result<Vec<RecordedRow>, LedgerError> {
        let Some(id) = self.current(wave)? else { return Ok(Vec::new()) };
        let mut statement = self.connection.prepare(&format!(
            "SELECT row, word.outcome, nullif(word.reason, ''), moment.at
             FROM outcome_{id} JOIN word_{id} AS word ON word.id = what
             JOIN moment ON moment.id = since WHERE key = ?1 ORDER BY row"
        ))?;
        let rows = statement.query_map([key], |row| {
            Ok(RecordedRow {
                row: row.get(0)?,
                outcome: row.get(1)?,
                reason: row.get(2)?,
                since: moment(&row.get::<_, String>(3)?),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The row that was recorded as the wave's n-th, counted from 1, if it has this key.
    pub fn recorded_at(
        &self,
        wave: &str,
        nth: u32,
        key: &str,
    ) -> Result<Option<RecordedRow>, LedgerError> {
        let Some(id) = self.current(wave)? else { return Ok(None) };
        let sql = format!(
            "SELECT row, word.outcome, nullif(word.reason, ''), moment.at
             FROM outcome_{id} JOIN word_{id} AS word ON word.id = what
             JOIN moment ON moment.id = since WHERE outcome_{id}.rowid = ?1 AND key = ?2"
        );
        let row = self.connection.query_row(&sql, (nth, key), |row| {
            Ok(RecordedRow {
                row: row.get(0)?,
                outcome: row.get(1)?,
                reason: row.get(2)?,
                since: moment(&row.get::<_, String>(3)?),
            })
        });
        Ok(row.optional()?)
    }

    /// The wave's rows by outcome; empty before any were recorded.
    pub fn outcomes(&self, wave: &str) -> Result<BTreeMap<String, u64>, LedgerError> {
        let mut statement = self.connection.prepare(
            "SELECT outcome, sum(count) FROM tally JOIN generation ON generation.id = generation
             WHERE wave = ?1 AND state = 'current' GROUP BY outcome",
        )?;
        let rows = statement.query_map([wave], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The wave's held rows in the roster's order: row, reason, since when it is held.
    pub fn held(&self, wave: &str) -> Result<Vec<(u64, String, Timestamp)>, LedgerError> {
        let mut statement = self
            .connection
            .prepare("SELECT row, reason, first_seen FROM held WHERE wave = ?1 ORDER BY row")?;
        let rows = statement.query_map([wave], |row| {
            Ok((row.get(0)?, row.get(1)?, moment(&row.get::<_, String>(2)?)))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What is planned for the records of this key: row, outcome, reason.
    pub fn trace(
        &self,
        wave: &str,
        key: &str,
    ) -> Result<Vec<(u64, String, Option<String>)>, LedgerError> {
        let Some(id) = self.current(wave)? else { return Ok(Vec::new()) };
        let mut statement = self.connection.prepare(&format!(
            "SELECT row, word.outcome, nullif(word.reason, '')
             FROM outcome_{id} JOIN word_{id} AS word ON word.id = what
             WHERE key = ?1 ORDER BY row"
        ))?;
        let rows = statement.query_map([key], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// A ledger opened for looking only may be of an older program.
    pub(super) fn has_table(&self, name: &str) -> Result<bool, LedgerError> {
        let sql = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = ?1";
        Ok(self.connection.query_row(sql, [name], |row| row.get::<_, u32>(0))? > 0)
    }

    pub(super) fn current(&self, wave: &str) -> Result<Option<i64>, LedgerError> {
        let sql = "SELECT id FROM generation WHERE wave = ?1 AND state = 'current'";
        Ok(self.connection.query_row(sql, [wave], |row| row.get(0)).optional()?)
    }
}

/// An instant as the ledger writes it.
fn moment(text: &str) -> Timestamp {
    text.parse().unwrap_or(Timestamp::UNIX_EPOCH)
}
