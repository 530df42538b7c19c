//! One message: its signs, in the order in which they are to be believed.

use super::words::{Rules, shipped};
use super::{Class, Kind, Recipient, Returned, json, report, source};
use crate::sending::reply::masked;
use mail_parser::{HeaderValue, Message, MessageParser, MessagePart, MimeHeaders, PartType};
use sha2::{Digest, Sha256};

/// The shape of a piece id, `NW-XXXX-XXXX-XXXX`.
const PIECE: &str = "NW-";

pub fn read(raw: &[u8]) -> Returned {
    let rules = shipped();
    let digest = digest(raw);
    let raw = source::without_separator(raw);
    let mut returned =
        Returned { kind: Kind::Other, class: None, pieces: named(raw), recipients: vec![], digest };
    let Some(message) = MessageParser::default().parse(raw) else {
        returned.kind = Kind::Unclear;
        return returned;
    };
    let texts = texts(&message);
    for text in &texts {
        for piece in named(text.as_bytes()) {
            if !returned.pieces.contains(&piece) {
                returned.pieces.push(piece);
            }
        }
    }
    let reading = Reading { rules, message: &message };
    let (kind, class, recipients) = reading.verdict();
    returned.kind = kind;
    returned.class = class;
    returned.recipients = recipients;
    for recipient in &mut returned.recipients {
        let to = recipient.to.parse().ok();
        recipient.diagnostic = masked(after_type(&recipient.diagnostic), to.as_ref());
    }
    returned
}

/// SHA-256 in hexadecimal digits.
fn digest(raw: &[u8]) -> String {
    crate::files::hex(&Sha256::digest(raw))
}

type Verdict = (Kind, Option<Class>, Vec<Recipient>);

struct Reading<'m> {
    rules: &'static Rules,
    message: &'m Message<'m>,
}

