//! Signatures at the door, checked by another program (PyPI `dkimpy`).

use super::server::Mailbox;
use super::setup::{Made, WAVE, choices, entered, impatient, states};
use crate::approve::checked;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use noticeworks::ledger::MessageState;
use noticeworks::sending::{Dkim, DkimError, Server, Stamp, Stopped, send};
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

/// Verifies every signature of the message on standard input, against the records given as
/// `selector=record`; prints a line for each.
const VERIFY: &str = r#"
import sys, dkim
records = dict(argument.split("=", 1) for argument in sys.argv[1:])
message = sys.stdin.buffer.read()
def dns(name, timeout=5):
    return records[name.decode().split(".")[0]].encode()
d = dkim.DKIM(message)
for n in range(sum(1 for name, _ in d.headers if name.lower() == b"dkim-signature")):
    try:
        print(dkim.DKIM(message).verify(idx=n, dnsfunc=dns))
    except dkim.ValidationError:
        print(False)
"#;

/// The interpreter with the checking programs in it, which `./test` sets up.
pub fn python() -> String {
    std::env::var("PYTHON").unwrap_or_else(|_| "target/check-tools/bin/python".to_owned())
}

fn verify(message: &[u8], records: &[String]) -> String {
    let mut child = Command::new(python())
        .args(["-c", VERIFY])
        .args(records)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{} does not run ({error}); ./test sets it up", python()));
    child.stdin.take().unwrap().write_all(message).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn openssl(arguments: &[&str]) -> Vec<u8> {
    let output = Command::new("openssl").args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// A new key file and the record of its public half.
fn key(folder: &Path, kind: &[&str], selector: &str) -> (Vec<u8>, String) {
    let path = folder.join(selector);
    let path = path.to_str().unwrap();
    openssl(&[&["genpkey", "-quiet", "-out", path, "-algorithm"], kind].concat());
    let public = openssl(&["pkey", "-in", path, "-pubout", "-outform", "DER"]);
    let (name, public) = match kind[0] {
        // RFC 8463: the bare key, without its frame.
        "ed25519" => ("ed25519", &public[public.len() - 32..]),
        _ => ("rsa", &public[..]),
    };
    let record = format!("{selector}=v=DKIM1; k={name}; p={}", STANDARD.encode(public));
    (fs::read(path).unwrap(), record)
}

#[test]
fn both_kinds_of_signature_hold_and_break_with_the_message() {
    let folder = tempfile::tempdir().unwrap();
    let (ed, ed_record) = key(folder.path(), &["ed25519"], "new");
    let (rsa, rsa_record) = key(folder.path(), &["RSA", "-pkeyopt", "rsa_keygen_bits:2048"], "old");
    let keys = vec![
        Dkim::new("sender.example", "new", &ed).unwrap(),
        Dkim::new("sender.example", "old", &rsa).unwrap(),
    ];
    let stamp = Stamp { keys };
    let records = [ed_record, rsa_record];
    let mut sealed = Made { count: 1, size: 2_000 }.bytes(0);
    // White space at the ends of lines and of the message, and a folded header.
    let text = String::from_utf8(sealed).unwrap();
    let text = text.replace("Subject: A notice", "Subject: A \tnotice\r\n  about you ");
    sealed = format!("{text}two  spaces \t\r\n \r\n\r\n\r\n").into_bytes();
    let signed = stamp.put_on(&sealed).unwrap();
    assert_eq!(verify(&signed, &records), "True\nTrue\n");
    assert!(signed.ends_with(&sealed), "what was sealed is unchanged");

    let text = String::from_utf8(signed).unwrap();
    let altered = text.replace("what happened", "what happens");
    assert_ne!(altered, text);
    assert_eq!(verify(altered.as_bytes(), &records), "False\nFalse\n");
    let second = text.replacen("Subject:", "Subject: Pay here\r\nSubject:", 1);
    assert_eq!(verify(second.as_bytes(), &records), "False\nFalse\n", "a header put in");
    // Relays may change white space and add empty lines at the end.
    let reflowed = text.replace("two  spaces \t", "two spaces") + "\r\n";
    assert_eq!(verify(reflowed.as_bytes(), &records), "True\nTrue\n");
    for line in text.lines() {
        assert!(line.len() <= 998, "RFC 5322 section 2.1.1");
    }
}

#[test]
fn a_message_without_a_body_is_signed_too() {
    let folder = tempfile::tempdir().unwrap();
    let (ed, record) = key(folder.path(), &["ed25519"], "new");
    let stamp = Stamp { keys: vec![Dkim::new("sender.example", "new", &ed).unwrap()] };
    for body in ["", "\r\n", "x\r\n"] {
        let sealed = format!("From: notice@sender.example\r\nSubject: A notice\r\n\r\n{body}");
        let signed = stamp.put_on(sealed.as_bytes()).unwrap();
        assert_eq!(verify(&signed, std::slice::from_ref(&record)), "True\n", "{body:?}");
    }
}

#[test]
fn keys_come_as_files_usually_hold_them_and_nothing_else_does() {
    let folder = tempfile::tempdir().unwrap();
    let (rsa, _) = key(folder.path(), &["RSA", "-pkeyopt", "rsa_keygen_bits:2048"], "old");
    let path = folder.path().join("old");
    let pkcs1 = openssl(&["rsa", "-in", path.to_str().unwrap(), "-traditional"]);
    let seed = b"nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=\n";
    for good in [&rsa[..], &pkcs1, seed] {
        assert!(Dkim::new("sender.example", "s1", good).is_ok());
    }
    let short = key(folder.path(), &["RSA", "-pkeyopt", "rsa_keygen_bits:1024"], "short").0;
    let curve = key(folder.path(), &["EC", "-pkeyopt", "ec_paramgen_curve:P-256"], "curve").0;
    let err = |key: &[u8]| Dkim::new("sender.example", "s1", key).err();
    assert_eq!(err(&short), Some(DkimError::Unusable));
    assert_eq!(err(&curve), Some(DkimError::Unusable));
    assert_eq!(err(b"secret"), Some(DkimError::NoKey));
    assert_eq!(Dkim::new("sender.example", "a b", &rsa).err(), Some(DkimError::Name("a b".into())));
}

/// Where the numbers of a DER sequence begin and how long they are.
fn numbers(der: &[u8]) -> Vec<(usize, usize)> {
    let length = |at: usize| match der[at] {
        short @ 0..0x80 => (usize::from(short), at + 1),
        long => {
            let bytes = usize::from(long & 0x7f);
            let of = der[at + 1..=at + bytes].iter();
            (of.fold(0, |sum, byte| sum << 8 | usize::from(*byte)), at + 1 + bytes)
        }
    };
    let (_, mut at) = length(1);
    let mut found = Vec::new();
    while at < der.len() {
        let (long, from) = length(at + 1);
        found.push((from, long));
        at = from + long;
    }
    found
}

/// An RSA key with a wrong exponent for one of its primes: it is taken as a key, and fails when it
/// signs.
fn damaged(folder: &Path) -> Vec<u8> {
    key(folder, &["RSA", "-pkeyopt", "rsa_keygen_bits:2048"], "damaged");
    let path = folder.join("damaged");
    let path = path.to_str().unwrap();
    let mut der = openssl(&["rsa", "-in", path, "-traditional", "-outform", "DER"]);
    // Version, n, e, d, p, q, d mod (p - 1).
    let (from, long) = numbers(&der)[6];
    der[from + long / 2] ^= 0x10;
    let text = STANDARD.encode(&der);
    let lines: Vec<&str> =
        text.as_bytes().chunks(64).map(|line| std::str::from_utf8(line).unwrap()).collect();
    let pem = lines.join("\n");
    format!("-----BEGIN RSA PRIVATE KEY-----\n{pem}\n-----END RSA PRIVATE KEY-----\n").into_bytes()
}

#[test]
fn a_key_that_fails_stops_the_mail() {
    let folder = tempfile::tempdir().unwrap();
    let dkim = Dkim::new("sender.example", "s1", &damaged(folder.path())).unwrap();
    assert_eq!(dkim.try_out(), Err(DkimError::Failed));
    let made = Made { count: 5, size: 300 };
    let (mailbox, entered) = (Mailbox::sound(), entered(&made));
    let server = Server::new(&mailbox.url()).unwrap().with_patience(impatient());
    let (stamp, each) = (Stamp { keys: vec![dkim] }, Arc::new(|_| {}));
    let report =
        send(entered.path(), WAVE, &made, &server, stamp, &choices(2), each, None).unwrap();
    assert!(matches!(report.stopped, Some(Stopped::Unsigned(_))));
    assert!(!mailbox.saw_content());
    assert!(states(entered.path()).iter().all(|(_, state)| *state == MessageState::Ready));
}

#[test]
fn a_key_that_fails_is_told_before_anything_is_made() {
    let case = checked();
    fs::write(case.path("dkim.pem"), damaged(&case.path(""))).unwrap();
    let text = case.read("incident.toml");
    let dkim = "[email]\ndkim = [{ selector = \"s1\", key_file = \"dkim.pem\" }]\n";
    let text = match text.contains("[email]\n") {
        true => text.replace("[email]\n", dkim),
        false => format!("{text}\n{dkim}"),
    };
    fs::write(case.path("incident.toml"), text).unwrap();
    let said = case.run(&["email", "{folder}"]);
    assert_eq!(said.code, 2, "{}", said.stderr);
    assert!(said.stderr.contains("`dkim.pem` cannot sign"), "{}", said.stderr);
    assert!(!case.path("out/email").exists());
}
