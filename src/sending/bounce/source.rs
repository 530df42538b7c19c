//! Where mail that came back lies: one file, an mbox, a Maildir, a folder of any of them.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Hands every message of a file or a folder to `each`, with its file and its number there (from
/// 1). Folders are read in order of names, with those inside them; hidden files, and what a Maildir
/// is still writing (`tmp`), are left out.
///
/// # Errors
/// Any I/O error.
pub fn messages(path: &Path, each: &mut dyn FnMut(&Path, u64, &[u8])) -> io::Result<()> {
    if !path.is_dir() {
        return file(path, path, each);
    }
    let mut inside: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(path)? {
        inside.push(entry?.path());
    }
    inside.sort();
    let maildir = ["new", "cur"].iter().all(|name| path.join(name).is_dir());
    for entry in inside {
        let name = entry.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.starts_with('.') || (maildir && name == "tmp") {
            continue;
        }
        match entry.is_dir() {
            true => messages(&entry, each)?,
            false => file(&entry, path, each)?,
        }
    }
    Ok(())
}

fn file(path: &Path, folder: &Path, each: &mut dyn FnMut(&Path, u64, &[u8])) -> io::Result<()> {
    let raw = unified(fs::read(path)?);
    // A Maildir and a mail program's export keep one message a file, whatever its first line.
    let one = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("eml"))
        || folder.file_name().is_some_and(|name| name == "new" || name == "cur");
    if one || !raw.starts_with(b"From ") {
        if raw.iter().any(|b| !b.is_ascii_whitespace()) {
            each(path, 1, &raw);
        }
        return Ok(());
    }
    for (number, message) in (1..).zip(parted(&raw)) {
        each(path, number, message);
    }
    Ok(())
}

/// Lines that end in CR alone end in LF.
fn unified(mut raw: Vec<u8>) -> Vec<u8> {
    if !raw.contains(&b'\n') {
        for byte in raw.iter_mut().filter(|b| **b == b'\r') {
            *byte = b'\n';
        }
    }
    raw
}

/// The messages of an mbox: each begins with `From `, an address and a day, after an empty line.
fn parted(raw: &[u8]) -> Vec<&[u8]> {
    let mut starts = Vec::new();
    let (mut at, mut after_empty) = (0, true);
    for line in raw.split_inclusive(|b| *b == b'\n') {
        if after_empty && is_separator(line) {
            starts.push(at);
        }
        after_empty = line.trim_ascii().is_empty();
        at += line.len();
    }
    if starts.first() != Some(&0) {
        starts.insert(0, 0);
    }
    let ends = starts.iter().skip(1).copied().chain([raw.len()]);
    starts.iter().zip(ends).map(|(&start, end)| &raw[start..end]).collect()
}

/// `From sender@host Thu Oct  4 08:00:09 2025`: a time with colons, and a year.
fn is_separator(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else { return false };
    let rest = String::from_utf8_lossy(rest);
    let words: Vec<&str> = rest.split_whitespace().collect();
    let time = words.iter().any(|w| w.len() >= 4 && w.matches(':').count() >= 1);
    let year = |w: &&str| w.len() == 4 && w.bytes().all(|b| b.is_ascii_digit());
    time && words.iter().any(year)
}

/// A message without the line that parts an mbox.
pub fn without_separator(raw: &[u8]) -> &[u8] {
    match raw.starts_with(b"From ") {
        true => raw.iter().position(|b| *b == b'\n').map_or(raw, |end| &raw[end + 1..]),
        false => raw,
    }
}