impl Reading<'_> {
    fn verdict(&self) -> Verdict {
        if let Some(verdict) = self.complaint().or_else(|| self.delivery_report()) {
            return verdict;
        }
        let own = self.own_words();
        if let Some((class, recipients)) = json::recipients(&own, self.rules) {
            return (Kind::Told, class, recipients);
        }
        let header = self.by_header();
        if header == Some(Class::Complaint) {
            return (Kind::Told, header, self.recipients(header, &own));
        }
        self.plain_text(&own, header)
    }

    /// RFC 5965.
    fn complaint(&self) -> Option<Verdict> {
        let report = self.part("message", &["feedback-report"])?;
        let groups = report::Groups::of(&report);
        if groups.feedback_type().as_deref() == Some("not-spam") {
            return Some((Kind::Other, None, Vec::new()));
        }
        let recipient = |to: String| Recipient {
            to,
            class: Some(Class::Complaint),
            status: String::new(),
            diagnostic: groups.feedback_type().unwrap_or_default(),
        };
        let recipients = groups.complained().into_iter().map(recipient).collect();
        Some((Kind::Told, Some(Class::Complaint), recipients))
    }

    /// RFC 3464. A report without a recipient is read on by its words.
    fn delivery_report(&self) -> Option<Verdict> {
        let report = self.part("message", &["delivery-status", "global-delivery-status"])?;
        let mut recipients = report::Groups::of(&report).recipients(self.rules);
        if recipients.is_empty() {
            return None;
        }
        // A number that says nothing beside a text that does.
        let own = self.own_words();
        for recipient in &mut recipients {
            let vague = matches!(recipient.status.as_str(), "" | "5.0.0" | "4.0.0" | "5.0.1");
            if recipient.class.is_some_and(Class::is_lost)
                && vague
                && self.rules.class(&recipient.diagnostic).is_none()
                && let Some(class) = self.rules.class(&own).filter(|c| c.is_lost())
            {
                recipient.class = Some(class);
            }
        }
        let lost = recipients.iter().find_map(|r| r.class.filter(|c| c.is_lost()));
        let class = lost.or_else(|| recipients.iter().find_map(|r| r.class));
        Some((Kind::Told, class, recipients))
    }

    fn plain_text(&self, own: &str, header: Option<Class>) -> Verdict {
        let failed = self.header("X-Failed-Recipients");
        let named = failed.is_some();
        let returned = named || self.null_sender() || {
            let sender = self.header("From").unwrap_or_default();
            self.rules.is_returned(&sender, self.message.subject().unwrap_or_default())
        };
        let opens = self.rules.opens_as_returned(own);
        // What calls itself an automatic answer, and is not written as servers write, is none of
        // theirs, whatever it says of mailboxes.
        if header == Some(Class::Automatic) && !named && !opens {
            let unclear = self.rules.class(own).is_some_and(Class::is_lost);
            let kind = if unclear { Kind::Unclear } else { Kind::Other };
            return (kind, (!unclear).then_some(Class::Automatic), Vec::new());
        }
        if !returned && !opens {
            return (Kind::Other, None, Vec::new());
        }
        let subject = self.message.subject().unwrap_or_default();
        let reply = replies(own);
        // The reply is exact; the words around it are a notice's, and a name's in an address.
        let words = self.rules.class(&reply).or_else(|| self.rules.class(own));
        let class = match words.or_else(|| self.rules.class(subject)) {
            Some(Class::Delayed) => Some(Class::Delayed),
            Some(class) => Some(report::from_status("", &reply, Some(class))),
            // That it failed is certain; only why is not said.
            None if named || report::reply_code(&reply).is_some() => {
                Some(report::from_status("", &reply, None))
            }
            None => None,
        };
        match class {
            Some(class) => (Kind::Told, Some(class), self.recipients(Some(class), own)),
            None => (Kind::Unclear, None, Vec::new()),
        }
    }

    /// What the server says itself: texts before the message that it returns.
    fn own_words(&self) -> String {
        let mut own = String::new();
        for part in &self.message.parts {
            if part.content_type().is_some_and(|t| t.subtype() == Some("rfc822-headers")) {
                continue;
            }
            let Some(text) = text_of(part) else { continue };
            let before = self.rules.before_original(&text);
            own.push_str(before);
            own.push('\n');
            if before.len() < text.len() {
                break;
            }
        }
        own
    }

    /// Recipients by `X-Failed-Recipients`, else every address in the server's own words.
    fn recipients(&self, class: Option<Class>, own: &str) -> Vec<Recipient> {
        let failed = self.header("X-Failed-Recipients").unwrap_or_default();
        let mut found = addresses(&failed);
        if found.is_empty() {
            found = addresses(own);
        }
        let recipient =
            |to| Recipient { to, class, status: String::new(), diagnostic: line_of_reply(own) };
        found.into_iter().map(recipient).collect()
    }

    /// A complaint before an automatic answer: Apple's is both.
    fn by_header(&self) -> Option<Class> {
        let found = self.message.headers().iter().filter_map(|header| {
            let name = header.name.as_str();
            self.rules.header(name, &self.header(name).unwrap_or_default())
        });
        found.min_by_key(|class| *class != Class::Complaint)
    }

    fn null_sender(&self) -> bool {
        self.header("Return-Path").is_some_and(|path| matches!(path.trim(), "<>" | ""))
            || self.header("From").is_some_and(|from| from.contains("<>"))
    }

    /// A header as it stands, without its line ends.
    fn header(&self, name: &str) -> Option<String> {
        let raw = self.message.header_raw(name)?;
        let decoded = match self.message.header(name) {
            Some(HeaderValue::Text(text)) => text.to_string(),
            _ => raw.to_owned(),
        };
        Some(decoded.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// The text of the first part of this type.
    fn part(&self, kind: &str, subtypes: &[&str]) -> Option<String> {
        let fits = |part: &&MessagePart<'_>| {
            part.content_type().is_some_and(|found| {
                let subtype = found.subtype().unwrap_or_default();
                found.ctype().eq_ignore_ascii_case(kind)
                    && subtypes.iter().any(|s| s.eq_ignore_ascii_case(subtype))
            })
        };
        let part = self.message.parts.iter().find(fits)?;
        if let Some(text) = text_of(part) {
            return Some(text);
        }
        let (start, end) = (part.offset_body as usize, part.offset_end as usize);
        let bytes = self.message.raw_message.get(start..end)?;
        Some(String::from_utf8_lossy(bytes).into_owned())
    }
}

