//! Altered files of every kind that is read: a result or a refusal, never a panic. Rosters are altered
//! in `roster::hostile`; laws of single functions stand beside them.

use crate::case::{Case, full};
use noticeworks::cli::diagnostic::render;
use noticeworks::incident;
use noticeworks::sending::{Kind, read_returned, returned_messages};
use std::fs;
use std::path::Path;

/// Seeded, so that a failure comes again.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n.max(1)
    }
}

/// Pieces that mean something to one reader or another.
const PIECES: [&[u8]; 24] = [
    b"",
    b"\0",
    b"\xff\xfe",
    b"\r\n\r\n",
    b"\n",
    b"\"\"\"",
    b"[[",
    b"]]",
    b"= ",
    b"9999-99-99",
    b"-1",
    b"18446744073709551616",
    b"<<",
    b">>",
    b"endobj",
    b"stream\r\n",
    b"endstream",
    b"/Length 0",
    b"0 R",
    b"--",
    b"Content-Type: multipart/report; boundary=\"\"",
    b"=\xe2\x80\xae",
    b"\xf0\x9f\x92\x8c",
    b"((((((((",
];

/// The bytes with one to four changes: a byte, a piece put in, a part taken out, doubled or moved.
fn altered(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut out = bytes.to_vec();
    for _ in 0..=dice.below(4) {
        let at = dice.below(out.len() + 1);
        let most = 1 + dice.below(400);
        let to = (at + dice.below(most)).min(out.len());
        match dice.below(6) {
            0 if at < out.len() => out[at] ^= 1 << dice.below(8),
            1 => drop(out.splice(at..at, PIECES[dice.below(PIECES.len())].iter().copied())),
            2 => drop(out.drain(at..to)),
            3 => {
                let part = out[at..to].to_vec();
                drop(out.splice(at..at, part));
            }
            4 => {
                let part: Vec<u8> = out.drain(at..to).collect();
                let elsewhere = dice.below(out.len() + 1);
                drop(out.splice(elsewhere..elsewhere, part));
            }
            _ => {
                let end = dice.below(1 + out.len() / 8);
                out.truncate(out.len() - end);
            }
        }
    }
    out
}

fn files(folder: &str, ending: &str) -> Vec<Vec<u8>> {
    let mut paths: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|e| e == ending));
    paths.sort();
    paths.iter().map(|path| fs::read(path).unwrap()).collect()
}

#[test]
fn altered_incident_files_end_in_an_incident_or_findings() {
    let mut all = files("tests/hostile/incident", "toml");
    for sample in ["small-clinic", "lakeshore"] {
        all.push(fs::read(Path::new("samples").join(sample).join("incident.toml")).unwrap());
    }
    let mut dice = Dice(14);
    let (mut good, mut bad) = (0, 0);
    for _ in 0..if full() { 20_000 } else { 300 } {
        let bytes = altered(&all[dice.below(all.len())], &mut dice);
        match incident::from_text(&String::from_utf8_lossy(&bytes)) {
            Ok(_) => good += 1,
            Err(findings) => {
                assert!(!findings.is_empty());
                let text = render(&findings, true, false, 80);
                assert!(
                    !text.contains('\u{202e}') && !text.contains('\u{1b}'),
                    "steers the terminal"
                );
                bad += 1;
            }
        }
    }
    assert!(good > 3 && bad > 50, "{good} good, {bad} bad");
}

/// A delivery report as servers write them (RFC 3464).
const REPORT: &str = "From MAILER-DAEMON Fri Sep 11 12:00:00 2026\n\
From: MAILER-DAEMON@relay.example\nTo: notice@clinic.example\nSubject: Undelivered Mail\n\
MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status;\n boundary=\"b1\"\n\n\
--b1\nContent-Type: text/plain\n\nIt did not arrive.\n\n--b1\nContent-Type: message/delivery-status\n\n\
Reporting-MTA: dns; relay.example\n\nFinal-Recipient: rfc822; person1@inbox.example\nAction: failed\n\
Status: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 no such user\n\n--b1\nContent-Type: message/rfc822\n\n\
From: notice@clinic.example\nTo: person1@inbox.example\nMessage-ID: <NW-0001@clinic.example>\n\
Subject: A notice\n\nWords\n\n--b1--\n\n";

#[test]
fn altered_mail_ends_in_a_report_or_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("mail.mbox");
    let mut dice = Dice(3464);
    let mut found = 0_u32;
    for _ in 0..if full() { 20_000 } else { 300 } {
        let twice = REPORT.repeat(1 + dice.below(3));
        fs::write(&path, altered(twice.as_bytes(), &mut dice)).unwrap();
        // An error of reading is an answer too.
        let _ = returned_messages(&path, &mut |_, _, raw| {
            found += u32::from(read_returned(raw).kind == Kind::Told);
        });
    }
    assert!(found > 50, "{found} reports are still read");
}

#[test]
fn altered_letters_end_in_a_proof_or_faults() {
    let case = Case::sample("small-clinic");
    assert!(case.run(&["run", "{folder}"]).code <= 1);
    let batch = case.batch("out/letters", 1);
    let whole = fs::read(&batch).unwrap();
    let mut dice = Dice(17);
    let mut faulty = 0;
    let tries = if full() { 400 } else { 6 };
    for n in 0..tries {
        fs::write(&batch, altered(&whole, &mut dice)).unwrap();
        let said = case.run(&["verify", "{folder}", "--draft"]);
        assert!(
            matches!(said.code, 0..=4) && !said.stderr.contains("panicked"),
            "{n}: {}",
            said.stderr
        );
        faulty += u64::from(said.code != 0);
    }
    assert!(faulty * 2 > tries, "{faulty} of {tries} altered letters are noticed");
}
