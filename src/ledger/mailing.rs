//! Every e-mail and its state, so that nobody is written to twice and nobody is forgotten.
//!
//! A message is recorded as `sending`, on the disk, before the server is offered its content. If
//! the program or the machine stops before the reply is recorded, whether the server took it is
//! not known: it becomes `uncertain`, and is not sent again by itself.

use super::settled::changing;
use super::{Ledger, LedgerError};
use crate::clock;
use rusqlite::{OptionalExtension, TransactionBehavior, params};
use std::collections::BTreeMap;

pub(super) const TABLES: &str = "
    CREATE TABLE message (
        id    INTEGER PRIMARY KEY,
        wave  TEXT NOT NULL,
        piece TEXT NOT NULL,
        key   TEXT NOT NULL,
        alone INTEGER NOT NULL CHECK (alone IN (0, 1)),
        state TEXT NOT NULL DEFAULT 'ready' CHECK (state IN ('ready', 'sending', 'accepted',
            'deferred', 'refused', 'uncertain', 'bounced')),
        tries INTEGER NOT NULL DEFAULT 0,
        at    INTEGER NOT NULL,
        code  INTEGER NOT NULL DEFAULT 0,
        reply TEXT NOT NULL DEFAULT ''
    );
    CREATE UNIQUE INDEX message_of_piece ON message (piece);
    CREATE TRIGGER a_message_begins_ready BEFORE INSERT ON message WHEN NEW.state <> 'ready'
    BEGIN SELECT raise(ABORT, 'a message begins ready'); END;
    CREATE TRIGGER a_message_goes_its_way BEFORE UPDATE OF state ON message
    WHEN NOT (
        (NEW.state = 'sending' AND OLD.state IN ('ready', 'deferred'))
        OR (OLD.state = 'sending' AND NEW.state IN ('accepted', 'deferred', 'refused', 'uncertain'))
        OR (OLD.state = 'uncertain' AND NEW.state IN ('ready', 'accepted', 'bounced'))
        OR (OLD.state = 'accepted' AND NEW.state = 'bounced')
        OR (OLD.state = 'refused' AND NEW.state = 'ready'))
    BEGIN SELECT raise(ABORT, 'a message cannot go from that state to this'); END;
    CREATE TRIGGER a_message_stays_its_person_s BEFORE UPDATE OF wave, piece, key ON message
    BEGIN SELECT raise(ABORT, 'a message stays what it is'); END;
    CREATE TRIGGER messages_are_never_deleted BEFORE DELETE ON message
    BEGIN SELECT raise(ABORT, 'a message is never deleted'); END;
";

/// Messages in one commit while they are entered.
const PER_COMMIT: usize = 10_000;

/// Where an e-mail stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MessageState {
    /// Not offered to the server yet.
    Ready,
    /// Its content may be with the server at this moment.
    Sending,
    /// The server replied that it took it.
    Accepted,
    /// The server did not take it for now (4xx, or the connection failed before the content).
    Deferred,
    /// The server will not take it (5xx): the person goes to the post.
    Refused,
    /// Content went out and no reply came back. Never sent again by itself.
    Uncertain,
    /// Taken, and came back later: the person goes to the post.
    Bounced,
}

impl MessageState {
    pub const ALL: [Self; 7] = [
        Self::Ready,
        Self::Sending,
        Self::Accepted,
        Self::Deferred,
        Self::Refused,
        Self::Uncertain,
        Self::Bounced,
    ];

    /// As the ledger writes it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Sending => "sending",
            Self::Accepted => "accepted",
            Self::Deferred => "deferred",
            Self::Refused => "refused",
            Self::Uncertain => "uncertain",
            Self::Bounced => "bounced",
        }
    }

    fn of(label: &str) -> Self {
        Self::ALL.into_iter().find(|s| s.label() == label).unwrap_or(Self::Uncertain)
    }

    /// Whether the program may offer it to a server by itself.
    pub fn may_be_sent(self) -> bool {
        matches!(self, Self::Ready | Self::Deferred)
    }

    /// Whether a letter must take its place.
    pub fn goes_to_the_post(self) -> bool {
        matches!(self, Self::Refused | Self::Bounced)
    }
}

/// What the server said, without addresses; code 0 where it said nothing that can be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reply {
    pub code: u16,
    pub text: String,
}

/// A message to be entered as `ready`.
pub struct NewMessage {
    pub piece: String,
    /// The record's opaque key.
    pub key: String,
    /// No letter goes to this person.
    pub alone: bool,
}

/// One step of a message.
pub struct Mark {
    pub id: i64,
    pub state: MessageState,
    pub reply: Reply,
}

/// A message as recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mailed {
    pub id: i64,
    pub wave: String,
    pub piece: String,
    pub key: String,
    pub alone: bool,
    pub state: MessageState,
    /// How often it was offered to a server.
    pub tries: u32,
    /// Of the last step, in microseconds since 1970.
    pub at: i64,
    pub reply: Reply,
}

