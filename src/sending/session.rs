//! One message over one connection, and what is known of it afterward.

use super::reply::{failed, said, silence};
use super::server::Patience;
use super::wire::Unasked;
use crate::ledger::{MessageState, Reply};
use lettre::Address;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::commands::{Data, Mail, Rcpt, Rset};
use lettre::transport::smtp::extension::{MailBodyParameter, MailParameter, RcptParameter};
use lettre::transport::smtp::response::{Response, Severity};
use std::fmt;
use std::time::Duration;
use tokio::time::error::Elapsed;
use tokio::time::timeout;

/// What the server offers that matters here.
#[derive(Clone, Copy, Default)]
pub struct Abilities {
    /// RFC 6531
    smtp_utf8: bool,
    eight_bit: bool,
    /// RFC 3461: bounces carry our own id of the message.
    dsn: bool,
    /// RFC 2920: the envelope goes in one write.
    pipelining: bool,
    /// RFC 1870: how large a message is may be said before it; the inner number is the most that
    /// the server takes, bytes.
    size: Option<Option<u64>>,
}

impl Abilities {
    /// From the lines of the reply to EHLO.
    pub fn of<'l>(lines: impl Iterator<Item = &'l str>) -> Self {
        let mut found = Self::default();
        for line in lines {
            let mut words = line.split_whitespace();
            match words.next().unwrap_or("").to_ascii_uppercase().as_str() {
                // Without a number, or with 0, no limit is said.
                "SIZE" => {
                    let most = words.next().and_then(|n| n.parse().ok());
                    found.size = Some(most.filter(|most| *most > 0));
                }
                "SMTPUTF8" => found.smtp_utf8 = true,
                "8BITMIME" => found.eight_bit = true,
                "DSN" => found.dsn = true,
                "PIPELINING" => found.pipelining = true,
                _ => {}
            }
        }
        found
    }
}

/// A connection on which messages can be given.
pub struct Session {
    connection: AsyncSmtpConnection,
    unasked: Unasked,
    abilities: Abilities,
    patience: Patience,
}

/// What is to be sent, stamped and signed.
pub struct Parcel<'p> {
    pub piece: &'p str,
    pub from: &'p Address,
    pub to: &'p Address,
    pub bytes: &'p [u8],
}

/// What became of a message.
pub struct Delivery {
    pub state: MessageState,
    pub reply: Reply,
    /// Whether the connection can carry another message.
    pub goes_on: bool,
    /// The server wants none of our mail, whoever it is to.
    pub unwelcome: bool,
}

/// The ledger could not record that the message is being sent: nothing was sent.
pub struct NotPermitted;

/// How a command failed.
enum Fault {
    Error(Error),
    Silence,
    /// A positive reply other than the one that can follow.
    Odd(Reply),
}

impl Session {
    pub fn new(
        connection: AsyncSmtpConnection,
        unasked: Unasked,
        abilities: Abilities,
        patience: Patience,
    ) -> Self {
        Self { connection, unasked, abilities, patience }
    }

