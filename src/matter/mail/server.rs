//! `[email]` of incident.toml turned into a server, a pace and signatures.

use crate::email;
use crate::incident::EmailChoices;
use crate::matter::mail::SendRequest;
use crate::matter::open::Matter;
use crate::matter::refusal::{Doing, Refusal};
use crate::sending::{Choices, Credentials, Dkim, DkimError, Pace, Security, Server, Stamp};
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Connections where incident.toml names none.
const CONNECTIONS: u32 = 4;

/// Waits before what was deferred is offered again in the same run. Greylisting is a relay's
/// business; this is for servers that are busy for a moment.
const AGAIN_AFTER: [Duration; 3] =
    [Duration::from_secs(2), Duration::from_secs(10), Duration::from_secs(30)];

/// The server named by `--smtp` or incident.toml; none if neither does.
///
/// # Errors
/// A server, certificate file or secret that cannot be used.
pub fn server(matter: &Matter, args: &SendRequest) -> Result<Option<Server>, Refusal> {
    let choices = &matter.incident.email;
    let Some(url) = args.smtp.as_deref().or(choices.smtp.as_deref()) else { return Ok(None) };
    let wrong = |error: crate::sending::ServerError| {
        Refusal::one(
            code!("email.server"),
            error.to_string(),
            "correct `--smtp` or `smtp` in `[email]`",
        )
    };
    let ca_file = choices.ca_file.as_ref().map(|file| matter.folder.join(file));
    let server = Server::new(url).map_err(wrong)?.trusting(ca_file.as_deref()).map_err(wrong)?;
    // A name and secret belong to the server they were given for.
    let own = args.smtp.is_none() || args.smtp == choices.smtp;
    let credentials = if own || server.security() != Security::Plain {
        credentials(choices, &matter.folder)?
    } else {
        None
    };
    let hello = choices.hello.as_deref().unwrap_or("");
    Ok(Some(server.with_credentials(credentials).saying_hello_as(hello)))
}

/// As [`server`], but there must be one.
///
/// # Errors
/// As [`server`], or none.
pub fn needed_server(matter: &Matter, args: &SendRequest) -> Result<Server, Refusal> {
    server(matter, args)?.ok_or_else(|| {
        Refusal::one(
            code!("email.no_server"),
            "no mail server is named",
            "write `smtp = \"smtp://HOST:PORT\"` under `[email]`, or give `--smtp`",
        )
    })
}

fn credentials(choices: &EmailChoices, folder: &Path) -> Result<Option<Credentials>, Refusal> {
    let Some(user) = &choices.user else { return Ok(None) };
    let secret = match (&choices.password_file, &choices.password_variable) {
        (Some(file), _) => {
            let path = folder.join(file);
            let text = std::fs::read_to_string(&path)
                .doing(|| format!("read the password file `{}`", path.display()))?;
            text.trim_end_matches(['\r', '\n']).to_owned()
        }
        (None, Some(variable)) => std::env::var(variable).map_err(|_| {
            Refusal::one(
                code!("email.password"),
                format!("the environment variable `{variable}` is not set"),
                "set it, or name a `password_file` under `[email]`",
            )
        })?,
        (None, None) => {
            return Err(Refusal::one(
                code!("email.password"),
                "`[email]` names a `user` and no secret",
                "name a `password_file` or a `password_variable`",
            ));
        }
    };
    Ok(Some(Credentials::new(user.clone(), secret)))
}

/// The signing keys.
///
/// # Errors
/// A key that cannot be read or used.
pub fn stamp(matter: &Matter) -> Result<Stamp, Refusal> {
    let from = from(matter)?;
    let mut keys = Vec::new();
    for choice in &matter.incident.email.dkim {
        let path = matter.folder.join(&choice.key_file);
        let key = std::fs::read(&path).doing(|| format!("read `{}`", path.display()))?;
        let domain = choice.domain.as_deref().unwrap_or(from.domain());
        let wrong = |error: DkimError| {
            let message = format!("`{}` cannot sign: {error}", choice.key_file);
            Refusal::one(code!("email.dkim"), message, "correct `dkim` under `[email]`")
        };
        let dkim = Dkim::new(domain, &choice.selector, &key).map_err(wrong)?;
        dkim.try_out().map_err(wrong)?;
        keys.push(dkim);
    }
    Ok(Stamp { keys })
}

/// How to send: command line before incident.toml.
///
/// # Errors
/// No sender.
pub fn choices(matter: &Matter, args: &SendRequest) -> Result<Choices, Refusal> {
    let email = &matter.incident.email;
    let from = match &email.bounces_to {
        // The incident's shapes have looked at it.
        Some(address) => address.parse().ok(),
        None => None,
    };
    let from = match from {
        Some(address) => address,
        None => from_address(matter)?,
    };
    let rate = |n: Option<u32>| n.and_then(NonZeroU32::new);
    let connections = args.connections.or(email.connections).unwrap_or(CONNECTIONS);
    Ok(Choices {
        from,
        connections: connections.max(1) as usize,
        pace: Pace {
            in_all: rate(args.per_second.or(email.per_second)),
            per_domain: rate(email.per_second_and_domain),
        },
        only: args.only,
        per_day: args.per_day.or(email.per_day).map(u64::from),
        stop_file: Some(stop_file(matter)),
        again_after: AGAIN_AFTER.to_vec(),
    })
}

/// Sending stops once this exists.
pub fn stop_file(matter: &Matter) -> PathBuf {
    matter.folder.join(matter.incident.email.stop_file.as_deref().unwrap_or("stop-email"))
}

fn from_address(matter: &Matter) -> Result<crate::sending::Address, Refusal> {
    from(matter)
}

/// Who writes.
fn from(matter: &Matter) -> Result<crate::sending::Address, Refusal> {
    email::sender_address(&matter.incident).map_err(|error| {
        Refusal::one(code!("email.sender"), error.to_string(), "write `from` under `[email]`")
    })
}
