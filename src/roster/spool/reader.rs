//! Reads a spool, one person after the other, and proves on the way that nobody altered it.

use super::SpoolInfo;
use super::line::{HEADER, ROW_HEADER, decode};
use super::proof::Proof;
use crate::folder::IncidentFolder;
use crate::incident::Incident;
use crate::roster::Person;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

/// Why a spool cannot be used; the way out is always `check`.
#[derive(Debug, thiserror::Error)]
pub enum SpoolError {
    /// There is no spool for the wave yet.
    #[error("there is no spool for wave `{0}`; run `noticeworks check`")]
    Missing(String),
    /// The spool was made for other covered entities, strands or data elements.
    #[error("the incident's {0} changed after the spool was made; run `noticeworks check`")]
    OtherIncident(&'static str),
    /// The file is not what `check` wrote.
    #[error("the spool `{0}` was altered after it was made; run `noticeworks check`")]
    Altered(PathBuf),
    #[error("cannot read `{path}`")]
    Io { path: PathBuf, source: io::Error },
}

/// One wave's people.
#[derive(Clone)]
pub struct Spool {
    info: SpoolInfo,
}

impl Spool {
    /// Opens the spool of a wave in an incident folder.
    pub fn open(folder: &Path, wave: &str) -> Result<Self, SpoolError> {
        let files = IncidentFolder(folder).spool(wave);
        let (path, about) = (files.csv(), files.about());
        let text = match std::fs::read_to_string(&about) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(SpoolError::Missing(wave.to_owned()));
            }
            Err(source) => return Err(SpoolError::Io { path: about, source }),
        };
        let mut info: SpoolInfo =
            toml::from_str(&text).map_err(|_| SpoolError::Altered(about.clone()))?;
        info.path = path;
        Ok(Self { info })
    }

    /// What is known of the spool as a whole.
    pub fn info(&self) -> &SpoolInfo {
        &self.info
    }

    /// SHA-256 over the people, hex, as `check` recorded it; [`Spool::people`] proves it.
    pub fn digest(&self) -> &str {
        &self.info.digest
    }

    /// Whether the records' numbers still mean this incident's entities, strands and elements.
    pub fn fits(&self, incident: &Incident) -> Result<(), SpoolError> {
        fn same<'i>(ids: &[String], now: impl Iterator<Item = &'i String>) -> bool {
            ids.iter().eq(now)
        }
        if !same(&self.info.entities, incident.entities.iter().map(|e| &e.id)) {
            return Err(SpoolError::OtherIncident("covered entities"));
        }
        if !same(&self.info.strands, incident.strands.iter().map(|s| &s.id)) {
            return Err(SpoolError::OtherIncident("strands"));
        }
        if !same(&self.info.elements, incident.elements.iter().map(|e| &e.id)) {
            return Err(SpoolError::OtherIncident("data elements"));
        }
        Ok(())
    }

    /// Everybody, in the spool's order. The last item is an error if the people read are not
    /// those of the digests.
    pub fn people(&self) -> Result<People, SpoolError> {
        let io = |source| SpoolError::Io { path: self.info.path.clone(), source };
        let file = File::open(&self.info.path).map_err(io)?;
        let mut input = BufReader::with_capacity(1 << 20, file);
        let mut line = String::new();
        input.read_line(&mut line).map_err(io)?;
        if line.trim_end() != format!("{HEADER}{ROW_HEADER}") {
            return Err(SpoolError::Altered(self.info.path.clone()));
        }
        Ok(People {
            input,
            line,
            proof: Some(Proof::new()),
            expected: self.expected(),
            path: self.info.path.clone(),
            next: (HEADER.len() + ROW_HEADER.len() + 1) as u64,
            last: 0,
        })
    }

    /// The same people as whole lines, for several threads to read.
    pub(super) fn lines(&self) -> Result<Lines, SpoolError> {
        let People { input, proof, expected, path, .. } = self.people()?;
        Ok(Lines { input, rest: Vec::new(), proof, expected, path })
    }

    /// The person whose line begins at a byte, as [`People::offset`] gave it; none if no line
    /// that can be read begins there.
    pub fn at(&self, offset: u64) -> Result<Option<Person>, SpoolError> {
        let io = |source| SpoolError::Io { path: self.info.path.clone(), source };
        let mut file = File::open(&self.info.path).map_err(io)?;
        file.seek(SeekFrom::Start(offset)).map_err(io)?;
        let mut line = Vec::new();
        BufReader::new(file).read_until(b'\n', &mut line).map_err(io)?;
        let line = String::from_utf8_lossy(&line);
        Ok(line.strip_suffix('\n').and_then(whole_line))
    }

    /// What a proof of the whole spool must tell.
    fn expected(&self) -> (String, String, u64) {
        (self.info.digest.clone(), self.info.places.clone(), self.info.rows)
    }

    /// Reads everything once and proves the digests.
    pub fn verify(&self) -> Result<(), SpoolError> {
        self.people()?.try_for_each(|person| person.map(drop))
    }
}

