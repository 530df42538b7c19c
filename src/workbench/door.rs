//! Who is let in: the exact host before anything else, then a cookie that a one-time token bought,
//! and for every change the page's own token and origin. Nothing here reads a body.

use axum::http::{HeaderMap, Method, Uri, header};
use sha2::{Digest, Sha256};
use std::net::SocketAddr;
use std::sync::{Mutex, PoisonError};

/// Headers of every answer. Pages load nothing but what the workbench serves, stand in no other
/// page's frame, and are kept nowhere.
pub const HEADERS: [(&str, &str); 7] = [
    (
        "content-security-policy",
        "default-src 'self'; frame-ancestors 'none'; form-action 'self'; base-uri 'none'; object-src 'none'",
    ),
    ("cache-control", "no-store"),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    // `no-referrer` would make browsers send `Origin: null` with our own forms.
    ("referrer-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
];

/// What a request may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turned {
    /// Another host's name: nothing is said at all.
    Misdirected,
    /// A method that no page uses.
    Method,
    /// No cookie, or not ours.
    Stranger,
    /// A change that did not come from our own page.
    Foreign,
}

/// The door of one workbench.
pub struct Door {
    address: SocketAddr,
    /// SHA-256 of the token, until it is spent.
    token: Mutex<Option<[u8; 32]>>,
    cookie: String,
    /// In every form, so that only our pages change anything.
    pub form_token: String,
}

impl Door {
    /// `secrets` are the one-time token, the cookie and the forms' token, hexadecimal.
    pub fn new(address: SocketAddr, [token, cookie, form]: &[String; 3]) -> Self {
        Self {
            address,
            token: Mutex::new(Some(digest(token))),
            cookie: cookie.clone(),
            form_token: form.clone(),
        }
    }

    /// `http://127.x.y.z:port`
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Refuses every host but the exact one: a name that was bound anew to this address is another
    /// host.
    ///
    /// # Errors
    /// [`Turned::Misdirected`].
    pub fn host(&self, uri: &Uri, headers: &HeaderMap) -> Result<(), Turned> {
        let own = self.address.to_string();
        let mut named = headers.get_all(header::HOST).iter();
        let exact = named.next().is_some_and(|host| host.as_bytes() == own.as_bytes());
        // A request may name its host in its first line too.
        let line = uri.authority().is_none_or(|authority| authority.as_str() == own);
        match exact && line && named.next().is_none() {
            true => Ok(()),
            false => Err(Turned::Misdirected),
        }
    }

    /// Refuses whoever has no cookie, and a change that another page asked for.
    ///
    /// # Errors
    /// Why not.
    pub fn admit(&self, method: &Method, headers: &HeaderMap) -> Result<(), Turned> {
        match *method {
            Method::GET | Method::HEAD => {}
            Method::POST if self.same_origin(headers) => {}
            Method::POST => return Err(Turned::Foreign),
            _ => return Err(Turned::Method),
        }
        match self.has_cookie(headers) {
            true => Ok(()),
            false => Err(Turned::Stranger),
        }
    }

    fn same_origin(&self, headers: &HeaderMap) -> bool {
        let site = headers.get("sec-fetch-site");
        let origin = headers.get(header::ORIGIN);
        let own = origin.map(|origin| origin.as_bytes() == self.origin().as_bytes());
        match site {
            Some(site) => site.as_bytes() == b"same-origin" && own != Some(false),
            None => own == Some(true),
        }
    }

