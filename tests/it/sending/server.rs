//! A mail server of the tests' own, on loopback, that errs at a chosen byte of a session and
//! keeps what it took.

use std::collections::HashMap;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Closes the connection.
    Cut,
    /// Says nothing more and hears nothing more.
    Stall,
    /// A reply of 451 out of turn, then closes.
    Later,
    /// A reply of 554 out of turn, then closes.
    Never,
    /// Bytes that are no reply, then closes.
    Garbage,
}

impl Fault {
    pub const ALL: [Self; 5] = [Self::Cut, Self::Stall, Self::Later, Self::Never, Self::Garbage];
}

/// What it says to which command, where not the usual.
pub type Answers = fn(command: &str, nth: u32) -> Option<&'static str>;

pub struct Mailbox {
    port: u16,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    /// The fault, and after how many bytes of the first session, both directions counted.
    fault: Option<(Fault, u64)>,
    answers: Option<Answers>,
    /// What it says to EHLO instead of its abilities.
    no_ehlo: Option<&'static str>,
    /// The most bytes of a message, said at EHLO.
    size: Option<u64>,
    /// What it says to the first MAIL.
    first_mail: Option<&'static str>,
    mails: AtomicU32,
    heard: Mutex<Vec<String>>,
    /// Takes commands one by one (RFC 2920 not offered).
    one_by_one: bool,
    commands: AtomicU32,
    sessions: AtomicU32,
    /// Bytes of the first session.
    first: Mutex<u64>,
    /// Pieces whose content came whole, with how often, and the last content.
    whole: Mutex<HashMap<String, (u32, Vec<u8>)>>,
    /// Those of them to which 250 was at least begun to be said.
    taken: Mutex<HashMap<String, u32>>,
    /// Whether content was asked for before the fault.
    content: AtomicBool,
    ended: AtomicBool,
}

impl Mailbox {
    pub fn sound() -> Self {
        Self::start(Shared::default())
    }

    pub fn with_fault(fault: Fault, at: u64, one_by_one: bool) -> Self {
        Self::start(Shared { fault: Some((fault, at)), one_by_one, ..Shared::default() })
    }

    pub fn answering(answers: Answers) -> Self {
        // It asks for content though it took no recipient, which who pipelines does not expect.
        Self::start(Shared { answers: Some(answers), one_by_one: true, ..Shared::default() })
    }

    /// Says at EHLO how many bytes it takes.
    pub fn with_size(most: u64) -> Self {
        Self::start(Shared { size: Some(most), ..Shared::default() })
    }

    /// Takes no first message, for a reason said to MAIL.
    pub fn refusing_the_first(answer: &'static str, one_by_one: bool) -> Self {
        Self::start(Shared { first_mail: Some(answer), one_by_one, ..Shared::default() })
    }

    /// Knows HELO only, or says something else to EHLO.
    pub fn without_ehlo(answer: &'static str) -> Self {
        Self::start(Shared { no_ehlo: Some(answer), ..Shared::default() })
    }

    fn start(shared: Shared) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let shared = Arc::new(shared);
        let for_thread = shared.clone();
        thread::spawn(move || {
            for stream in listener.incoming() {
                if for_thread.ended.load(Ordering::SeqCst) {
                    return;
                }
                let shared = for_thread.clone();
                thread::spawn(move || {
                    let nth = shared.sessions.fetch_add(1, Ordering::SeqCst);
                    let stream = stream.unwrap();
                    stream.set_nodelay(true).unwrap();
                    let mut session = Session {
                        stream,
                        shared: &shared,
                        counted: 0,
                        first: nth == 0,
                        ahead: Vec::new(),
                    };
                    let _ = session.serve();
                    if nth == 0 {
                        *shared.first.lock().unwrap() = session.counted;
                    }
                });
            }
        });
        Self { port, shared }
    }

    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    /// Every command, content apart.
    pub fn heard(&self) -> Vec<String> {
        self.shared.heard.lock().unwrap().clone()
    }

    pub fn sessions(&self) -> u32 {
        self.shared.sessions.load(Ordering::SeqCst)
    }

    /// How many bytes the first session had, once it is over.
    pub fn length_of_first(&self) -> u64 {
        for _ in 0..500 {
            let length = *self.shared.first.lock().unwrap();
            if length > 0 {
                return length;
            }
            thread::sleep(Duration::from_millis(10));
        }
        panic!("the first session does not end")
    }

    /// How often a piece's content came whole.
    pub fn whole(&self, piece: &str) -> u32 {
        self.shared.whole.lock().unwrap().get(piece).map_or(0, |(n, _)| *n)
    }

    pub fn content_of(&self, piece: &str) -> Vec<u8> {
        self.shared.whole.lock().unwrap()[piece].1.clone()
    }

    /// How often 250 was at least begun to be said to a piece.
    pub fn taken(&self, piece: &str) -> u32 {
        self.shared.taken.lock().unwrap().get(piece).copied().unwrap_or(0)
    }

    pub fn all_taken(&self) -> HashMap<String, u32> {
        self.shared.taken.lock().unwrap().clone()
    }

    /// Whether the faulty session asked for content.
    pub fn saw_content(&self) -> bool {
        self.shared.content.load(Ordering::SeqCst)
    }
}

impl Drop for Mailbox {
    fn drop(&mut self) {
        self.shared.ended.store(true, Ordering::SeqCst);
        // Wakes the listener.
        let _ = TcpStream::connect(("127.0.0.1", self.port));
    }
}

struct Session<'s> {
    stream: TcpStream,
    shared: &'s Shared,
    counted: u64,
    first: bool,
    ahead: Vec<u8>,
}

/// The session is over.
struct Over;