/// Every text of a message and of the messages in it.
fn texts(message: &Message<'_>) -> Vec<String> {
    let mut all = Vec::new();
    for part in &message.parts {
        match &part.body {
            PartType::Message(inner) => all.extend(texts(inner)),
            _ => all.extend(text_of(part)),
        }
    }
    all
}

fn text_of(part: &MessagePart<'_>) -> Option<String> {
    match &part.body {
        PartType::Text(text) => Some(text.to_string()),
        PartType::Html(html) => Some(mail_parser::decoders::html::html_to_text(html)),
        PartType::Binary(bytes) | PartType::InlineBinary(bytes) => {
            let texty = part.content_type().is_none_or(|t| t.ctype() != "image");
            texty.then(|| String::from_utf8_lossy(bytes).into_owned())
        }
        _ => None,
    }
}

/// What may be a piece id: all that have its shape, and the ids that returned headers and reports
/// carry (the envelope's own, the local part of a Message-ID). Each once.
fn named(bytes: &[u8]) -> Vec<String> {
    let mut found = shaped(bytes);
    for line in bytes.split(|b| *b == b'\n') {
        let Some(colon) = line.iter().position(|b| *b == b':') else { continue };
        let name = line[..colon].trim_ascii();
        if !name.eq_ignore_ascii_case(b"message-id")
            && !name.eq_ignore_ascii_case(b"original-envelope-id")
        {
            continue;
        }
        let value = String::from_utf8_lossy(&line[colon + 1..]);
        let id = value.trim().trim_start_matches('<').split(['@', '>']).next().unwrap_or("");
        if !id.is_empty() && id.len() <= 64 && !found.iter().any(|f| f == id) {
            found.push(id.to_owned());
        }
    }
    found
}

/// Piece ids anywhere in these bytes, in capitals, each once.
fn shaped(bytes: &[u8]) -> Vec<String> {
    const LENGTH: usize = PIECE.len() + 14;
    let mut found: Vec<String> = Vec::new();
    for window in bytes.windows(LENGTH) {
        if !window[0].eq_ignore_ascii_case(&b'N') {
            continue;
        }
        let shaped = window.iter().enumerate().all(|(at, byte)| match at {
            0 | 1 => byte.eq_ignore_ascii_case(&PIECE.as_bytes()[at]),
            2 | 7 | 12 => *byte == b'-',
            _ => byte.is_ascii_alphanumeric(),
        });
        if shaped {
            let id = String::from_utf8_lossy(window).to_ascii_uppercase();
            if !found.contains(&id) {
                found.push(id);
            }
        }
    }
    found
}

/// Addresses in a text, each once.
fn addresses(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let part = |c: char| c.is_alphanumeric() || "@.-_+=%!'#&*/?^`{|}~$".contains(c);
    for word in text.split(|c: char| !part(c)) {
        let word = word.trim_matches(|c: char| ".-'`*".contains(c));
        let Some((local, domain)) = word.rsplit_once('@') else { continue };
        if !local.is_empty() && domain.contains('.') && !found.iter().any(|f| f == word) {
            found.push(word.to_owned());
        }
    }
    found
}

/// Lines that carry a reply of SMTP, each with the two after it: replies are folded.
fn replies(own: &str) -> String {
    let lines: Vec<&str> = own.lines().map(str::trim).collect();
    let mut kept = Vec::new();
    let mut until = 0;
    for (at, line) in lines.iter().enumerate() {
        if report::reply_code(line).is_some() {
            until = at + 3;
        }
        if at < until {
            kept.push(*line);
        }
    }
    kept.join("\n")
}

/// The first line that carries a reply of SMTP, else the first that says anything.
fn line_of_reply(own: &str) -> String {
    let lines = || own.lines().map(str::trim).filter(|line| !line.is_empty());
    let coded = lines().find(|line| report::reply_code(line).is_some());
    coded.or_else(|| lines().next()).unwrap_or_default().to_owned()
}

/// `smtp; 550 5.1.1 ...` without its type.
fn after_type(value: &str) -> &str {
    let (kind, rest) = value.split_once(';').unwrap_or(("", value));
    let is_type = kind.trim().bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    if is_type && kind.trim().len() < 12 { rest.trim() } else { value.trim() }
}
