//! The manifest's row of a piece, found without reading the manifest through.

use crate::folder::LetterFiles;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Seek, SeekFrom};
use std::path::Path;

/// The manifest's cells of a piece, found by halving: batches stand in order.
pub fn manifest_line(path: &Path, batch: u32, piece: &str) -> io::Result<Option<Vec<String>>> {
    let file = match File::open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        other => other?,
    };
    let (mut from, mut to) = (0, file.metadata()?.len());
    let mut input = BufReader::new(file);
    let mut line = String::new();
    // The last place from which a whole line read is still of an earlier batch.
    while to - from > 1 << 16 {
        let middle = from + (to - from) / 2;
        input.seek(SeekFrom::Start(middle))?;
        line.clear();
        input.read_line(&mut line)?;
        line.clear();
        input.read_line(&mut line)?;
        match batch_of(&line) {
            Some(found) if found < batch => from = middle,
            _ => to = middle,
        }
    }
    input.seek(SeekFrom::Start(from))?;
    loop {
        line.clear();
        if input.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        if line.starts_with(piece) {
            let mut csv = csv::ReaderBuilder::new().has_headers(false).from_reader(line.as_bytes());
            let record = csv.records().next().transpose()?;
            return Ok(record.map(|cells| cells.iter().map(str::to_owned).collect()));
        }
        if batch_of(&line).is_some_and(|found| found > batch) {
            return Ok(None);
        }
    }
}

fn batch_of(line: &str) -> Option<u32> {
    let mut csv =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(line.as_bytes());
    let record = csv.records().next()?.ok()?;
    LetterFiles::number(record.get(2)?)
}
