//! The ledger's tables, and how an older ledger becomes a newer one.

use super::LedgerError;
use crate::clock;
use rusqlite::{Connection, TransactionBehavior};

/// One step for each version; a published step is never changed.
const STEPS: &[&str] = &[
    // 1: outcomes by generation, events as a chain.
    "
    CREATE TABLE generation (
        id      INTEGER PRIMARY KEY,
        wave    TEXT NOT NULL,
        rows    INTEGER NOT NULL,
        stored  INTEGER NOT NULL DEFAULT 0,
        state   TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'current')),
        made_at TEXT NOT NULL,
        CHECK (state = 'open' OR stored = rows)
    );
    CREATE UNIQUE INDEX one_current_generation ON generation (wave) WHERE state = 'current';
    CREATE TABLE tally (
        generation INTEGER NOT NULL REFERENCES generation (id) ON DELETE CASCADE,
        outcome    TEXT NOT NULL,
        reason     TEXT NOT NULL,
        count      INTEGER NOT NULL CHECK (count > 0),
        PRIMARY KEY (generation, outcome, reason)
    ) WITHOUT ROWID;
    CREATE TRIGGER rows_are_the_sum_of_outcomes BEFORE UPDATE OF state ON generation
    WHEN NEW.state = 'current'
        AND NEW.rows <> (SELECT coalesce(sum(count), 0) FROM tally WHERE generation = NEW.id)
    BEGIN SELECT raise(ABORT, 'rows are not the sum of outcomes'); END;
    CREATE TRIGGER a_closed_tally_stays BEFORE UPDATE ON tally
    BEGIN SELECT raise(ABORT, 'a tally is never changed'); END;
    CREATE TABLE held (
        wave       TEXT NOT NULL,
        row        INTEGER NOT NULL,
        key        TEXT NOT NULL,
        reason     TEXT NOT NULL,
        first_seen TEXT NOT NULL,
        PRIMARY KEY (wave, row)
    ) WITHOUT ROWID;
    CREATE TABLE event (
        seq      INTEGER PRIMARY KEY CHECK (seq > 0),
        at       TEXT NOT NULL,
        kind     TEXT NOT NULL,
        body     TEXT NOT NULL,
        previous TEXT NOT NULL,
        hash     TEXT NOT NULL UNIQUE
    );
    CREATE TRIGGER events_follow_one_another BEFORE INSERT ON event
    WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM event)
        OR NEW.previous <> coalesce((SELECT hash FROM event ORDER BY seq DESC LIMIT 1), '')
    BEGIN SELECT raise(ABORT, 'an event must follow the last one'); END;
    CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON event
    BEGIN SELECT raise(ABORT, 'an event is never changed'); END;
    CREATE TRIGGER events_are_never_deleted BEFORE DELETE ON event
    BEGIN SELECT raise(ABORT, 'an event is never deleted'); END;
    ",
    // 2: since when a row has its outcome.
    "CREATE TABLE moment (id INTEGER PRIMARY KEY, at TEXT NOT NULL);",
    // 3: seals, what was printed and delivered under them, and who may send.
    "
    ALTER TABLE generation ADD COLUMN digest TEXT NOT NULL DEFAULT '';
    CREATE TABLE seal (
        id      INTEGER PRIMARY KEY,
        wave    TEXT NOT NULL,
        number  INTEGER NOT NULL CHECK (number > 0),
        root    TEXT NOT NULL,
        letters INTEGER NOT NULL,
        emails  INTEGER NOT NULL,
        state   TEXT NOT NULL CHECK (state IN ('waiting', 'valid', 'replaced')),
        event   INTEGER NOT NULL REFERENCES event (seq),
        UNIQUE (wave, number)
    );
    CREATE TABLE printing (
        seal   INTEGER NOT NULL REFERENCES seal (id),
        batch  INTEGER NOT NULL CHECK (batch > 0),
        file   TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        pieces INTEGER NOT NULL,
        pages  INTEGER NOT NULL,
        event  INTEGER NOT NULL REFERENCES event (seq),
        PRIMARY KEY (seal, batch)
    ) WITHOUT ROWID;
    CREATE TABLE residence (
        seal         INTEGER NOT NULL,
        batch        INTEGER NOT NULL,
        entity       TEXT NOT NULL,
        jurisdiction TEXT NOT NULL,
        pieces       INTEGER NOT NULL,
        PRIMARY KEY (seal, batch, entity, jurisdiction),
        FOREIGN KEY (seal, batch) REFERENCES printing (seal, batch) ON DELETE CASCADE
    ) WITHOUT ROWID;
    CREATE TABLE delivery (
        id       INTEGER PRIMARY KEY,
        seal     INTEGER NOT NULL REFERENCES seal (id),
        batch    INTEGER,
        piece    TEXT,
        what     TEXT NOT NULL CHECK (what IN ('posted', 'returned', 'remailed')),
        on_day   TEXT NOT NULL,
        evidence TEXT NOT NULL,
        sha256   TEXT NOT NULL,
        event    INTEGER NOT NULL REFERENCES event (seq),
        CHECK ((batch IS NULL) <> (piece IS NULL))
    );
    CREATE UNIQUE INDEX a_batch_is_posted_once ON delivery (seal, batch) WHERE what = 'posted';
    CREATE TRIGGER deliveries_are_never_changed BEFORE UPDATE ON delivery
    BEGIN SELECT raise(ABORT, 'a delivery is never changed'); END;
    CREATE TRIGGER deliveries_are_never_deleted BEFORE DELETE ON delivery
    BEGIN SELECT raise(ABORT, 'a delivery is never deleted'); END;
    CREATE TABLE fence (
        one        INTEGER PRIMARY KEY CHECK (one = 1),
        ledger     TEXT NOT NULL,
        host       TEXT NOT NULL,
        path       TEXT NOT NULL,
        generation INTEGER NOT NULL
    );
    ",
    // 4: e-mails and their states.
    super::mailing::TABLES,
    // 5: what filings and notices say as last made.
    super::made::TABLES,
    // 6: a digest with each of them.
    super::made::DIGESTS,
    // 7: digests of counts are over times too. Those of an older program cannot be compared.
    "UPDATE generation SET digest = '';",
    // 8: under which secret keys are made.
    super::keys::TABLES,
];

