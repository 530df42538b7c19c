//! `email bounces`: mail that came back sends its people to the post.

use crate::cli::args::BouncesArgs;
use crate::cli::exit::Ending;
use crate::cli::output::{print_json, tell};
use crate::email;
use crate::ledger::{Ledger, LedgerError, Mailed, Mark, MessageState, Reply};
use crate::matter::open::Matter;
use crate::matter::people::intake::spool_stop;
use crate::matter::refusal::{Doing, Refusal};
use crate::roster::Spool;
use crate::sending::{Action, Bounce, bounces};
use crate::tables::words::count;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::io;

pub fn run(args: &BouncesArgs) -> Result<Ending, Refusal> {
    let (matter, _) = Matter::open(&(&args.folder).into())?;
    let doing = || "record in `ledger.sqlite`".to_owned();
    let failed = |error: LedgerError| io::Error::other(error);
    let mut ledger = Ledger::open(&matter.folder).map_err(failed).doing(doing)?;
    let mut read: Vec<Bounce> = Vec::new();
    let seen = bounces(&args.mail, &mut |bounce| read.push(bounce))
        .doing(|| format!("read `{}`", args.mail.display()))?;

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
        recorded.push(json!({ "piece": message.piece, "was": message.state.label(),
            "state": mark.state.label(), "code": mark.reply.code, "reply": mark.reply.text,
            "letter": if message.alone { "to be made" } else { "made beside the e-mail" } }));
    }
    for entry in &recorded {
        ledger.append_event("email.bounced", entry).map_err(failed).doing(doing)?;
    }
    ledger.mark_messages(marks.values().map(|(mark, _)| mark)).map_err(failed).doing(doing)?;
    ledger.settle_messages().map_err(failed).doing(doing)?;
    if args.json {
        print_json(&json!({ "messages": seen.messages, "notifications": seen.notifications,
            "delayed": delayed, "unmatched": unmatched, "recorded": recorded }))?;
    } else {
        tell(&format!(
            "{}, of which {} of delivery\n",
            count(seen.messages, "message", "messages"),
            count(seen.notifications, "notification", "notifications"),
        ));
        for entry in &recorded {
            let word = |name: &str| entry[name].as_str().unwrap_or_default().to_owned();
            let (piece, state, reply) = (word("piece"), word("state"), word("reply"));
            tell(&format!("  {piece}: {state} ({reply}); letter {}\n", word("letter")));
        }
        if unmatched > 0 {
            let what = count(unmatched, "notification belongs", "notifications belong");
            tell(&format!("  {what} to no e-mail of this incident, or to several\n"));
        }
        if recorded.iter().any(|entry| entry["letter"] == "to be made") {
            tell("Run `noticeworks run` to make the letters\n");
        }
    }
    let bounced = recorded.iter().any(|entry| entry["state"] == "bounced");
    Ok(if bounced || unmatched > 0 { Ending::Findings } else { Ending::Fine })
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
