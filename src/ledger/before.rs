//! What was recorded before, so that a new count changes only the rows that changed.

use super::{Ledger, LedgerError};
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Since when each record has its outcome: 16 bytes a row, sorted.
#[derive(Default)]
pub struct Before {
    rows: Vec<(u64, u32)>,
}

impl Before {
    /// The wave's current rows; nothing before the first count.
    pub fn read(ledger: &Ledger, wave: &str) -> Result<Self, LedgerError> {
        let Some(id) = ledger.current(wave)? else { return Ok(Self::default()) };
        let connection = &ledger.connection;
        let dated: bool = connection.query_row(
            "SELECT count(*) > 0 FROM pragma_table_info(?1) WHERE name = 'since'",
            [format!("outcome_{id}")],
            |row| row.get(0),
        )?;
        // A count of an older program knows no times: its rows are as old as the new count.
        if !dated {
            return Ok(Self::default());
        }
        let mut statement = connection.prepare(&format!("SELECT id, outcome FROM word_{id}"))?;
        let words = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let words: HashMap<i64, String> = words.collect::<Result<_, _>>()?;
        let mut statement =
            connection.prepare(&format!("SELECT key, what, since FROM outcome_{id}"))?;
        let mut found = statement.query([])?;
        let mut rows = Vec::new();
        while let Some(row) = found.next()? {
            let outcome = words.get(&row.get(1)?).map_or("", String::as_str);
            rows.push((digest(row.get_ref(0)?.as_str().unwrap_or(""), outcome), row.get(2)?));
        }
        rows.sort_unstable();
        Ok(Self { rows })
    }

    /// The moment since when the record has this outcome, if it had it before.
    pub fn since(&self, key: &str, outcome: &str) -> Option<i64> {
        if self.rows.is_empty() {
            return None;
        }
        let wanted = digest(key, outcome);
        let at = self.rows.partition_point(|(known, _)| *known < wanted);
        self.rows.get(at).filter(|(known, _)| *known == wanted).map(|(_, since)| i64::from(*since))
    }
}

fn digest(key: &str, outcome: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    (key, outcome).hash(&mut hasher);
    hasher.finish()
}
