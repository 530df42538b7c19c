//! Seals: which words to which people were approved, by whom.

use super::event::{About, ApprovalWithdrawn, Approved, By, Event};
use super::{Ledger, LedgerError, MessageState, What, events};
use jiff::Timestamp;
use rusqlite::TransactionBehavior;
use serde::{Deserialize, Serialize};

/// A seal as recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealRecord {
    pub id: i64,
    pub wave: String,
    /// From 1 within the wave; the seal lies in `sealed/<wave>-<number>`.
    pub number: u32,
    /// SHA-256 of the seal's `root.txt`, hex.
    pub root: String,
    pub letters: u64,
    pub emails: u64,
    pub state: SealState,
    /// The event that made it.
    pub event: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SealState {
    /// Another approver has yet to agree.
    Waiting,
    Valid,
    /// A later approval stands in its place; nothing was sent under it.
    Replaced,
}

/// One person's approval of a root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approval {
    /// Name and role as typed.
    pub by: String,
    /// Public key (32 bytes of an Ed25519 key, else a SubjectPublicKeyInfo) and signature over
    /// `root.txt`, hex, if signed.
    pub signature: Option<(String, String)>,
    /// When it was recorded; none before.
    pub at: Option<Timestamp>,
}

impl SealState {
    pub(super) fn label(self) -> &'static str {
        match self {
            SealState::Waiting => "waiting",
            SealState::Valid => "valid",
            SealState::Replaced => "replaced",
        }
    }

    fn of(label: &str) -> Self {
        match label {
            "waiting" => SealState::Waiting,
            "valid" => SealState::Valid,
            _ => SealState::Replaced,
        }
    }
}

impl Approval {
    fn told(&self) -> By {
        let (key, signature) = self.signature.clone().unzip();
        By { by: self.by.clone(), key, signature }
    }
}

