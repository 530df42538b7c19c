//! E-mails over a real socket: messages a second with a durable ledger, beside Postfix's own load
//! generator in the same run, and peak memory.
//!
//! `cargo bench --bench mail` needs `smtp-sink` and `smtp-source` (Debian package `postfix`).
//! Messages differ, have 6 KB, and go plain and unsigned over loopback; the ledger lies in the
//! system's folder for temporary files, which must be a disk. `-- memory 1000000` sends so many
//! and prints the peak. Timings are printed, never asserted: they depend on the machine.

use noticeworks::ledger::{Ledger, MessageState, NewMessage};
use noticeworks::sending::{Choices, Message, Outbox, OutboxError, Pace, Server, Stamp, send};
use std::io::Read;
use std::net::{TcpListener, TcpStream};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};
use std::{env, fs, thread};

const SIZE: usize = 6_000;
const WAVE: &str = "w1";

struct Made {
    count: u64,
}

fn piece(n: u64) -> String {
    // Spread as digests are, so that the ledger's index has no easy life.
    format!("NW-{:016x}", n.wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

impl Outbox for Made {
    fn visit(
        &self,
        wanted: &mut dyn FnMut(&str) -> Result<bool, OutboxError>,
        take: &mut dyn FnMut(Message) -> ControlFlow<()>,
    ) -> Result<(), OutboxError> {
        let line = "one line of a letter that says what happened and what one can do about it\r\n";
        let body = line.repeat(SIZE / line.len());
        for n in 0..self.count {
            let piece = piece(n);
            if !wanted(&piece)? {
                continue;
            }
            let to = format!("person{n}@inbox{}.example", n % 97);
            let bytes = format!(
                "From: Notice <notice@sender.example>\r\nTo: {to}\r\nSubject: A notice\r\n\
                 Message-ID: <{piece}@sender.example>\r\n\r\nDear person {n},\r\n{body}"
            );
            let to = to.parse().map_err(|_| OutboxError::NotSealed("address".into()))?;
            if take(Message { piece, to, bytes: bytes.into_bytes() }).is_break() {
                break;
            }
        }
        Ok(())
    }
}

/// Postfix's sink, ended with this.
struct Sink {
    child: Child,
    port: u16,
}

impl Sink {
    fn start() -> Self {
        let port = TcpListener::bind("127.0.0.1:0")
            .and_then(|listener| listener.local_addr())
            .expect("a free port")
            .port();
        // It gives up root's rights if told whose to take.
        let mut arguments = vec![format!("127.0.0.1:{port}"), "1000".to_owned()];
        let root = Command::new("id").arg("-u").output().is_ok_and(|o| o.stdout == b"0\n");
        if root {
            arguments.splice(0..0, ["-u".to_owned(), "nobody".to_owned()]);
        }
        let child = Command::new("smtp-sink")
            .args(arguments)
            .stderr(Stdio::null())
            .spawn()
            .expect("smtp-sink of package postfix");
        let sink = Self { child, port };
        for _ in 0..100 {
            if let Ok(mut stream) = TcpStream::connect(("127.0.0.1", port)) {
                let _ = stream.read(&mut [0; 64]);
                return sink;
            }
            thread::sleep(Duration::from_millis(20));
        }
        panic!("smtp-sink does not listen")
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn folder(count: u64) -> PathBuf {
    let folder = env::temp_dir().join(format!("noticeworks-mail-{}-{count}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

/// Messages a second.
fn ours(sink: &Sink, folder: &Path, count: u64, connections: usize) -> f64 {
    let _ = fs::remove_dir_all(folder);
    fs::create_dir_all(folder).expect("a folder");
    let mut ledger = Ledger::open(folder).expect("a ledger");
    let entries =
        (0..count).map(|n| NewMessage { piece: piece(n), key: format!("{n:024x}"), alone: false });
    let began = Instant::now();
    ledger.enter_messages(WAVE, entries).expect("entered");
    if count >= 500_000 {
        println!("entering {count}: {:.1} s", began.elapsed().as_secs_f64());
    }
    drop(ledger);
    let server = Server::new(&format!("smtp://127.0.0.1:{}", sink.port)).expect("a server");
    let choices = Choices {
        from: "bounces@sender.example".parse().expect("an address"),
        connections,
        pace: Pace::default(),
        only: None,
        per_day: None,
        stop_file: None,
        again_after: vec![],
    };
    let quiet = Arc::new(|_| {});
    let made = Made { count };
    let report = send(folder, WAVE, &made, &server, Stamp { keys: vec![] }, &choices, quiet, None);
    let report = report.expect("sent");
    assert_eq!(report.counts.get(&MessageState::Accepted), Some(&count), "{:?}", report.stopped);
    count as f64 / report.took.as_secs_f64()
}

/// Messages a second of Postfix's load generator.
fn theirs(sink: &Sink, count: u64, sessions: usize) -> f64 {
    let began = Instant::now();
    let status = Command::new("smtp-source")
        // -d: the connection stays open after a message, as ours do.
        .args(["-d", "-s", &sessions.to_string(), "-m", &count.to_string()])
        .args(["-l", &SIZE.to_string(), "-f", "a@sender.example", "-t", "b@inbox.example"])
        .arg(format!("127.0.0.1:{}", sink.port))
        .status()
        .expect("smtp-source of package postfix");
    assert!(status.success());
    count as f64 / began.elapsed().as_secs_f64()
}

fn peak_mb() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:")).unwrap_or("0");
    line.trim().trim_end_matches(" kB").parse::<f64>().unwrap_or(0.0) / 1024.0
}

fn main() {
    let arguments: Vec<String> = env::args().skip(1).filter(|a| a != "--bench").collect();
    let sink = Sink::start();
    if let [word, count] = &arguments[..]
        && word == "memory"
    {
        let count = count.parse().expect("a number");
        let folder = folder(count);
        let rate = ours(&sink, &folder, count, 16);
        println!("{count} messages: {rate:.0}/s, peak {:.0} MB", peak_mb());
        let _ = fs::remove_dir_all(folder);
        return;
    }
    println!("connections  ours/s  smtp-source/s  ratio");
    for connections in [1, 4, 16] {
        let count = 5_000 * connections.min(4) as u64;
        // In turns, so that what else the machine does falls on both.
        for _ in 0..3 {
            let folder = folder(count);
            let ours = ours(&sink, &folder, count, connections);
            let theirs = theirs(&sink, count, connections);
            println!("{connections:<12} {ours:<7.0} {theirs:<14.0} {:.2}", ours / theirs);
            let _ = fs::remove_dir_all(folder);
        }
    }
}
