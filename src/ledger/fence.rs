//! Who may send: the one folder on the one machine that holds the ledger, and nobody with a copy
//! of it.
//!
//! The ledger keeps the machine, its own path and a generation; a *mark* outside the folder keeps
//! the generation and the last event. A folder that was copied stands elsewhere; a backup that
//! was restored is behind its mark. Either may be read, but not send, until somebody claims it.
//!
//! A second mark, by incident and wave, says under which ledger and in which folder the wave was
//! approved. A ledger that was deleted is missed by it, and so is a copy whose ledger was made anew.

mod hold;

pub use hold::Hold;
use hold::wave_name;

use super::event::{Claimed, ClockSet, Event};
use super::mark::{Mark, StartedAt, WaveMark};
use super::{Ledger, LedgerError, events};
use crate::clock;
use jiff::Timestamp;
use rusqlite::{OptionalExtension, TransactionBehavior};
use sha2::{Digest, Sha256};
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

/// Where a ledger is, and where its mark is kept.
pub struct Fence {
    folder: PathBuf,
    /// Folder of marks.
    marks: PathBuf,
    host: String,
    /// The waves at hand, as marks name them.
    waves: Vec<String>,
}

/// Why this folder may not send.
#[derive(Debug, thiserror::Error)]
pub enum Fenced {
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    #[error("cannot work with `{path}`")]
    Io { path: PathBuf, source: std::io::Error },
    /// Another command of this program is at work here.
    #[error("another command is at work on this folder")]
    Busy,
    /// The folder was copied or moved.
    #[error("this folder is a copy: sending was claimed for `{path}` on `{host}`")]
    Elsewhere { host: String, path: String },
    /// An older state of the ledger was put back, or its mark was lost.
    #[error("this ledger is an older state: {0}")]
    Restored(&'static str),
    /// The clock moved on by more than the machine has run.
    #[error("the clock says {now}, {days} days ahead of {since}")]
    Jumped { now: Timestamp, days: i64, since: &'static str },
}

struct Claim {
    ledger: String,
    host: String,
    path: String,
    generation: u64,
}

impl Fence {
    /// `marks` is a folder outside the incident's.
    ///
    /// # Errors
    /// A folder that is not there.
    pub fn new(folder: &Path, marks: &Path, host: &str) -> Result<Self, Fenced> {
        let folder = folder
            .canonicalize()
            .map_err(|source| Fenced::Io { path: folder.to_owned(), source })?;
        Ok(Self { folder, marks: marks.to_owned(), host: host.to_owned(), waves: Vec::new() })
    }

    /// The fence with the waves at hand: it then knows which ledger each was approved under.
    #[must_use]
    pub fn of_waves<'w>(
        mut self,
        incident: &str,
        waves: impl IntoIterator<Item = &'w str>,
    ) -> Self {
        self.waves = waves.into_iter().map(|wave| wave_name(incident, wave)).collect();
        self
    }

    /// Gives a ledger that was made just now its identity, and remembers it outside: from here on
    /// an older state of it is known to be one.
    ///
    /// # Errors
    /// The ledger; a mark that cannot be written.
    pub fn identify(&self, ledger: &mut Ledger) -> Result<(), Fenced> {
        if ledger.claim()?.is_some() {
            return Ok(());
        }
        let claim = self.fresh(1);
        ledger.set_claim(&claim, None)?;
        let path = Mark::path(&self.marks, &claim.ledger);
        let clock = StartedAt::now();
        let mark = Mark { generation: 1, event: 0, hash: String::new(), clock };
        mark.write(&path).map_err(|source| Fenced::Io { path, source })
    }

    /// Whether a wave at hand was approved under another ledger.
    fn known_elsewhere(&self, ledger: &str) -> Result<Option<WaveMark>, Fenced> {
        for wave in &self.waves {
            let io = |source| Fenced::Io { path: self.marks.clone(), source };
            let mark = WaveMark::read(&self.marks, wave).map_err(io)?;
            if let Some(mark) = mark.filter(|mark| mark.ledger != ledger) {
                return Ok(Some(mark));
            }
        }
        Ok(None)
    }

    fn refuse_other_ledgers(&self, ledger: &str) -> Result<(), Fenced> {
        match self.known_elsewhere(ledger)? {
            None => Ok(()),
            Some(mark) if mark.path == self.path() => {
                Err(Fenced::Restored("its wave was approved under another ledger, which is gone"))
            }
            // Of a folder that is gone nobody can be told to work there. Seals that came along are
            // found unknown, and what it sent is in doubt.
            Some(mark) if !Path::new(&mark.path).exists() => Ok(()),
            Some(mark) => Err(Fenced::Elsewhere { host: self.host.clone(), path: mark.path }),
        }
    }

    /// Takes the right to send, if this is where it lies; the first to ask gets it.
    ///
    /// # Errors
    /// Why not.
    pub fn hold(self, ledger: &mut Ledger) -> Result<Hold, Fenced> {
        let lock = self.lock()?;
        let claim = match ledger.claim()? {
            Some(claim) => claim,
            None => {
                let claim = self.fresh(1);
                ledger.set_claim(&claim, None)?;
                claim
            }
        };
        if claim.host != self.host || claim.path != self.path() {
            return Err(Fenced::Elsewhere { host: claim.host, path: claim.path });
        }
        self.refuse_other_ledgers(&claim.ledger)?;
        let mark = self.mark(&claim.ledger)?;
        match &mark {
            None if claim.generation > 1 => {
                return Err(Fenced::Restored("nothing on this machine remembers it"));
            }
            Some(mark) if mark.generation > claim.generation => {
                return Err(Fenced::Restored("this machine remembers a later one"));
            }
            Some(mark) if !ledger.holds(mark.event, &mark.hash)? => {
                return Err(Fenced::Restored("it lacks events that this machine remembers"));
            }
            _ => {}
        }
        refuse_a_jump(ledger, mark.as_ref())?;
        let generation = claim.generation;
        let mut hold =
            Hold { ledger_id: claim.ledger, generation, fence: self, doubtful: None, _lock: lock };
        if mark.is_none() {
            // Killed after the next step, the folder must not look like a restored one.
            hold.remember(ledger)?;
        }
        hold.generation += 1;
        let next = Claim { generation: hold.generation, ..hold.fence.fresh(0) };
        ledger.set_claim(&next.of(&hold.ledger_id), None)?;
        hold.remember(ledger)?;
        Ok(hold)
    }

    /// Claims the right to send for this folder: after it was moved, or a backup restored. E-mails
    /// that an older state calls not sent may have been sent since it was saved: they are in doubt.
    ///
    /// # Errors
    /// Another command at work; I/O.
    pub fn claim(self, ledger: &mut Ledger, by: &str) -> Result<Hold, Fenced> {
        let lock = self.lock()?;
        let before = ledger.claim()?;
        let id = before.as_ref().map_or_else(|| self.fresh(1).ledger, |c| c.ledger.clone());
        let mark = self.mark(&id)?;
        refuse_a_jump(ledger, mark.as_ref())?;
        let marked = mark.map_or(0, |mark| mark.generation);
        let lost = self.known_elsewhere(&id)?.is_some_and(|mark| mark.path == self.path());
        let older = match &before {
            Some(claim) => lost || self.is_older(claim, ledger)?,
            None => lost,
        };
        let generation = before.map_or(0, |c| c.generation).max(marked) + 1;
        let claim = Claim { generation, ..self.fresh(0) }.of(&id);
        ledger.set_claim(&claim, Some((by, older)))?;
        let doubtful = match older {
            true => Some(ledger.doubt_messages(None, false)?),
            false => None,
        };
        ledger.settle_messages()?;
        let hold = Hold { ledger_id: id, generation, fence: self, doubtful, _lock: lock };
        hold.remember(ledger)?;
        hold.remember_waves()?;
        Ok(hold)
    }

    /// Says that the machine's clock is right now, whatever the last event's time: a clock that was
    /// ahead once stops nothing any more, and one that moved on is believed. Gives no right to send.
    ///
    /// # Errors
    /// Another command at work; I/O.
    pub fn set_clock(self, ledger: &mut Ledger, by: &str, reason: &str) -> Result<(), Fenced> {
        let lock = self.lock()?;
        let ours = self.look(ledger).is_ok();
        let last = ledger.last_at()?.map(|at| at.to_string());
        let (by, reason) = (by.to_owned(), reason.to_owned());
        ledger.append_event(&Event::ClockSet(ClockSet { by, reason, last }))?;
        if let (true, Some(claim)) = (ours, ledger.claim()?) {
            // A mark that knows of more than this ledger is left alone.
            let generation = claim.generation;
            let ledger_id = claim.ledger;
            Hold { ledger_id, generation, fence: self, doubtful: None, _lock: lock }
                .remember(ledger)?;
        }
        Ok(())
    }

    /// Whether this folder might send, without taking the right.
    ///
    /// # Errors
    /// Why not.
    pub fn look(&self, ledger: &Ledger) -> Result<(), Fenced> {
        let Some(claim) = ledger.claim()? else { return Ok(()) };
        if claim.host != self.host || claim.path != self.path() {
            return Err(Fenced::Elsewhere { host: claim.host, path: claim.path });
        }
        self.refuse_other_ledgers(&claim.ledger)?;
        match self.mark(&claim.ledger)? {
            None if claim.generation == 1 => Ok(()),
            None => Err(Fenced::Restored("nothing on this machine remembers it")),
            Some(mark) if mark.generation > claim.generation => {
                Err(Fenced::Restored("this machine remembers a later one"))
            }
            Some(mark) if !ledger.holds(mark.event, &mark.hash)? => {
                Err(Fenced::Restored("it lacks events that this machine remembers"))
            }
            Some(_) => Ok(()),
        }
    }

    /// Whether this machine knows of a later state, or should know of this one and does not.
    fn is_older(&self, claim: &Claim, ledger: &Ledger) -> Result<bool, Fenced> {
        Ok(match self.mark(&claim.ledger)? {
            // Another machine's folder, or the same one whose marks were lost.
            None => claim.host == self.host && claim.generation > 1,
            Some(mark) => {
                mark.generation > claim.generation || !ledger.holds(mark.event, &mark.hash)?
            }
        })
    }

    fn path(&self) -> String {
        self.folder.display().to_string()
    }

    fn fresh(&self, generation: u64) -> Claim {
        let mut hash = Sha256::new();
        for part in [&self.host, &self.path(), &clock::now().to_string()] {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
        let ledger = crate::files::hex(&hash.finalize()[..16]);
        Claim { ledger, host: self.host.clone(), path: self.path(), generation }
    }

    fn lock(&self) -> Result<File, Fenced> {
        let path = self.folder.join("ledger.lock");
        let io = |source| Fenced::Io { path: path.clone(), source };
        let file = crate::files::to_lock(&path).map_err(io)?;
        match file.try_lock() {
            Ok(()) => Ok(file),
            Err(TryLockError::WouldBlock) => Err(Fenced::Busy),
            Err(TryLockError::Error(source)) => Err(io(source)),
        }
    }

    fn mark(&self, ledger: &str) -> Result<Option<Mark>, Fenced> {
        let path = Mark::path(&self.marks, ledger);
        Mark::read(&path).map_err(|source| Fenced::Io { path, source })
    }
}

/// Seconds of a day.
const DAY: i64 = 86_400;

/// Days between two events that need no asking after the machine was started anew: then nothing
/// tells a wrong clock from time that passed.
const LONG: i64 = 31;

/// Refuses where the clock was put back, or ahead by more than a day: an event written under a clock
/// that is ahead would lock the ledger until that time had come.
fn refuse_a_jump(ledger: &Ledger, mark: Option<&Mark>) -> Result<(), Fenced> {
    let now = clock::now();
    let last = ledger.last_at()?;
    let passed = last.map_or(0, |last| now.as_second() - last.as_second());
    if let Some(last) = last.filter(|_| passed < -events::CLOCKS_DIFFER) {
        return Err(LedgerError::ClockSetBack { now, last }.into());
    }
    if ledger.clock_was_set()? && passed < DAY {
        return Ok(());
    }
    let then = mark.and_then(|mark| mark.clock.as_ref());
    let ahead = StartedAt::now().zip(then).and_then(|(now, then)| now.ahead(then));
    let (seconds, since, most) = match ahead {
        Some(ahead) => (ahead, "what it said before, by the time that this machine has run", 1),
        None => (passed, "the ledger's last event", LONG),
    };
    match seconds > most * DAY + events::CLOCKS_DIFFER {
        true => Err(Fenced::Jumped { now, days: seconds / DAY, since }),
        false => Ok(()),
    }
}

impl Claim {
    fn of(self, ledger: &str) -> Self {
        Self { ledger: ledger.to_owned(), ..self }
    }
}

impl Ledger {
    fn claim(&self) -> Result<Option<Claim>, LedgerError> {
        let sql = "SELECT ledger, host, path, generation FROM fence";
        let claim = self.connection.query_row(sql, [], |row| {
            Ok(Claim {
                ledger: row.get(0)?,
                host: row.get(1)?,
                path: row.get(2)?,
                generation: row.get(3)?,
            })
        });
        Ok(claim.optional()?)
    }

    fn set_claim(&mut self, claim: &Claim, by: Option<(&str, bool)>) -> Result<(), LedgerError> {
        let transaction =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        if let Some((by, older)) = by {
            let event = Event::Claimed(Claimed {
                by: by.to_owned(),
                host: claim.host.clone(),
                generation: claim.generation,
                older,
            });
            events::append(&transaction, &event)?;
        }
        transaction.execute(
            "INSERT OR REPLACE INTO fence VALUES (1, ?1, ?2, ?3, ?4)",
            (&claim.ledger, &claim.host, &claim.path, claim.generation),
        )?;
        Ok(transaction.commit()?)
    }

    /// The last time that an older state of this ledger was claimed: the event and when.
    ///
    /// # Errors
    /// The database.
    pub fn restored(&self) -> Result<Option<(u64, Timestamp)>, LedgerError> {
        let older = |event: &Event| matches!(event, Event::Claimed(claimed) if claimed.older);
        let last = self.events()?.into_iter().rfind(|recorded| older(&recorded.event));
        Ok(last.map(|recorded| (recorded.seq, recorded.at)))
    }

    /// Whether the ledger has this event; event 0 is the beginning.
    fn holds(&self, event: u64, hash: &str) -> Result<bool, LedgerError> {
        if event == 0 {
            return Ok(true);
        }
        let sql = "SELECT count(*) FROM event WHERE seq = ?1 AND hash = ?2";
        Ok(self.connection.query_row(sql, (event, hash), |row| row.get::<_, u32>(0))? == 1)
    }
}
