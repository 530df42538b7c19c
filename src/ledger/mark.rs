//! What a machine remembers of a ledger, outside the incident's folder.

use crate::clock;
use crate::files;
use std::io;
use std::path::{Path, PathBuf};

/// How far a ledger had got when a command last held the right to send.
pub(super) struct Mark {
    pub generation: u64,
    /// The last event, 0 before any.
    pub event: u64,
    pub hash: String,
    /// The clock at that time; none where the system does not tell how long it has run.
    pub clock: Option<StartedAt>,
}

/// When this machine was started, by its clock: the same at any time until the next start, unless
/// the clock is set.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct StartedAt {
    boot: String,
    /// Seconds since 1970.
    at: i64,
}

impl StartedAt {
    /// Begins its word in a mark, which may lack the hash before it.
    const WORD: &'static str = "started:";

    pub fn now() -> Option<Self> {
        let (boot, seconds) = files::system::running()?;
        Some(Self { boot, at: clock::now().as_second() - seconds })
    }

    /// By how many seconds the clock was put ahead since then; none after a new start.
    pub fn ahead(&self, then: &Self) -> Option<i64> {
        (self.boot == then.boot).then_some(self.at - then.at)
    }

    fn read(word: &str) -> Option<Self> {
        let (boot, at) = word.strip_prefix(Self::WORD)?.split_once(':')?;
        Some(Self { boot: boot.to_owned(), at: at.parse().ok()? })
    }

    fn word(&self) -> String {
        format!(" {}{}:{}", Self::WORD, self.boot, self.at)
    }
}

impl Mark {
    pub fn path(marks: &Path, ledger: &str) -> PathBuf {
        marks.join(format!("{ledger}.mark"))
    }

    /// None if there is no mark.
    pub fn read(path: &Path) -> io::Result<Option<Self>> {
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let mut words = text.split_whitespace();
        let mut number = || words.next().and_then(|word| word.parse().ok());
        let (Some(generation), Some(event)) = (number(), number()) else {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "the mark is damaged"));
        };
        let (clock, hash): (Vec<_>, Vec<_>) = words.partition(|w| w.starts_with(StartedAt::WORD));
        let hash = hash.first().copied().unwrap_or_default().to_owned();
        let clock = clock.first().and_then(|word| StartedAt::read(word));
        Ok(Some(Self { generation, event, hash, clock }))
    }

    pub fn write(&self, path: &Path) -> io::Result<()> {
        if let Some(folder) = path.parent() {
            files::make_dir(folder)?;
        }
        let Self { generation, event, hash, clock } = self;
        let clock = clock.as_ref().map_or(String::new(), StartedAt::word);
        files::write(path, format!("{generation} {event} {hash}{clock}\n").as_bytes())
    }
}

/// Which ledger a wave was approved under, and in which folder: kept by incident and wave, so that
/// a ledger that was deleted, or made anew in another folder, is known not to be it.
pub(super) struct WaveMark {
    pub ledger: String,
    pub path: String,
}

impl WaveMark {
    fn path(marks: &Path, wave: &str) -> PathBuf {
        marks.join(format!("{wave}.wave"))
    }

    /// None if there is no mark.
    pub fn read(marks: &Path, wave: &str) -> io::Result<Option<Self>> {
        let text = match std::fs::read_to_string(Self::path(marks, wave)) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let Some((ledger, path)) = text.trim_end_matches('\n').split_once(' ') else {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "the mark is damaged"));
        };
        Ok(Some(Self { ledger: ledger.to_owned(), path: path.to_owned() }))
    }

    pub fn write(&self, marks: &Path, wave: &str) -> io::Result<()> {
        files::make_dir(marks)?;
        files::write(
            &Self::path(marks, wave),
            format!("{} {}\n", self.ledger, self.path).as_bytes(),
        )
    }
}

/// Adds the pieces that are about to be sent to what is remembered of a wave under a ledger.
pub(super) fn add_sent(
    marks: &Path,
    wave: &str,
    ledger: &str,
    pieces: &[String],
) -> io::Result<()> {
    files::make_dir(marks)?;
    let path = marks.join(format!("{wave}.{ledger}.sent"));
    let mut known = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(error),
    };
    for piece in pieces {
        known.push_str(piece);
        known.push('\n');
    }
    files::write(&path, known.as_bytes())
}

/// The pieces of a wave that this ledger sent or was about to send.
pub(super) fn sent_here(marks: &Path, wave: &str, ledger: &str) -> io::Result<Vec<String>> {
    match std::fs::read_to_string(marks.join(format!("{wave}.{ledger}.sent"))) {
        Ok(text) => Ok(text.lines().map(str::to_owned).collect()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

/// The pieces of a wave that other ledgers than this one may have sent.
pub(super) fn sent_elsewhere(marks: &Path, wave: &str, ledger: &str) -> io::Result<Vec<String>> {
    let mut pieces = Vec::new();
    let folder = match std::fs::read_dir(marks) {
        Ok(folder) => folder,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(pieces),
        Err(error) => return Err(error),
    };
    for entry in folder {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let of = name.strip_prefix(wave).and_then(|rest| rest.strip_prefix('.'));
        let Some(by) = of.and_then(|rest| rest.strip_suffix(".sent")) else { continue };
        if by != ledger {
            pieces.extend(std::fs::read_to_string(entry.path())?.lines().map(str::to_owned));
        }
    }
    Ok(pieces)
}
