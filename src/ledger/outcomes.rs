//! Every row's planned outcome, by wave.

use super::audit::OutcomeDigest;
use super::before::Before;
use super::{Ledger, LedgerError};
use crate::clock;
use rusqlite::TransactionBehavior;
use std::collections::HashMap;

/// Rows in one commit: few enough to lose little, enough to be fast.
const ROWS_PER_COMMIT: usize = 10_000;

impl Ledger {
    /// Replaces a wave's outcomes. `outcomes` gives each of the `rows` rows once, in any order:
    /// row number (from 1), an opaque key of the record, the outcome, a reason.
    ///
    /// The rows are written in commits of 10,000; they become the wave's outcomes in one last
    /// commit, and only if they add up. A row whose key had the same outcome before keeps the
    /// time at which that was first recorded.
    pub fn record_outcomes<'o>(
        &mut self,
        wave: &str,
        rows: u64,
        outcomes: impl Iterator<Item = (u64, impl AsRef<str>, &'o str, Option<&'o str>)>,
    ) -> Result<(), LedgerError> {
        let mut outcomes = outcomes;
        let mut writer = OutcomeWriter::new(self, wave, rows)?;
        loop {
            let mut any = false;
            writer.in_commit(|batch| {
                for (row, key, outcome, reason) in outcomes.by_ref().take(ROWS_PER_COMMIT) {
                    batch.add(row, key.as_ref(), outcome, reason)?;
                    any = true;
                }
                Ok(())
            })?;
            if !any {
                return writer.close();
            }
        }
    }

    /// Takes away generations that were never closed.
    pub(super) fn drop_unfinished(&mut self) -> Result<(), LedgerError> {
        let open: Vec<i64> = {
            let sql = "SELECT id FROM generation WHERE state = 'open'";
            let mut statement = self.connection.prepare(sql)?;
            let ids = statement.query_map([], |row| row.get(0))?;
            ids.collect::<Result<_, _>>()?
        };
        for id in open {
            self.drop_generation(id)?;
        }
        Ok(())
    }

    fn drop_generation(&mut self, id: i64) -> Result<(), LedgerError> {
        self.connection.execute_batch(&format!(
            "BEGIN IMMEDIATE;
             DROP TABLE IF EXISTS outcome_{id};
             DROP TABLE IF EXISTS word_{id};
             DELETE FROM generation WHERE id = {id};
             COMMIT;"
        ))?;
        Ok(())
    }
}

/// A new generation of a wave's outcomes, invisible until closed. Each generation has a table of
/// its own, so that the one before is dropped at once instead of row by row.
struct OutcomeWriter<'l> {
    ledger: &'l mut Ledger,
    wave: String,
    rows: u64,
    id: i64,
    state: State,
}

struct State {
    /// A bit for each row given.
    given: Vec<u64>,
    count: u64,
    rows: u64,
    /// (outcome, reason) -> number in the table, count.
    words: HashMap<String, HashMap<String, (i64, u64)>>,
    before: Before,
    /// The moment of this count, for rows whose outcome is new.
    now: i64,
    digest: OutcomeDigest,
}

struct Batch<'b> {
    insert: rusqlite::CachedStatement<'b>,
    state: &'b mut State,
}

