//! The enrollment codes that people were dealt: `codes.csv` against the vendor's files.

use super::expected::has_code;
use super::fault::{Fault, Faults};
use super::piece::Piece;
use super::task::Task;
use crate::finding::Code;
use crate::roster::Person;
use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, BufRead, BufReader};
use std::path::Path;

/// Reads the codes as the spool is read: both are in one order.
pub struct DealtCodes<'a> {
    task: &'a Task<'a>,
    rows: Option<csv::StringRecordsIntoIter<File>>,
    /// The next row: piece, record, file, line, code.
    next: Option<[String; 5]>,
    pools: HashMap<String, PoolFile>,
    /// 8 bytes a code.
    seen: HashSet<u64>,
}

/// A vendor's file, read forward; whole once somebody has a code of an earlier line, as who was
/// written to before keeps theirs.
struct PoolFile {
    lines: BufReader<File>,
    at: u64,
    line: String,
    whole: Option<Vec<String>>,
}

impl<'a> DealtCodes<'a> {
    /// # Errors
    /// I/O.
    pub fn open(task: &'a Task<'a>) -> io::Result<Self> {
        let rows = match csv::Reader::from_path(task.letters.join("codes.csv")) {
            Ok(reader) => Some(reader.into_records()),
            Err(error) => match error.into_kind() {
                csv::ErrorKind::Io(error) if error.kind() == io::ErrorKind::NotFound => None,
                csv::ErrorKind::Io(error) => return Err(error),
                other => return Err(io::Error::other(format!("codes.csv: {other:?}"))),
            },
        };
        let mut codes =
            Self { task, rows, next: None, pools: HashMap::new(), seen: HashSet::new() };
        codes.step()?;
        Ok(codes)
    }

    fn step(&mut self) -> io::Result<()> {
        self.next = match self.rows.as_mut().and_then(Iterator::next) {
            None => None,
            Some(record) => {
                let record = record?;
                Some(std::array::from_fn(|i| record.get(i).unwrap_or_default().to_owned()))
            }
        };
        Ok(())
    }

    /// The code that a person's letter must print; empty for none. `pieces` are the person's
    /// letter and e-mail, of which codes.csv names one.
    ///
    /// # Errors
    /// I/O.
    pub fn deal(
        &mut self,
        person: &Person,
        pieces: [Piece; 2],
        faults: &mut Faults,
    ) -> io::Result<String> {
        let next = self.next.as_ref();
        let own = next.and_then(|n| Piece::read(&n[0])).is_some_and(|p| pieces.contains(&p));
        let code = if own {
            let Some([_, record, file, line, code]) = self.next.take() else {
                return Ok(String::new());
            };
            self.step()?;
            let line = line.parse().unwrap_or(0);
            let known = self.pool_has(&file, line, &code)?;
            if !known || record != person.record_id {
                let message = format!("codes.csv and line {line} of `{file}` do not agree");
                faults.push(at(person, code!("verify.code"), message));
            }
            code
        } else {
            person.activation_code.clone()
        };
        if has_code(person, self.task.incident) && !code.is_empty() {
            let mut hash = DefaultHasher::new();
            code.hash(&mut hash);
            let mailed = self.task.is_mailed(person, pieces[0]);
            if mailed && !self.seen.insert(hash.finish()) {
                faults.push(at(person, code!("verify.code"), "another person has the same code"));
            }
        }
        Ok(code)
    }

    /// Says what was left over.
    pub fn finish(&self, faults: &mut Faults) {
        if let Some([piece, ..]) = &self.next {
            let message = format!("codes.csv is not in the spool's order at `{piece}`");
            faults.push(Fault::new(code!("verify.code"), message));
        }
    }

    fn pool_has(&mut self, file: &str, line: u64, code: &str) -> io::Result<bool> {
        if !self.pools.contains_key(file) {
            let inside =
                Path::new(file).components().all(|c| matches!(c, std::path::Component::Normal(_)));
            if !inside {
                return Ok(false);
            }
            let lines = match File::open(self.task.folder.join(file)) {
                Ok(file) => BufReader::new(file),
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
                Err(error) => return Err(error),
            };
            self.pools.insert(
                file.to_owned(),
                PoolFile { lines, at: 0, line: String::new(), whole: None },
            );
        }
        let Some(pool) = self.pools.get_mut(file) else { return Ok(false) };
        if line < pool.at && pool.whole.is_none() {
            let text = std::fs::read_to_string(self.task.folder.join(file))?;
            pool.whole = Some(text.lines().map(str::to_owned).collect());
        }
        if let Some(lines) = &pool.whole {
            let at = usize::try_from(line).ok().and_then(|line| line.checked_sub(1));
            let found = at.and_then(|at| lines.get(at)).map_or("", String::as_str);
            return Ok(has_cell(found, code));
        }
        while pool.at < line {
            pool.line.clear();
            if pool.lines.read_line(&mut pool.line)? == 0 {
                return Ok(false);
            }
            pool.at += 1;
        }
        Ok(pool.at == line && has_cell(&pool.line, code))
    }
}

fn has_cell(line: &str, code: &str) -> bool {
    line.split(',').map(|cell| cell.trim().trim_matches('"')).any(|cell| cell == code)
}

fn at(person: &Person, code: Code, message: impl Into<String>) -> Fault {
    Fault { roster_row: Some(person.row), ..Fault::new(code, message) }
}
