//! `email resolve`: what is in doubt is settled by a relay's log or by a person, never by guessing.

use crate::cli::args::ResolveArgs;
use crate::cli::exit::{Doing, Ending, Stop};
use crate::cli::matter::Matter;
use crate::cli::output::{print_json, tell};
use crate::cli::words::count;
use crate::ledger::{Ledger, Mailed, Mark, MessageState, Reply};
use crate::sending::{RelayFate, masked, relay_log};
use serde_json::json;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, BufReader};

pub fn run(args: &ResolveArgs) -> Result<Ending, Stop> {
    let (matter, _) = Matter::open(&args.folder)?;
    let wave = &matter.wave().id;
    let doing = || "record in `ledger.sqlite`".to_owned();
    let failed = |error| io::Error::other::<crate::ledger::LedgerError>(error);
    let mut ledger = Ledger::open(&matter.folder).map_err(failed).doing(doing)?;
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
            events.push(json!({ "piece": message.piece, "state": state.label(), "by": "relay log",
                "evidence": text }));
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
            events.push(json!({ "piece": piece, "state": to.label(), "by": by,
                "evidence": evidence }));
            marks.push((mark(&message, to, text), piece.clone()));
        }
    }
    for event in &events {
        ledger.append_event("email.resolved", event).map_err(failed).doing(doing)?;
    }
    ledger.mark_messages(marks.iter().map(|(mark, _)| mark)).map_err(failed).doing(doing)?;
    ledger.settle_messages().map_err(failed).doing(doing)?;
    let left = ledger.messages(Some(wave), &[MessageState::Uncertain]);
    let left = left.map_err(failed).doing(doing)?;
    if args.json {
        let left: Vec<&str> = left.iter().map(|m| m.piece.as_str()).collect();
        print_json(&json!({ "resolved": events, "uncertain": left }))?;
    } else {
        tell(&text(&marks, &left, args.log.is_some()));
    }
    Ok(if left.is_empty() { Ending::Fine } else { Ending::Unresolved })
}

fn mark(message: &Mailed, state: MessageState, text: String) -> Mark {
    Mark { id: message.id, state, reply: Reply { code: message.reply.code, text } }
}

/// A message that a person may settle like this.
fn open_one(known: Option<Mailed>, piece: &str, to: MessageState) -> Result<Mailed, Stop> {
    let Some(message) = known else {
        return Err(Stop::one(
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
        false => Err(Stop::one(
            code!("email.not_in_doubt"),
            format!("`{piece}` is `{}`, which is not in doubt", message.state.label()),
            "leave it as it is",
        )),
    }
}

fn text(marks: &[(Mark, String)], left: &[Mailed], log_was_read: bool) -> String {
    let mut text = String::new();
    for (mark, piece) in marks {
        text.push_str(&format!("  {piece}: {} ({})\n", mark.state.label(), mark.reply.text));
    }
    let open = count(left.len() as u64, "e-mail is", "e-mails are");
    text.push_str(&format!("\n{open} in doubt\n"));
    for message in left {
        text.push_str(&format!("  {}  {}\n", message.piece, message.reply.text));
    }
    if !left.is_empty() && log_was_read {
        text.push_str(
            "\nThe log does not name them. If it is whole for the time of the sending, the server did \
             not take them\n",
        );
    }
    if !left.is_empty() {
        text.push_str(
            "\nLook for the piece id as Message-ID in the mail server's log (`--log`), or decide \
             with `--accepted PIECE` or `--not-sent PIECE`, `--by` and `--evidence`\n",
        );
    }
    text
}
