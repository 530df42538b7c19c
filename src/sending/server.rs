//! Which server takes the mail, and how it is spoken to.

use super::tls;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::extension::ClientId;
use std::net::{IpAddr, Ipv4Addr};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio_rustls::TlsConnector;

/// How the connection is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    /// `smtp://`: begins plain, and goes on only once it is encrypted (RFC 3207).
    StartTls,
    /// `smtps://`: encrypted from the first byte (RFC 8314).
    Tls,
    /// `smtp://` to this machine itself.
    Plain,
}

/// How long to wait, by the minima of RFC 5321 section 4.5.3.2.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// For the connection to stand, encryption included.
    pub connect: Duration,
    /// For each reply before the content.
    pub reply: Duration,
    /// For the content to go out and for the reply to it.
    pub content: Duration,
    /// Before a connection is tried again; doubled each time, up to sixty times as long.
    pub back_off: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(60),
            reply: Duration::from_secs(300),
            content: Duration::from_secs(600),
            back_off: Duration::from_secs(1),
        }
    }
}

/// A submission server. Holds a secret: no `Debug`.
#[derive(Clone)]
pub struct Server {
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) security: Security,
    pub(super) credentials: Option<Credentials>,
    pub(super) hello: ClientId,
    pub(super) connector: Option<TlsConnector>,
    pub(super) patience: Patience,
}

/// Why a server cannot be used as it is given.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum ServerError {
    #[error("`{0}` is no mail server; write smtp://HOST:PORT or smtps://HOST:PORT")]
    Url(String),
    /// RFC 4422: a secret on a command line is seen by everybody on the machine.
    #[error("a name or password has no place in a server's address")]
    SecretInUrl,
    #[error("the trusted certificates cannot be read: {0}")]
    Certificates(String),
}

impl Server {
    /// From `smtp://HOST[:PORT]` or `smtps://HOST[:PORT]`. The former must be encrypted by
    /// STARTTLS, unless HOST is this machine; `smtp+starttls://` asks for it there too.
    ///
    /// # Errors
    /// [`ServerError`]: anything else, or something beside host and port.
    pub fn new(url: &str) -> Result<Self, ServerError> {
        let wrong = || ServerError::Url(url.to_owned());
        if url.contains('@') {
            return Err(ServerError::SecretInUrl);
        }
        let (scheme, rest) = url.split_once("://").ok_or_else(wrong)?;
        let (host, port) = host_and_port(rest.trim_end_matches('/')).ok_or_else(wrong)?;
        let (security, usual) = match scheme.to_ascii_lowercase().as_str() {
            "smtp" if is_this_machine(&host) => (Security::Plain, 25),
            "smtp" | "smtp+starttls" => (Security::StartTls, 587),
            "smtps" => (Security::Tls, 465),
            _ => return Err(wrong()),
        };
        Ok(Self {
            host,
            port: port.unwrap_or(usual),
            security,
            credentials: None,
            hello: ClientId::Ipv4(Ipv4Addr::LOCALHOST),
            connector: None,
            patience: Patience::default(),
        })
    }

    /// Trusts the machine's certificate authorities and those of a PEM file. Needed before
    /// anything but [`Security::Plain`].
    ///
    /// # Errors
    /// [`ServerError::Certificates`].
    pub fn trusting(mut self, ca_file: Option<&Path>) -> Result<Self, ServerError> {
        if self.security != Security::Plain {
            let config = tls::config(ca_file).map_err(ServerError::Certificates)?;
            self.connector = Some(TlsConnector::from(Arc::new(config)));
        }
        Ok(self)
    }

    /// The name and secret for AUTH.
    #[must_use]
    pub fn with_credentials(mut self, credentials: Option<Credentials>) -> Self {
        self.credentials = credentials;
        self
    }

    /// The name this machine gives itself in EHLO.
    #[must_use]
    pub fn saying_hello_as(mut self, name: &str) -> Self {
        if !name.is_empty() {
            self.hello = ClientId::Domain(name.to_owned());
        }
        self
    }

    #[must_use]
    pub fn with_patience(mut self, patience: Patience) -> Self {
        self.patience = patience;
        self
    }

    pub fn security(&self) -> Security {
        self.security
    }

    /// `HOST:PORT`, for people.
    pub fn name(&self) -> String {
        format!("{}:{}", self.host, self.port)
    }
}

fn host_and_port(text: &str) -> Option<(String, Option<u16>)> {
    let (host, port) = match text.strip_prefix('[') {
        Some(rest) => {
            let (host, after) = rest.split_once(']')?;
            host.parse::<IpAddr>().ok()?;
            (host, after.strip_prefix(':').or_else(|| after.is_empty().then_some(""))?)
        }
        None => match text.split_once(':') {
            Some((_, "")) => return None,
            Some((host, port)) => (host, port),
            None => (text, ""),
        },
    };
    let named = !host.is_empty()
        && host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':'));
    let port = match port {
        "" => None,
        port => Some(port.parse().ok().filter(|p| *p > 0)?),
    };
    named.then(|| (host.to_owned(), port))
}

/// Whether a host is this machine by its name; the address is looked at again once connected.
fn is_this_machine(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost")
        || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}