    fn has_cookie(&self, headers: &HeaderMap) -> bool {
        let name = self.cookie_name();
        let cookies = headers.get_all(header::COOKIE).iter().filter_map(|c| c.to_str().ok());
        cookies
            .flat_map(|line| line.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .any(|(of, value)| of == name && same(value, &self.cookie))
    }

    /// Whether a change's form bears the page's token.
    pub fn is_own_form(&self, token: Option<&str>) -> bool {
        token.is_some_and(|token| same(token, &self.form_token))
    }

    /// Spends the one-time token; the cookie's header for whoever had it.
    pub fn exchange(&self, token: &str) -> Option<String> {
        let mut kept = self.token.lock().unwrap_or_else(PoisonError::into_inner);
        if *kept != Some(digest(token)) {
            return None;
        }
        *kept = None;
        let (name, value) = (self.cookie_name(), &self.cookie);
        Some(format!("{name}={value}; Path=/; HttpOnly; SameSite=Strict"))
    }

    /// A cookie's name for this port: two workbenches of one person do not take each other's place.
    fn cookie_name(&self) -> String {
        format!("noticeworks-{}", self.address.port())
    }
}

/// Compares digests, whose first differing byte tells nothing of what was compared.
fn same(one: &str, other: &str) -> bool {
    digest(one) == digest(other)
}

fn digest(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn door() -> Door {
        let secrets = ["token", "cookie", "form"].map(str::to_owned);
        Door::new("127.4.5.6:4000".parse().unwrap(), &secrets)
    }

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        let mut map = HeaderMap::new();
        for (name, value) in pairs {
            map.append(*name, value.parse().unwrap());
        }
        map
    }

    #[test]
    fn only_the_exact_host_is_answered() {
        let door = door();
        let host = |host: &str| door.host(&"/".parse().unwrap(), &headers(&[("host", host)]));
        assert_eq!(host("127.4.5.6:4000"), Ok(()));
        for other in ["127.4.5.6", "127.4.5.6:4001", "localhost:4000", "rebound.example:4000", ""] {
            assert_eq!(host(other), Err(Turned::Misdirected), "{other}");
        }
        let twice = headers(&[("host", "127.4.5.6:4000"), ("host", "rebound.example")]);
        assert_eq!(door.host(&"/".parse().unwrap(), &twice), Err(Turned::Misdirected));
        let own = headers(&[("host", "127.4.5.6:4000")]);
        let line = "http://rebound.example/".parse().unwrap();
        assert_eq!(door.host(&line, &own), Err(Turned::Misdirected));
        assert_eq!(door.host(&"/".parse().unwrap(), &headers(&[])), Err(Turned::Misdirected));
    }

    #[test]
    fn a_change_comes_from_our_own_page() {
        let door = door();
        let post = |pairs: &[(&'static str, &str)]| {
            let mut all = vec![("cookie", "noticeworks-4000=cookie")];
            all.extend_from_slice(pairs);
            door.admit(&Method::POST, &headers(&all))
        };
        assert_eq!(post(&[("sec-fetch-site", "same-origin")]), Ok(()));
        assert_eq!(post(&[("origin", "http://127.4.5.6:4000")]), Ok(()));
        assert_eq!(post(&[]), Err(Turned::Foreign));
        for site in ["cross-site", "same-site", "none"] {
            assert_eq!(post(&[("sec-fetch-site", site)]), Err(Turned::Foreign), "{site}");
        }
        for origin in
            ["null", "http://127.4.5.6:4001", "https://127.4.5.6:4000", "http://a.example"]
        {
            assert_eq!(post(&[("origin", origin)]), Err(Turned::Foreign), "{origin}");
            let both = [("origin", origin), ("sec-fetch-site", "same-origin")];
            assert_eq!(post(&both), Err(Turned::Foreign), "{origin}");
        }
    }

    #[test]
    fn only_the_cookie_of_this_port_lets_in() {
        let door = door();
        let get = |cookie: &str| door.admit(&Method::GET, &headers(&[("cookie", cookie)]));
        assert_eq!(get("a=b; noticeworks-4000=cookie"), Ok(()));
        for cookie in ["", "noticeworks-4000=", "noticeworks-4001=cookie", "noticeworks-4000=cooki"]
        {
            assert_eq!(get(cookie), Err(Turned::Stranger), "{cookie}");
        }
        let put = headers(&[("cookie", "noticeworks-4000=cookie")]);
        assert_eq!(door.admit(&Method::PUT, &put), Err(Turned::Method));
    }

    #[test]
    fn the_token_is_spent_once() {
        let door = door();
        assert_eq!(door.exchange("tokem"), None);
        let cookie = door.exchange("token").unwrap();
        assert_eq!(cookie, "noticeworks-4000=cookie; Path=/; HttpOnly; SameSite=Strict");
        assert_eq!(door.exchange("token"), None);
    }
}
