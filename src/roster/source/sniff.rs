//! What a roster file really is: workbook or text, in which encoding; and its digest.

use super::pages::Pages;
use crate::finding::{Finding, Severity};
use sha2::{Digest, Sha256};
use std::io::Read;
use std::path::Path;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    Utf16Le,
    Utf16Be,
    Windows1252,
    /// Code page 850 of DOS programs.
    Cp850,
    MacRoman,
    /// UTF-8 with some bytes that are not; the rows concerned are held.
    Utf8Broken,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text(Encoding),
    /// A workbook of any kind that spreadsheets write.
    Workbook,
}

pub struct Sniffed {
    pub kind: Kind,
    /// SHA-256 of the file, hex.
    pub digest: String,
}

/// Reads the whole file once.
pub fn sniff(path: &Path, file: &str) -> std::io::Result<Result<Sniffed, Box<Finding>>> {
    let mut input = std::fs::File::open(path)?;
    let mut buffer = vec![0; 1 << 20];
    let mut hash = Sha256::new();
    let mut scan = Utf8Scan::default();
    let mut pages = Pages::default();
    let mut head = Vec::new();
    let mut bytes = 0;
    loop {
        let n = input.read(&mut buffer)?;
        if n == 0 {
            break;
        }
        hash.update(&buffer[..n]);
        scan.feed(&buffer[..n]);
        pages.feed(&buffer[..n]);
        if head.len() < 4096 {
            head.extend_from_slice(&buffer[..n.min(4096)]);
        }
        bytes += n as u64;
    }
    scan.finish();
    let refuse = |code, message: &str, remedy: &str| {
        Ok(Err(Box::new(
            Finding::new(code, Severity::Error, message)
                .at(crate::finding::Place::file(file))
                .remedy(remedy),
        )))
    };
    if bytes == 0 {
        return refuse(code!("file.empty"), "the roster is empty", "export the roster again");
    }
    let csv = "export the roster as CSV UTF-8 or XLSX";
    let old = head.starts_with(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
    let kind = if head.starts_with(b"PK\x03\x04") || old {
        Kind::Workbook
    } else if head.starts_with(b"%PDF") {
        return refuse(
            code!("file.not_a_roster"),
            "the roster is a PDF file, whatever its name",
            csv,
        );
    } else if head.starts_with(&[0x1f, 0x8b])
        || head.starts_with(b"7z\xbc\xaf")
        || head.starts_with(b"Rar!")
        || head.starts_with(b"BZh")
        || head.starts_with(&[0x28, 0xb5, 0x2f, 0xfd])
    {
        return refuse(
            code!("file.not_a_roster"),
            "the roster is a compressed archive",
            "unpack it first",
        );
    } else if looks_like_markup(&head) {
        return refuse(code!("file.not_a_roster"), "the roster is a web page, XML or JSON", csv);
    } else if head.starts_with(&[0x89, b'P', b'N', b'G']) || head.starts_with(b"SQLite format 3") {
        return refuse(code!("file.not_a_roster"), "the roster is no table of text", csv);
    } else if is_utf32(&head) {
        return refuse(
            code!("file.utf_32"),
            "the roster is in UTF-32, which spreadsheets neither read nor write",
            csv,
        );
    } else if head.starts_with(&[0xff, 0xfe]) {
        Kind::Text(Encoding::Utf16Le)
    } else if head.starts_with(&[0xfe, 0xff]) {
        Kind::Text(Encoding::Utf16Be)
    } else if let Some(encoding) = utf16_without_mark(&head) {
        Kind::Text(encoding)
    } else if scan.broken == 0 {
        Kind::Text(Encoding::Utf8)
    } else if scan.multibyte == 0 || scan.multibyte * 20 < scan.broken {
        Kind::Text(pages.likeliest())
    } else {
        Kind::Text(Encoding::Utf8Broken)
    };
    Ok(Ok(Sniffed { kind, digest: crate::files::hex(&hash.finalize()) }))
}

fn looks_like_markup(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let start: Vec<u8> =
        head.iter().copied().skip_while(u8::is_ascii_whitespace).take(16).collect();
    let start = start.to_ascii_lowercase();
    [&b"<!doctype"[..], b"<html", b"<?xml", b"<table", b"<meta", b"{\"", b"[{", b"{\n"]
        .iter()
        .any(|sign| start.starts_with(sign))
}

/// UTF-32 with its mark, or with three of four bytes NUL.
fn is_utf32(head: &[u8]) -> bool {
    let marked = head.starts_with(&[0xff, 0xfe, 0, 0]) || head.starts_with(&[0, 0, 0xfe, 0xff]);
    let head = &head[..head.len().min(512)];
    let nuls = |at: usize| head.iter().skip(at).step_by(4).all(|byte| *byte == 0);
    let lone = |at: usize| head.iter().skip(at).step_by(4).all(|byte| *byte != 0);
    let plain = head.len() >= 16
        && ((lone(0) && nuls(1) && nuls(2) && nuls(3))
            || (nuls(0) && nuls(1) && nuls(2) && lone(3)));
    marked || plain
}

/// UTF-16 without its mark: every other byte of the head is NUL.
fn utf16_without_mark(head: &[u8]) -> Option<Encoding> {
    let head = &head[..head.len().min(512)];
    let nuls = |from: usize| head.iter().skip(from).step_by(2).filter(|b| **b == 0).count();
    let half = head.len() / 2;
    if half < 4 {
        return None;
    }
    let (even, odd) = (nuls(0), nuls(1));
    if odd * 10 > half * 8 && even * 10 < half {
        Some(Encoding::Utf16Le)
    } else if even * 10 > half * 8 && odd * 10 < half {
        Some(Encoding::Utf16Be)
    } else {
        None
    }
}

/// Counts well-formed multi-byte characters and broken bytes over chunks.
#[derive(Default)]
struct Utf8Scan {
    carry: Vec<u8>,
    multibyte: u64,
    broken: u64,
}

impl Utf8Scan {
    fn feed(&mut self, chunk: &[u8]) {
        if self.carry.is_empty() {
            self.scan(chunk);
        } else {
            let mut joined = std::mem::take(&mut self.carry);
            // A character has at most four bytes: finish the one that was cut, then go on.
            let cut = chunk.len().min(4);
            joined.extend_from_slice(&chunk[..cut]);
            self.scan(&joined);
            if cut < chunk.len() {
                let mut rest = std::mem::take(&mut self.carry);
                if rest.is_empty() {
                    self.scan(&chunk[cut..]);
                } else {
                    rest.extend_from_slice(&chunk[cut..]);
                    self.scan(&rest);
                }
            }
        }
    }

    fn scan(&mut self, mut bytes: &[u8]) {
        loop {
            match std::str::from_utf8(bytes) {
                Ok(text) => {
                    self.count(text);
                    return;
                }
                Err(error) => {
                    let (good, rest) = bytes.split_at(error.valid_up_to());
                    self.count(std::str::from_utf8(good).unwrap_or_default());
                    match error.error_len() {
                        None => {
                            self.carry = rest.to_vec();
                            return;
                        }
                        Some(length) => {
                            self.broken += 1;
                            bytes = &rest[length..];
                        }
                    }
                }
            }
        }
    }

    fn count(&mut self, text: &str) {
        if !text.is_ascii() {
            self.multibyte +=
                text.chars().filter(|c| !c.is_ascii() && *c != '\u{feff}').count() as u64;
        }
    }

    fn finish(&mut self) {
        self.broken += u64::from(!self.carry.is_empty());
    }
}
