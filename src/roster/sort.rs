//! Sorting more people than fit into memory: runs are sorted in memory, written beside the
//! spool for its owner only, and merged.

use super::private;
use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, Write};
use std::path::PathBuf;

/// One person on the way to their place.
#[derive(Default, Clone)]
pub struct Record {
    pub key: Vec<u8>,
    /// Bytes of the key that a household shares.
    pub household: u32,
    /// The spool's line without its row number.
    pub line: Vec<u8>,
    pub row: u64,
    /// The row that a spreadsheet shows.
    pub at: u64,
}

/// People as one worker hands them over: keys and lines in one buffer.
#[derive(Default)]
pub struct Batch {
    bytes: Vec<u8>,
    entries: Vec<Entry>,
}

#[derive(Clone, Copy)]
struct Entry {
    /// The key's first bytes, so that most comparisons touch nothing else.
    prefix: u64,
    start: usize,
    key: u32,
    line: u32,
    household: u32,
    row: u64,
    at: u64,
}

impl Batch {
    /// The buffer; push a key, then a line, then call [`Batch::end`].
    pub fn buffer(&mut self) -> &mut Vec<u8> {
        &mut self.bytes
    }

    /// Records what was pushed since `start`, the key up to `key_end`.
    pub fn end(&mut self, start: usize, key_end: usize, household: usize, row: u64, at: u64) {
        let key = &self.bytes[start..key_end];
        let mut prefix = [0; 8];
        let n = key.len().min(8);
        prefix[..n].copy_from_slice(&key[..n]);
        self.entries.push(Entry {
            prefix: u64::from_be_bytes(prefix),
            start,
            key: key.len() as u32,
            line: (self.bytes.len() - key_end) as u32,
            household: household as u32,
            row,
            at,
        });
    }

    fn append(&mut self, other: &Batch) {
        let shift = self.bytes.len();
        self.bytes.extend_from_slice(&other.bytes);
        let moved = other.entries.iter().map(|e| Entry { start: e.start + shift, ..*e });
        self.entries.extend(moved);
    }

    fn key(&self, entry: &Entry) -> &[u8] {
        &self.bytes[entry.start..entry.start + entry.key as usize]
    }

    fn line(&self, entry: &Entry) -> &[u8] {
        let start = entry.start + entry.key as usize;
        &self.bytes[start..start + entry.line as usize]
    }

    fn sort(&mut self) {
        let mut entries = std::mem::take(&mut self.entries);
        entries.sort_unstable_by(|a, b| {
            a.prefix
                .cmp(&b.prefix)
                .then_with(|| self.key(a).cmp(self.key(b)))
                .then_with(|| self.line(a).cmp(self.line(b)))
                .then(a.row.cmp(&b.row))
        });
        self.entries = entries;
    }
}

/// Takes people in any order, gives them back sorted.
pub struct Sorter {
    folder: PathBuf,
    limit: usize,
    run: Batch,
    files: Vec<File>,
}

impl Sorter {
    /// Runs are written to `folder` when they pass `limit` bytes; it is removed in the end.
    pub fn new(folder: PathBuf, limit: usize) -> Self {
        let _ = std::fs::remove_dir_all(&folder);
        Self { folder, limit, run: Batch::default(), files: Vec::new() }
    }

    pub fn add(&mut self, batch: &Batch) -> io::Result<()> {
        if self.run.bytes.len() + batch.bytes.len() > self.limit && !self.run.entries.is_empty() {
            self.spill()?;
        }
        self.run.append(batch);
        Ok(())
    }

    fn spill(&mut self) -> io::Result<()> {
        self.run.sort();
        private::folder(&self.folder)?;
        let path = self.folder.join(format!("run-{}", self.files.len()));
        let mut out = BufWriter::with_capacity(1 << 20, private::file(&path)?);
        // Without a name it is gone with this process, even one that is killed.
        let _ = std::fs::remove_file(&path);
        for entry in &self.run.entries {
            for number in [entry.key, entry.line, entry.household] {
                out.write_all(&number.to_le_bytes())?;
            }
            out.write_all(&entry.row.to_le_bytes())?;
            out.write_all(&entry.at.to_le_bytes())?;
            out.write_all(self.run.key(entry))?;
            out.write_all(self.run.line(entry))?;
        }
        let mut file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.rewind()?;
        self.files.push(file);
        self.run.bytes.clear();
        self.run.entries.clear();
        Ok(())
    }

    /// Everybody in order.
    pub fn sorted(mut self) -> io::Result<Sorted> {
        if self.files.is_empty() {
            self.run.sort();
            let run = std::mem::take(&mut self.run);
            return Ok(Sorted { memory: run, next: 0, heads: BinaryHeap::new(), _sorter: self });
        }
        if !self.run.entries.is_empty() {
            self.spill()?;
        }
        self.run = Batch::default();
        let mut heads = BinaryHeap::new();
        for file in std::mem::take(&mut self.files) {
            let mut head = Head { record: Record::default(), input: Run::of(file) };
            if head.input.read(&mut head.record)? {
                heads.push(head);
            }
        }
        Ok(Sorted { memory: Batch::default(), next: 0, heads, _sorter: self })
    }
}

impl Drop for Sorter {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// People in order.
pub struct Sorted {
    memory: Batch,
    next: usize,
    heads: BinaryHeap<Head>,
    /// Removes the runs when done.
    _sorter: Sorter,
}

impl Sorted {
    /// The next person into `record`; false when there are none left.
    pub fn next(&mut self, record: &mut Record) -> io::Result<bool> {
        if let Some(entry) = self.memory.entries.get(self.next) {
            self.next += 1;
            record.key.clear();
            record.key.extend_from_slice(self.memory.key(entry));
            record.line.clear();
            record.line.extend_from_slice(self.memory.line(entry));
            (record.household, record.row, record.at) = (entry.household, entry.row, entry.at);
            return Ok(true);
        }
        let Some(mut head) = self.heads.peek_mut() else { return Ok(false) };
        std::mem::swap(&mut head.record, record);
        let Head { record, input } = &mut *head;
        if !input.read(record)? {
            std::collections::binary_heap::PeekMut::pop(head);
        }
        Ok(true)
    }
}

/// The next person of one run; the heap's greatest is the first in order.
struct Head {
    record: Record,
    input: Run,
}

impl Ord for Head {
    fn cmp(&self, other: &Self) -> Ordering {
        let (a, b) = (&self.record, &other.record);
        b.key.cmp(&a.key).then_with(|| b.line.cmp(&a.line)).then(b.row.cmp(&a.row))
    }
}

impl PartialOrd for Head {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Head {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Head {}

struct Run(BufReader<File>);

impl Run {
    fn of(file: File) -> Self {
        Self(BufReader::with_capacity(1 << 18, file))
    }

    fn read(&mut self, record: &mut Record) -> io::Result<bool> {
        use std::io::BufRead;
        if self.0.fill_buf()?.is_empty() {
            return Ok(false);
        }
        let mut head = [0; 28];
        self.0.read_exact(&mut head)?;
        let small = |at: usize| u32::from_le_bytes([0, 1, 2, 3].map(|i| head[at + i]));
        let large = |at: usize| u64::from_le_bytes([0, 1, 2, 3, 4, 5, 6, 7].map(|i| head[at + i]));
        record.key.resize(small(0) as usize, 0);
        record.line.resize(small(4) as usize, 0);
        record.household = small(8);
        record.row = large(12);
        record.at = large(20);
        self.0.read_exact(&mut record.key)?;
        self.0.read_exact(&mut record.line)?;
        Ok(true)
    }
}
