//! Rows against their outcomes: each wave's rows are the sum of its outcomes, and no outcome was
//! altered.

use super::super::{Ledger, LedgerError};
use super::Audit;
use rusqlite::Connection;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// A wave's current count.
struct AuditedWave {
    id: i64,
    name: String,
    rows: u64,
    stored: u64,
    made_at: String,
    digest: String,
}

/// Outcome and reason -> rows.
type Sums = BTreeMap<(String, String), u64>;

impl Ledger {
    /// Adds up every wave; `each` reads every row besides.
    pub(super) fn audit_rows(&self, audit: &mut Audit, each: bool) -> Result<(), LedgerError> {
        // Counts of an older program have no digest.
        let digest = if self.has_table("seal")? { "digest" } else { "''" };
        let mut statement = self.connection.prepare(&format!(
            "SELECT id, wave, rows, stored, made_at, {digest} FROM generation WHERE state = 'current'
             ORDER BY wave"
        ))?;
        let waves = statement.query_map([], |row| {
            Ok(AuditedWave {
                id: row.get(0)?,
                name: row.get(1)?,
                rows: row.get(2)?,
                stored: row.get(3)?,
                made_at: row.get(4)?,
                digest: row.get(5)?,
            })
        })?;
        for wave in waves {
            let wave = wave?;
            audit.rows += wave.rows;
            let tally = self.tally(wave.id)?;
            let sum: u64 = tally.values().sum();
            if sum != wave.rows || wave.stored != wave.rows {
                audit.wrong.push(format!(
                    "wave `{}` has {} rows, but its outcomes add up to {sum}",
                    wave.name, wave.rows
                ));
            }
            if each && !wave.digest.is_empty() {
                self.audit_wave(&wave, &tally, &mut audit.wrong)?;
            }
        }
        Ok(())
    }

    fn tally(&self, generation: i64) -> Result<Sums, LedgerError> {
        let mut statement = self
            .connection
            .prepare("SELECT outcome, reason, count FROM tally WHERE generation = ?1")?;
        let rows = statement
            .query_map([generation], |row| Ok(((row.get(0)?, row.get(1)?), row.get(2)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Every row of a wave: its outcome, since when, against the digest, the sums and the list of
    /// held rows.
    fn audit_wave(
        &self,
        wave: &AuditedWave,
        tally: &Sums,
        wrong: &mut Vec<String>,
    ) -> Result<(), LedgerError> {
        let (id, name) = (wave.id, &wave.name);
        let mut statement = self.connection.prepare(&format!(
            "SELECT row, key, outcome, reason, what, since FROM outcome_{id}
             LEFT JOIN word_{id} AS word ON word.id = what ORDER BY outcome_{id}.rowid"
        ))?;
        let mut rows = statement.query([])?;
        let (mut digest, mut held, mut count) = (OutcomeDigest::default(), 0u64, 0);
        let mut words: BTreeMap<i64, (String, String, u64)> = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let text = |i| row.get_ref(i).ok().and_then(|v| v.as_str().ok()).unwrap_or_default();
            let (number, key, outcome, reason) = (row.get(0)?, text(1), text(2), text(3));
            digest.add(number, key, outcome, reason, row.get(5)?);
            count += 1;
            if outcome == "held" {
                held = held.wrapping_add(short(number, key, reason));
            }
            let word = row.get(4)?;
            match words.get_mut(&word) {
                Some(known) => known.2 += 1,
                None => drop(words.insert(word, (outcome.to_owned(), reason.to_owned(), 1))),
            }
        }
        let mut sums = Sums::new();
        for (outcome, reason, n) in words.into_values() {
            *sums.entry((outcome, reason)).or_default() += n;
        }
        let digest = digest.finish(&self.connection, name, &wave.made_at)?;
        if digest != wave.digest || &sums != tally || count != wave.rows {
            wrong.push(format!("the outcomes of wave `{name}` were altered"));
        }
        let mut statement =
            self.connection.prepare("SELECT row, key, reason FROM held WHERE wave = ?1")?;
        let mut rows = statement.query([name])?;
        while let Some(row) = rows.next()? {
            let text = |i| row.get_ref(i).ok().and_then(|v| v.as_str().ok()).unwrap_or_default();
            held = held.wrapping_sub(short(row.get(0)?, text(1), text(2)));
        }
        if held != 0 {
            wrong.push(format!("the list of held rows of wave `{name}` was altered"));
        }
        Ok(())
    }
}

fn short(row: u64, key: &str, reason: &str) -> u64 {
    let mut hash = DefaultHasher::new();
    (row, key, reason).hash(&mut hash);
    hash.finish()
}

/// A digest over outcomes in the order in which they were written, and over all times that are told
/// of them.
#[derive(Default)]
pub(in super::super) struct OutcomeDigest {
    hash: Sha256,
    /// The last moment that a row names.
    last: i64,
}

impl OutcomeDigest {
    pub fn add(&mut self, row: u64, key: &str, outcome: &str, reason: &str, since: i64) {
        self.hash.update(row.to_le_bytes());
        self.hash.update(since.to_le_bytes());
        for part in [key, outcome, reason] {
            self.part(part);
        }
        self.last = self.last.max(since);
    }

    /// Takes in when the wave was counted, the moments that its rows name and its list of held
    /// rows, all of which must stand in the tables.
    pub fn finish(
        mut self,
        connection: &Connection,
        wave: &str,
        made_at: &str,
    ) -> Result<String, LedgerError> {
        self.part(made_at);
        let mut moments =
            connection.prepare("SELECT id, at, '', '' FROM moment WHERE id <= ?1 ORDER BY id")?;
        self.rows(moments.query([self.last])?)?;
        let mut held = connection.prepare(
            "SELECT row, key, reason, first_seen FROM held WHERE wave = ?1 ORDER BY row",
        )?;
        self.rows(held.query([wave])?)?;
        Ok(crate::files::hex(&self.hash.finalize()))
    }

    /// Rows of a number and three texts.
    fn rows(&mut self, mut rows: rusqlite::Rows<'_>) -> Result<(), LedgerError> {
        while let Some(row) = rows.next()? {
            self.hash.update(row.get::<_, i64>(0)?.to_le_bytes());
            for i in 1..4 {
                self.part(row.get_ref(i)?.as_str().unwrap_or_default());
            }
        }
        Ok(())
    }

    fn part(&mut self, text: &str) {
        self.hash.update((text.len() as u32).to_le_bytes());
        self.hash.update(text);
    }
}