impl<'l> OutcomeWriter<'l> {
    fn new(ledger: &'l mut Ledger, wave: &str, rows: u64) -> Result<Self, LedgerError> {
        let made_at = clock::now().to_string();
        let before = Before::read(ledger, wave)?;
        let transaction =
            ledger.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute(
            "INSERT INTO generation (wave, rows, made_at) VALUES (?1, ?2, ?3)",
            (wave, rows, &made_at),
        )?;
        let id = transaction.last_insert_rowid();
        transaction.execute_batch(&format!(
            "CREATE TABLE outcome_{id} (row INTEGER NOT NULL, key TEXT NOT NULL,
                 what INTEGER NOT NULL, since INTEGER NOT NULL REFERENCES moment (id));
             CREATE TABLE word_{id} (id INTEGER PRIMARY KEY, outcome TEXT NOT NULL, reason TEXT NOT NULL);"
        ))?;
        transaction.execute("INSERT INTO moment (at) VALUES (?1)", [&made_at])?;
        let now = transaction.last_insert_rowid();
        transaction.commit()?;
        let state = State {
            given: vec![0; (rows / 64 + 1) as usize],
            count: 0,
            rows,
            words: HashMap::new(),
            before,
            now,
            digest: OutcomeDigest::default(),
        };
        Ok(Self { ledger, wave: wave.to_owned(), rows, id, state })
    }

    fn in_commit(
        &mut self,
        work: impl FnOnce(&mut Batch<'_>) -> Result<(), LedgerError>,
    ) -> Result<(), LedgerError> {
        let transaction =
            self.ledger.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let sql = format!("INSERT INTO outcome_{} VALUES (?1, ?2, ?3, ?4)", self.id);
        let mut batch = Batch { insert: transaction.prepare_cached(&sql)?, state: &mut self.state };
        let done = work(&mut batch);
        drop(batch);
        match done {
            Ok(()) => Ok(transaction.commit()?),
            Err(error) => {
                drop(transaction);
                self.ledger.drop_generation(self.id)?;
                Err(error)
            }
        }
    }

    /// Makes this the wave's generation, if every row was given once.
    fn close(self) -> Result<(), LedgerError> {
        let Self { ledger, wave, rows, id, state } = self;
        if state.count != rows {
            ledger.drop_generation(id)?;
            return Err(state.wrong(format!("{} outcomes", state.count)));
        }
        let now = clock::now().to_string();
        let before = ledger.current(&wave)?;
        let transaction =
            ledger.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for (outcome, reasons) in &state.words {
            for (reason, (word, count)) in reasons {
                let cells = (id, outcome, reason, count);
                transaction.execute("INSERT INTO tally VALUES (?1, ?2, ?3, ?4)", cells)?;
                transaction.execute(
                    &format!("INSERT INTO word_{id} VALUES (?1, ?2, ?3)"),
                    (word, outcome, reason),
                )?;
            }
        }
        // Who is held still keeps the time; nothing of this is kept in memory, as all may be held.
        transaction.execute_batch(
            "CREATE TEMP TABLE IF NOT EXISTS seen (key TEXT PRIMARY KEY, first TEXT NOT NULL)
                 WITHOUT ROWID;
             DELETE FROM seen;",
        )?;
        transaction.execute(
            "INSERT INTO seen SELECT key, min(first_seen) FROM held WHERE wave = ?1 GROUP BY key",
            [&wave],
        )?;
        transaction.execute("DELETE FROM held WHERE wave = ?1", [&wave])?;
        transaction.execute(
            &format!(
                "INSERT INTO held
                 SELECT ?1, row, o.key, w.reason, coalesce(seen.first, ?2)
                 FROM outcome_{id} AS o JOIN word_{id} AS w ON w.id = o.what
                 LEFT JOIN seen ON seen.key = o.key
                 WHERE w.outcome = ?3 ORDER BY row"
            ),
            (&wave, &now, HELD),
        )?;
        transaction.execute("DELETE FROM seen", [])?;
        if let Some(before) = before {
            transaction.execute_batch(&format!(
                "DROP TABLE outcome_{before}; DROP TABLE word_{before};
                 DELETE FROM generation WHERE id = {before};"
            ))?;
        }
        transaction.execute(
            &format!(
                "UPDATE generation SET stored = (SELECT count(*) FROM outcome_{id}) WHERE id = ?1"
            ),
            [id],
        )?;
        let sql = "SELECT made_at FROM generation WHERE id = ?1";
        let made_at: String = transaction.query_row(sql, [id], |row| row.get(0))?;
        let digest = state.digest.finish(&transaction, &wave, &made_at)?;
        transaction.execute(
            "UPDATE generation SET state = 'current', digest = ?2 WHERE id = ?1",
            (id, digest),
        )?;
        Ok(transaction.commit()?)
    }
}

impl Batch<'_> {
    fn add(
        &mut self,
        row: u64,
        key: &str,
        outcome: &str,
        reason: Option<&str>,
    ) -> Result<(), LedgerError> {
        let state = &mut *self.state;
        if row == 0 || row > state.rows {
            return Err(state.wrong(format!("row {row} was given")));
        }
        let (word, bit) = ((row / 64) as usize, 1 << (row % 64));
        if state.given[word] & bit != 0 {
            return Err(state.wrong(format!("row {row} was given twice")));
        }
        state.given[word] |= bit;
        state.count += 1;
        let what = state.word(outcome, reason.unwrap_or_default());
        let since = state.before.since(key, outcome).unwrap_or(state.now);
        state.digest.add(row, key, outcome, reason.unwrap_or_default(), since);
        self.insert.execute((row, key, what, since))?;
        Ok(())
    }
}

/// The outcome whose rows are listed until they are repaired.
const HELD: &str = "held";

impl State {
    fn wrong(&self, problem: String) -> LedgerError {
        LedgerError::DoNotAddUp { rows: self.rows, problem }
    }

    fn word(&mut self, outcome: &str, reason: &str) -> i64 {
        let number = self.words.values().map(HashMap::len).sum::<usize>() as i64;
        if !self.words.contains_key(outcome) {
            self.words.insert(outcome.to_owned(), HashMap::new());
        }
        let reasons = self.words.get_mut(outcome).expect("just inserted");
        if let Some(known) = reasons.get_mut(reason) {
            known.1 += 1;
            return known.0;
        }
        reasons.insert(reason.to_owned(), (number, 1));
        number
    }
}
