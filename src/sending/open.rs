//! A connection from nothing to where messages can be given: TCP, encryption, EHLO, AUTH.

use super::reply::masked;
use super::server::{Security, Server};
use super::session::{Abilities, Session};
use super::tls;
use super::wire::{Unasked, Wire};
use lettre::transport::smtp::authentication::Mechanism;
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::commands::Ehlo;
use rustls::pki_types::ServerName;
use std::io;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// More is not read of one reply.
const LONGEST_REPLY: usize = 16 * 1024;

const NO_GREETING: &str = "the server greets in no way that is known";

/// Why no connection stands.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Trying again may help.
    #[error("{0}")]
    Passing(String),
    /// Only a person can help: the certificate, the password, what the server offers.
    #[error("{0}")]
    Lasting(String),
}

use OpenError::{Lasting, Passing};

/// Opens a connection and greets.
///
/// # Errors
/// [`OpenError`]
pub async fn open(server: &Server) -> Result<Session, OpenError> {
    let patience = server.patience;
    let (mut connection, unasked, extended) = match greeted(server, false).await? {
        Some((connection, unasked)) => (connection, unasked, true),
        None => {
            let greeted = greeted(server, true).await?;
            let (connection, unasked) = greeted.ok_or_else(|| Lasting(NO_GREETING.to_owned()))?;
            (connection, unasked, false)
        }
    };
    if let Some(credentials) = &server.credentials {
        let mechanisms = [Mechanism::Plain, Mechanism::Login];
        let auth = timeout(patience.reply, connection.auth(&mechanisms, credentials)).await;
        let auth = auth.map_err(|_| Passing("no reply to AUTH in time".to_owned()))?;
        if let Err(error) = auth {
            // The reply may repeat the name.
            let words = match error.status() {
                Some(code) => format!("the server refuses the name or password ({code})"),
                None if error.is_client() && !extended => {
                    "the server knows HELO only, so it takes no name and password".to_owned()
                }
                None if error.is_client() => "the server offers no AUTH that is known".to_owned(),
                None => "the connection failed at AUTH".to_owned(),
            };
            let lasting = error.is_permanent() || error.is_client();
            return Err(if lasting { Lasting(words) } else { Passing(words) });
        }
    }
    if !extended {
        return Ok(Session::new(connection, unasked, Abilities::default(), patience));
    }
    // Said again: the client keeps but a few of the server's abilities, and AUTH may add some.
    let hello = timeout(patience.reply, connection.command(Ehlo::new(server.hello.clone()))).await;
    let hello = hello.map_err(|_| Passing("no reply to EHLO in time".to_owned()))?;
    let hello = hello.map_err(|e| Passing(masked(&e.to_string(), None)))?;
    let abilities = Abilities::of(hello.message());
    Ok(Session::new(connection, unasked, abilities, patience))
}

/// A connection that has greeted: with EHLO, or with HELO if so `plainly`; none if the server does
/// not know EHLO. Then it has neither STARTTLS nor any other extension (RFC 5321, 3.2 and 4.1.4).
async fn greeted(
    server: &Server,
    plainly: bool,
) -> Result<Option<(AsyncSmtpConnection, Unasked)>, OpenError> {
    let patience = server.patience;
    let opened = timeout(patience.connect, connect(server)).await;
    let (mut wire, unasked) = opened.map_err(|_| Passing("no connection in time".to_owned()))??;
    if plainly {
        let helo = timeout(patience.reply, say_helo(&mut wire, server)).await;
        helo.map_err(|_| Passing("no greeting in time".to_owned()))??;
        wire = wire.greeted();
    }
    let greet = AsyncSmtpConnection::connect_with_transport(Box::new(wire), &server.hello);
    let greeted = timeout(patience.reply, greet).await;
    match greeted.map_err(|_| Passing("no greeting in time".into()))? {
        Ok(connection) => Ok(Some((connection, unasked))),
        Err(error) if !plainly && error.status().is_some_and(|c| is_unknown(c.into())) => Ok(None),
        Err(error) => {
            let words = masked(&error.to_string(), None);
            Err(Passing(format!("the server does not greet: {words}")))
        }
    }
}

/// Greeting and HELO; nothing may follow the last reply.
async fn say_helo(wire: &mut Wire, server: &Server) -> Result<(), OpenError> {
    let said = server.security == Security::StartTls;
    let (stream, mut read) = (wire.line(), Vec::new());
    if !said {
        expect(220, reply(stream, &mut read).await?)?;
    }
    send(stream, &format!("HELO {}\r\n", server.hello)).await?;
    expect(250, reply(stream, &mut read).await?)?;
    match read.is_empty() {
        true => Ok(()),
        false => Err(Passing(NO_GREETING.to_owned())),
    }
}