/// The people of a spool, streaming.
pub struct People {
    input: BufReader<File>,
    line: String,
    /// None when the end was reached or an error was given.
    proof: Option<Proof>,
    expected: (String, String, u64),
    path: PathBuf,
    /// Where the next line begins, and the one just read.
    next: u64,
    last: u64,
}

impl People {
    /// Where the line of the person just read begins, in bytes.
    pub fn offset(&self) -> u64 {
        self.last
    }
}

impl Iterator for People {
    type Item = Result<Person, SpoolError>;

    fn next(&mut self) -> Option<Self::Item> {
        let proof = self.proof.as_mut()?;
        self.line.clear();
        match self.input.read_line(&mut self.line) {
            Ok(0) => {
                return (self.proof.take()?.told() != self.expected)
                    .then(|| Err(SpoolError::Altered(self.path.clone())));
            }
            Ok(n) => {
                self.last = self.next;
                self.next += n as u64;
            }
            Err(source) => {
                self.proof = None;
                return Some(Err(SpoolError::Io { path: self.path.clone(), source }));
            }
        }
        let line = self.line.strip_suffix('\n');
        let person = line.and_then(|line| proof.line(line).and_then(|()| whole_line(line)));
        if person.is_none() {
            self.proof = None;
        }
        Some(person.ok_or_else(|| SpoolError::Altered(self.path.clone())))
    }
}

/// A spool's lines, many at once.
pub(super) struct Lines {
    input: BufReader<File>,
    /// The beginning of a line whose end was not read yet.
    rest: Vec<u8>,
    /// None when the end was reached.
    proof: Option<Proof>,
    expected: (String, String, u64),
    path: PathBuf,
}

/// Bytes of lines that go from thread to thread at once.
const BLOCK: u64 = 1 << 18;

impl Lines {
    /// The next lines; none at the end, which is an error if the lines are not those of the
    /// digest.
    pub fn next(&mut self) -> Result<Option<String>, SpoolError> {
        let Some(proof) = self.proof.as_mut() else { return Ok(None) };
        let io = |source| SpoolError::Io { path: self.path.clone(), source };
        let altered = || SpoolError::Altered(self.path.clone());
        let mut bytes = std::mem::take(&mut self.rest);
        (&mut self.input).take(BLOCK).read_to_end(&mut bytes).map_err(io)?;
        if bytes.is_empty() {
            let told = self.proof.take().map(Proof::told);
            return if told.as_ref() == Some(&self.expected) { Ok(None) } else { Err(altered()) };
        }
        match bytes.iter().rposition(|byte| *byte == b'\n') {
            Some(end) => self.rest = bytes.split_off(end + 1),
            // A line longer than a block: its end is still to come.
            None => {
                self.input.read_until(b'\n', &mut bytes).map_err(io)?;
                if !bytes.ends_with(b"\n") {
                    return Err(altered());
                }
            }
        }
        let text = String::from_utf8(bytes).map_err(|_| altered())?;
        for line in text.lines() {
            proof.line(line).ok_or_else(altered)?;
        }
        Ok(Some(text))
    }
}

/// A person of a line with its row numbers and without its line break.
pub fn whole_line(line: &str) -> Option<Person> {
    let (rest, merged_into) = line.rsplit_once(',')?;
    let (person, row) = rest.rsplit_once(',')?;
    let merged_into = match merged_into {
        "" => None,
        other => Some(other.parse().ok()?),
    };
    decode(person, row.parse().ok()?, merged_into)
}
