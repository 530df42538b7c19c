//! Mail that came back: delivery status notifications (RFC 3464) in an mbox, a Maildir or single
//! files.

use super::reply::masked;
use mail_parser::mailbox::mbox;
use mail_parser::{Message, MessageParser, MimeHeaders, PartType};
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

/// What a notification says of one recipient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Given up: the person goes to the post.
    Failed,
    /// Still trying.
    Delayed,
    /// Delivered, or handed on to a system that sends no notifications.
    Arrived,
}

/// One recipient of one notification. Holds an address: no `Debug`.
pub struct Bounce {
    pub action: Action,
    /// What may be the piece id: the envelope's own id, the local part of the Message-ID.
    pub pieces: Vec<String>,
    /// The recipient in the envelope; may be empty.
    pub to: String,
    /// Such as `5.1.1`; may be empty.
    pub status: String,
    /// The other server's words, without addresses.
    pub diagnostic: String,
}

/// How many messages were read and how many of them are notifications.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    pub messages: u64,
    pub notifications: u64,
}

/// Reads every notification of a file (mbox, or one message) or a folder (Maildir, or of
/// messages).
///
/// # Errors
/// Any I/O error.
pub fn bounces(path: &Path, each: &mut dyn FnMut(Bounce)) -> io::Result<Seen> {
    let mut seen = Seen::default();
    for file in files(path)? {
        let mut reader = BufReader::new(File::open(&file)?);
        if reader.fill_buf()?.starts_with(b"From ") {
            for message in mbox::MessageIterator::new(reader) {
                let message = message.map_err(io::Error::other)?;
                one(message.contents(), &mut seen, each);
            }
        } else {
            one(&fs::read(&file)?, &mut seen, each);
        }
    }
    Ok(seen)
}

/// A file alone; of a folder the files in `new` and `cur`, or those in it, by name.
fn files(path: &Path) -> io::Result<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut folders: Vec<PathBuf> = ["new", "cur"].iter().map(|name| path.join(name)).collect();
    folders.retain(|folder| folder.is_dir());
    if folders.is_empty() {
        folders.push(path.to_owned());
    }
    let mut files = Vec::new();
    for folder in folders {
        for entry in fs::read_dir(folder)? {
            let file = entry?.path();
            let hidden = file.file_name().is_some_and(|n| n.to_string_lossy().starts_with('.'));
            if file.is_file() && !hidden {
                files.push(file);
            }
        }
    }
    files.sort();
    Ok(files)
}

fn one(raw: &[u8], seen: &mut Seen, each: &mut dyn FnMut(Bounce)) {
    seen.messages += 1;
    let Some(message) = MessageParser::default().parse(raw) else { return };
    let Some(report) = part(&message, "message", &["delivery-status", "global-delivery-status"])
    else {
        return;
    };
    seen.notifications += 1;
    let groups = groups(report);
    let mut pieces = Vec::new();
    if let Some(first) = groups.first() {
        pieces.extend(field(first, "original-envelope-id"));
    }
    pieces.extend(original_id(&message));
    for group in groups.iter().skip(1) {
        let Some(action) = field(group, "action") else { continue };
        let action = match action.to_ascii_lowercase().as_str() {
            "failed" => Action::Failed,
            "delayed" => Action::Delayed,
            _ => Action::Arrived,
        };
        // As we gave it, if the relay says so; an alias may have led elsewhere.
        let to = field(group, "original-recipient").or_else(|| field(group, "final-recipient"));
        let status = field(group, "status").unwrap_or_default();
        let status = status.split_whitespace().next().unwrap_or("").to_owned();
        let diagnostic = field(group, "diagnostic-code").unwrap_or_default();
        let to = after_type(&to.unwrap_or_default());
        each(Bounce {
            action,
            pieces: pieces.clone(),
            diagnostic: masked(&after_type(&diagnostic), to.parse().ok().as_ref()),
            to,
            status,
        });
    }
}

/// The bytes of the first part of this type.
fn part<'m>(message: &'m Message<'_>, kind: &str, subtypes: &[&str]) -> Option<&'m [u8]> {
    let part = message.parts.iter().find(|part| {
        part.content_type().is_some_and(|found| {
            found.ctype().eq_ignore_ascii_case(kind)
                && found
                    .subtype()
                    .is_some_and(|s| subtypes.iter().any(|t| s.eq_ignore_ascii_case(t)))
        })
    })?;
    message.raw_message.get(part.offset_body as usize..part.offset_end as usize)
}

/// The local part of the returned message's Message-ID.
fn original_id(message: &Message<'_>) -> Option<String> {
    let nested = message.parts.iter().find_map(|part| match &part.body {
        PartType::Message(inner) => inner.message_id().map(str::to_owned),
        _ => None,
    });
    let id = nested.or_else(|| {
        let headers = part(message, "text", &["rfc822-headers"])
            .or_else(|| part(message, "message", &["rfc822", "global", "global-headers"]))?;
        MessageParser::default().parse(headers)?.message_id().map(str::to_owned)
    })?;
    Some(id.split('@').next().unwrap_or(&id).to_owned())
}

/// Groups of `name: value`, divided by empty lines; folded lines are joined.
fn groups(report: &[u8]) -> Vec<Vec<(String, String)>> {
    let mut groups = vec![Vec::new()];
    for line in String::from_utf8_lossy(report).lines() {
        let fields: &mut Vec<(String, String)> = match groups.last_mut() {
            Some(last) => last,
            None => continue,
        };
        if line.trim().is_empty() {
            if !fields.is_empty() {
                groups.push(Vec::new());
            }
        } else if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = fields.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    groups
}

fn field(group: &[(String, String)], name: &str) -> Option<String> {
    group.iter().find(|(n, _)| n == name).map(|(_, value)| value.clone())
}

/// `rfc822;someone@inbox.example` without its type.
fn after_type(value: &str) -> String {
    value.split_once(';').map_or(value, |(_, rest)| rest).trim().to_owned()
}