    /// Offers one message. `permit` becomes ready when the ledger has, on the disk, that it is
    /// being sent; it is waited for before DATA.
    ///
    /// # Errors
    /// [`NotPermitted`]; then not a byte of the content went out.
    pub async fn deliver(
        &mut self,
        parcel: Parcel<'_>,
        permit: impl Future<Output = Result<(), NotPermitted>>,
    ) -> Result<Delivery, NotPermitted> {
        let to = Some(parcel.to);
        let utf8 = !parcel.to.to_string().is_ascii() || !parcel.from.to_string().is_ascii();
        if utf8 && !self.abilities.smtp_utf8 {
            permit.await?;
            let reply = silence("the server takes no addresses with letters outside ASCII");
            return Ok(Delivery { goes_on: true, ..self.ended(MessageState::Refused, reply) });
        }
        let size = parcel.bytes.len() as u64;
        if let Some(most) = self.abilities.size.flatten().filter(|most| size > *most) {
            permit.await?;
            let reply = silence(&format!(
                "not offered: the message has {size} bytes, and the server takes {most} (SIZE)"
            ));
            return Ok(Delivery { goes_on: true, ..self.ended(MessageState::Refused, reply) });
        }
        let mail = Mail::new(Some(parcel.from.clone()), self.mail_parameters(&parcel, utf8));
        let rcpt = Rcpt::new(parcel.to.clone(), self.rcpt_parameters());
        let envelope = self.envelope(mail, rcpt).await;
        permit.await?;
        match envelope {
            Ok(()) => {}
            Err(NoEnvelope::Sender(fault)) => {
                // Whether the sender may send does not turn on the recipient.
                let reply = fault.reply(to);
                if is_of_the_message(&reply) {
                    return Ok(self.ended(MessageState::Refused, reply));
                }
                let unwelcome = reply.code >= 500;
                return Ok(Delivery { unwelcome, ..self.ended(MessageState::Deferred, reply) });
            }
            Err(NoEnvelope::Recipient(fault)) => return Ok(self.not_taken(fault, to).await),
        }
        if let Err(fault) = self.say(Data, Severity::PositiveIntermediate).await {
            return Ok(self.not_taken(fault, to).await);
        }
        let reply = timeout(self.patience.content, self.content(parcel.bytes)).await;
        Ok(match reply {
            Ok(Ok(response)) if response.code().severity == Severity::PositiveCompletion => {
                let goes_on = !self.unasked.any();
                let reply = said(&response, to);
                Delivery { goes_on, ..self.ended(MessageState::Accepted, reply) }
            }
            // A reply that says neither yes nor no.
            Ok(Ok(response)) => self.ended(MessageState::Uncertain, said(&response, to)),
            Ok(Err(error)) => {
                let reply = failed(&error, to);
                let state = match reply.code {
                    400..=499 => MessageState::Deferred,
                    500..=599 => MessageState::Refused,
                    _ => MessageState::Uncertain,
                };
                let goes_on = state == MessageState::Refused && !self.unasked.any();
                Delivery { goes_on, ..self.ended(state, reply) }
            }
            Err(_) => self.ended(MessageState::Uncertain, silence("no reply to the content")),
        })
    }

    /// The content and its end in one write: one packet less, and one that the server wakes for.
    async fn content(&mut self, bytes: &[u8]) -> Result<Response, Error> {
        match std::str::from_utf8(bytes) {
            Ok(text) => self.connection.command(Content(text)).await,
            // The client stuffs dots and ends the last line itself.
            Err(_) => {
                let bytes = bytes.strip_suffix(b"\r\n").unwrap_or(bytes);
                self.connection.message(bytes).await
            }
        }
    }

    /// Says goodbye; a server that does not answer is left.
    pub async fn quit(mut self) {
        let _ = timeout(Duration::from_secs(2), self.connection.quit()).await;
    }

    /// Before the content: 4xx and a lost connection mean later, 5xx means no.
    async fn not_taken(&mut self, fault: Fault, to: Option<&Address>) -> Delivery {
        let reply = fault.reply(to);
        if !(500..600).contains(&reply.code) {
            return self.ended(MessageState::Deferred, reply);
        }
        let clean = self.say(Rset, Severity::PositiveCompletion).await.is_ok();
        Delivery { goes_on: clean, ..self.ended(MessageState::Refused, reply) }
    }

    /// Says from whom and to whom. After [`NoEnvelope::Sender`] a reply may still be due: the
    /// connection is of no more use.
    async fn envelope(&mut self, mail: Mail, rcpt: Rcpt) -> Result<(), NoEnvelope> {
        let done = Severity::PositiveCompletion;
        if !self.abilities.pipelining {
            self.say(mail, done).await.map_err(NoEnvelope::Sender)?;
            return self.say(rcpt, done).await.map_err(NoEnvelope::Recipient);
        }
        self.say(format!("{mail}{rcpt}"), done).await.map_err(NoEnvelope::Sender)?;
        let reply = timeout(self.patience.reply, self.connection.read_response()).await;
        heard(reply, done).map_err(NoEnvelope::Recipient)
    }

    /// Says a command and waits for a reply of the given kind.
    async fn say<C: std::fmt::Display>(&mut self, command: C, kind: Severity) -> Result<(), Fault> {
        if self.unasked.any() {
            return Err(Fault::Odd(silence("the server spoke without being asked")));
        }
        heard(timeout(self.patience.reply, self.connection.command(command)).await, kind)
    }

