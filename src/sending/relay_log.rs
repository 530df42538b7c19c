//! A Postfix relay's log, asked about messages of which we do not know whether they were taken.
//!
//! Lines used, as Postfix writes them (the date before them does not matter):
//! `postfix/smtpd[PID]: QUEUE: client=...`, `postfix/cleanup[PID]: QUEUE: message-id=<ID>`,
//! `postfix/qmgr[PID]: QUEUE: from=<...>, ... (queue active)`,
//! `postfix/smtp[PID]: QUEUE: to=<...>, ... dsn=5.1.1, status=bounced (...)`,
//! `postfix/smtpd[PID]: lost connection after DATA (N bytes) from ...`.

use std::collections::{BTreeMap, HashMap};
use std::io::{self, BufRead};

/// What the relay did with a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RelayFate {
    /// In its queue, or delivered.
    Taken { queue: String },
    /// In its queue, and given up later; `status` such as `5.1.1`.
    Bounced { queue: String, status: String },
    /// The connection was lost before the content ended: never in its queue.
    NotTaken { queue: String },
}

/// What is known of one queue id.
#[derive(Default)]
struct Queued {
    piece: Option<String>,
    active: bool,
    bounced: Option<String>,
    lost: bool,
}

/// What the log tells of the wanted pieces; pieces it does not tell of are absent. A piece that
/// was offered several times counts as taken if it was taken once.
///
/// # Errors
/// Any I/O error.
pub fn relay_log(
    mut log: impl BufRead,
    wanted: &dyn Fn(&str) -> bool,
) -> io::Result<BTreeMap<String, RelayFate>> {
    let mut queue: HashMap<String, Queued> = HashMap::new();
    let mut receiving: HashMap<String, String> = HashMap::new();
    let mut fates = BTreeMap::new();
    let mut raw = Vec::new();
    while log.read_until(b'\n', &mut raw)? > 0 {
        if let Some((process, text)) = entry(&String::from_utf8_lossy(&raw)) {
            read(process, text, wanted, &mut queue, &mut receiving, &mut fates);
        }
        raw.clear();
    }
    for (id, known) in queue {
        known.settle(id, &mut fates);
    }
    Ok(fates)
}

/// Process (`smtpd[123]`) and what it says.
fn entry(line: &str) -> Option<(&str, &str)> {
    let (_, rest) = line.split_once("postfix/")?;
    let (process, text) = rest.split_once(": ")?;
    // `postfix/submission/smtpd[123]`
    Some((process.rsplit('/').next().unwrap_or(process), text.trim_end()))
}

fn read(
    process: &str,
    text: &str,
    wanted: &dyn Fn(&str) -> bool,
    queue: &mut HashMap<String, Queued>,
    receiving: &mut HashMap<String, String>,
    fates: &mut BTreeMap<String, RelayFate>,
) {
    let daemon = process.split('[').next().unwrap_or(process);
    if daemon == "smtpd" && text.starts_with("lost connection after DATA") {
        if let Some(known) = receiving.remove(process).and_then(|id| queue.get_mut(&id)) {
            known.lost = true;
        }
        return;
    }
    let Some((id, what)) = text.split_once(": ") else { return };
    if id.len() < 5 || !id.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return;
    }
    match daemon {
        "smtpd" if what.starts_with("client=") => {
            receiving.insert(process.to_owned(), id.to_owned());
            // Not ours, as long as cleanup has not said so.
            queue.insert(id.to_owned(), Queued::default());
        }
        "cleanup" => {
            let Some(message_id) = what.strip_prefix("message-id=") else { return };
            let piece = message_id.trim_matches(['<', '>']);
            let piece = piece.split('@').next().unwrap_or(piece);
            if wanted(piece) {
                queue.entry(id.to_owned()).or_default().piece = Some(piece.to_owned());
            } else {
                queue.remove(id);
            }
        }
        "qmgr" if what == "removed" => {
            if let Some(known) = queue.remove(id) {
                known.settle(id.to_owned(), fates);
            }
        }
        "qmgr" if what.contains("status=expired") => bounced(queue, id, "4.4.7"),
        "qmgr" => {
            if let Some(known) = queue.get_mut(id) {
                known.active = true;
            }
        }
        _ if what.contains("status=bounced") => {
            let status = what.split_once("dsn=").map_or("", |(_, rest)| rest);
            let status: String =
                status.chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
            bounced(queue, id, &status);
        }
        _ if what.contains("status=sent") || what.contains("status=deferred") => {
            if let Some(known) = queue.get_mut(id) {
                known.active = true;
            }
        }
        _ => {}
    }
}

fn bounced(queue: &mut HashMap<String, Queued>, id: &str, status: &str) {
    if let Some(known) = queue.get_mut(id) {
        known.active = true;
        known.bounced = Some(status.to_owned());
    }
}

impl Queued {
    fn settle(self, queue: String, fates: &mut BTreeMap<String, RelayFate>) {
        let Some(piece) = self.piece else { return };
        let fate = match (self.bounced, self.active, self.lost) {
            (Some(status), _, _) => RelayFate::Bounced { queue, status },
            (None, true, _) => RelayFate::Taken { queue },
            (None, false, true) => RelayFate::NotTaken { queue },
            // Seen, but the log ends before it is decided.
            (None, false, false) => return,
        };
        match fates.get(&piece) {
            Some(RelayFate::Taken { .. }) => {}
            Some(RelayFate::Bounced { .. }) if !matches!(fate, RelayFate::Taken { .. }) => {}
            _ => {
                fates.insert(piece, fate);
            }
        }
    }
}