/// Command unrecognized, or not implemented.
fn is_unknown(code: u16) -> bool {
    matches!(code, 500 | 502)
}

async fn connect(server: &Server) -> Result<(Wire, Unasked), OpenError> {
    let unreachable = |error: io::Error| Passing(format!("cannot connect: {error}"));
    let mut stream =
        TcpStream::connect((server.host.as_str(), server.port)).await.map_err(unreachable)?;
    // Commands and content are small and each waits for a reply.
    stream.set_nodelay(true).map_err(unreachable)?;
    let mut said: &[u8] = b"";
    match server.security {
        Security::Plain => {
            if !stream.peer_addr().map_err(unreachable)?.ip().is_loopback() {
                let words = format!("`{}` is not this machine; it must be encrypted", server.host);
                return Err(Lasting(words));
            }
            return Ok(Wire::plain(stream));
        }
        Security::Tls => {}
        Security::StartTls => {
            start_tls(&mut stream, &server.hello.to_string()).await?;
            said = b"220 encrypted\r\n";
        }
    }
    let name = ServerName::try_from(server.host.clone())
        .map_err(|_| Lasting(format!("`{}` cannot stand in a certificate", server.host)))?;
    let connector = server
        .connector
        .as_ref()
        .ok_or_else(|| Lasting("nobody is trusted to certify the server".to_owned()))?;
    let stream = connector.connect(name, stream).await.map_err(|error| {
        let words = tls::distrust(&server.host, &error);
        let words = words.unwrap_or_else(|| format!("cannot encrypt: {error}"));
        // rustls says so when certificate or protocol do not fit.
        match error.kind() {
            io::ErrorKind::InvalidData => Lasting(words),
            _ => Passing(words),
        }
    })?;
    Ok(Wire::encrypted(stream, said))
}

/// Greeting, EHLO and STARTTLS over the plain line; nothing may follow the last reply.
async fn start_tls(stream: &mut TcpStream, hello: &str) -> Result<(), OpenError> {
    let mut read = Vec::new();
    expect(220, reply(stream, &mut read).await?)?;
    send(stream, &format!("EHLO {hello}\r\n")).await?;
    let answer = reply(stream, &mut read).await?;
    if is_unknown(answer.0) {
        let words = "the server does not know EHLO, so it offers no encryption (STARTTLS)";
        return Err(Lasting(words.to_owned()));
    }
    let offers = expect(250, answer)?;
    if !offers.iter().any(|line| line.eq_ignore_ascii_case("STARTTLS")) {
        return Err(Lasting("the server offers no encryption (STARTTLS)".to_owned()));
    }
    send(stream, "STARTTLS\r\n").await?;
    expect(220, reply(stream, &mut read).await?)?;
    match read.is_empty() {
        true => Ok(()),
        false => Err(Lasting("the server speaks on before encryption begins".to_owned())),
    }
}

async fn send(stream: &mut (impl AsyncWrite + Unpin), line: &str) -> Result<(), OpenError> {
    let sent = stream.write_all(line.as_bytes()).await;
    sent.map_err(|error| Passing(format!("the connection failed: {error}")))
}

fn expect(code: u16, (found, lines): (u16, Vec<String>)) -> Result<Vec<String>, OpenError> {
    if found == code {
        return Ok(lines);
    }
    let words = format!("the server answers {found} {}", masked(&lines.join(" "), None));
    Err(if found >= 500 { Lasting(words) } else { Passing(words) })
}

/// One reply with its lines' text; what comes after it stays in `read`.
async fn reply(
    stream: &mut (impl AsyncRead + Unpin),
    read: &mut Vec<u8>,
) -> Result<(u16, Vec<String>), OpenError> {
    let garbled = || Passing("the server's reply cannot be read".to_owned());
    let mut lines = Vec::new();
    let mut total = 0;
    loop {
        while let Some(at) = read.iter().position(|byte| *byte == b'\n') {
            let line: Vec<u8> = read.drain(..=at).collect();
            let line = String::from_utf8(line).map_err(|_| garbled())?;
            let line = line.trim_end();
            let code: u16 = line.get(..3).and_then(|c| c.parse().ok()).ok_or_else(garbled)?;
            lines.push(line.get(4..).unwrap_or("").trim().to_owned());
            if line.as_bytes().get(3) != Some(&b'-') {
                return Ok((code, lines));
            }
        }
        let mut chunk = [0; 2048];
        let n = stream.read(&mut chunk).await;
        let n = n.map_err(|error| Passing(format!("the connection failed: {error}")))?;
        total += n;
        if n == 0 || total > LONGEST_REPLY {
            return Err(garbled());
        }
        read.extend_from_slice(&chunk[..n]);
    }
}
