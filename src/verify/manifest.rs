//! `manifest.csv`, the mail run data file, as a mail house reads it.

use super::piece::Piece;
use std::fs::File;
use std::io::{self, BufReader, Seek, SeekFrom};
use std::path::{Path, PathBuf};

/// Columns before the lines of the window.
const COLUMNS: [&str; 6] = ["piece_id", "record_id", "batch", "first_page", "pages", "version"];

/// One row.
pub struct ManifestRow {
    /// 1-based, the header not counted.
    pub number: u64,
    pub piece: String,
    pub record_id: String,
    pub first_page: u32,
    pub pages: u32,
    pub version: String,
    /// The lines of the window, empty ones left out.
    pub lines: Vec<String>,
}

/// Rows of one batch: where they stand in the file and which they are.
#[derive(Clone)]
pub struct Span {
    pub batch: String,
    at: u64,
    pub first_row: u64,
    pub rows: u64,
}

/// What is known of the manifest as a whole: 16 bytes a row, sorted by piece.
pub struct Manifest {
    path: PathBuf,
    pub spans: Vec<Span>,
    pieces: Vec<(Piece, u32)>,
    /// Rows that do not name a piece, and pieces named twice.
    pub unreadable: Vec<u64>,
    pub twice: Vec<u64>,
}

impl Manifest {
    /// # Errors
    /// I/O, or a file whose columns are others.
    pub fn read(path: &Path) -> io::Result<Self> {
        let mut reader =
            csv::Reader::from_reader(BufReader::with_capacity(1 << 18, File::open(path)?));
        let header = reader.byte_headers()?;
        if !COLUMNS.iter().enumerate().all(|(i, c)| header.get(i) == Some(c.as_bytes())) {
            let message = "the columns of the manifest are not those of a mail run";
            return Err(io::Error::new(io::ErrorKind::InvalidData, message));
        }
        let mut manifest = Self {
            path: path.to_owned(),
            spans: Vec::new(),
            pieces: Vec::new(),
            unreadable: Vec::new(),
            twice: Vec::new(),
        };
        let mut record = csv::ByteRecord::new();
        let mut number = 0;
        loop {
            let at = reader.position().byte();
            if !reader.read_byte_record(&mut record)? {
                break;
            }
            number += 1;
            let text =
                |i: usize| std::str::from_utf8(record.get(i).unwrap_or_default()).unwrap_or("");
            match Piece::read(text(0)) {
                Some(piece) => manifest.pieces.push((piece, number as u32)),
                None => manifest.unreadable.push(number),
            }
            let batch = text(2);
            match manifest.spans.last_mut() {
                Some(span) if span.batch == batch => span.rows += 1,
                _ => manifest.spans.push(Span {
                    batch: batch.to_owned(),
                    at,
                    first_row: number,
                    rows: 1,
                }),
            }
        }
        manifest.pieces.sort_unstable();
        let doubles = manifest.pieces.windows(2).filter(|pair| pair[0].0 == pair[1].0);
        manifest.twice = doubles.map(|pair| u64::from(pair[1].1)).collect();
        Ok(manifest)
    }

    /// The first row of a piece.
    pub fn row_of(&self, piece: Piece) -> Option<u64> {
        let at = self.pieces.partition_point(|(known, _)| *known < piece);
        self.pieces.get(at).filter(|(known, _)| *known == piece).map(|(_, row)| u64::from(*row))
    }

    /// Which span a row is in.
    pub fn span_of(&self, row: u64) -> usize {
        self.spans.partition_point(|span| span.first_row <= row).saturating_sub(1)
    }

    /// The rows of one batch.
    ///
    /// # Errors
    /// I/O, or a row that is not text.
    pub fn rows(&self, span: &Span) -> io::Result<Vec<ManifestRow>> {
        let mut file = File::open(&self.path)?;
        file.seek(SeekFrom::Start(span.at))?;
        let reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(BufReader::new(file));
        let records = reader.into_records().take(span.rows as usize);
        let rows = records.zip(span.first_row..).map(|(record, number)| {
            let record = record?;
            let text = |i: usize| record.get(i).unwrap_or_default();
            Ok(ManifestRow {
                number,
                piece: text(0).to_owned(),
                record_id: text(1).to_owned(),
                first_page: text(3).parse().unwrap_or(0),
                pages: text(4).parse().unwrap_or(0),
                version: text(5).to_owned(),
                lines: record
                    .iter()
                    .skip(COLUMNS.len())
                    .filter(|l| !l.is_empty())
                    .map(|l| unguarded(l).to_owned())
                    .collect(),
            })
        });
        rows.collect()
    }
}

/// A line as it is printed: before one that a spreadsheet would run (counsel may release such a
/// row) the manifest has an apostrophe.
fn unguarded(line: &str) -> &str {
    let signs = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
    line.strip_prefix('\'').filter(|rest| rest.starts_with(signs)).unwrap_or(line)
}
