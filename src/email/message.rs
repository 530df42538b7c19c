//! One person's e-mail as the bytes that are approved, kept and sent.

use super::parts::Parts;
use crate::document::Document;
use crate::incident::Incident;
use lettre::message::header::{
    ContentTransferEncoding, ContentType, Date, Header, HeaderName, HeaderValue,
};
use lettre::message::{Body, Mailbox, Message, MultiPart, SinglePart};
use lettre::{Address, message::MultiPartBuilder};
use sha2::{Digest, Sha256};
use std::time::SystemTime;

/// Why a piece cannot become an e-mail. Says nothing of the person.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum ComposeError {
    /// Neither `[email] from` nor `[sender] email` is given.
    #[error("no address to write from; give `from` in `[email]`")]
    NoSender,
    /// `[email] from` is not `Name <address>`.
    #[error("`from` in `[email]` is not an e-mail sender")]
    Sender,
    /// The roster's address is not one; the row should have been held.
    #[error("the person's e-mail address is not valid")]
    Recipient,
    /// RFC 6531 addresses are refused by many servers; a letter reaches everybody.
    #[error("the person's e-mail address has letters outside ASCII; write to them by mail")]
    InternationalAddress,
    /// The id would not be safe in a header.
    #[error("the piece id must be letters, digits, `.`, `-` and `_`, at most 64 of them")]
    PieceId,
    /// The mail library refused the message.
    #[error("the message cannot be built: {0}")]
    Build(String),
}

/// Makes messages; shared by all workers. What it remembers never changes a message.
pub struct Mailer<'i> {
    incident: &'i Incident,
    parts: Parts,
}

impl<'i> Mailer<'i> {
    pub fn new(incident: &'i Incident) -> Self {
        Self { incident, parts: Parts::default() }
    }

    /// Makes the message: `multipart/alternative`, text first, then HTML, both quoted-printable.
    ///
    /// Equal input gives equal bytes: `Message-ID` is `<piece id@sender's domain>`, the boundary
    /// stems from the piece id, and there is no `Date` yet. `to_name` may be empty.
    ///
    /// # Errors
    /// [`ComposeError`], if an address or the piece id cannot stand in a header.
    pub fn message(
        &self,
        document: &Document,
        to: &str,
        to_name: &str,
        piece_id: &str,
        subject: &str,
    ) -> Result<Vec<u8>, ComposeError> {
        if !is_piece_id(piece_id) {
            return Err(ComposeError::PieceId);
        }
        let from = sender(self.incident)?;
        let address = recipient(to)?;
        let name = one_line(to_name);
        let message_id = format!("<{piece_id}@{}>", from.email.domain());
        let (text, html) = self.parts.of(document);
        let mut message = Message::builder()
            .from(from)
            .to(Mailbox::new((!name.is_empty()).then_some(name), address))
            .subject(one_line(subject))
            .message_id(Some(message_id))
            .header(AutoSubmitted)
            // The builder would ask the clock; the day is set when the message is sent.
            .date(SystemTime::UNIX_EPOCH)
            .multipart(
                alternative(piece_id)
                    .singlepart(part(ContentType::TEXT_PLAIN, text))
                    .singlepart(part(ContentType::TEXT_HTML, html)),
            )
            .map_err(|error| ComposeError::Build(error.to_string()))?;
        message.headers_mut().remove::<Date>();
        Ok(folded(message.formatted()))
    }
}

/// RFC 2047 section 2 wants lines with encoded words to have at most 76 characters; the mail
/// library keeps a name and its address on one line.
fn folded(mut message: Vec<u8>) -> Vec<u8> {
    const BETWEEN: &[u8] = b"?= <";
    const END: &[u8] = b"\r\n\r\n";
    let end = message.windows(END.len()).position(|part| part == END);
    let headers = &message[..end.map_or(message.len(), |end| end + 2)];
    let mut start = 0;
    let mut turns = Vec::new();
    for line in headers.split_inclusive(|byte| *byte == b'\n') {
        let at = line.windows(BETWEEN.len()).position(|part| part == BETWEEN);
        turns.extend(at.filter(|_| line.len() > 76).map(|at| start + at + 2));
        start += line.len();
    }
    for at in turns.into_iter().rev() {
        message.splice(at..at, *b"\r\n");
    }
    message
}

/// A person's address as it stands in the header and the envelope; a domain in other letters
/// than ASCII becomes its `xn--` form (RFC 5890).
///
/// # Errors
/// [`ComposeError::Recipient`] and [`ComposeError::InternationalAddress`].
pub fn recipient(to: &str) -> Result<Address, ComposeError> {
    let (user, domain) = to.trim().rsplit_once('@').ok_or(ComposeError::Recipient)?;
    if !user.is_ascii() {
        return Err(ComposeError::InternationalAddress);
    }
    let domain = idna::domain_to_ascii_strict(domain).map_err(|_| ComposeError::Recipient)?;
    Address::new(user, domain).map_err(|_| ComposeError::Recipient)
}

/// The address that writes.
///
/// # Errors
/// [`ComposeError::NoSender`] and [`ComposeError::Sender`].
pub fn sender_address(incident: &Incident) -> Result<Address, ComposeError> {
    Ok(sender(incident)?.email)
}

/// `[email] from`, else the sender's name and address.
fn sender(incident: &Incident) -> Result<Mailbox, ComposeError> {
    if let Some(from) = incident.email.from.as_deref().filter(|from| !from.trim().is_empty()) {
        return from.parse().map_err(|_| ComposeError::Sender);
    }
    if incident.sender.email.trim().is_empty() {
        return Err(ComposeError::NoSender);
    }
    let address = incident.sender.email.trim().parse().map_err(|_| ComposeError::Sender)?;
    Ok(Mailbox::new(Some(one_line(&incident.sender.name)), address))
}

/// `=_` cannot occur in quoted-printable text, so no person's data can end a part.
fn alternative(piece_id: &str) -> MultiPartBuilder {
    let digest = Sha256::digest(piece_id.as_bytes());
    MultiPart::alternative().boundary(format!("=_{}", crate::files::hex(&digest[..12])))
}

/// A part whose body is quoted-printable already.
fn part(kind: ContentType, body: Vec<u8>) -> SinglePart {
    let encoding = ContentTransferEncoding::QuotedPrintable;
    let body = Body::dangerous_pre_encoded(body, encoding);
    SinglePart::builder().header(kind).header(encoding).body(body)
}

fn is_piece_id(id: &str) -> bool {
    (1..=64).contains(&id.len())
        && id.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
        // A dot-atom has no empty parts.
        && id.split('.').all(|part| !part.is_empty())
}

/// Controls become spaces: a header is one line.
fn one_line(value: &str) -> String {
    let spaced: String = value
        .chars()
        .map(|c| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c })
        .collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// RFC 3834: tells vacation responders not to answer.
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(value: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        match value {
            "auto-generated" => Ok(Self),
            other => Err(format!("unexpected Auto-Submitted: {other}").into()),
        }
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}
