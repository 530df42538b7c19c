//! `email bounces`: mail that came back sends its people to the post.

use crate::email;
use crate::ledger::event::{EmailBounced, Event};
use crate::ledger::{Ledger, LedgerError, Mailed, Mark, MessageState, Reply};
use crate::matter::open::{Matter, Selection};
use crate::matter::people::intake::spool_stop;
use crate::matter::refusal::{Doing, Refusal};
use crate::matter::seal::{ledger_stop, unaltered};
use crate::roster::Spool;
use crate::sending::{Action, Bounce, bounces as read_bounces};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;

/// What was read, and what it changed.
#[derive(Debug, Serialize)]
pub struct Bounced {
    pub messages: u64,
    /// Notifications of delivery among them.
    pub notifications: u64,
    pub delayed: u64,
    /// Of no e-mail of this incident, or of several.
    pub unmatched: u64,
    pub recorded: Vec<EmailBounced>,
}

/// Of a message whose person had no letter beside the e-mail.
const TO_BE_MADE: &str = "to be made";

impl EmailBounced {
    /// Whether a letter is still to be made.
    pub fn needs_letter(&self) -> bool {
        self.letter == TO_BE_MADE
    }

    /// Whether the e-mail did not arrive.
    pub fn is_lost(&self) -> bool {
        self.state == MessageState::Bounced.label()
    }
}

/// Reads mail that came back: an mbox, a Maildir, or a message.
///
/// # Errors
/// Mail that cannot be read; I/O.
pub fn bounces(selection: &Selection, mail: &Path) -> Result<Bounced, Refusal> {
    let (matter, _) = Matter::open(selection)?;
    let doing = || "record in `ledger.sqlite`".to_owned();
    let failed = |error: LedgerError| io::Error::other(error);
    let mut ledger = Ledger::open(&matter.folder).map_err(ledger_stop)?;
    unaltered(&ledger)?;
    let mut read: Vec<Bounce> = Vec::new();
    let seen = read_bounces(mail, &mut |bounce| read.push(bounce))
        .doing(|| format!("read `{}`", mail.display()))?;

    let mut marks: BTreeMap<i64, (Mark, Mailed)> = BTreeMap::new();
    let mut by_address: Vec<&Bounce> = Vec::new();
    let (mut delayed, mut unmatched) = (0_u64, 0_u64);
    for bounce in &read {
        if bounce.action == Action::Delayed {
            delayed += 1;
            continue;
        }
        let mut known = None;
        for piece in &bounce.pieces {
            known = known.or(ledger.message(piece).map_err(failed).doing(doing)?);
        }
        match known {
            Some(message) => settle(&mut marks, message, bounce),
            None => by_address.push(bounce),
        }
    }
    if !by_address.is_empty() {
        let pieces = pieces_at(&matter, &by_address)?;
        for bounce in by_address {
            let address = bounce.to.to_lowercase();
            let mut messages = Vec::new();
            for piece in pieces.get(&address).into_iter().flatten() {
                messages.extend(ledger.message(piece).map_err(failed).doing(doing)?);
            }
            // No such mailbox is true for everybody who gave it; other reasons may be one message's.
            let all = bounce.action == Action::Failed && bounce.status.starts_with("5.1.");
            if messages.is_empty() || (messages.len() > 1 && !all) {
                unmatched += 1;
                continue;
            }
            for message in messages {
                settle(&mut marks, message, bounce);
            }
        }
    }
    let mut recorded = Vec::new();
    for (mark, message) in marks.values() {
        let letter = if message.alone { TO_BE_MADE } else { "made beside the e-mail" };
        recorded.push(EmailBounced {
            piece: message.piece.clone(),
            was: message.state.label().to_owned(),
            state: mark.state.label().to_owned(),
            code: mark.reply.code,
            reply: mark.reply.text.clone(),
            letter: letter.to_owned(),
        });
    }
    for entry in &recorded {
        let event = Event::EmailBounced(entry.clone());
        ledger.append_event(&event).map_err(failed).doing(doing)?;
    }
    ledger.mark_messages(marks.values().map(|(mark, _)| mark)).map_err(failed).doing(doing)?;
    ledger.settle_messages().map_err(failed).doing(doing)?;
    let (messages, notifications) = (seen.messages, seen.notifications);
    Ok(Bounced { messages, notifications, delayed, unmatched, recorded })
}

/// What a notification makes of a message, if it changes anything.
fn settle(marks: &mut BTreeMap<i64, (Mark, Mailed)>, message: Mailed, bounce: &Bounce) {
    use MessageState::{Accepted, Bounced, Uncertain};
    let state = match (bounce.action, message.state) {
        (Action::Failed, Accepted | Uncertain) => Bounced,
        (Action::Arrived, Uncertain) => Accepted,
        _ => return,
    };
    let text = format!("{} {}", bounce.status, bounce.diagnostic);
    let reply = Reply { code: message.reply.code, text: text.trim().to_owned() };
    marks.insert(message.id, (Mark { id: message.id, state, reply }, message));
}

/// The pieces that went to each of these addresses.
fn pieces_at(
    matter: &Matter,
    bounces: &[&Bounce],
) -> Result<BTreeMap<String, Vec<String>>, Refusal> {
    let wanted: BTreeSet<String> = bounces.iter().map(|b| b.to.to_lowercase()).collect();
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let spool = Spool::open(&matter.folder, &matter.wave().id).map_err(spool_stop)?;
    for person in spool.people().map_err(spool_stop)? {
        let person = person.map_err(spool_stop)?;
        let Ok(address) = email::recipient(&person.email) else { continue };
        let address = address.to_string().to_lowercase();
        if !wanted.contains(&address) {
            continue;
        }
        let entity = &matter.incident.entities[usize::from(person.entity)].id;
        let piece = matter.piece(&person.record_id, entity, "email");
        found.entry(address).or_default().push(piece);
    }
    Ok(found)
}
