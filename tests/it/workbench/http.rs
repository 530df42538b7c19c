//! A workbench of a test's own, and requests byte by byte.

use crate::case::{Case, program};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// A running workbench; it ends with the test.
pub struct Open {
    child: Child,
    /// `127.x.y.z:port`
    pub host: String,
    /// The token of the printed address.
    pub once: String,
    pub cookie: String,
    pub token: String,
}

/// What came back.
pub struct Got {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Got {
    pub fn header(&self, name: &str) -> Option<&str> {
        let line = self.head.lines().find(|line| {
            line.split_once(':').is_some_and(|(of, _)| of.eq_ignore_ascii_case(name))
        })?;
        Some(line.split_once(':')?.1.trim())
    }
}

impl Open {
    /// Starts one on a folder and goes in.
    pub fn on(folder: &Path, state: &Path) -> Self {
        let mut open = Self::outside(folder, state);
        open.enter();
        open
    }

    pub fn case(case: &Case) -> Self {
        Self::on(&case.folder(), &case.folder().with_file_name("state"))
    }

    /// Starts one and stays outside.
    pub fn outside(folder: &Path, state: &Path) -> Self {
        let mut command = program();
        command.env("NOTICEWORKS_STATE", state);
        command.args(["open", "--no-browser"]).arg(folder);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("http://").unwrap().to_owned();
        let (host, once) = address.split_once("/enter?token=").unwrap();
        let (host, once) = (host.to_owned(), once.to_owned());
        Self { child, host, once, cookie: String::new(), token: String::new() }
    }

    pub fn enter(&mut self) {
        let body = format!("token={}", self.once);
        let got = self.raw("POST", "/enter", &[], body.as_bytes());
        assert_eq!(got.status, 200, "{}", got.body);
        let cookie = got.header("set-cookie").unwrap();
        self.cookie = cookie.split(';').next().unwrap().to_owned();
        let page = self.get("/");
        assert_eq!(page.status, 200);
        self.token = between(&page.body, "name=\"token\" value=\"", "\"").to_owned();
    }

    /// A request with the given headers and no others but the host.
    pub fn raw(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Got {
        self.as_host(&self.host, method, path, headers, body)
    }

    pub fn as_host(
        &self,
        host: &str,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Got {
        let mut stream = TcpStream::connect(&self.host).unwrap();
        let mut head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Length: {}\r\n",
            body.len()
        );
        for (name, value) in headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(b"\r\n").unwrap();
        // A server that refuses early may have closed already.
        let _ = stream.write_all(body);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
        let status = head.split(' ').nth(1).and_then(|n| n.parse().ok()).unwrap_or(0);
        Got { status, head: head.to_owned(), body: body.to_owned() }
    }

    pub fn get(&self, path: &str) -> Got {
        self.raw("GET", path, &[("Cookie", &self.cookie)], b"")
    }

    /// A change as our own page would ask for it.
    pub fn post(&self, path: &str, fields: &[(&str, &str)]) -> Got {
        let mut body = format!("token={}", self.token);
        for (name, value) in fields {
            body.push_str(&format!("&{}={}", encode(name), encode(value)));
        }
        let headers = [("Cookie", self.cookie.as_str()), ("Sec-Fetch-Site", "same-origin")];
        self.raw("POST", path, &headers, body.as_bytes())
    }

    /// The same with a file.
    pub fn post_file(
        &self,
        path: &str,
        token: &str,
        fields: &[(&str, &str)],
        (field, name, bytes): (&str, &str, &[u8]),
    ) -> Got {
        let mut body = Vec::new();
        for (name, value) in [("token", token)].iter().chain(fields) {
            let part = format!(
                "--limit\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            );
            body.extend_from_slice(part.as_bytes());
        }
        let part = format!(
            "--limit\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n"
        );
        body.extend_from_slice(part.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--limit--\r\n");
        let headers = [
            ("Cookie", self.cookie.as_str()),
            ("Sec-Fetch-Site", "same-origin"),
            ("Content-Type", "multipart/form-data; boundary=limit"),
        ];
        self.raw("POST", path, &headers, &body)
    }

    /// Waits until the work on the first folder is over, and gives its page.
    pub fn worked(&self) -> Got {
        for _ in 0..1_200 {
            let page = self.get("/1/work");
            if !page.body.contains("class=\"progress\"") {
                return page;
            }
            std::thread::sleep(std::time::Duration::from_millis(100));
        }
        panic!("the work does not end");
    }

    /// Asks it to end and gives its exit code and all that it said.
    pub fn end(mut self) -> (i32, String) {
        let id = self.child.id().to_string();
        Command::new("kill").args(["-TERM", &id]).status().unwrap();
        let code = self.child.wait().unwrap().code().unwrap_or(-1);
        let mut said = String::new();
        self.child.stdout.take().unwrap().read_to_string(&mut said).unwrap();
        let mut errors = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut errors).unwrap();
        (code, said + &errors)
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The text between two others; they must be there.
pub fn between<'t>(text: &'t str, from: &str, to: &str) -> &'t str {
    let (_, rest) = text.split_once(from).unwrap_or_else(|| panic!("no {from:?} in {text}"));
    rest.split_once(to).unwrap().0
}

fn encode(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}