const COLUMNS: &str = "id, wave, piece, key, alone, state, tries, at, code, reply";

impl Ledger {
    /// Enters a wave's messages that are not entered yet, in commits of 10,000; how many are new.
    pub fn enter_messages(
        &mut self,
        wave: &str,
        messages: impl Iterator<Item = NewMessage>,
    ) -> Result<u64, LedgerError> {
        self.prove_messages()?;
        let mut messages = messages.peekable();
        let mut entered = 0;
        while messages.peek().is_some() {
            let at = clock::now().as_microsecond();
            let transaction =
                self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let mut new = 0;
            {
                let mut insert = transaction.prepare_cached(
                    "INSERT INTO message (wave, piece, key, alone, at) VALUES (?1, ?2, ?3, ?4, ?5)
                     ON CONFLICT (piece) DO NOTHING",
                )?;
                for one in messages.by_ref().take(PER_COMMIT) {
                    new += insert.execute(params![wave, one.piece, one.key, one.alone, at])? as u64;
                }
            }
            if new > 0 {
                changing(&transaction, self.changing)?;
            }
            transaction.commit()?;
            self.changing |= new > 0;
            entered += new;
        }
        Ok(entered)
    }

    /// Records steps of messages in one commit; on the disk when this returns.
    ///
    /// # Errors
    /// [`LedgerError::WrongState`], if a message may not take its step; then none is recorded.
    pub fn mark_messages<'m>(
        &mut self,
        marks: impl Iterator<Item = &'m Mark>,
    ) -> Result<(), LedgerError> {
        let mut marks = marks.peekable();
        if marks.peek().is_none() {
            return Ok(());
        }
        self.prove_messages()?;
        let at = clock::now().as_microsecond();
        let transaction =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        changing(&transaction, self.changing)?;
        {
            let mut update = transaction.prepare_cached(
                "UPDATE message SET state = ?2, at = ?3, code = ?4, reply = ?5,
                 tries = tries + (?2 = 'sending') WHERE id = ?1",
            )?;
            for Mark { id, state, reply } in marks {
                let state = state.label();
                let wrong = LedgerError::WrongState { id: *id, state };
                match update.execute(params![id, state, at, reply.code, reply.text]) {
                    Ok(1) => {}
                    Ok(_) => return Err(wrong),
                    Err(rusqlite::Error::SqliteFailure(code, _))
                        if code.code == rusqlite::ErrorCode::ConstraintViolation =>
                    {
                        return Err(wrong);
                    }
                    Err(error) => return Err(error.into()),
                }
            }
        }
        transaction.commit()?;
        self.changing = true;
        Ok(())
    }

    /// What an interrupted sending left: `sending` becomes `uncertain`. How many.
    pub fn recover_messages(&mut self) -> Result<u64, LedgerError> {
        self.prove_messages()?;
        let transaction =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let changed = transaction.execute(
            "UPDATE message SET state = 'uncertain', code = 0, reply = 'interrupted', at = ?1
             WHERE state = 'sending'",
            [clock::now().as_microsecond()],
        )?;
        if changed > 0 {
            changing(&transaction, self.changing)?;
        }
        transaction.commit()?;
        Ok(changed as u64)
    }

    /// After an older state of the ledger was put back: what it calls not sent may have been sent
    /// in the state that was lost. Such messages become `uncertain`; with `untried` only those
    /// never offered to a server, which a person has not settled since. How many.
    pub fn doubt_messages(
        &mut self,
        wave: Option<&str>,
        untried: bool,
    ) -> Result<u64, LedgerError> {
        self.prove_messages()?;
        let at = clock::now().as_microsecond();
        let transaction =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute(
            "UPDATE message SET state = 'sending', tries = tries + 1
             WHERE (state = 'ready' AND (tries = 0 OR NOT ?2) OR state = 'deferred' AND NOT ?2)
                 AND (?1 IS NULL OR wave = ?1)",
            params![wave, untried],
        )?;
        let changed = transaction.execute(
            "UPDATE message SET state = 'uncertain', code = 0, reply = 'ledger restored', at = ?2
             WHERE state = 'sending' AND (?1 IS NULL OR wave = ?1)",
            params![wave, at],
        )?;
        if changed > 0 {
            changing(&transaction, self.changing)?;
        }
        transaction.commit()?;
        Ok(changed as u64)
    }

    /// Of a ledger that was lost it is known that it may have sent these pieces: those never offered
    /// to a server under this ledger become `uncertain`. A piece that nobody has here says that ids
    /// are other ones now; then every message of the wave is in doubt. How many.
    pub fn doubt_pieces(&mut self, wave: &str, pieces: &[String]) -> Result<u64, LedgerError> {
        self.prove_messages()?;
        let at = clock::now().as_microsecond();
        let known = |piece: &String| -> Result<bool, LedgerError> {
            let sql = "SELECT EXISTS (SELECT 1 FROM message WHERE piece = ?1)";
            let mut statement = self.connection.prepare_cached(sql)?;
            Ok(statement.query_row([piece], |row| row.get(0))?)
        };
        for piece in pieces {
            if !known(piece)? {
                return self.doubt_messages(Some(wave), true);
            }
        }
        let transaction =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut changed = 0;
        for piece in pieces {
            transaction.execute(
                "UPDATE message SET state = 'sending', tries = tries + 1
                 WHERE state = 'ready' AND tries = 0 AND wave = ?1 AND piece = ?2",
                params![wave, piece],
            )?;
            changed += transaction.execute(
                "UPDATE message SET state = 'uncertain', code = 0, reply = 'ledger lost', at = ?3
                 WHERE state = 'sending' AND wave = ?1 AND piece = ?2",
                params![wave, piece, at],
            )?;
        }
        if changed > 0 {
            changing(&transaction, self.changing)?;
        }
        transaction.commit()?;
        Ok(changed as u64)
    }

    /// One message, by its piece id.
    pub fn message(&self, piece: &str) -> Result<Option<Mailed>, LedgerError> {
        let mut statement = self
            .connection
            .prepare_cached(&format!("SELECT {COLUMNS} FROM message WHERE piece = ?1"))?;
        Ok(statement.query_row([piece], mailed).optional()?)
    }

    /// The pieces of a wave that may be offered to a server: never yet, or deferred.
    pub fn pieces_to_send(&self, wave: &str) -> Result<Vec<String>, LedgerError> {
        let mut statement = self.connection.prepare(
            "SELECT piece FROM message WHERE wave = ?1 AND state IN ('ready', 'deferred')",
        )?;
        let pieces = statement.query_map([wave], |row| row.get(0))?;
        Ok(pieces.collect::<Result<_, _>>()?)
    }

    /// The messages in these states, in the order of their entry; of one wave or of all.
    pub fn messages(
        &self,
        wave: Option<&str>,
        states: &[MessageState],
    ) -> Result<Vec<Mailed>, LedgerError> {
        // A ledger that is only looked at may be older than e-mails.
        if !self.connection.table_exists(None, "message")? {
            return Ok(Vec::new());
        }
        let among: Vec<String> = states.iter().map(|s| format!("'{}'", s.label())).collect();
        let mut statement = self.connection.prepare(&format!(
            "SELECT {COLUMNS} FROM message
             WHERE state IN ({}) AND (?1 IS NULL OR wave = ?1) ORDER BY id",
            among.join(", ")
        ))?;
        let rows = statement.query_map([wave], mailed)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// How many messages stand where; of one wave or of all.
    pub fn message_counts(
        &self,
        wave: Option<&str>,
    ) -> Result<BTreeMap<MessageState, u64>, LedgerError> {
        // A ledger that is only looked at may be older than e-mails.
        if !self.connection.table_exists(None, "message")? {
            return Ok(BTreeMap::new());
        }
        let mut statement = self.connection.prepare_cached(
            "SELECT state, count(*) FROM message WHERE ?1 IS NULL OR wave = ?1 GROUP BY state",
        )?;
        let rows = statement.query_map([wave], |row| {
            Ok((MessageState::of(&row.get::<_, String>(0)?), row.get(1)?))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// How many messages of a wave a server took since an instant (microseconds since 1970).
    pub fn messages_accepted_since(&self, wave: &str, at: i64) -> Result<u64, LedgerError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT count(*) FROM message WHERE state = 'accepted' AND wave = ?1 AND at >= ?2",
        )?;
        Ok(statement.query_row((wave, at), |row| row.get(0))?)
    }

    /// How many messages were offered to a server since an instant (microseconds since 1970).
    pub fn messages_offered_since(&self, at: i64) -> Result<u64, LedgerError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT count(*) FROM message WHERE tries > 0 AND at BETWEEN ?1 AND ?2",
        )?;
        // What a clock that was ahead dated later is of another day.
        let now = clock::now().as_microsecond();
        Ok(statement.query_row([at, now], |row| row.get(0))?)
    }
}

fn mailed(row: &rusqlite::Row<'_>) -> rusqlite::Result<Mailed> {
    Ok(Mailed {
        id: row.get(0)?,
        wave: row.get(1)?,
        piece: row.get(2)?,
        key: row.get(3)?,
        alone: row.get(4)?,
        state: MessageState::of(&row.get::<_, String>(5)?),
        tries: row.get(6)?,
        at: row.get(7)?,
        reply: Reply { code: row.get(8)?, text: row.get(9)? },
    })
}