/// From this version on what was last made has digests.
pub const DIGESTS_OF_MADE: u32 = 6;
/// From this version on events tell of e-mails.
pub const EVENTS_OF_EMAILS: u32 = 7;

/// What is said of tables, indexes and triggers that are not those of the version.
pub const OTHER_OBJECTS: &str = "tables or their rules are not those that the program makes";

/// Tables, indexes and triggers of a ledger of a version, as they are made: kind, name, text. Not
/// those of single counts, `outcome_7` and `word_7`, which have neither rules nor views.
pub fn objects(connection: &Connection) -> Result<Vec<[String; 3]>, LedgerError> {
    let mut statement = connection.prepare(
        "SELECT type, name, coalesce(sql, '') FROM sqlite_master
         WHERE type IN ('trigger', 'view')
             OR NOT (name GLOB 'outcome_[0-9]*' OR name GLOB 'word_[0-9]*')
         ORDER BY name",
    )?;
    let rows = statement.query_map([], |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?]))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// An empty ledger in memory, as far as a version goes.
pub fn empty(version: u32) -> Result<Connection, LedgerError> {
    let connection = Connection::open_in_memory()?;
    connection.execute_batch(VERSIONS)?;
    STEPS.iter().take(version as usize).try_for_each(|step| connection.execute_batch(step))?;
    Ok(connection)
}

const VERSIONS: &str = "CREATE TABLE IF NOT EXISTS schema_version (
            version INTEGER PRIMARY KEY, applied_at TEXT NOT NULL)";

/// The version of a ledger's tables.
pub fn version(connection: &Connection) -> Result<u32, LedgerError> {
    let sql = "SELECT coalesce(max(version), 0) FROM schema_version";
    Ok(connection.query_row(sql, [], |row| row.get(0))?)
}

/// Refuses a ledger of a later program, and one whose versions do not follow one another.
pub fn known(connection: &Connection) -> Result<(), LedgerError> {
    let found = version(connection)?;
    let sql = "SELECT count(*), coalesce(min(version), 1) FROM schema_version";
    let (count, first): (u32, i64) =
        connection.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
    if count != found || first != 1 {
        return Err(LedgerError::Altered("the list of the schema's versions was altered".into()));
    }
    let known = STEPS.len() as u32;
    if found > known { Err(LedgerError::TooNew { found, known }) } else { Ok(()) }
}

/// Brings the schema up to date; each step is one commit.
pub fn migrate(connection: &mut Connection) -> Result<(), LedgerError> {
    connection.execute_batch(VERSIONS)?;
    loop {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        known(&transaction)?;
        let version = version(&transaction)?;
        let Some(step) = STEPS.get(version as usize) else { return Ok(()) };
        // A step on a ledger that only says that it is older would take away what shows it.
        if objects(&transaction)? != objects(&empty(version)?)? {
            return Err(LedgerError::Altered(OTHER_OBJECTS.into()));
        }
        transaction.execute_batch(step)?;
        if version + 1 == EVENTS_OF_EMAILS {
            // E-mails of an older program: no event says yet what they are.
            super::settled::begin(&transaction)?;
        }
        transaction.execute(
            "INSERT INTO schema_version VALUES (?1, ?2)",
            (version + 1, clock::now().to_string()),
        )?;
        transaction.commit()?;
    }
}
