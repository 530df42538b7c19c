//! `email resolve`: what is in doubt is settled by a relay's log or by a person, never by guessing.

use crate::ledger::event::{EmailResolved, Event};
use crate::ledger::{Ledger, Mailed, Mark, MessageState, Reply};
use crate::matter::open::{Matter, Selection};
use crate::matter::refusal::{Doing, Refusal};
use crate::matter::seal::{ledger_stop, unaltered};
use crate::sending::{RelayFate, masked, relay_log};
use serde::Serialize;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, BufReader};
use std::path::PathBuf;

/// What settles which messages.
#[derive(Clone, Debug, Default)]
pub struct ResolveRequest {
    pub selection: Selection,
    /// The log of a Postfix relay.
    pub log: Option<PathBuf>,
    /// Pieces that the server did take.
    pub accepted: Vec<String>,
    /// Pieces that it did not take.
    pub not_sent: Vec<String>,
    /// Who decides.
    pub by: Option<String>,
    /// How they know.
    pub evidence: Option<String>,
}

/// What was settled, and what is left.
#[derive(Serialize)]
pub struct ResolveAnswer {
    pub resolved: Vec<EmailResolved>,
    /// Pieces in doubt.
    pub uncertain: Vec<String>,
    /// Each settled message with what the ledger says of it now.
    #[serde(skip)]
    pub settled: Vec<Settled>,
    /// The messages in doubt.
    #[serde(skip)]
    pub left: Vec<Settled>,
}

/// How a message stands, and by which words.
#[derive(Clone, Debug)]
pub struct Settled {
    pub piece: String,
    pub state: &'static str,
    pub words: String,
}

/// Settles messages of which it is not known whether the server took them.
///
/// # Errors
/// A piece that is not in doubt; a log that cannot be read; I/O.
pub fn resolve(args: &ResolveRequest) -> Result<ResolveAnswer, Refusal> {
    let (matter, _) = Matter::open(&args.selection)?;
    let wave = &matter.wave().id;
    let doing = || "record in `ledger.sqlite`".to_owned();
    let failed = |error| io::Error::other::<crate::ledger::LedgerError>(error);
    let mut ledger = Ledger::open(&matter.folder).map_err(ledger_stop)?;
    unaltered(&ledger)?;
    let mut marks: Vec<(Mark, String)> = Vec::new();
    let mut events = Vec::new();

    if let Some(path) = &args.log {
        let doubtful = ledger.messages(Some(wave), &[MessageState::Uncertain]);
        let doubtful = doubtful.map_err(failed).doing(doing)?;
        let pieces: BTreeSet<&str> = doubtful.iter().map(|m| m.piece.as_str()).collect();
        let reading = || format!("read `{}`", path.display());
        let log = BufReader::new(File::open(path).doing(reading)?);
        let fates = relay_log(log, &|piece| pieces.contains(piece)).doing(reading)?;
        for message in &doubtful {
            let Some(fate) = fates.get(&message.piece) else { continue };
            let (state, text) = match fate {
                RelayFate::Taken { queue } => {
                    (MessageState::Accepted, format!("relay log: queued as {queue}"))
                }
                RelayFate::Bounced { queue, status } => {
                    (MessageState::Bounced, format!("relay log: {queue} bounced, {status}"))
                }
                RelayFate::NotTaken { queue } => {
                    (MessageState::Ready, format!("relay log: {queue} cut off, not queued"))
                }
            };
            events.push(EmailResolved {
                piece: message.piece.clone(),
                state: state.label().to_owned(),
                by: "relay log".to_owned(),
                evidence: text.clone(),
            });
            marks.push((mark(message, state, text), message.piece.clone()));
        }
    }
    let by = args.by.as_deref().unwrap_or_default();
    let evidence = masked(args.evidence.as_deref().unwrap_or_default(), None);
    for (pieces, to) in
        [(&args.accepted, MessageState::Accepted), (&args.not_sent, MessageState::Ready)]
    {
        for piece in pieces {
            let known = ledger.message(piece).map_err(failed).doing(doing)?;
            let message = open_one(known, piece, to)?;
            if marks.iter().any(|(_, settled)| settled == piece) {
                continue;
            }
            let text = format!("{by}: {evidence}");
            events.push(EmailResolved {
                piece: piece.clone(),
                state: to.label().to_owned(),
                by: by.to_owned(),
                evidence: evidence.clone(),
            });
            marks.push((mark(&message, to, text), piece.clone()));
        }
    }
    for event in &events {
        let event = Event::EmailResolved(event.clone());
        ledger.append_event(&event).map_err(failed).doing(doing)?;
    }
    ledger.mark_messages(marks.iter().map(|(mark, _)| mark)).map_err(failed).doing(doing)?;
    ledger.settle_messages().map_err(failed).doing(doing)?;
    let left = ledger.messages(Some(wave), &[MessageState::Uncertain]);
    let left = left.map_err(failed).doing(doing)?;
    let stands = |piece: String, state: MessageState, reply: Reply| Settled {
        piece,
        state: state.label(),
        words: reply.text,
    };
    Ok(ResolveAnswer {
        resolved: events,
        uncertain: left.iter().map(|message| message.piece.clone()).collect(),
        settled: marks.into_iter().map(|(m, piece)| stands(piece, m.state, m.reply)).collect(),
        left: left.into_iter().map(|m| stands(m.piece, m.state, m.reply)).collect(),
    })
}

fn mark(message: &Mailed, state: MessageState, text: String) -> Mark {
    Mark { id: message.id, state, reply: Reply { code: message.reply.code, text } }
}

/// A message that a person may settle like this.
fn open_one(known: Option<Mailed>, piece: &str, to: MessageState) -> Result<Mailed, Refusal> {
    let Some(message) = known else {
        return Err(Refusal::one(
            code!("email.no_piece"),
            format!("no e-mail has the piece id `{piece}`"),
            "write it as `noticeworks status` shows it",
        ));
    };
    let fits = match message.state {
        MessageState::Uncertain => true,
        MessageState::Refused => to == MessageState::Ready,
        _ => false,
    };
    match fits {
        true => Ok(message),
        false => Err(Refusal::one(
            code!("email.not_in_doubt"),
            format!("`{piece}` is `{}`, which is not in doubt", message.state.label()),
            "leave it as it is",
        )),
    }
}