    fn ended(&self, state: MessageState, reply: Reply) -> Delivery {
        Delivery { state, reply, goes_on: false, unwelcome: false }
    }

    fn mail_parameters(&self, parcel: &Parcel<'_>, utf8: bool) -> Vec<MailParameter> {
        let mut parameters = Vec::new();
        if utf8 {
            parameters.push(MailParameter::SmtpUtfEight);
        }
        if self.abilities.eight_bit && !parcel.bytes.is_ascii() {
            parameters.push(MailParameter::Body(MailBodyParameter::EightBitMime));
        }
        if self.abilities.size.is_some() {
            parameters.push(MailParameter::Size(parcel.bytes.len()));
        }
        if self.abilities.dsn {
            // A bounce need not carry the letter back through other machines.
            for (keyword, value) in [("RET", "HDRS"), ("ENVID", parcel.piece)] {
                let (keyword, value) = (keyword.to_owned(), Some(value.to_owned()));
                parameters.push(MailParameter::Other { keyword, value });
            }
        }
        parameters
    }

    fn rcpt_parameters(&self) -> Vec<RcptParameter> {
        let mut parameters = Vec::new();
        if self.abilities.dsn {
            let (keyword, value) = ("NOTIFY".to_owned(), Some("FAILURE".to_owned()));
            parameters.push(RcptParameter::Other { keyword, value });
        }
        parameters
    }
}

/// Whether a no to the sender's address speaks of this message: too large, or no room for it (RFC
/// 5321 section 4.2.3, RFC 1870 section 6.1; RFC 3463, 2.2, 2.3 and 3.4). Another may be taken.
fn is_of_the_message(reply: &Reply) -> bool {
    let enhanced = ["5.2.2", "5.2.3", "5.3.4"];
    let first = reply.text.split_whitespace().next().unwrap_or_default();
    reply.code == 552 || (reply.code >= 500 && enhanced.contains(&first))
}

/// Which part of the envelope was not taken.
enum NoEnvelope {
    Sender(Fault),
    Recipient(Fault),
}

/// Whether a reply came and is of the given kind.
fn heard(reply: Result<Result<Response, Error>, Elapsed>, kind: Severity) -> Result<(), Fault> {
    match reply {
        Ok(Ok(response)) if response.code().severity == kind => Ok(()),
        Ok(Ok(response)) => Err(Fault::odd(&response)),
        Ok(Err(error)) => Err(Fault::Error(error)),
        Err(_) => Err(Fault::Silence),
    }
}

/// Content as it goes over the wire (RFC 5321, 4.5.2): a dot before every line that begins with
/// one, and a line of one dot at the end.
struct Content<'m>(&'m str);

impl fmt::Display for Content<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.0;
        if rest.starts_with('.') {
            f.write_str(".")?;
        }
        while let Some(at) = rest.find("\n.") {
            f.write_str(&rest[..at + 2])?;
            f.write_str(".")?;
            rest = &rest[at + 2..];
        }
        f.write_str(rest)?;
        f.write_str(if self.0.ends_with("\r\n") { ".\r\n" } else { "\r\n.\r\n" })
    }
}

impl Fault {
    fn odd(response: &Response) -> Self {
        Self::Odd(Reply { code: 0, ..said(response, None) })
    }

    fn reply(&self, to: Option<&Address>) -> Reply {
        match self {
            Self::Error(error) => failed(error, to),
            Self::Silence => silence("no reply in time"),
            Self::Odd(reply) => reply.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Content;

    #[test]
    fn dots_are_doubled_at_the_start_of_a_line_only() {
        for (content, wire) in [
            ("a.b\r\n", "a.b\r\n.\r\n"),
            ("a", "a\r\n.\r\n"),
            ("", "\r\n.\r\n"),
            (".a\r\n..\r\n.\r\n", "..a\r\n...\r\n..\r\n.\r\n"),
            ("a\r\n\r\n.\r\nb.\r\n", "a\r\n\r\n..\r\nb.\r\n.\r\n"),
        ] {
            assert_eq!(Content(content).to_string(), wire, "{content:?}");
        }
    }
}