impl Session<'_> {
    fn serve(&mut self) -> Result<(), Over> {
        self.say("220 sink.example ready\r\n")?;
        loop {
            let line = self.line()?;
            let verb = line.to_ascii_uppercase();
            let verb = verb.split([' ', ':']).next().unwrap_or("").to_owned();
            let nth = self.shared.commands.fetch_add(1, Ordering::SeqCst);
            if let Some(answer) = self.shared.answers.and_then(|answers| answers(&line, nth)) {
                self.say(answer)?;
                if answer.starts_with("421") {
                    return Err(Over);
                }
                continue;
            }
            self.shared.heard.lock().unwrap().push(line);
            match (verb.as_str(), self.shared.no_ehlo) {
                ("EHLO", Some(answer)) => {
                    self.say(answer)?;
                    continue;
                }
                ("EHLO", None) if self.shared.size.is_some() => {
                    let most = self.shared.size.unwrap();
                    self.say(&format!("250-sink.example\r\n250 SIZE {most}\r\n"))?;
                    continue;
                }
                ("MAIL", _) => {
                    let first = self.shared.mails.fetch_add(1, Ordering::SeqCst) == 0;
                    if let Some(answer) = self.shared.first_mail.filter(|_| first) {
                        self.say(answer)?;
                        continue;
                    }
                }
                _ => {}
            }
            match verb.as_str() {
                "EHLO" if self.shared.one_by_one => {
                    self.say("250-sink.example\r\n250-8BITMIME\r\n250 DSN\r\n")?;
                }
                "EHLO" => {
                    self.say("250-sink.example\r\n250-8BITMIME\r\n250-PIPELINING\r\n250 DSN\r\n")?
                }
                "DATA" => {
                    self.say("354 go ahead\r\n")?;
                    self.content()?;
                }
                "QUIT" => {
                    self.say("221 bye\r\n")?;
                    return Ok(());
                }
                _ => self.say("250 2.0.0 fine\r\n")?,
            }
        }
    }

    fn content(&mut self) -> Result<(), Over> {
        let mut content = Vec::new();
        self.shared.content.store(true, Ordering::SeqCst);
        loop {
            content.push(self.byte()?);
            if content.ends_with(b"\r\n.\r\n") {
                break;
            }
        }
        let text = String::from_utf8_lossy(&content);
        let id = text.split_once("Message-ID: <").unwrap().1.split('@').next().unwrap().to_owned();
        content.truncate(content.len() - 3);
        let mut whole = self.shared.whole.lock().unwrap();
        let known = whole.entry(id.clone()).or_default();
        known.0 += 1;
        known.1 = content;
        drop(whole);
        let nth = self.shared.commands.fetch_add(1, Ordering::SeqCst);
        if let Some(answer) = self.shared.answers.and_then(|answers| answers(".", nth)) {
            return self.say(answer);
        }
        let unsaid = self.first && self.shared.fault.is_some_and(|(_, at)| at <= self.counted);
        if !unsaid {
            *self.shared.taken.lock().unwrap().entry(id).or_default() += 1;
        }
        self.say("250 2.0.0 queued as 4XyZ\r\n")
    }

    fn line(&mut self) -> Result<String, Over> {
        let mut line = Vec::new();
        while !line.ends_with(b"\r\n") {
            line.push(self.byte()?);
        }
        line.truncate(line.len() - 2);
        Ok(String::from_utf8(line).unwrap())
    }

    /// One byte heard.
    fn byte(&mut self) -> Result<u8, Over> {
        if self.ahead.is_empty() {
            let mut chunk = [0; 8192];
            let n = self.stream.read(&mut chunk).map_err(|_| Over)?;
            if n == 0 {
                return Err(Over);
            }
            self.ahead = chunk[..n].iter().rev().copied().collect();
        }
        let byte = self.ahead.pop().unwrap();
        self.count()?;
        Ok(byte)
    }

    fn say(&mut self, text: &str) -> Result<(), Over> {
        match self.shared.fault {
            Some((_, at)) if self.first && self.counted + text.len() as u64 > at => {
                let part = at.saturating_sub(self.counted) as usize;
                self.stream.write_all(&text.as_bytes()[..part]).map_err(|_| Over)?;
                self.counted += part as u64;
                // With the error's words behind them, these are a whole line that asks for content.
                if text.starts_with("354 ") && part >= 4 {
                    self.shared.content.store(true, Ordering::SeqCst);
                }
                self.err()
            }
            _ => {
                self.counted += text.len() as u64;
                self.stream.write_all(text.as_bytes()).map_err(|_| Over)
            }
        }
    }

    fn count(&mut self) -> Result<(), Over> {
        self.counted += 1;
        match self.shared.fault {
            Some((_, at)) if self.first && self.counted > at => self.err(),
            _ => Ok(()),
        }
    }

    fn err(&mut self) -> Result<(), Over> {
        let words: &[u8] = match self.shared.fault.unwrap().0 {
            Fault::Cut => b"",
            Fault::Stall => {
                thread::sleep(Duration::from_millis(1_500));
                b""
            }
            Fault::Later => b"451 4.3.0 later\r\n",
            Fault::Never => b"554 5.7.1 never\r\n",
            Fault::Garbage => b"\xff\xfe!?\x00 nothing of use\r\n",
        };
        let _ = self.stream.write_all(words);
        // What is unread when a socket is closed turns into a reset that may overtake the words.
        if !words.is_empty() {
            let _ = self.stream.shutdown(std::net::Shutdown::Write);
            self.stream.set_read_timeout(Some(Duration::from_millis(200))).unwrap();
            let mut rest = [0; 4096];
            while matches!(self.stream.read(&mut rest), Ok(n) if n > 0) {}
        }
        Err(Over)
    }
}
