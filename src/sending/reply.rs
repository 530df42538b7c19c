//! What servers reply, made fit for the ledger: servers like to repeat the address.

use crate::ledger::Reply;
use lettre::Address;
use lettre::transport::smtp::response::Response;
use std::error::Error as _;

/// More of a reply is not kept.
const KEPT: usize = 300;

/// Takes addresses out of a server's words, and the recipient's local part standing alone.
pub fn masked(text: &str, to: Option<&Address>) -> String {
    let local = to.map(|address| address.user().to_lowercase());
    let mut out = String::with_capacity(text.len());
    // A word ends where neither an address nor a queue id goes on.
    let inside = |c: char| c.is_alphanumeric() || "@.-_+=%!'".contains(c);
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = match inside(first) {
            true => rest.find(|c| !inside(c)).unwrap_or(rest.len()),
            false => first.len_utf8(),
        };
        let (word, after) = rest.split_at(end);
        rest = after;
        let lower = word.to_lowercase();
        let bare = lower.trim_matches(|c: char| ".-'!".contains(c));
        let personal = local.as_deref().is_some_and(|local| {
            bare == local || (local.chars().count() > 3 && lower.contains(local))
        });
        if word.contains('@') || personal {
            out.push_str("[address]");
        } else if first.is_control() {
            out.push(' ');
        } else {
            out.push_str(word);
        }
    }
    let out = out.split_whitespace().collect::<Vec<_>>().join(" ");
    match out.char_indices().nth(KEPT) {
        Some((at, _)) => out[..at].to_owned(),
        None => out,
    }
}

/// A reply of 2xx or 3xx.
pub fn said(response: &Response, to: Option<&Address>) -> Reply {
    let lines: Vec<&str> = response.message().collect();
    Reply { code: response.code().into(), text: masked(&lines.join(" "), to) }
}

/// An error: a reply of 4xx or 5xx, or code 0 and what went wrong.
pub fn failed(error: &lettre::transport::smtp::Error, to: Option<&Address>) -> Reply {
    match error.status() {
        Some(code) => {
            let text = error.source().map(ToString::to_string).unwrap_or_default();
            Reply { code: code.into(), text: masked(&text, to) }
        }
        None => Reply { code: 0, text: masked(&error.to_string(), to) },
    }
}

/// No reply at all.
pub fn silence(what: &str) -> Reply {
    Reply { code: 0, text: what.to_owned() }
}