impl Ledger {
    /// Records a seal with its first approval; it is valid when no other approver is needed.
    /// Earlier seals named in `replaces` end. `about` is what the event tells besides.
    ///
    /// # Errors
    /// The database.
    pub fn record_seal(
        &mut self,
        seal: &SealRecord,
        approval: &Approval,
        replaces: &[i64],
        about: About,
    ) -> Result<i64, LedgerError> {
        let transaction =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let event = Event::Approved(Approved {
            wave: seal.wave.clone(),
            seal: seal.number,
            root: seal.root.clone(),
            letters: Some(seal.letters),
            emails: Some(seal.emails),
            state: seal.state,
            approval: approval.told(),
            about: Some(about),
        });
        let event = events::append(&transaction, &event)?;
        for id in replaces {
            transaction.execute("UPDATE seal SET state = 'replaced' WHERE id = ?1", [id])?;
        }
        transaction.execute(
            "INSERT INTO seal (wave, number, root, letters, emails, state, event)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            (
                &seal.wave,
                seal.number,
                &seal.root,
                seal.letters,
                seal.emails,
                seal.state.label(),
                event,
            ),
        )?;
        let id = transaction.last_insert_rowid();
        transaction.commit()?;
        Ok(id)
    }

    /// Records a further approval of a seal, or the signature of one, and how the seal stands then.
    ///
    /// # Errors
    /// The database.
    pub fn approve_too(
        &mut self,
        seal: &SealRecord,
        approval: &Approval,
        state: SealState,
    ) -> Result<(), LedgerError> {
        let transaction =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let event = Event::Approved(Approved {
            wave: seal.wave.clone(),
            seal: seal.number,
            root: seal.root.clone(),
            letters: None,
            emails: None,
            state,
            approval: approval.told(),
            about: None,
        });
        events::append(&transaction, &event)?;
        transaction
            .execute("UPDATE seal SET state = ?2 WHERE id = ?1", (seal.id, state.label()))?;
        Ok(transaction.commit()?)
    }

    /// Takes the approval of a seal back: it is as if replaced by none. For one under which nothing
    /// has left; whoever calls this has looked.
    ///
    /// # Errors
    /// The database.
    pub fn withdraw_seal(
        &mut self,
        seal: &SealRecord,
        by: &str,
        why: &str,
    ) -> Result<(), LedgerError> {
        let transaction =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let event = Event::ApprovalWithdrawn(ApprovalWithdrawn {
            wave: seal.wave.clone(),
            seal: seal.number,
            root: seal.root.clone(),
            by: by.to_owned(),
            why: why.to_owned(),
        });
        events::append(&transaction, &event)?;
        transaction.execute("UPDATE seal SET state = 'replaced' WHERE id = ?1", [seal.id])?;
        Ok(transaction.commit()?)
    }

    /// A wave's seals, the first first.
    ///
    /// # Errors
    /// The database.
    pub fn seals(&self, wave: &str) -> Result<Vec<SealRecord>, LedgerError> {
        let mut seals = self.all_seals()?;
        seals.retain(|seal| seal.wave == wave);
        Ok(seals)
    }

    /// The seals of every wave, each wave's in the order of their numbers.
    ///
    /// # Errors
    /// [`LedgerError`]
    pub fn all_seals(&self) -> Result<Vec<SealRecord>, LedgerError> {
        if !self.has_table("seal")? {
            return Ok(Vec::new());
        }
        let mut statement = self.connection.prepare(
            "SELECT id, wave, number, root, letters, emails, state, event FROM seal
             ORDER BY wave, number",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(SealRecord {
                id: row.get(0)?,
                wave: row.get(1)?,
                number: row.get(2)?,
                root: row.get(3)?,
                letters: row.get(4)?,
                emails: row.get(5)?,
                state: SealState::of(&row.get::<_, String>(6)?),
                event: row.get(7)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Whether e-mails went out under a seal: every sending begins with an event that names the
    /// root.
    ///
    /// # Errors
    /// The database.
    pub fn sent_under(&self, seal: &SealRecord) -> Result<bool, LedgerError> {
        let under = |event: &Event| matches!(event, Event::Sending(s) if s.root == seal.root);
        Ok(self.events()?.iter().any(|recorded| under(&recorded.event)))
    }

    /// Whether any letter or e-mail is known to have left under a seal.
    ///
    /// # Errors
    /// The database.
    pub fn went_out(&self, seal: &SealRecord) -> Result<bool, LedgerError> {
        Ok(!self.deliveries(seal.id)?.is_empty() || self.sent_under(seal)?)
    }

    /// Whether everything under a seal has left: every letter is in a batch that was posted, every
    /// e-mail was offered to a server and is not in doubt. What is under it is history.
    ///
    /// # Errors
    /// The database.
    pub fn is_history(&self, seal: &SealRecord) -> Result<bool, LedgerError> {
        if seal.state != SealState::Valid || seal.letters + seal.emails == 0 {
            return Ok(false);
        }
        let deliveries = self.deliveries(seal.id)?;
        let posted = |batch: u32| {
            deliveries.iter().any(|d| d.what == What::Posted && d.batch == Some(batch))
        };
        let printed = self.printed(seal.id)?;
        let posted: u64 = printed.iter().filter(|p| posted(p.batch)).map(|p| p.pieces).sum();
        if posted < seal.letters {
            return Ok(false);
        }
        if seal.emails == 0 {
            return Ok(true);
        }
        let messages = self.messages(Some(&seal.wave), &MessageState::ALL)?;
        let settled = |state| {
            matches!(state, MessageState::Accepted | MessageState::Refused | MessageState::Bounced)
        };
        Ok(messages.len() as u64 >= seal.emails && messages.iter().all(|m| settled(m.state)))
    }

    /// Who approved a root, in order.
    ///
    /// # Errors
    /// The database.
    pub fn approvals(&self, root: &str) -> Result<Vec<Approval>, LedgerError> {
        let mut found: Vec<Approval> = Vec::new();
        for recorded in self.events()? {
            let Event::Approved(approved) = recorded.event else { continue };
            let By { by, key, signature } = approved.approval;
            if approved.root != root {
                continue;
            }
            let signature = key.zip(signature);
            match found.iter_mut().find(|known| known.by == by) {
                None => found.push(Approval { by, signature, at: Some(recorded.at) }),
                // Signed later than approved.
                Some(known) => known.signature = known.signature.take().or(signature),
            }
        }
        Ok(found)
    }
}
